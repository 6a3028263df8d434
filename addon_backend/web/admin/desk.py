"""What the pages share: whose session it is, the secret of its forms, and how a page is answered."""

from __future__ import annotations

from flask import Response, g, render_template, request

from addon_backend.domain.errors import AddonError, FormTooOld, NotAdministrator
from addon_backend.domain.workspaces import Caller
from addon_backend.security.admin_sessions import SESSION_SECONDS, AdminSession
from addon_backend.security.headers import PageKind
from addon_backend.services.admin.proof import demand_series
from addon_backend.services.admin.switching import is_paused
from addon_backend.telemetry import logs, metrics
from addon_backend.web import edge
from addon_backend.web.admin.words import Words
from addon_backend.web.around import Page, answer_as

COOKIE = "__Host-addon-admin"


def caller() -> Caller:
    """Return who asks, by her cookie; a POST must carry its form's secret.

    Whether she administers anything now is for the use cases to ask, too. Raises `NotAdministrator`, or
    `FormTooOld`.
    """
    session = _session()
    given = request.form.get("secret", "")
    if request.method != "GET" and not edge.edge().admin.is_form_secret(session, given):
        raise FormTooOld
    demand_series(edge.edge().house, session.caller, session.series)
    return session.caller


def page(name: str, **told: object) -> Response:
    """Answer with a page of the caller's session, which is good for another hour from now."""
    sessions, session = edge.edge().admin, _session()
    paused = is_paused(edge.edge().house, session.caller)
    told |= {"here": name, "secret": sessions.form_secret(session), "paused": paused}
    answer = _answer(f"{name}.html", 200, told)
    keep(answer, sessions.renewed(session))
    return answer


def plain_page(template: str, *, status: int = 200, **told: object) -> Response:
    """Answer with a page for whoever it is."""
    return _answer(template, status, told)


def _answer(template: str, status: int, told: dict[str, object]) -> Response:
    answer_as(Page(PageKind.ADMIN))
    words = Words(g.language)
    text = render_template(f"admin/{template}", w=words, language=words.language, **told)
    answer = Response(text, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Content-Language"] = words.language
    return answer


def to(address: str) -> Response:
    """Send the browser elsewhere."""
    answer_as(Page(PageKind.ADMIN))
    return Response(status=303, headers={"Location": address})


def keep(answer: Response, session: str) -> None:
    """Let the browser keep a session for an hour."""
    answer.set_cookie(
        COOKIE, session, max_age=SESSION_SECONDS, secure=True, httponly=True, samesite="Lax", path="/"
    )


def problem_page(problem: AddonError) -> Response:
    """Answer with one sentence and one button."""
    logs.logger().info("admin_refused", code=problem.code, reason=str(problem.facts.get("reason", "")))
    metrics.problems.labels(problem.code).inc()
    signing_in = isinstance(problem, NotAdministrator)
    stranger = problem.facts.get("reason") == "ended" and not request.cookies.get(COOKIE)  # none had begun
    answer = plain_page(
        "sign_in.html",
        status=problem.status,
        said="" if stranger else Words(g.language).problem(problem),
        address="/admin/sign-in" if signing_in else "/admin",
        button="sign_in" if signing_in else "back",
    )
    if signing_in:
        answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    return answer


def _session() -> AdminSession:
    return edge.edge().admin.read(request.cookies.get(COOKIE, ""), g.language)

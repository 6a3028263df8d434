"""The way in: to the provider and back, and out again."""

from __future__ import annotations

import re

from flask import Blueprint, Response, g, request

from addon_backend.domain.errors import HostNotConfigured
from addon_backend.domain.workspaces import Caller
from addon_backend.security.limits import Rate
from addon_backend.services.admin.proof import RETURN_SECONDS, arrive, depart, sign_out
from addon_backend.web import edge
from addon_backend.web.admin.desk import COOKIE, caller, keep, plain_page, to

ON_THE_WAY = "__Host-addon-admin-way"
_BROWSER = re.compile(r"[A-Za-z0-9_-]{43}")


def add_to(blueprint: Blueprint) -> None:
    """Serve it."""
    blueprint.add_url_rule("", "home", home)
    blueprint.add_url_rule("/sign-in", "sign_in", leave)
    blueprint.add_url_rule("/return", "return", come_back)
    blueprint.add_url_rule("/sign-out", "sign_out", go_out, methods=["POST"])


def only_looked_at() -> Response | None:
    """Answer HEAD without using up a state: something other than a person checks where a link leads."""
    return Response(status=204) if request.method == "HEAD" else None


def home() -> Response:
    """Offer to sign in; whoever is signed in goes on to the first page."""
    if edge.edge().house.administrators is None:
        raise HostNotConfigured
    if request.cookies.get(COOKIE):
        return to("/admin/members")
    return plain_page("sign_in.html", said="", address="/admin/sign-in", button="sign_in")


def leave() -> Response:
    """Send the browser to the provider."""
    here = edge.edge()
    # nobody is known yet: the one place where we count by address
    here.limits.spend(Rate.LOOK, Caller("admin", request.remote_addr or ""))
    given = request.cookies.get(ON_THE_WAY, "")
    left = depart(here.house, given if _BROWSER.fullmatch(given) else "", _back())
    answer = to(left.address)
    answer.set_cookie(
        ON_THE_WAY, left.browser, max_age=int(RETURN_SECONDS), secure=True, httponly=True, samesite="Lax"
    )
    return answer


def come_back() -> Response:
    """Take the browser back and begin a session for the administrator who sits there."""
    here = edge.edge()
    said = {name: request.args.get(name, "") for name in ("state", "code", "error")}
    browser = request.cookies.get(ON_THE_WAY, "")
    who, series = arrive(here.house, said["state"], browser, said["code"], said["error"], _back(), g.language)
    answer = to("/admin/members")
    keep(answer, here.admin.begin(who, series))
    answer.delete_cookie(ON_THE_WAY, path="/", secure=True, httponly=True, samesite="Lax")
    return answer


def go_out() -> Response:
    """End every session of hers."""
    sign_out(edge.edge().house, caller())
    answer = to("/admin")
    answer.delete_cookie(COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
    return answer


def _back() -> str:
    return f"{edge.edge().house.public_url}/admin/return"

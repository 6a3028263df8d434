"""``/google/consent``: the tab in which a person goes to Google, says yes or no, and comes back.

Top-level pages with a cookie, not the API: the panel's frame has none. The cookie is only there to know the
browser again that was sent away; it says nothing of who sits before it.
"""

from __future__ import annotations

import re
from html import escape
from string import Template
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, g, request

from addon_backend.domain.errors import AddonError, ConsentFailed
from addon_backend.domain.sentences import problem_sentence
from addon_backend.security.headers import PageKind
from addon_backend.services.consent import RETURN_SECONDS, Arrival, arrive, depart
from addon_backend.services.house import House
from addon_backend.telemetry import logs, metrics
from addon_backend.web import edge
from addon_backend.web.around import Page, answer_as

COOKIE = "__Host-addon-consent"
SHEETS = "https://docs.google.com/spreadsheets/"
_BROWSER = re.compile(r"[A-Za-z0-9_-]{43}")

_WORDS = {
    "en": {
        "connected": "You are connected",
        "not_connected": "That did not work",
        "done": "We go on with your lists while you are away. You can close this tab.",
        "again": "Try again",
        "sheets": "Open Google Sheets",
    },
    "fr": {
        "connected": "Vous êtes connecté",
        "not_connected": "Cela n’a pas fonctionné",
        "done": "Vos listes avancent en votre absence. Vous pouvez fermer cet onglet.",
        "again": "Réessayer",
        "sheets": "Ouvrir Google Sheets",
    },
}
_PAGE = Template("""<!doctype html>
<html lang="$language">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title</title>
<link rel="icon" href="/assets/icon.svg">
<link rel="stylesheet" href="/assets/tokens.css">
<link rel="stylesheet" href="/assets/consent.css">
<main>
<h1>$title</h1>
$body
</main>
</html>
""")


def register(app: Flask) -> None:
    """Serve the way there and the way back."""
    blueprint = Blueprint("consent", __name__, url_prefix="/google/consent")
    blueprint.add_url_rule("/start", "start", start)
    blueprint.add_url_rule("/return", "return", come_back)
    blueprint.before_request(_only_looked_at)
    blueprint.register_error_handler(ConsentFailed, _failed)
    app.register_blueprint(blueprint)


def _only_looked_at() -> Response | None:
    """Answer HEAD without using up a code: something other than a person checks where a link leads."""
    return Response(status=204) if request.method == "HEAD" else None


def start() -> Response:
    """Send the browser to Google: the code from the panel is good for one opening."""
    house = edge.edge().house
    left = depart(house, request.args.get("code", ""), _browser(), _back(house))
    answer = Response(status=303, headers={"Location": left.address})
    answer.set_cookie(
        COOKIE, left.browser, max_age=int(RETURN_SECONDS), secure=True, httponly=True, samesite="Lax"
    )
    return answer


def come_back() -> Response:
    """Take the browser back from Google, and say how it ended."""
    house = edge.edge().house
    said = {name: request.args.get(name, "") for name in ("state", "code", "error")}
    arrival = arrive(house, said["state"], _browser(), said["code"], said["error"], _back(house))
    return _page(arrival)


def _failed(problem: AddonError) -> Response:
    """Answer a code or state that is forged, used or too old: whose it was, nobody knows."""
    assert isinstance(problem, ConsentFailed)  # noqa: S101 - it is registered for nothing else
    return _page(Arrival(g.language, problem))


def _page(arrival: Arrival) -> Response:
    language = "fr" if arrival.language.startswith("fr") else "en"
    words = _WORDS[language]
    if arrival.problem is None:
        status, title, body = 200, words["connected"], f"<p>{escape(words['done'])}</p>"
    else:
        logs.logger().info("consent_failed", code=str(arrival.problem.facts.get("reason", "")))
        metrics.problems.labels(arrival.problem.code).inc()
        status, title = arrival.problem.status, words["not_connected"]
        again = f"/google/consent/start?{urlencode({'code': arrival.again})}"
        to, label = (again, words["again"]) if arrival.again else (SHEETS, words["sheets"])
        said = escape(" ".join(problem_sentence(arrival.problem, language)))
        body = f'<p>{said}</p>\n<p><a class="button" href="{escape(to)}">{escape(label)}</a></p>'
    answer_as(Page(PageKind.PAGE))
    page = _PAGE.substitute(language=language, title=escape(title), body=body)
    answer = Response(page, status=status, content_type="text/html; charset=utf-8")
    answer.headers["Content-Language"] = language
    return answer


def _browser() -> str:
    """Return the secret that this browser was given, "" where it has none of ours."""
    given = request.cookies.get(COOKIE, "")
    return given if _BROWSER.fullmatch(given) else ""


def _back(house: House) -> str:
    return f"{house.public_url}/google/consent/return"

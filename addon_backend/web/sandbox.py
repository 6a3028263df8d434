"""``/sandbox``: the product on a workbook of one's own, without an account, on this machine only.

It exists only with ``SANDBOX=1``. Who does not come from this machine, or names it otherwise (a page that
points its own host name at 127.0.0.1), meets 404. What changes anything wants ``X-Sandbox: 1``, which no
foreign page can send without asking first.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from pydantic import Field

from addon_backend.domain.errors import NotAllowed, NotVisible
from addon_backend.domain.workspaces import TERMS_VERSION, Caller
from addon_backend.ports.pace import Pace
from addon_backend.security.headers import PageKind
from addon_backend.security.tickets import TICKET_SECONDS
from addon_backend.services import accounts
from addon_backend.web import edge
from addon_backend.web.contract import checked, json_sent
from addon_backend.web.panel import page
from addon_backend.web.shapes import Shape

WORKSPACE_KEY = "person:sandbox"
SUBJECT = "sandbox"
_CALLERS = "addon_backend.sandbox.callers"

_LOOPBACK_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?")


def register(app: Flask) -> None:
    """Serve the page and the ticket, to this machine."""
    blueprint = Blueprint("sandbox", __name__, url_prefix="/sandbox")
    blueprint.add_url_rule("", "page", lambda: page("sandbox.html", PageKind.SANDBOX))
    blueprint.add_url_rule("/ticket", "ticket", ticket, methods=["POST"])
    blueprint.add_url_rule("/pace", "pace", pace, methods=["GET"])
    blueprint.add_url_rule("/pace", "slow_down", slow_down, methods=["POST"])
    guard(blueprint)
    app.register_blueprint(blueprint)
    app.extensions[_CALLERS] = {}


def guard(blueprint: Blueprint) -> None:
    """Keep strangers out of every route of a blueprint."""
    blueprint.before_request(_for_this_machine)


def sandbox_caller(language: str | None = None) -> Caller:
    """Return the one person there is in the sandbox, under her own terms; looked up once per language."""
    tongue = language or edge.language()
    known: dict[str, Caller] = current_app.extensions[_CALLERS]
    if tongue not in known:
        house = edge.edge().house
        known[tongue] = accounts.enter(house, WORKSPACE_KEY, "Sandbox", SUBJECT, tongue)
        if accounts.terms_in_force(house, known[tongue]) is None:
            accounts.accept_terms(house, known[tongue], TERMS_VERSION)
    return known[tongue]


class TicketShape(Shape):
    """In which language; without it, the browser's."""

    language: Annotated[str, Field(max_length=35)] | None = None


def ticket() -> Response:
    """Return a ticket for the sandbox's person, as a host's identity token would be exchanged for one."""
    asked = checked(TicketShape, json_sent(may_be_absent=True))
    caller = sandbox_caller("fr" if (asked.language or edge.language()).startswith("fr") else "en")
    issued, _ = edge.edge().tickets.issue(caller)
    return jsonify(ticket=issued, expires_in=TICKET_SECONDS, language=caller.language)


class PaceShape(Shape):
    """How many seconds each write to a sheet takes."""

    seconds: Annotated[int, Field(ge=0, le=5)]


def pace() -> Response:
    """Tell how slow writing is."""
    return jsonify(seconds=int(_pace().seconds()))


def slow_down() -> Response:
    """Slow writing down, or end that: a designer's switch."""
    _pace().choose(checked(PaceShape, json_sent()).seconds)
    return pace()


def _pace() -> Pace:
    kept = edge.edge().house.pace
    if kept is None:
        raise NotVisible
    return kept


def _for_this_machine() -> None:
    if not _LOOPBACK_HOST.fullmatch(request.headers.get("Host", "").lower()) or not _is_loopback():
        raise NotVisible
    if request.method not in {"GET", "HEAD", "OPTIONS"} and request.headers.get("X-Sandbox") != "1":
        raise NotAllowed


def _is_loopback() -> bool:
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False

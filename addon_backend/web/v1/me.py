"""Who is asking, and the terms of her workspace."""

from __future__ import annotations

from dataclasses import dataclass

from addon_backend.domain.errors import NotAllowed
from addon_backend.domain.workspaces import TERMS_VERSION
from addon_backend.security.limits import Rate
from addon_backend.services import accounts
from addon_backend.web.contract import Answer, Call, endpoint
from addon_backend.web.selection import Name
from addon_backend.web.shapes import Nothing, Shape


@dataclass(frozen=True, slots=True)
class Me:
    """The caller. ``terms_in_force`` is null before anyone accepted; ``terms_current`` is the newest."""

    workspace: str
    member: str
    language: str
    terms_in_force: str | None
    terms_current: str


@endpoint("GET", "/v1/me", asks=Nothing, replies=Me, rate=Rate.READ)
def me(call: Call[Nothing]) -> Answer[Me]:
    """Say who the ticket stands for."""
    return Answer(_me(call))


class AcceptShape(Shape):
    """Which version of the terms."""

    version: Name


@endpoint("POST", "/v1/terms/accept", asks=AcceptShape, replies=Me, errors=(NotAllowed,), rate=Rate.READ)
def accept_terms(call: Call[AcceptShape]) -> Answer[Me]:
    """Accept the terms for the caller's workspace; accepting them again changes nothing."""
    accounts.accept_terms(call.house, call.caller, call.asked.version)
    return Answer(_me(call))


def _me(call: Call[Nothing] | Call[AcceptShape]) -> Me:
    caller = call.caller
    in_force = accounts.terms_in_force(call.house, caller)
    return Me(caller.workspace, caller.member, caller.language, in_force, TERMS_VERSION)

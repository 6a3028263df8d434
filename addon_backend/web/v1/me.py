"""Who is asking, the terms of her workspace, and what waits for her."""

from __future__ import annotations

from dataclasses import dataclass

from addon_backend.domain.errors import NotAllowed, NotVisible
from addon_backend.domain.workspaces import TERMS_VERSION, Caller
from addon_backend.security.limits import Rate
from addon_backend.services import accounts
from addon_backend.services.house import House
from addon_backend.web.contract import Answer, Call, endpoint
from addon_backend.web.selection import Name
from addon_backend.web.shapes import Nothing, Shape


@dataclass(frozen=True, slots=True)
class Me:
    """The caller. ``terms_in_force`` is null before anyone accepted; ``terms_current`` is the newest.

    ``mail`` says whether she is written to when a run ends unseen, null where we know no address of hers;
    ``unseen`` counts her runs that ended or wait and that she has not looked at, up to 100.
    """

    workspace: str
    member: str
    language: str
    terms_in_force: str | None
    terms_current: str
    mail: bool | None
    unseen: int


@endpoint("GET", "/v1/me", asks=Nothing, replies=Me, errors=(NotVisible,), rate=Rate.READ)
def me(call: Call[Nothing]) -> Answer[Me]:
    """Say who the ticket stands for."""
    return Answer(me_of(call.house, call.caller))


class MeShape(Shape):
    """What she may change about herself."""

    mail: bool


@endpoint("PATCH", "/v1/me", asks=MeShape, replies=Me, errors=(NotVisible,), rate=Rate.READ)
def change_me(call: Call[MeShape]) -> Answer[Me]:
    """Turn e-mails about runs that end unseen on or off."""
    accounts.choose_mail(call.house, call.caller, wanted=call.asked.mail)
    return Answer(me_of(call.house, call.caller))


class AcceptShape(Shape):
    """Which version of the terms."""

    version: Name


@endpoint(
    "POST", "/v1/terms/accept", asks=AcceptShape, replies=Me, errors=(NotAllowed, NotVisible), rate=Rate.READ
)
def accept_terms(call: Call[AcceptShape]) -> Answer[Me]:
    """Accept the terms for the caller's workspace; accepting them again changes nothing."""
    accounts.accept_terms(call.house, call.caller, call.asked.version)
    return Answer(me_of(call.house, call.caller))


def me_of(house: House, caller: Caller) -> Me:
    """Return how things stand for the caller. Raises `NotVisible`."""
    stands = accounts.standing(house, caller)
    return Me(
        workspace=caller.workspace,
        member=caller.member,
        language=caller.language,
        terms_in_force=stands.terms_in_force,
        terms_current=TERMS_VERSION,
        mail=stands.mail,
        unseen=stands.unseen,
    )

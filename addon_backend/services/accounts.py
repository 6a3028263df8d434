"""Who enters, under which terms, and whether she wants to be written to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.domain.errors import BodyInvalid
from addon_backend.domain.workspaces import TERMS_VERSION, Caller

if TYPE_CHECKING:
    from addon_backend.services.house import House

MOST_UNSEEN = 100


def enter(
    house: House, workspace_key: str, workspace_name: str, subject: str, language: str, email: str = ""
) -> Caller:
    """Return the caller for a proven identity, creating workspace and member the first time.

    ``email`` is the address that her identity provider vouches for; without one she is never written to.
    """
    with house.store.unit() as unit:
        member = unit.accounts.enter(workspace_key, workspace_name, subject, language, email)
        unit.commit()
    return Caller(member.workspace, member.id, language)


def accept_terms(house: House, caller: Caller, version: str) -> None:
    """Record that this member accepts the current terms for the workspace. Raises `BodyInvalid`."""
    if version != TERMS_VERSION:
        raise BodyInvalid
    digest = hashlib.sha256(version.encode()).hexdigest()
    with house.store.unit() as unit:
        unit.accounts.accept_terms(caller.workspace, caller.member, version, digest)
        unit.commit()


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand for a member.

    ``mail`` says whether she is written to, None where we know no address; ``unseen`` counts her runs that
    ended or wait and that she has not looked at, up to `MOST_UNSEEN`.
    """

    terms_in_force: str | None
    mail: bool | None
    unseen: int


def standing(house: House, caller: Caller) -> Standing:
    """Return how things stand for the caller. Raises `NotVisible` where she is no member any more."""
    with house.store.reading() as unit:
        member = unit.accounts.member(caller.workspace, caller.member)
        return Standing(
            terms_in_force=unit.accounts.terms_in_force(caller.workspace),
            mail=member.mail if member.email else None,
            unseen=len(unit.runs.unseen(caller.workspace, caller.member, MOST_UNSEEN)),
        )


def choose_mail(house: House, caller: Caller, *, wanted: bool) -> None:
    """Write to this member when a run ends unseen, or no more. Raises `NotVisible`."""
    with house.store.unit() as unit:
        unit.accounts.set_mail(caller.workspace, caller.member, wanted=wanted)
        unit.commit()


def terms_in_force(house: House, caller: Caller) -> str | None:
    """Return the version in force for the caller's workspace, None before the first acceptance."""
    with house.store.reading() as unit:
        return unit.accounts.terms_in_force(caller.workspace)

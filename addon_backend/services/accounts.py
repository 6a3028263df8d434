"""Who enters, and under which terms."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from addon_backend.domain.errors import BodyInvalid
from addon_backend.domain.workspaces import TERMS_VERSION, Caller

if TYPE_CHECKING:
    from addon_backend.services.house import House


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


def terms_in_force(house: House, caller: Caller) -> str | None:
    """Return the version in force for the caller's workspace, None before the first acceptance."""
    with house.store.reading() as unit:
        return unit.accounts.terms_in_force(caller.workspace)

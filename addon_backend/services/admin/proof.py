"""Who administers a workspace: proven by her provider, remembered for 24 hours, asked again then.

The browser carries two secrets on its way: ``state`` in the address and ``browser`` in a cookie. The PKCE
verifier is made of both: nothing has to be kept of it, and who has only seen the addresses has nothing.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from addon_backend.domain.errors import HostNotConfigured, HostTrouble, NotAdministrator, NotSignedIn
from addon_backend.ports.consent import Question
from addon_backend.services.sign_in import sign_in, workspace_key

if TYPE_CHECKING:
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.administrators import AdministratorDesk, SignedIn
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House

RETURN_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Departure:
    """Where the browser goes, and the secret by which it is known again."""

    address: str = field(repr=False)
    browser: str = field(repr=False)


def depart(house: House, browser: str, back: str) -> Departure:
    """Send a browser to the provider; ``browser`` is the secret it has from before, "" for a new one.

    Raises `HostNotConfigured`.
    """
    desk = desk_of(house)
    state, browser = secrets.token_urlsafe(32), browser or secrets.token_urlsafe(32)
    with house.store.unit() as unit:
        unit.administration.set_out(state, browser, RETURN_SECONDS)
        unit.commit()
    return Departure(desk.address(_question(back, state, browser)), browser)


def arrive(
    house: House, state: str, browser: str, code: str, refusal: str, back: str, language: str
) -> tuple[Caller, str]:
    """Take a browser back from the provider; return the administrator there, and her series of proofs.

    Where the provider signs her in and does not answer for her office, a proof of the last 24 hours counts.
    Raises `NotAdministrator` with its reason, or `HostNotConfigured`.
    """
    desk = desk_of(house)
    with house.store.unit() as unit:
        expected = unit.administration.come_back(state, browser)
        unit.commit()
    if not expected:
        raise NotAdministrator(reason="link_used")
    if refusal or not code:
        raise NotAdministrator(reason="denied" if refusal == "access_denied" else "no_answer")
    try:
        who = desk.exchange(code, _question(back, state, browser))
    except (HostTrouble, NotSignedIn):
        raise NotAdministrator(reason="no_answer") from None
    try:
        proven = desk.administers(who)
    except HostTrouble:
        series = _remembered(house, who)
        if not series:
            raise NotAdministrator(reason="no_answer") from None
        return sign_in(house, who.identity, language), series
    if not proven:
        _forget(house, who)
        raise NotAdministrator
    caller = sign_in(house, who.identity, language)
    with house.store.unit() as unit:
        series = unit.administration.prove(caller.workspace, caller.member)
        unit.commit()
    return caller, series


def demand_proof(unit: UnitOfWork, caller: Caller) -> None:
    """Raise `NotAdministrator` (``ended``) where the caller's proof is not of the last 24 hours."""
    if not unit.administration.proven(caller.workspace, caller.member):
        raise NotAdministrator(reason="ended")


def demand_series(house: House, caller: Caller, series: str) -> None:
    """Raise `NotAdministrator` (``ended``) where she has signed out since this series of proofs."""
    with house.store.reading() as unit:
        if unit.administration.proven(caller.workspace, caller.member) != series:
            raise NotAdministrator(reason="ended")


def sign_out(house: House, caller: Caller) -> None:
    """End the series of proofs, so that no copy of a session opens anything, not even after a new sign-in."""
    with house.store.unit() as unit:
        unit.administration.disprove(caller.workspace, caller.member)
        unit.commit()


def desk_of(house: House) -> AdministratorDesk:
    """Return the provider's desk. Raises `HostNotConfigured`."""
    if house.administrators is None:
        raise HostNotConfigured
    return house.administrators


def _remembered(house: House, who: SignedIn) -> str:
    with house.store.reading() as unit:
        member = unit.accounts.find(workspace_key(who.identity), who.identity.subject)
        return "" if member is None else unit.administration.proven(member.workspace, member.id)


def _forget(house: House, who: SignedIn) -> None:
    """Somebody who does not administer any more is out at once, wherever she is signed in."""
    with house.store.unit() as unit:
        member = unit.accounts.find(workspace_key(who.identity), who.identity.subject)
        if member is not None:
            unit.administration.disprove(member.workspace, member.id)
            unit.commit()


def _question(back: str, state: str, browser: str) -> Question:
    made = hashlib.sha256(f"{browser}.{state}".encode()).digest()
    return Question(back, state, base64.urlsafe_b64encode(made).decode().rstrip("="), "", "")

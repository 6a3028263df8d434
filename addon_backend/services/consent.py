"""Consent to background work: the way of a person's browser to her provider and back.

The panel's ticket is never in an address: it buys a start code, good once and for a minute, which buys a
``state``, good once and for ten. Code and state name the workspace, for every row belongs to one, and carry a
secret of 256 bits; what they stand for is sealed in the store. The state counts only in the browser that was
sent away with it, and only the account that the sheet is open with can consent: the provider's ``sub`` is
compared with the member's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from addon_backend.domain.errors import (
    ConsentFailed,
    HostNotConfigured,
    HostTrouble,
    NotAllowed,
    NotSignedIn,
)
from addon_backend.ports.consent import Question
from addon_backend.services.sign_in import OF_DOMAIN, OF_PERSON

if TYPE_CHECKING:
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.consent import ConsentDesk, Grant
    from addon_backend.ports.store import OneTimeCode, UnitOfWork
    from addon_backend.services.house import House

START, RETURN, FAILED = "consent.start", "consent.return", "consent.failed"
START_SECONDS = 60.0
RETURN_SECONDS = RETRY_SECONDS = 600.0
_CODE = re.compile(r"([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Consent:
    """How a member stands with her provider; ``problem`` says why she is not connected where she was."""

    connected: bool
    scopes: tuple[str, ...] = ()
    problem: NotAllowed | None = None
    opens: bool | None = None
    """Whether the document that was asked about can be opened now; None where nobody asked or knows."""


@dataclass(frozen=True, slots=True)
class Departure:
    """Where her browser goes, and the secret by which it is known again."""

    address: str = field(repr=False)
    browser: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arrival:
    """How it ended: connected, or why not, and the code to try again with, "" where nobody knows for whom."""

    language: str
    problem: ConsentFailed | None = None
    again: str = field(default="", repr=False)


def begin(house: House, caller: Caller, seconds: float = START_SECONDS) -> str:
    """Return a start code for the caller. Raises `HostNotConfigured`, or `NotAllowed` for another host's."""
    _desk(house)
    with house.store.unit() as unit:
        if not unit.accounts.workspace(caller.workspace).key.startswith(OF_DOMAIN):
            raise NotAllowed
        code = _put(unit, caller.workspace, caller.member, START, [caller.language], seconds)
        unit.commit()
    return code


def depart(house: House, code: str, browser: str, back: str) -> Departure:
    """Send a browser to the provider; ``browser`` is the secret it has from before, "" for a new one.

    Raises `ConsentFailed` (``link_used``) or `HostNotConfigured`.
    """
    desk = _desk(house)
    browser = browser or secrets.token_urlsafe(32)
    with house.store.unit() as unit:
        workspace, taken, (language,) = _take(unit, START, code)
        key = unit.accounts.workspace(workspace).key
        member = unit.accounts.member(workspace, taken.member)
        verifier = secrets.token_urlsafe(64)
        state = _put(
            unit, workspace, taken.member, RETURN, [language, verifier, _digest(browser)], RETURN_SECONDS
        )
        unit.commit()
    domain = "" if key.startswith(OF_PERSON) else key.removeprefix(OF_DOMAIN)
    question = Question(back, state, verifier, member.email or member.subject, domain)
    return Departure(desk.address(question), browser)


def arrive(house: House, state: str, browser: str, code: str, refusal: str, back: str) -> Arrival:
    """Take a browser back from the provider, with a ``code`` or a ``refusal``, and keep what was granted.

    Raises `ConsentFailed` (``link_used``) for a state that was never given to this browser, or is used, and
    `HostNotConfigured`.
    """
    desk = _desk(house)
    with house.store.unit() as unit:
        workspace, taken, (language, verifier, known_by) = _take(unit, RETURN, state)
        unit.commit()
    if not hmac.compare_digest(_digest(browser), known_by):
        raise ConsentFailed(reason="link_used")
    with house.store.reading() as unit:
        subject = unit.accounts.member(workspace, taken.member).subject
    try:
        grant = _granted(desk, code, refusal, Question(back, state, verifier, "", ""))
        if grant.identity.subject != subject:
            # not revoked: that would end what its owner may have granted in her own name
            raise ConsentFailed(reason="wrong_account")  # noqa: TRY301
    except ConsentFailed as problem:
        again = _again(house, workspace, taken.member, language, str(problem.facts["reason"]))
        return Arrival(language, problem, again)
    with house.store.unit() as unit:
        unit.credentials.put(workspace, taken.member, desk.provider, grant.token, grant.scopes)
        unit.commit()
    return Arrival(language)


def stands(house: House, caller: Caller) -> Consent:
    """Return how the caller stands with her provider. Raises `HostNotConfigured`.

    Where her organisation has consented for everybody, she is connected and has nothing to withdraw.
    """
    desk = _desk(house)
    with house.store.reading() as unit:
        allowed = desk.for_everybody(unit.accounts.workspace(caller.workspace).key)
        if allowed and unit.administration.switches(caller.workspace).delegation:
            return Consent(connected=True, scopes=(allowed,))
        found = unit.credentials.get(caller.workspace, caller.member, desk.provider)
    if found is None:
        return Consent(connected=False)
    scopes = tuple(sorted(filter(None, map(desk.short, found.scopes))))
    if not found.token:
        return Consent(connected=False, problem=ConsentFailed(reason="ended"))
    if desk.scope not in scopes:
        return Consent(connected=False, scopes=scopes, problem=_unticked(desk))
    return Consent(connected=True, scopes=scopes)


def looked_at(house: House, caller: Caller, document: str) -> Consent:
    """Return how the caller stands, as her panel asks while it waits for her.

    Why her last try failed is told once. With a ``document``, also whether it can be opened: where a provider
    opens only files that were chosen, that is another question. Raises `HostNotConfigured`.
    """
    consent = stands(house, caller)
    if consent.connected:
        return replace(consent, opens=_opens(house, caller, document)) if document else consent
    with house.store.unit() as unit:
        failed = unit.codes.take(caller.workspace, FAILED, caller.member)
        unit.commit()
    return replace(consent, problem=ConsentFailed(reason=failed.payload.decode())) if failed else consent


def _opens(house: House, caller: Caller, document: str) -> bool | None:
    access = house.access.get(_desk(house).provider)
    try:
        return None if access is None else access.can_open(caller, document)
    except (HostTrouble, NotAllowed):
        return None  # the run will see


def withdraw(house: House, caller: Caller) -> Consent:
    """Forget the caller's grant and end it at the provider; doing it again changes nothing.

    It is forgotten first: where the provider does not answer, we hold nothing any more, and say so.
    """
    desk = _desk(house)
    with house.store.unit() as unit:
        found = unit.credentials.get(caller.workspace, caller.member, desk.provider)
        unit.credentials.forget(caller.workspace, caller.member, desk.provider)
        unit.commit()
    try:
        if found is not None and found.token:
            desk.revoke(found.token)
    except HostTrouble:
        return Consent(connected=False, problem=ConsentFailed(reason="not_revoked"))
    return Consent(connected=False)


def _granted(desk: ConsentDesk, code: str, refusal: str, question: Question) -> Grant:
    """Exchange the code; every trouble is a `ConsentFailed` with its reason."""
    if refusal or not code:
        raise ConsentFailed(reason="denied" if refusal == "access_denied" else "no_answer")
    try:
        return desk.exchange(code, question)
    except (HostTrouble, NotSignedIn):
        raise ConsentFailed(reason="no_answer") from None


def _unticked(desk: ConsentDesk) -> ConsentFailed:
    return ConsentFailed(reason=f"unticked_{desk.scope.replace('.', '_')}")


def _desk(house: House) -> ConsentDesk:
    if house.consent is None:
        raise HostNotConfigured
    return house.consent


def _again(house: House, workspace: str, member: str, language: str, reason: str) -> str:
    """Keep why it failed for whoever waits in the panel, and return a code to try again with."""
    with house.store.unit() as unit:
        code = _put(unit, workspace, member, START, [language], RETRY_SECONDS)
        unit.codes.take(workspace, FAILED, member)
        unit.codes.add(workspace, member, FAILED, member, reason.encode(), RETRY_SECONDS)
        unit.commit()
    return code


def _put(
    unit: UnitOfWork, workspace: str, member: str, purpose: str, payload: list[str], seconds: float
) -> str:
    secret = secrets.token_urlsafe(32)
    unit.codes.add(workspace, member, purpose, secret, json.dumps(payload).encode(), seconds)
    return f"{workspace}.{secret}"


def _take(unit: UnitOfWork, purpose: str, code: str) -> tuple[str, OneTimeCode, list[str]]:
    """Return the workspace, what the code stood for, and its payload; it is gone once the unit commits."""
    named = _CODE.fullmatch(code)
    taken = unit.codes.take(named[1], purpose, named[2]) if named else None
    if named is None or taken is None:
        raise ConsentFailed(reason="link_used")
    payload: list[str] = json.loads(taken.payload)
    return named[1], taken, payload


def _digest(browser: str) -> str:
    return hashlib.sha256(browser.encode()).hexdigest()

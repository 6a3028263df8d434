"""Google Sheets: signing in with Google's word, and consent to work while the sheet is closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from flask import g
from pydantic import Field

from addon_backend.domain.errors import HostNotConfigured, HostTrouble, NotAllowed, NotInstalled, NotVisible
from addon_backend.domain.sentences import problem_sentence, scope_sentence
from addon_backend.domain.workspaces import Caller
from addon_backend.security.limits import Rate
from addon_backend.security.tickets import TICKET_SECONDS
from addon_backend.services.consent import START_SECONDS, Consent, begin, looked_at, stands, withdraw
from addon_backend.services.sign_in import identify, sign_in
from addon_backend.web import edge
from addon_backend.web.contract import Answer, Call, asked_by, endpoint
from addon_backend.web.shapes import Nothing, Query, Shape
from addon_backend.web.v1.me import Me, me_of


class SessionShape(Shape):
    """Google's ID token for whoever opened the panel, and the language of her sheet (``fr-CA``)."""

    id_token: Annotated[str, Field(min_length=1, max_length=8192)]
    language: Annotated[str, Field(max_length=35)] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A ticket for ``expires_in`` seconds, and how things stand for whom it stands for.

    ``connected`` says whether we may work in her sheets while she is away.
    """

    ticket: str
    expires_in: int
    language: str
    connected: bool
    me: Me


@endpoint(
    "POST",
    "/v1/google/session",
    asks=SessionShape,
    replies=Session,
    errors=(HostNotConfigured, HostTrouble, NotInstalled),
    rate=Rate.LOOK,
    ticket=False,
)
def google_session(call: Call[SessionShape]) -> Answer[Session]:
    """Exchange Google's ID token for a ticket; the token is checked, and not kept.

    The rate is counted for each Google account. What is no token of Google's costs neither a row nor a count.
    """
    here = edge.edge()
    g.language = "fr" if (call.asked.language or g.language).startswith("fr") else "en"
    identity = identify(call.house, call.asked.id_token)
    here.limits.spend(Rate.LOOK, Caller("google", identity.subject))
    caller = asked_by(sign_in(call.house, identity, g.language))
    ticket, _ = here.tickets.issue(caller)
    connected = stands(call.house, caller).connected
    return Answer(Session(ticket, TICKET_SECONDS, caller.language, connected, me_of(call.house, caller)))


@dataclass(frozen=True, slots=True)
class ConsentStart:
    """Where to open a new tab, once, within ``expires_in`` seconds."""

    address: str
    expires_in: int


@dataclass(frozen=True, slots=True)
class Allowed:
    """One thing that she has allowed us: its stable name, and words for her."""

    scope: str
    words: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why she is not connected though she was, or not rid of us: a sentence, and one thing to do."""

    code: str
    title: str
    detail: str


@dataclass(frozen=True, slots=True)
class ConsentView:
    """How she stands with Google.

    ``problem`` says why she is not connected though she was, or why she could not be just now: that is told
    once. ``opens`` says whether Google lets us open the ``document`` that was asked about; null where none
    was, or where Google does not say.
    """

    connected: bool
    scopes: tuple[Allowed, ...]
    problem: Trouble | None
    opens: bool | None


@endpoint(
    "POST",
    "/v1/google/consent",
    asks=Nothing,
    replies=ConsentStart,
    errors=(HostNotConfigured, NotAllowed, NotVisible),
    rate=Rate.LOOK,
)
def google_consent_start(call: Call[Nothing]) -> Answer[ConsentStart]:
    """Return an address that leads to Google's consent page.

    It holds no ticket, and is good for one opening.
    """
    code = begin(call.house, call.caller)
    address = f"{call.house.public_url}/google/consent/start?{urlencode({'code': code})}"
    return Answer(ConsentStart(address, int(START_SECONDS)))


class ConsentQuery(Query):
    """``document`` is the spreadsheet that is to be worked in."""

    document: Annotated[str, Field(max_length=200)] = ""


@endpoint(
    "GET",
    "/v1/google/consent",
    asks=ConsentQuery,
    replies=ConsentView,
    errors=(HostNotConfigured,),
    rate=Rate.READ,
)
def google_consent(call: Call[ConsentQuery]) -> Answer[ConsentView]:
    """Say whether we may work in the caller's sheets while she is away, and what she has allowed."""
    return Answer(_view(looked_at(call.house, call.caller, call.asked.document), call.caller.language))


@endpoint(
    "DELETE",
    "/v1/google/consent",
    asks=Nothing,
    replies=ConsentView,
    errors=(HostNotConfigured,),
    rate=Rate.LOOK,
)
def google_consent_withdraw(call: Call[Nothing]) -> Answer[ConsentView]:
    """End the consent at Google and forget it; doing it again changes nothing.

    Where Google does not confirm it, `problem` says so; we hold nothing any more either way.
    """
    return Answer(_view(withdraw(call.house, call.caller), call.caller.language))


def _view(consent: Consent, language: str) -> ConsentView:
    problem = None
    if consent.problem is not None:
        reason = str(consent.problem.facts.get("reason", consent.problem.code))
        problem = Trouble(reason, *problem_sentence(consent.problem, language))
    scopes = tuple(Allowed(scope, scope_sentence(scope, language)) for scope in consent.scopes)
    return ConsentView(consent.connected, scopes, problem, consent.opens)

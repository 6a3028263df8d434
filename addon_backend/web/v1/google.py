"""Google Sheets: signing in with Google's word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from flask import g
from pydantic import Field

from addon_backend.domain.errors import HostNotConfigured, HostTrouble
from addon_backend.domain.workspaces import Caller
from addon_backend.security.limits import Rate
from addon_backend.security.tickets import TICKET_SECONDS
from addon_backend.services.sign_in import identify, sign_in
from addon_backend.web import edge
from addon_backend.web.contract import Answer, Call, asked_by, endpoint
from addon_backend.web.shapes import Shape
from addon_backend.web.v1.me import Me, me_of


class SessionShape(Shape):
    """Google's ID token for whoever opened the panel, and the language of her sheet (``fr-CA``)."""

    id_token: Annotated[str, Field(min_length=1, max_length=8192)]
    language: Annotated[str, Field(max_length=35)] | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """A ticket for ``expires_in`` seconds, and how things stand for whom it stands for."""

    ticket: str
    expires_in: int
    language: str
    me: Me


@endpoint(
    "POST",
    "/v1/google/session",
    asks=SessionShape,
    replies=Session,
    errors=(HostNotConfigured, HostTrouble),
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
    return Answer(Session(ticket, TICKET_SECONDS, caller.language, me_of(call.house, caller)))

"""What the edge needs besides Flask: the house, and the few things that only HTTP knows."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, request

from addon_backend.domain.errors import NotSignedIn
from addon_backend.domain.workspaces import Caller
from addon_backend.security.admin_sessions import AdminSessions
from addon_backend.security.limits import Limits
from addon_backend.security.tickets import Tickets
from addon_backend.services.house import House
from addon_backend.settings import Settings
from addon_backend.web.waiting import WaitingRoom

_NAME = "addon_backend.edge"


@dataclass(frozen=True, slots=True)
class Edge:
    """One process's edge."""

    settings: Settings
    house: House
    tickets: Tickets
    admin: AdminSessions
    limits: Limits
    waiting: WaitingRoom


def settle(app: Flask, edge: Edge) -> None:
    """Make the edge known to an application."""
    app.extensions[_NAME] = edge


def edge() -> Edge:
    """Return the edge of the application that answers this request."""
    known: Edge = current_app.extensions[_NAME]
    return known


def caller() -> Caller:
    """Return who asks, by the bearer ticket. Raises `NotSignedIn`."""
    authorization = request.authorization
    if authorization is None or authorization.type != "bearer" or not authorization.token:
        raise NotSignedIn
    return edge().tickets.read(authorization.token)


def language() -> str:
    """Return the language to answer in before we know who asks."""
    return request.accept_languages.best_match(["en", "fr"], default="en") or "en"

"""The Flask application: wiring and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask

from addon_backend.security.admin_sessions import AdminSessions
from addon_backend.security.limits import Limits
from addon_backend.security.tickets import Tickets, signing_keys
from addon_backend.services.house import House
from addon_backend.settings import Settings
from addon_backend.web import (
    admin,
    around,
    consent,
    edge,
    health,
    pages,
    panel,
    sandbox,
    sandbox_documents,
    sandbox_sheets,
    v1,
)
from addon_backend.web.waiting import WaitingRoom


def create_app(settings: Settings, house: House, redis_url: Callable[[], str] | None = None) -> Flask:
    """Return the application over a house; without a Redis, each process counts rate limits alone."""
    app = Flask("addon_backend.web", static_folder=None)
    app.url_map.merge_slashes = False  # an address is right or it is not: nobody is redirected
    keys = settings.secret_keys or signing_keys(settings.home)
    desk = edge.Edge(
        settings=settings,
        house=house,
        tickets=Tickets(keys),
        admin=AdminSessions(keys),
        limits=Limits(settings, redis_url),
        waiting=WaitingRoom(settings.threads),
    )
    edge.settle(app, desk)
    around.surround(app)
    for room in (v1, health, pages, panel, consent, admin):
        room.register(app)
    if settings.sandbox:
        for room in (sandbox, sandbox_documents, sandbox_sheets):
            room.register(app)
    return app

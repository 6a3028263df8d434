"""The Flask application: wiring and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable

from flask import Flask

from addon_backend.bootstrap import build_house, find_engines, migrated
from addon_backend.security.limits import Limits
from addon_backend.security.tickets import Tickets, signing_keys
from addon_backend.services.house import House
from addon_backend.settings import Settings
from addon_backend.telemetry.logs import set_up_logs
from addon_backend.web import (
    around,
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


def create_app(
    settings: Settings, house: House | None = None, redis_url: Callable[[], str] | None = None
) -> Flask:
    """Return the application over a house and its Redis, both found and made ready here where none is given.

    A house without a Redis lets each process count its rate limits for itself.
    """
    if house is None:
        engines = find_engines(settings)
        migrated(engines)
        house, redis_url = build_house(settings, engines), engines.redis_url
    app = Flask("addon_backend.web", static_folder=None)
    desk = edge.Edge(
        settings=settings,
        house=house,
        tickets=Tickets(settings.secret_keys or signing_keys(settings.home)),
        limits=Limits(settings, redis_url),
        waiting=WaitingRoom(settings.threads),
    )
    app.url_map.merge_slashes = False  # an address is right or it is not: nobody is redirected
    edge.settle(app, desk)
    around.surround(app)
    for room in (v1, health, pages, panel):
        room.register(app)
    if settings.sandbox:
        for room in (sandbox, sandbox_documents, sandbox_sheets):
            room.register(app)
    return app


def from_environment() -> Flask:
    """Return the application for a server that takes a factory, such as gunicorn."""
    settings = Settings.from_environment(os.environ)
    set_up_logs(settings.log_level)
    return create_app(settings)

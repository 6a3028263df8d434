"""Is the process up, can it work, and how is it doing: for load balancers and operators, not for people."""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable

from flask import Flask, Response, request

from addon_backend.domain.errors import AddonError, NotSignedIn, NotVisible
from addon_backend.telemetry import metrics
from addon_backend.web import edge

SWEEPER = "sweeper"
OLDEST_BEAT_SECONDS = 10.0


def register(app: Flask) -> None:
    """Serve the three."""
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/readyz", "readyz", readyz)
    app.add_url_rule("/metrics", "metrics", metrics_page)


def healthz() -> Response:
    """Answer while the process can answer at all; asks nothing of anyone."""
    return Response("ok\n", content_type="text/plain; charset=utf-8")


def readyz() -> Response:
    """Say for each engine whether it answers; 503 where one does not. Names engines, tells no addresses."""
    checks = {"database": _passes(_database), "redis": _passes(_redis), "sweeper": _passes(_sweeper)}
    ready = all(checks.values())
    body = {"ready": ready, "checks": {name: "ok" if passed else "failed" for name, passed in checks.items()}}
    return Response(json.dumps(body), status=200 if ready else 503, content_type="application/json")


def metrics_page() -> Response:
    """Return the metrics to whoever has the token; where none is set, there is no such page."""
    token = edge.edge().settings.metrics_token
    if token is None:
        raise NotVisible
    authorization = request.authorization
    given = (authorization.token if authorization and authorization.type == "bearer" else None) or ""
    if not hmac.compare_digest(given.encode(), token.encode()):
        raise NotSignedIn
    return Response(metrics.render(), content_type=metrics.CONTENT_TYPE)


def _passes(check: Callable[[], None]) -> bool:
    try:
        check()
    except AddonError:
        return False
    return True


def _database() -> None:
    edge.edge().house.store.ping()


def _redis() -> None:
    edge.edge().limits.ping()


def _sweeper() -> None:
    with edge.edge().house.store.reading() as unit:
        beat = unit.work.beat(SWEEPER)
    if beat is None or beat > OLDEST_BEAT_SECONDS:
        raise NotVisible

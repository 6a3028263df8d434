"""What happens around every request: an id, a log line, metrics, the page's headers, CORS, problems."""

from __future__ import annotations

import errno
import re
import secrets
import time
from dataclasses import dataclass

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException

from addon_backend.domain.errors import AddonError, DiskFull
from addon_backend.security.headers import PageKind, headers
from addon_backend.telemetry import logs, metrics
from addon_backend.web import edge, problems

_CORS = {
    "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, If-None-Match",
    "Access-Control-Expose-Headers": "ETag, Location, Retry-After, X-Request-Id, Idempotent-Replayed",
    "Access-Control-Max-Age": "600",
}


_RUN_ID = re.compile(r"[A-Za-z0-9_-]{16}")  # anything else is no id of ours, but what somebody typed


@dataclass(frozen=True, slots=True)
class Page:
    """What kind of page is answered, who may frame it, and which inline scripts it has, by digest."""

    kind: PageKind = PageKind.API
    ancestors: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()


def surround(app: Flask) -> None:
    """Register all of it."""
    app.before_request(_begin)
    app.after_request(_finish)
    app.teardown_request(_forget)
    app.register_error_handler(AddonError, _refused)
    app.register_error_handler(HTTPException, _refused_by_flask)
    app.register_error_handler(Exception, _accident)


def answer_as(page: Page) -> None:
    """Say what kind of page this request is answered with; without it, it is the API."""
    g.page = page


def _begin() -> Response | None:
    g.request_id = secrets.token_hex(8)
    g.began = time.perf_counter()
    g.language = edge.language()
    logs.clear()
    logs.bind(request_id=g.request_id)
    run = (request.view_args or {}).get("run_id", "")
    if _RUN_ID.fullmatch(run):
        logs.bind(run_id=run)
    if request.method == "OPTIONS" and request.path.startswith("/v1/"):
        return Response(status=204)  # a preflight carries no ticket; who may go on is in its headers
    return None


def _finish(response: Response) -> Response:
    page: Page = g.get("page", Page())
    response.headers["X-Request-Id"] = g.get("request_id", "")
    response.headers.update(
        headers(page.kind, ancestors=page.ancestors, scripts=page.scripts, secure=request.is_secure)
    )
    if request.path.startswith("/v1/"):
        _allow_origin(response)
    _record(response)
    return response


def _allow_origin(response: Response) -> None:
    response.vary.add("Origin")
    origin = request.headers.get("Origin")
    if origin in edge.edge().settings.cors_origins:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers.update(_CORS)


def _record(response: Response) -> None:
    route = request.url_rule.rule if request.url_rule else "unknown"
    seconds = time.perf_counter() - g.get("began", time.perf_counter())
    metrics.requests.labels(
        request.method if route != "unknown" else "", route, str(response.status_code)
    ).inc()
    if not request.args.get("wait"):
        metrics.request_seconds.labels(route).observe(seconds)
    logs.logger().info(
        "request",
        method=request.method,
        endpoint=route,
        status=response.status_code,
        ms=round(seconds * 1000, 1),
    )


def _forget(_: BaseException | None) -> None:
    logs.clear()


def _refused(error: AddonError) -> Response:
    tell = logs.logger().warning if error.status >= 500 else logs.logger().info
    tell("refused", code=error.code, status=error.status, **_loggable(error))
    return problems.problem(error, g.language)


def _loggable(error: AddonError) -> dict[str, str | int]:
    return {
        name: fact
        for name, fact in error.facts.items()
        if name in {"reason", "engine", "retry_after", "count"}
    }


def _refused_by_flask(error: HTTPException) -> Response:
    return problems.of_http(error, g.language)


def _accident(trouble: Exception) -> Response:
    if isinstance(trouble, OSError) and trouble.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _refused(DiskFull())  # an upload that waits on disk before anybody of ours has seen it
    return problems.of_accident(g.language)

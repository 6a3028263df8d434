"""``/v1``: one file per resource. What is listed here is served, documented and tested for its promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.web.v1 import catalogue, cells, decisions, google, me, run, runs, selections

if TYPE_CHECKING:
    from flask import Flask

    from addon_backend.web.contract import Endpoint

ENDPOINTS: tuple[Endpoint, ...] = (
    selections.inspect,
    runs.preview,
    runs.start,
    runs.history,
    run.status,
    run.stop,
    run.go_on,
    run.take_over,
    run.undo,
    run.swap,
    run.report,
    decisions.decisions,
    decisions.answer,
    decisions.rows,
    cells.explain,
    catalogue.catalogue,
    me.me,
    me.change_me,
    me.accept_terms,
    google.google_session,
    google.google_consent_start,
    google.google_consent,
    google.google_consent_withdraw,
)


def register(app: Flask) -> None:
    """Serve every endpoint."""
    for endpoint in ENDPOINTS:
        app.add_url_rule(
            endpoint.rule,
            f"v1.{endpoint.name}",
            endpoint,
            methods=[endpoint.method],
            provide_automatic_options=False,
        )

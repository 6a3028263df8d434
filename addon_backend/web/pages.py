"""The top-level page."""

from __future__ import annotations

from flask import Flask, Response

from addon_backend.domain.errors import NotVisible
from addon_backend.security.headers import PageKind
from addon_backend.web import edge
from addon_backend.web.around import Page, answer_as


def register(app: Flask) -> None:
    """Serve it."""
    app.add_url_rule("/", "home", home)


def home() -> Response:
    """Lead to the sandbox where there is one."""
    if not edge.edge().settings.sandbox:
        raise NotVisible
    answer_as(Page(PageKind.PAGE))
    return Response(status=303, headers={"Location": "/sandbox"})

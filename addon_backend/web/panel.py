"""The front end's files: pages by host, and the assets they load, revalidated by ETag.

A page may hold one inline script, its import map (no browser loads one from a file): it is allowed by digest.
``/panel?host=google|excel|sandbox`` decides who may frame it; without a known host nobody may.
"""

from __future__ import annotations

import re
from pathlib import Path

from flask import Flask, Response, request, send_from_directory

import addon_backend
from addon_backend.domain.errors import NotVisible
from addon_backend.security.headers import PageKind, script_digest
from addon_backend.web import edge
from addon_backend.web.around import Page, answer_as

FILES = Path(addon_backend.__file__).with_name("panel")
TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/vnd.microsoft.icon",
    ".woff2": "font/woff2",
}

_INLINE = re.compile(r"<script\b(?![^>]*\bsrc=)[^>]*>(.*?)</script>", re.DOTALL | re.IGNORECASE)


def register(app: Flask) -> None:
    """Serve the panel and the assets."""
    app.add_url_rule("/panel", "panel", panel)
    app.add_url_rule("/assets/<path:name>", "asset", asset)


def panel() -> Response:
    """Return the panel for the host that frames it."""
    settings = edge.edge().settings
    match request.args.get("host", "sandbox" if settings.sandbox else ""):
        case "google":
            return page("panel.html", PageKind.PANEL_GOOGLE, settings.google_ancestors)
        case "excel":
            return page("panel.html", PageKind.PANEL_EXCEL, settings.excel_ancestors)
        case "sandbox" if settings.sandbox:
            return page("panel.html", PageKind.PANEL_SANDBOX, ("'self'",))
        case _:
            return page("panel.html", PageKind.PANEL_GOOGLE, ())


def page(name: str, kind: PageKind, ancestors: tuple[str, ...] = ()) -> Response:
    """Return a page of the front end with its kind's headers. Raises `NotVisible` where it is missing."""
    try:
        text = (FILES / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        raise NotVisible from None
    answer_as(Page(kind, ancestors, tuple(script_digest(script) for script in _INLINE.findall(text))))
    return Response(text, content_type="text/html; charset=utf-8")


def asset(name: str) -> Response:
    """Return one file that a page loads; a browser that has it is told so (304)."""
    kind = TYPES.get(Path(name).suffix)
    if kind is None:
        raise NotVisible
    answer = send_from_directory(FILES, name, mimetype=kind, conditional=True, etag=True)
    answer.headers["Content-Type"] = kind
    answer.headers["Cache-Control"] = "no-cache"
    answer_as(Page(PageKind.ASSET))
    return answer

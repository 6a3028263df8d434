"""Google Sheets around the add-on, on three origins: the sheet's page, Google's frame for add-ons, our panel.

The add-on's own files run in the middle one, on a spreadsheet in memory (``tests/front/google_fake.mjs``).
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, send_from_directory
from playwright.sync_api import Frame, FrameLocator, Page
from werkzeug.serving import WSGIRequestHandler, make_server

HERE = Path(__file__).parent
ADDON = HERE.parents[1] / "manifest" / "google"
LISTENS = """() => {
  window.heard = [];
  window.addEventListener("message", ({ data }) => window.heard.push(data));
}"""


@dataclass
class Sheets:
    """The two servers that stand for Google. ``panel`` is where the add-on finds the service."""

    panel: str = ""
    rows: Sequence[Sequence[object]] = ()
    document: str = "d1"
    sheet: int = 7
    live: str = ""
    """A module of the frame's server that keeps the add-on's book like a sheet elsewhere."""
    urls: dict[str, str] = field(default_factory=dict)

    def app(self, name: str) -> Flask:
        """Return the server of the sheet's page, or of the add-on's frame."""
        app = Flask(name)

        @app.get("/")
        def page() -> Response:
            return send_from_directory(HERE, "sheets.html" if name == "sheets" else "sidebar_frame.html")

        @app.get("/google_fake.mjs")
        def fake() -> Response:
            return send_from_directory(HERE.parent / "front", "google_fake.mjs", mimetype="text/javascript")

        @app.get("/told")
        def told() -> Response:
            source = "\n".join((ADDON / name).read_text() for name in ("Code.js", "Config.js", "Sheet.js"))
            source = source.replace("https://enrich.example.com", self.panel)
            pages = {name: (ADDON / f"{name}.html").read_text() for name in ("Sidebar", "Picker")}
            return jsonify(
                {
                    "id": self.document,
                    "sheet": self.sheet,
                    "rows": self.rows,
                    "source": source,
                    "pages": pages,
                    "live": self.live,
                }
            )

        return app


@contextmanager
def google() -> Iterator[Sheets]:
    """Serve both on two origins; nothing is left running."""
    sheets = Sheets()
    with serving(sheets.app("sheets"), sheets.app("frame")) as sheets.urls:
        yield sheets


@contextmanager
def serving(sheets: Flask, frame: Flask, port: int = 0) -> Iterator[dict[str, str]]:
    """Serve Google's two pages on two origins and yield their addresses; nothing is left running."""
    servers = {
        "sheets": make_server("localhost", port, sheets, threaded=True, request_handler=_Quiet),
        "frame": make_server("127.0.0.1", 0, frame, threaded=True, request_handler=_Quiet),
    }
    threads = [
        threading.Thread(target=one.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        for one in servers.values()
    ]
    for thread in threads:
        thread.start()
    try:
        yield {name: f"http://{server.host}:{server.port}" for name, server in servers.items()}
    finally:
        for server, thread in zip(servers.values(), threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join()


class _Quiet(WSGIRequestHandler):
    """Writes no log."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing."""


class Sidebar:
    """A sheet with the add-on, in the browser."""

    def __init__(self, page: Page, sheets: Sheets) -> None:
        """Open the sheet; nothing is pressed yet."""
        self.page = page
        page.goto(sheets.urls["sheets"])
        page.evaluate("url => document.getElementById('sidebar').src = url", sheets.urls["frame"])
        page.frame_locator("#sidebar").locator("#userHtmlFrame").wait_for(state="attached")
        self.frame.wait_for_function("window.lab")

    @property
    def frame(self) -> Frame:
        """Google's frame, with ``lab``: the book, the person and what was called."""
        return _named(self.page, "sidebar")

    @property
    def addon(self) -> FrameLocator:
        """The add-on's own page."""
        return self.page.frame_locator("#sidebar").frame_locator("#userHtmlFrame")

    @property
    def panel(self) -> FrameLocator:
        """Our panel in it."""
        return self.addon.frame_locator("#panel")

    def press(self, entry: str = "enrichSelection", **later: object) -> None:
        """Press an entry of the menu; ``later`` is what the script runs as after that."""
        self.frame.evaluate("([entry, later]) => lab.press(entry, later)", [entry, later])

    def select(self, *ranges: str) -> None:
        """Select in the sheet."""
        self.frame.evaluate("ranges => lab.book.front.select(...ranges)", list(ranges))

    def selected(self) -> list[str]:
        """Say what is selected in the sheet."""
        told = self.frame.evaluate("lab.book.front.active.map((range) => range.getA1Notation())")
        return [str(name) for name in told]

    def calls(self) -> list[str]:
        """Name what the script was asked so far."""
        return [str(name) for name in self.frame.evaluate("lab.calls")]

    def send(self, sender: str, target: str, data: dict[str, Any]) -> None:
        """Let a frame send a message to another: ``sheets``, ``foreign``, ``addon`` or ``panel``."""
        path = {"addon": "frames.sidebar.frames.addon", "panel": "frames.sidebar.frames.addon.frames[0]"}
        where = self.page.main_frame if sender == "sheets" else _named(self.page, sender)
        where.evaluate(f"data => window.top.{path[target]}.postMessage(data, '*')", data)


def _named(page: Page, name: str) -> Frame:
    frame = page.frame(name=name)
    assert frame is not None
    return frame

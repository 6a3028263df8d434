"""The HTTP contract of the panel and its sandbox, kept in memory: for screenshots and tests of the front end.

``python -m tests.front.mock_server`` serves it on http://127.0.0.1:5055/sandbox. `Mock` holds everything that a
test may want to set: ``seconds`` (how long a run takes), ``problem`` (answer every /v1 call with it), ``credits``.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from pathlib import Path
from typing import Any

from flask import Flask, Response, jsonify, request, send_from_directory

from addon_backend.security.headers import script_digest
from tests.front import mock_catalogue, mock_run
from tests.front.mock_list import messy

PANEL = Path(__file__).parents[2] / "addon_backend" / "panel"
IMPORT_MAP = re.compile(r"<script type=\"importmap\">(.*?)</script>", re.DOTALL)
MODULE_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json"}


class Document:
    """One sheet whose rows keep their ids when they move."""

    def __init__(self, name: str, rows: list[list[object]]) -> None:
        """Number the rows and remember when each changed."""
        self.name, self.revision, self.order_changed = name, 1, 1
        self.rows: dict[int, list[object]] = dict(enumerate(rows, 1))
        self.order = list(self.rows)
        self.changed = dict.fromkeys(self.rows, 1)
        self.width = max(map(len, rows))
        self.hidden = set(self.order[40:43])
        self.formulas = {(row, 2) for row in self.order[6:7]}

    def put(self, row: int, column: int, value: object) -> None:
        """Write one cell."""
        cells = self.rows[row]
        cells.extend([None] * (column + 1 - len(cells)))
        if cells[column] != value:
            cells[column] = value
            self.width = max(self.width, column + 1)
            self.changed[row] = self.revision + 1

    def since(self, revision: int, top: int, bottom: int) -> dict[str, object]:
        """Return what a grid needs to be as of now."""
        rows = [
            {
                "id": row,
                "position": position,
                "hidden": row in self.hidden,
                "cells": [*self.rows[row], *[None] * (self.width - len(self.rows[row]))],
                "formulas": [column for owner, column in self.formulas if owner == row],
            }
            for position, row in enumerate(self.order)
            if (self.changed[row] > revision or self.order_changed > revision) and top <= position < bottom
        ]
        data: dict[str, object] = {
            "revision": self.revision,
            "rows_total": len(self.order),
            "columns": [{"id": f"c{i}", "index": i, "letter": mock_run.letter(i)} for i in range(self.width)],
            "rows": rows,
        }
        if self.order_changed > revision:
            data["order"] = list(self.order)
        return data

    def moved(self) -> None:
        """Say that the order of the rows changed."""
        self.revision += 1
        self.order_changed = self.revision


class Mock:
    """The whole memory of the server."""

    def __init__(self, rows: int = 320) -> None:
        """Start with the sample list."""
        self.rows, self.seconds, self.credits, self.trial = rows, 6.0, 0, False
        self.problem: dict[str, Any] | None = None
        self.preview: dict[str, Any] = {}
        self.documents: dict[str, Document] = {}
        self.runs: dict[str, mock_run.MockRun] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.lock = threading.RLock()
        self.sample()

    def sample(self) -> str:
        """Open a fresh sample list."""
        name = f"d{len(self.documents) + 1}"
        self.documents[name] = Document("Contacts", messy(self.rows))
        return name

    def advance(self) -> None:
        """Let every run write what it would have written by now."""
        for run in self.runs.values():
            run.advance()


def create_mock(mock: Mock) -> Flask:  # noqa: PLR0915 - a flat list of routes reads best in one place
    """Return the server."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = Flask(__name__)

    @app.before_request
    def gate() -> Any:
        mock.lock.acquire()
        mock.advance()
        if not request.path.startswith("/v1"):
            return None
        if request.headers.get("Authorization") != "Bearer ticket":
            return problem(401, "not_signed_in", "You are signed out.", "Try again to sign in.")
        if mock.problem:
            return problem(**mock.problem)
        return None

    @app.teardown_request
    def release(_error: BaseException | None) -> None:
        mock.lock.release()

    @app.after_request
    def strict(response: Response) -> Response:
        hashes = " ".join(script_digest(text) for text in IMPORT_MAP.findall((PANEL / "panel.html").read_text()))
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; "
            "form-action 'none'; require-trusted-types-for 'script'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    @app.get("/panel")
    def panel() -> Response:
        return send_from_directory(PANEL, "panel.html")

    @app.get("/sandbox")
    def sandbox() -> Response:
        return send_from_directory(PANEL, "sandbox.html")

    @app.get("/assets/<path:path>")
    def assets(path: str) -> Response:
        return send_from_directory(PANEL, path, mimetype=MODULE_TYPES.get(Path(path).suffix))

    @app.get("/favicon.ico")
    def favicon() -> Response:
        return send_from_directory(PANEL, "icon.svg")

    @app.post("/sandbox/ticket")
    def ticket() -> Response:
        language = "fr" if request.headers.get("Accept-Language", "").startswith("fr") else "en"
        return jsonify({"ticket": "ticket", "expires_in": 3600, "language": language})

    @app.get("/sandbox/documents")
    def documents() -> Response:
        return jsonify({"documents": [describe(name) for name in mock.documents]})

    def describe(name: str) -> dict[str, object]:
        document = mock.documents[name]
        sheets = [{"id": "s1", "title": document.name, "rows": len(document.order)}]
        return {"id": name, "title": f"{document.name.lower()}.xlsx", "sheets": sheets}

    @app.post("/sandbox/documents/demo")
    def demo() -> tuple[Response, int]:
        return jsonify(describe(mock.sample())), 201

    @app.post("/sandbox/documents")
    def upload() -> Any:
        file = request.files["file"]
        text = file.read().decode("utf-8", "replace")
        if not str(file.filename).endswith(".csv"):
            return problem(
                422, "file_unreadable", "This file is not a workbook.", "Open an .xlsx or .csv file."
            )
        name = f"d{len(mock.documents) + 1}"
        rows: list[list[object]] = [list(re.split("[,;]", line)) for line in text.splitlines()]
        mock.documents[name] = Document("Sheet1", rows)
        mock.documents[name].hidden.clear()
        return jsonify(describe(name)), 201

    @app.get("/sandbox/documents/<d>/sheets/<s>/rows")
    def rows(d: str, s: str) -> Response:  # noqa: ARG001 - every mock document has one sheet
        ask = request.args.get
        return jsonify(
            mock.documents[d].since(
                int(ask("since", -1)), int(ask("top", 0)), int(ask("bottom", 10**9))
            )
        )

    @app.post("/sandbox/documents/<d>/sheets/<s>/<verb>")
    def edit(d: str, s: str, verb: str) -> Response:  # noqa: ARG001 - as above
        document, body = mock.documents[d], request.get_json()
        if verb == "edit":
            for change in body["changes"]:
                document.put(change["row"], int(change["column"][1:]), change["value"])
            document.revision += 1
        elif verb == "sort":
            head, tail = document.order[: body["header_rows"]], document.order[body["header_rows"] :]
            tail.sort(
                key=lambda row: str([*document.rows[row], *[""] * 99][int(body["column"][1:])] or "").lower(),
                reverse=body["descending"],
            )
            document.order = head + tail
            document.moved()
        elif verb == "insert":
            new = [max(document.rows) + 1 + i for i in range(body["count"])]
            for row in new:
                document.rows[row], document.changed[row] = [], document.revision + 1
            document.order[body["position"] : body["position"]] = new
            document.moved()
        else:
            document.order = [row for row in document.order if row not in body["rows"]]
            document.moved()
        return jsonify({"revision": document.revision})

    @app.get("/sandbox/documents/<d>/download")
    def download(d: str) -> Response:
        lines = [
            ",".join(str(cell or "") for cell in mock.documents[d].rows[r]) for r in mock.documents[d].order
        ]
        return Response(
            "\n".join(lines),
            mimetype="text/csv",
            headers={"Content-Disposition": "attachment; filename=contacts.csv"},
        )

    @app.get("/v1/catalogue")
    def catalogue() -> Response:
        return jsonify(mock_catalogue.catalogue(french()))

    @app.get("/v1/me")
    def me() -> Response:
        return jsonify(
            {
                "workspace": "w1",
                "member": "m1",
                "language": "en",
                "terms_in_force": "2026-11",
                "terms_current": "2026-11",
            }
        )

    @app.post("/v1/runs/preview")
    def preview() -> Any:
        body = request.get_json()
        mock.asked.append(("preview", body))
        return jsonify(
            mock_run.preview(body, french=french(), credits=mock.credits, trial=mock.trial) | mock.preview
        )

    @app.post("/v1/runs")
    def start() -> Any:
        body = request.get_json()
        mock.asked.append(("start", body | {"key": request.headers.get("Idempotency-Key")}))
        run = mock_run.MockRun(
            f"r{len(mock.runs) + 1}",
            body,
            mock.documents[body["sheet"]["document"]],
            mock.seconds,
            mock.credits,
            french=french(),
        )
        mock.runs[run.id] = run
        return jsonify(run.view()), 202

    @app.get("/v1/runs/<name>")
    def run(name: str) -> Any:
        view = mock.runs[name].view()
        if view["version"] <= int(request.args.get("since", 0)):
            mock.lock.release()
            time.sleep(0.2)
            mock.lock.acquire()
            mock.advance()
            view = mock.runs[name].view()
            if view["version"] <= int(request.args.get("since", 0)):
                return "", 304
        return jsonify(view)

    @app.post("/v1/runs/<name>/<verb>")
    def steer(name: str, verb: str) -> Response:
        mock.asked.append((verb, request.get_json()))
        getattr(mock.runs[name], "stop" if verb == "stop" else "go_on")()
        return jsonify(mock.runs[name].view())

    @app.get("/v1/runs/<name>/report")
    def report(name: str) -> Response:
        return jsonify(mock.runs[name].report())

    @app.get("/v1/runs")
    def history() -> Response:
        return jsonify({"runs": [one.line() for one in reversed(mock.runs.values())]})

    @app.post("/v1/cells/explain")
    def explain() -> Response:
        body = request.get_json()
        mock.asked.append(("explain", body))
        return jsonify({"cell": body["cell"], "entries": mock_run.explain(french())})

    return app


def french() -> bool:
    """Say whether the caller asked for French."""
    return request.headers.get("Accept-Language", "").startswith("fr")


def problem(status: int, code: str, title: str, detail: str) -> Response:
    """Return an RFC 9457 problem."""
    body = {"status": status, "code": code, "title": title, "detail": detail}
    return Response(json.dumps(body), status, mimetype="application/problem+json")


if __name__ == "__main__":
    create_mock(Mock()).run(port=5055, threaded=True)

"""The HTTP contract of the panel and its sandbox, kept in memory: for tests of the front end.

``python -m tests.front.mock_server`` serves it on http://127.0.0.1:5055/sandbox. `Mock` holds everything that
a test may want to set: ``seconds`` (how long a run takes), ``problem`` (the answer to every /v1 call),
``credits``, ``new_rows`` (a number, and where they stand), ``mail`` (None for who told no address),
``undecided`` (whether runs leave something to decide), ``consent`` (what Google was allowed) and
``ancestors`` (who may frame the panel at Google).
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

from addon_backend.security.headers import PageKind, headers, script_digest
from tests.front import mock_catalogue, mock_decisions, mock_google, mock_preview, mock_run
from tests.front.mock_document import Document
from tests.front.mock_list import messy

PANEL = Path(__file__).parents[2] / "addon_backend" / "panel"
IMPORT_MAP = re.compile(r"<script type=\"importmap\">(.*?)</script>", re.DOTALL)
MODULE_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json"}


class Mock:
    """The whole memory of the server."""

    def __init__(self, rows: int = 320) -> None:
        """Start with the sample list."""
        self.rows, self.seconds, self.credits = rows, 6.0, 0
        self.url = ""
        self.new_rows: tuple[int, str | None] | None = None
        self.mail: bool | None = True
        self.problem: dict[str, Any] | None = None
        self.documents: dict[str, Document] = {}
        self.runs: dict[str, mock_run.MockRun] = {}
        self.undecided = False
        self.consent: dict[str, Any] = {"connected": True, "scopes": [], "problem": None, "opens": True}
        self.ancestors: tuple[str, ...] = ()
        self.lists: dict[str, mock_decisions.MockDecisions] = {}
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.lock = threading.RLock()
        self.sample()

    def sample(self) -> str:
        """Open a fresh sample list."""
        name = f"d{len(self.documents) + 1}"
        self.documents[name] = Document("Contacts", messy(self.rows))
        return name

    def decisions(self, run: str) -> mock_decisions.MockDecisions:
        """Return a run's decisions list; the first look makes it."""
        if run not in self.lists:
            self.lists[run] = mock_decisions.MockDecisions(french=french())
        return self.lists[run]

    def follow_up(self, run: str, kind: str, rows: int) -> mock_run.MockRun:
        """Start a run that follows up another."""
        name = f"r{len(self.runs) + 1}"
        self.runs[name] = mock_decisions.MockFollowUp(name, self.runs[run], kind, rows)
        return self.runs[name]

    def view(self, run: mock_run.MockRun) -> dict[str, Any]:
        """Return the RunView with what it leaves to decide."""
        view = run.view()
        if not self.undecided or view["kind"] != "enrich" or view["state"] == "running":
            return view
        open_ = self.decisions(run.id).counts()
        return view | {"decisions": open_["decisions"], "decisions_headline": open_["headline"]}

    def advance(self) -> None:
        """Let every run write what it would have written by now."""
        for run in self.runs.values():
            run.advance()


def create_mock(mock: Mock) -> Flask:
    """Return the server."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = Flask(__name__)
    _surround(app, mock)
    _files(app)
    _documents(app, mock)
    _sheets(app, mock)
    _runs(app, mock)
    _one_run(app, mock)
    _follow_ups(app, mock)
    mock_google.register(app, mock)
    return app


def _surround(app: Flask, mock: Mock) -> None:
    @app.before_request
    def gate() -> Any:
        mock.lock.acquire()
        mock.advance()
        if not request.path.startswith("/v1") or request.path == mock_google.SESSION:
            return None
        if request.headers.get("Authorization") != "Bearer ticket":
            return problem(401, "not_signed_in", "You are signed out.", "Try again to sign in.")
        return problem(**mock.problem) if mock.problem else None

    @app.teardown_request
    def release(_error: BaseException | None) -> None:
        mock.lock.release()

    @app.after_request
    def strict(response: Response) -> Response:
        digests = [script_digest(text) for text in IMPORT_MAP.findall((PANEL / "panel.html").read_text())]
        hashes = " ".join(digests)
        if request.args.get("host") == "google":
            kind = PageKind.PANEL_GOOGLE
            response.headers.update(headers(kind, ancestors=mock.ancestors, scripts=digests))
            return response
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; script-src 'self' {hashes}; style-src 'self'; img-src 'self' data:; "
            "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; "
            "form-action 'none'; require-trusted-types-for 'script'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response


def _files(app: Flask) -> None:
    @app.get("/<any(panel, sandbox):name>")
    def page(name: str) -> Response:
        return send_from_directory(PANEL, f"{name}.html")

    @app.get("/assets/<path:path>")
    def assets(path: str) -> Response:
        return send_from_directory(PANEL, path, mimetype=MODULE_TYPES.get(Path(path).suffix))


def _documents(app: Flask, mock: Mock) -> None:
    def describe(name: str) -> dict[str, object]:
        document = mock.documents[name]
        sheets = [{"id": "s1", "title": document.name, "rows": len(document.order)}]
        return {"id": name, "title": f"{document.name.lower()}.xlsx", "sheets": sheets}

    @app.post("/sandbox/ticket")
    def ticket() -> Response:
        return jsonify({"ticket": "ticket", "expires_in": 3600, "language": "fr" if french() else "en"})

    @app.route("/sandbox/pace", methods=["GET", "POST"])
    def pace() -> Response:
        return jsonify({"seconds": (request.get_json(silent=True) or {"seconds": 0})["seconds"]})

    @app.get("/sandbox/documents")
    def documents() -> Response:
        return jsonify({"documents": [describe(name) for name in mock.documents]})

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
        rows: list[list[object]] = [list(line.split(",")) for line in text.splitlines()]
        mock.documents[name] = Document("Sheet1", rows)
        return jsonify(describe(name)), 201

    @app.get("/sandbox/documents/<d>/download")
    def download(d: str) -> Response:
        document = mock.documents[d]
        lines = [",".join(str(cell or "") for cell in document.rows[row]) for row in document.order]
        headers = {"Content-Disposition": "attachment; filename=contacts.csv"}
        return Response("\n".join(lines), mimetype="text/csv", headers=headers)


def _sheets(app: Flask, mock: Mock) -> None:
    @app.get("/sandbox/documents/<d>/sheets/<s>/rows")
    def rows(d: str, s: str) -> Response:
        ask = request.args.get
        since, top, bottom = int(ask("since", -1)), int(ask("top", 0)), int(ask("bottom", 10**9))
        return jsonify(mock.documents[d].since(since, top, bottom))

    @app.post("/sandbox/documents/<d>/sheets/<s>/<any(edit, sort, insert, delete):verb>")
    def change(d: str, s: str, verb: str) -> Response:
        document, body = mock.documents[d], request.get_json()
        getattr(document, verb)(**body)
        return jsonify({"revision": document.revision})


def _runs(app: Flask, mock: Mock) -> None:
    @app.get("/v1/catalogue")
    def catalogue() -> Response:
        return jsonify(mock_catalogue.catalogue(french()))

    @app.get("/v1/me")
    def me() -> Response:
        return jsonify(mock_me())

    @app.patch("/v1/me")
    def change_me() -> Response:
        mock.mail = request.get_json()["mail"]
        mock.asked.append(("mail", request.get_json()))
        return jsonify(mock_me())

    def mock_me() -> dict[str, object]:
        return {
            "workspace": "w1",
            "member": "m1",
            "language": "en",
            "terms_in_force": "2026-11",
            "terms_current": "2026-11",
            "mail": mock.mail,
            "unseen": sum(run.unseen for run in mock.runs.values()),
        }

    @app.post("/v1/runs/preview")
    def preview() -> Any:
        body = request.get_json()
        mock.asked.append(("preview", body))
        shown = mock_preview.preview(body, french=french(), ceiling=mock.credits)
        return jsonify(shown | {"known": mock_preview.known(body, mock.new_rows)})

    @app.post("/v1/runs")
    def start() -> Any:
        body = request.get_json()
        mock.asked.append(("start", body | {"key": request.headers.get("Idempotency-Key")}))
        document = mock.documents[body["sheet"]["document"]]
        name = f"r{len(mock.runs) + 1}"
        run = mock_run.MockRun(name, body, document, mock.seconds, mock.credits, french=french())
        mock.runs[run.id] = run
        return jsonify(run.view()), 202

    @app.get("/v1/runs")
    def history() -> Response:
        wanted = [run for run in mock.runs.values() if run.unseen or not request.args.get("unseen")]
        return jsonify({"runs": [one.line() for one in reversed(wanted)], "before": None})

    @app.post("/v1/cells/explain")
    def explain() -> Response:
        body = request.get_json()
        mock.asked.append(("explain", body))
        return jsonify({"cell": body["cell"], "entries": mock_preview.explain(french())})


def _one_run(app: Flask, mock: Mock) -> None:
    @app.get("/v1/runs/<name>")
    def run(name: str) -> Any:
        known = int(request.args.get("since", 0))
        mock.runs[name].unseen = False
        if mock.runs[name].version <= known:
            mock.lock.release()
            time.sleep(0.2)
            mock.lock.acquire()
            mock.advance()
        return ("", 304) if mock.runs[name].version <= known else jsonify(mock.view(mock.runs[name]))

    @app.post("/v1/runs/<name>/<any(stop, continue):verb>")
    def steer(name: str, verb: str) -> Response:
        mock.asked.append((verb, request.get_json()))
        getattr(mock.runs[name], "stop" if verb == "stop" else "go_on")()
        return jsonify(mock.runs[name].view())

    @app.post("/v1/runs/<name>/take-over")
    def take_over(name: str) -> Response:
        mock.asked.append(("take-over", {"run": name}))
        mock.runs[name].take_over()
        return jsonify(mock.runs[name].view())

    @app.post("/v1/runs/<name>/undo")
    def undo(name: str) -> Any:
        mock.asked.append(("undo", {"run": name, "key": request.headers.get("Idempotency-Key")}))
        run = mock_run.MockUndo(f"r{len(mock.runs) + 1}", mock.runs[name])
        mock.runs[run.id] = run
        return jsonify(run.view()), 202

    @app.get("/v1/runs/<name>/report")
    def report(name: str) -> Response:
        run = mock.runs[name]
        return jsonify(run.report() | {"run": mock.view(run)})


def _follow_ups(app: Flask, mock: Mock) -> None:
    @app.get("/v1/runs/<name>/decisions")
    def decisions(name: str) -> Response:
        return jsonify(mock.decisions(name).page())

    @app.post("/v1/runs/<name>/decisions")
    def answer(name: str) -> Response:
        body = request.get_json()
        mock.asked.append(("decide", body | {"key": request.headers.get("Idempotency-Key")}))
        taken = mock.decisions(name).answer(body)
        run = mock.follow_up(name, "decide", taken).view() if taken else None
        return jsonify({"run": run} | mock.decisions(name).counts())

    @app.post("/v1/runs/<name>/rows")
    def places(name: str) -> Response:
        return jsonify(mock.decisions(name).places(request.get_json()["groups"][0]))

    @app.post("/v1/runs/<name>/swap")
    def swap(name: str) -> Any:
        mock.asked.append(("swap", request.get_json() | {"run": name}))
        return jsonify(mock.follow_up(name, "swap", 200).view()), 202


def french() -> bool:
    """Say whether the caller asked for French."""
    return request.headers.get("Accept-Language", "").startswith("fr")


def problem(status: int, code: str, title: str, detail: str) -> Response:
    """Return an RFC 9457 problem."""
    body = {"status": status, "code": code, "title": title, "detail": detail}
    return Response(json.dumps(body), status, mimetype="application/problem+json")


if __name__ == "__main__":
    create_mock(Mock()).run(port=5055, threaded=True)

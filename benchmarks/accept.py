"""Accepting runs: how many a second, behind what we promise about each."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median
from time import monotonic, sleep

from addon_backend.security.tickets import Tickets
from benchmarks.child import ROOT, cpu_seconds
from benchmarks.desk import Desk, desk
from benchmarks.lists import columns
from benchmarks.load import CONNECTIONS, NUMBER, THREADS, Load, load
from benchmarks.report import Subject, table

ROWS = 20
ROUNDS = 3
MOST_STARTS = 5_000  # of one thread in one round: several times what is reached
LASTING, SHORT = 8.0, 3.0
GOAL, GOAL_P99 = 150.0, 250.0
SECRET = "a key for this benchmark only gone with its home"  # noqa: S105 - signs nothing that lasts
_PATIENCE = 60.0
_LEAVE = 30.0
_MUCH = "1000000/second"


def measure(*, quick: bool) -> Subject:
    """Measure ours, the peer and the preview in turn, so that all meet the same machine."""
    lasting = SHORT if quick else LASTING
    told = {"SANDBOX": "0", "WORKERS": "2", "THREADS": "8", "SECRET_KEY": SECRET}
    rates = {"RATE_STARTS": _MUCH, "RATE_LOOKS": _MUCH, "RATE_READS": _MUCH}
    found: dict[str, list[Round]] = {"start": [], "bare": [], "look": []}
    with desk(**told, **rates) as at, _serving(at) as ours, _bare() as bare:
        ticket, _ = Tickets([SECRET]).issue(at.caller)
        signed = {"Authorization": f"Bearer {ticket}"}
        wish = _wish(at)
        look = {**wish, "title": "Leads", "table": _table()}
        quote = _quote(ours.port, look, signed)
        bodies = [_body(at, wish, quote, number) for number in range(1 + ROUNDS)]
        load(ours.port, "/v1/runs", bodies.pop(), signed, 1.0)
        for body in bodies:
            found["start"].append(_round(ours, "/v1/runs", body, signed, lasting))
            found["bare"].append(_round(bare, "/runs", body, {}, lasting))
            found["look"].append(_round(ours, "/v1/runs/preview", json.dumps(look).encode(), signed, lasting))
    return _told({name: _middle(rounds) for name, rounds in found.items()})


@dataclass(frozen=True, slots=True)
class Server:
    """A server that we started."""

    port: int
    process: int


@dataclass(frozen=True, slots=True)
class Round:
    """A load, and the CPU milliseconds that the server spent on each request; 0 where that is not known."""

    load: Load
    cpu: float


def _round(server: Server, path: str, body: bytes, headers: Mapping[str, str], lasting: float) -> Round:
    before, began = cpu_seconds(server.process), monotonic()
    found = load(server.port, path, body, headers, lasting)
    spent = cpu_seconds(server.process) - before
    requests = found.per_second * min(monotonic() - began, lasting) + found.wrong
    return Round(found, spent * 1_000 / max(1.0, requests))


def _told(found: Mapping[str, Round]) -> Subject:
    start, look, bare = (found[name].load for name in ("start", "look", "bare"))
    both = 1 / (1 / start.per_second + 1 / look.per_second)
    slower = bare.per_second / start.per_second
    price = "a ticket, a counted rate, an idempotency key, a checked quote, a reservation and a bell per run"
    losses = [f"A bare handler accepts {slower:.1f} × as many: that is the price of {price}."]
    if start.per_second < GOAL:
        losses.append(f"{start.per_second:,.0f} runs/s are accepted (goal {GOAL:,.0f}).")
    if start.p99 > GOAL_P99:
        losses.append(f"The p99 of accepting is {start.p99:,.0f} ms (goal {GOAL_P99:,.0f} ms).")
    wrong = sum(one.load.wrong for one in found.values())
    if wrong:
        losses.append(f"Up to {wrong} requests of a round were answered with an error.")
    lines = {
        "POST /v1/runs": found["start"],
        f"POST /v1/runs/preview, {ROWS} × {len(columns(1)[0])}": found["look"],
        "bare handler": found["bare"],
    }
    return Subject(
        name="accept",
        title=f"Accepting runs of {ROWS} rows",
        how="`addon-backend serve` with WORKERS=2 THREADS=8, SQLite with `synchronous=FULL`, embedded "
        "Valkey, no worker at work. Each POST /v1/runs carries a ticket, passes the rate limit (set out of "
        "reach, but counted), and has an idempotency key and a quote of its own (made before). POST "
        "/v1/runs/preview carries the rows and makes a quote. Peer: a bare Flask handler under gunicorn "
        "with the same workers and threads, which validates the same body and inserts it as one row "
        f"(`benchmarks/bare.py`): no ticket, no key, no limit, no bell. Load by {start.by}, {CONNECTIONS} "
        f"connections, on the same cores; median of {ROUNDS} rounds in turn. CPU is the server's own, per "
        "request: what is left of a figure on a busy machine.",
        ratios=[
            ("Accepted per second, bare handler : ours", f"{slower:.1f} ×"),
            (
                "CPU per request, ours : bare handler",
                f"{found['start'].cpu / max(0.001, found['bare'].cpu):.1f} ×",
            ),
            ("p99, ours : bare handler", f"{start.p99 / bare.p99:.1f} ×"),
            (f"Accepted per second : the goal of {GOAL:.0f}", f"{start.per_second / GOAL:.1f} ×"),
            (f"p99 : the goal of {GOAL_P99:.0f} ms", f"{start.p99 / GOAL_P99:.2f} ×"),
        ],
        figures=table(
            ("", "per second", "p50", "p99", "CPU", "errors"),
            [
                (
                    name,
                    f"{one.load.per_second:,.0f}",
                    f"{one.load.p50:,.0f} ms",
                    f"{one.load.p99:,.0f} ms",
                    f"{one.cpu:.1f} ms",
                    str(one.load.wrong),
                )
                for name, one in lines.items()
            ],
        )
        + f"\n\nPreview and start together: {both:,.0f} a second.",
        losses=losses,
    )


def _middle(rounds: Sequence[Round]) -> Round:
    loads = [one.load for one in rounds]
    middle = Load(
        loads[0].by,
        median(one.per_second for one in loads),
        median(one.p50 for one in loads),
        median(one.p99 for one in loads),
        max(one.wrong for one in loads),
    )
    return Round(middle, median(one.cpu for one in rounds))


def _wish(at: Desk) -> dict[str, object]:
    """Name a sheet that is there: without one there is no quote."""
    document = at.house.workbooks.open_sample(at.caller.workspace).id
    sheet = at.house.documents.sheets(at.caller.workspace, document)[0].id
    where = {"host": "local", "document": document, "sheet": sheet}
    return {"sheet": where, "range": f"A1:L{ROWS + 1}", "recipe": "standard"}


def _table() -> dict[str, list[dict[str, object]]]:
    header, cells = columns(ROWS)
    whole: list[dict[str, object]] = [
        {"index": index, "values": [name, *values]}
        for index, (name, values) in enumerate(zip(header, cells, strict=True))
    ]
    return {"top": 0, "rows_total": ROWS + 1, "columns": whole}  # type: ignore[dict-item]


def _quote(port: int, look: Mapping[str, object], headers: Mapping[str, str]) -> str:
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        body = json.dumps(look)
        connection.request("POST", "/v1/runs/preview", body, {**headers, "Content-Type": "application/json"})
        answer = connection.getresponse()
        told = json.loads(answer.read())
        if answer.status != 200:
            raise RuntimeError(f"the preview was answered with {answer.status}: {told}")
        return str(told["quote_id"])
    finally:
        connection.close()


def _body(at: Desk, wish: Mapping[str, object], quote: str, number: int) -> bytes:
    """Copy a quote often enough for a round, as each starts one run; return the body that uses the copies."""
    with at.house.store.unit() as unit:
        shown = unit.quotes.get(at.caller.workspace, at.caller.member, quote)
        for thread in range(THREADS):
            for count in range(MOST_STARTS):
                unit.quotes.add(replace(shown, id=f"bench-{number}-{thread}-{count:07}"))
        unit.commit()
    return json.dumps({**wish, "quote_id": f"bench-{number}-{NUMBER.decode()}"}).encode()


@contextmanager
def _serving(at: Desk) -> Iterator[Server]:
    port = _free_port()
    command = [sys.executable, "-m", "addon_backend", "serve", "--port", str(port)]
    with _process(command, at.environment, port, "/healthz") as process:
        yield Server(port, process)


@contextmanager
def _bare() -> Iterator[Server]:
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="addon-bench-") as folder:
        options = f"--bind 127.0.0.1:{port} --workers 2 --threads 8 --keep-alive 15 --log-level error".split()
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            *options,
            "--no-control-socket",
            "benchmarks.bare:make()",
        ]
        environment = {**os.environ, "BARE_DATABASE": str(Path(folder, "bare.db"))}
        with _process(command, environment, port, "/") as process:
            yield Server(port, process)


@contextmanager
def _process(command: Sequence[str], environment: Mapping[str, str], port: int, path: str) -> Iterator[int]:
    """Run a server of ours until the block ends; nobody else's process is touched."""
    server = subprocess.Popen(command, cwd=ROOT, env=dict(environment))
    try:
        until = monotonic() + _PATIENCE
        while not _answers(port, path):
            if server.poll() is not None or monotonic() > until:
                raise RuntimeError(f"{command[2]} did not start")
            sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        try:
            server.wait(_LEAVE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _answers(port: int, path: str) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])

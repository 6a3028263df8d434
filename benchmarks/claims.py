"""Claiming work: how long it takes beside many waiting chunks, and how soon a newcomer gets her turn."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter

from addon_backend.domain.recipes import recipe_named
from addon_backend.domain.runs import Chunk, ChunkState, Claim, Reservation, Run, RunState, Stage
from addon_backend.domain.sheet import GridRange, SheetRef
from addon_backend.domain.workspaces import Caller
from addon_backend.services.accounts import enter
from benchmarks.desk import Desk, desk
from benchmarks.report import Subject, seconds, table

CHUNKS = 1_500
CLAIMS, FEW_CLAIMS = 1_000, 300
WORKERS = 8
GOAL_TURN = 1
GOAL_START = 0.050
"""Seconds from a worker's next claim to the newcomer's work in its hands."""


def measure(*, quick: bool) -> Subject:
    """Claim beside 1,500 waiting chunks; then let a second workspace come with a single one."""
    count = FEW_CLAIMS if quick else CLAIMS
    with desk() as at:
        _waiting(at, at.caller, "big", CHUNKS)
        claims = [_claim_and_end(at) for _ in range(count)]
        busy = [_claim(at, f"worker-{number}")[1] for number in range(WORKERS)]
        newcomer = enter(at.house, "person:newcomer", "Newcomer", "newcomer", "en")
        _waiting(at, newcomer, "single", 1)
        late = (_claim(at, f"late-{number}") for number in range(CHUNKS))
        turn, took = next(
            (number, took)
            for number, (claim, took) in enumerate(late, 1)
            if claim.workspace == newcomer.workspace
        )
    return _told(claims, busy, _naive(count), turn, took)


def _told(
    claims: Sequence[float], busy: Sequence[float], naive: Sequence[float], turn: int, took: float
) -> Subject:
    slower = _at(claims, 0.5) / _at(naive, 0.5)
    peer = "a queue that takes the oldest row and asks nothing else"
    losses = [f"A claim takes {slower:.1f} × as long as in {peer}: fairness, fences and leases cost that."]
    if turn > GOAL_TURN:
        losses.append(f"The newcomer had to wait for {turn - 1} claims of the other workspace.")
    return Subject(
        name="claims",
        title=f"Claims beside {CHUNKS:,} waiting chunks",
        how=f"One workspace has a run with {CHUNKS:,} chunks to compute; one process claims and gets each "
        f"out of the way, {len(claims):,} times; only the claim's transaction is timed, its commit included "
        f"(`synchronous=FULL`). Then {WORKERS} claims are held, and a second workspace comes with one "
        "chunk: its turn is counted in claims. Peer: a table as queue, in SQLite with the same pragmas: "
        "take the oldest waiting row, mark it, commit.",
        ratios=[
            ("p50, ours : a table as queue", f"{slower:.1f} ×"),
            ("p99, ours : a table as queue", f"{_at(claims, 0.99) / _at(naive, 0.99):.1f} ×"),
            ("Claims until the newcomer's turn : the least possible", f"{turn} : {GOAL_TURN}"),
            ("The newcomer's claim : the goal of 50 ms", f"{took / GOAL_START:.2f} ×"),
        ],
        figures=table(
            ("", "p50", "p99"),
            [
                (name, seconds(_at(one, 0.5)), seconds(_at(one, 0.99)))
                for name, one in (
                    ("claim", claims),
                    (f"claim while up to {WORKERS} are held", busy),
                    ("a table as queue", naive),
                )
            ],
        ),
        losses=losses,
    )


def _waiting(at: Desk, who: Caller, name: str, count: int) -> None:
    """Give someone a running run whose chunks wait to be computed."""
    run = Run(
        id=name,
        workspace=who.workspace,
        member=who.member,
        sheet=SheetRef("local", name, "s0"),
        title=name,
        range=GridRange(0, 0, None, None),
        header_row=1,
        recipe=recipe_named("standard"),
        language="en",
        state=RunState.RUNNING,
    )
    chunks = [
        Chunk(run.id, run.workspace, Stage.ENGINE, number, number * 500, 500, ChunkState.PLANNED)
        for number in range(count)
    ]
    with at.house.store.unit() as unit:
        unit.runs.add(run, Reservation(0, 0, 0, 0), chunks)
        unit.commit()


def _claim(at: Desk, worker: str) -> tuple[Claim, float]:
    began = perf_counter()
    with at.house.store.unit() as unit:
        claim = unit.work.claim(worker)
        unit.commit()
    took = perf_counter() - began
    if claim is None:
        raise RuntimeError("nothing was due")
    return claim, took


def _claim_and_end(at: Desk) -> float:
    claim, took = _claim(at, "worker")
    with at.house.store.unit() as unit:
        unit.chunks.failed(claim, "measured")  # out of the way, without anything left to write
        unit.commit()
    return took


def _naive(count: int) -> list[float]:
    """Claim from a table as queue."""
    with (
        tempfile.TemporaryDirectory(prefix="addon-bench-") as folder,
        closing(sqlite3.connect(Path(folder, "queue.db"), isolation_level=None)) as queue,
    ):
        queue.execute("PRAGMA journal_mode = WAL")
        queue.execute("PRAGMA synchronous = FULL")
        queue.execute("CREATE TABLE task (id INTEGER PRIMARY KEY, state TEXT, worker TEXT)")
        queue.execute("CREATE INDEX waiting ON task (state, id)")
        queue.execute("BEGIN")
        queue.executemany("INSERT INTO task VALUES (?, 'waiting', '')", [(n,) for n in range(CHUNKS)])
        queue.execute("COMMIT")
        return [_naive_claim(queue) for _ in range(count)]


def _naive_claim(queue: sqlite3.Connection) -> float:
    began = perf_counter()
    queue.execute("BEGIN IMMEDIATE")
    oldest = queue.execute("SELECT id FROM task WHERE state = 'waiting' ORDER BY id LIMIT 1").fetchone()
    queue.execute("UPDATE task SET state = 'taken', worker = 'worker' WHERE id = ?", oldest)
    queue.execute("COMMIT")
    return perf_counter() - began


def _at(times: Sequence[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]

"""Writing where people sort and calls fail: what is lost, doubled, misplaced and over-billed."""

from __future__ import annotations

import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path

import structlog
from sqlalchemy import update

from addon_backend.domain.cells import CellValue
from addon_backend.domain.errors import HostTrouble
from addon_backend.domain.recipes import Recipe
from addon_backend.ports.sheet_host import NewColumn, WriteBatch
from addon_backend.services.runs import prepare
from addon_backend.services.runs.writing import held, sending, write
from addon_backend.store import models as tables
from benchmarks.report import Subject, table
from tests.unit.services.desk import people
from tests.unit.services.hostile_desk import DeskAtHostileHost

ROWS, CHUNK = 60, 10
STORIES, FEW_STORIES = 100, 10
FAULTS, DEATHS, SORTS = 0.15, 0.10, 0.10
RETRIES = 10
MAIL, OUT = 1, "Industry"
RECIPE = Recipe("industry", fill=("company.industry",), sources=("demo",), duplicates=False)
COUNTS = ("rows lost", "rows doubled", "values misplaced", "values missing", "credits over-billed")

Cells = list[CellValue]
Way = Callable[[DeskAtHostileHost, Mapping[str, CellValue], random.Random], tuple[dict[str, Cells], int]]
"""Fill the column; return the values that now stand beside each e-mail address, and the credits billed."""


class Died(BaseException):
    """A worker's death."""


def measure(*, quick: bool) -> Subject:
    """Tell the same stories to three ways of writing."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    stories = FEW_STORIES if quick else STORIES
    ways: dict[str, Way] = {"ours": ours, "append in a job": append, "set by row number in a job": by_number}
    with tempfile.TemporaryDirectory(prefix="addon-bench-") as folder:
        right = _right(Path(folder))
        told = {name: _told(way, right, Path(folder), stories) for name, way in ways.items()}
    calls = {name: found["host calls"] for name, found in told.items()}
    return Subject(
        name="writing",
        title="Writing while people sort and calls fail",
        how=f"{stories} stories over {ROWS} rows each, at a host in memory that compares in nothing "
        f"(`tests/fakes/hostile`): {FAULTS:.0%} of its calls fail, some of them after they were applied; a "
        f"worker dies at {DEATHS:.0%} of its writes, before or after; the list is sorted inside {SORTS:.0%} "
        "of the windows between a read and its write. Each way fills one column from a source that costs a "
        f"credit per row it knows. The usual ways compute {CHUNK} rows, bill them and write them, as a job "
        f"that its queue tries again up to {RETRIES} times when it raises or dies.",
        ratios=[
            (f"{what}, ours : append : by row number", " : ".join(f"{one[what]:,}" for one in told.values()))
            for what in COUNTS
        ],
        figures=table(
            (f"{stories * ROWS:,} rows", *COUNTS, "host calls"),
            [
                (name, *(f"{found[what]:,}" for what in COUNTS), f"{found['host calls']:,}")
                for name, found in told.items()
            ],
        ),
        losses=[
            f"Reading again what was written costs {calls['ours'] / calls[name]:.1f} × the host calls of the "
            f"usual way ({name})."
            for name in calls
            if calls[name] < calls["ours"]
        ],
    )


def ours(
    desk: DeskAtHostileHost, right: Mapping[str, CellValue], choose: random.Random
) -> tuple[dict[str, Cells], int]:
    """Press the button, and let workers come and die."""
    del right

    def perhaps_die(name: str) -> None:
        if name in {"before_host_write", "after_host_write"}:
            _perhaps_die(choose)

    run = desk.press(RECIPE)
    with _patched(perhaps_die):
        for worker in count():
            try:
                desk.work(f"w{worker}")
            except Died:
                with desk.house.store.unit() as unit:
                    unit.work.end_leases(f"w{worker}")
                    unit.commit()
            if desk.view(run).state == "finished":
                break
            _time_passes(desk)
    return _beside(desk), desk.view(run).money.spent


def append(
    desk: DeskAtHostileHost, right: Mapping[str, CellValue], choose: random.Random
) -> tuple[dict[str, Cells], int]:
    """Append what was found below, a row per row, with the e-mail address it is for."""
    host, ref = desk.host, desk.ref
    mail, out = *host.anchors(ref, [MAIL]), *host.add_columns(ref, [NewColumn("out", OUT)], 0)

    def put(_rows: Sequence[int], mails: Sequence[str], values: Cells) -> None:
        below = host.describe(ref).rows
        columns = {mail: [f"found {one}" for one in mails], out: values}
        host.write(ref, WriteBatch(range(below, below + len(mails)), {}, columns))

    billed = _job(desk, right, choose, put)
    found = {
        name.removeprefix("found "): values
        for name, values in _beside(desk).items()
        if name.startswith("found ")
    }
    return found, billed


def by_number(
    desk: DeskAtHostileHost, right: Mapping[str, CellValue], choose: random.Random
) -> tuple[dict[str, Cells], int]:
    """Set what was found in the row that the number was read of."""
    (out,) = desk.host.add_columns(desk.ref, [NewColumn("out", OUT)], 0)

    def put(rows: Sequence[int], _mails: Sequence[str], values: Cells) -> None:
        desk.host.write(desk.ref, WriteBatch(rows, {}, {out: values}))

    billed = _job(desk, right, choose, put)
    return _beside(desk), billed


def _job(
    desk: DeskAtHostileHost,
    right: Mapping[str, CellValue],
    choose: random.Random,
    put: Callable[[Sequence[int], Sequence[str], Cells], None],
) -> int:
    """Compute, bill and write chunk by chunk; a chunk that raises or dies is a job to be tried again."""
    mails = [str(row[MAIL]) for row in desk.table()[1:]]
    billed = 0
    for first in range(0, len(mails), CHUNK):
        for _ in range(RETRIES):
            chunk = mails[first : first + CHUNK]
            values = [right[mail] for mail in chunk]
            billed += sum(value is not None for value in values)
            try:
                _perhaps_die(choose)
                put(range(first + 1, first + 1 + len(chunk)), chunk, values)
                _perhaps_die(choose)
            except (HostTrouble, Died):
                continue
            break
    return billed


def _perhaps_die(choose: random.Random) -> None:
    if choose.random() < DEATHS / 2:
        raise Died


def _told(way: Way, right: Mapping[str, CellValue], folder: Path, stories: int) -> Counter[str]:
    """Tell so many stories to one way of writing, and count what came of them."""
    counts: Counter[str] = Counter()
    bill = sum(value is not None for value in right.values())
    for seed in range(stories):
        choose = random.Random(seed)
        desk = DeskAtHostileHost(Path(tempfile.mkdtemp(dir=folder)), people(ROWS))
        kinds = ["throttled", "lost", "dropped"]
        desk.host.faults.extend(choose.choice(kinds) if choose.random() < FAULTS else "" for _ in range(500))
        desk.host.windows.extend(
            partial(_sort, desk, choose.random()) if choose.random() < SORTS else None for _ in range(500)
        )
        desk.host.faults.appendleft("")  # the first read is the person's own
        found, billed = way(desk, right, choose)
        counts["rows lost"] += len(right.keys() - found.keys())
        counts["rows doubled"] += sum(len(values) - 1 for values in found.values())
        for name, (value, *_) in found.items():
            if value != right.get(name):
                counts["values missing" if value is None else "values misplaced"] += 1
        counts["credits over-billed"] += max(0, billed - bill)
        counts["host calls"] += desk.host.calls.total()
    return counts


def _right(folder: Path) -> dict[str, CellValue]:
    """Return what belongs beside each e-mail address: what a run leaves when nothing happens."""
    desk = DeskAtHostileHost(Path(tempfile.mkdtemp(dir=folder)), people(ROWS))
    run = desk.press(RECIPE)
    while desk.work():
        pass
    if desk.view(run).state != "finished":
        raise RuntimeError("an undisturbed run did not finish")
    return {name: value for name, (value,) in _beside(desk).items()}


def _beside(desk: DeskAtHostileHost) -> dict[str, Cells]:
    header, *rows = desk.table()
    found: dict[str, Cells] = {}
    for row in rows:
        if row[MAIL]:
            found.setdefault(str(row[MAIL]), []).append(row[header.index(OUT)])
    return found


def _sort(desk: DeskAtHostileHost, seed: float) -> None:
    desk.reorder(lambda rows: random.Random(seed).sample(list(rows), len(list(rows))))


def _time_passes(desk: DeskAtHostileHost) -> None:
    """Let every pause be over."""
    engine = desk.house.store._engine  # type: ignore[attr-defined]  # noqa: SLF001 - nobody else needs to
    with engine.begin() as connection:
        connection.execute(update(tables.chunk).values(due_at=0.0))


@contextmanager
def _patched(perhaps_die: Callable[[str], None]) -> Iterator[None]:
    """Let workers die, with small chunks and no pauses."""
    wanted = {
        (write, "failpoint"): perhaps_die,
        (sending, "failpoint"): perhaps_die,
        (prepare, "CHUNK_ROWS"): CHUNK,
        (held, "RESTLESS_SECONDS"): 0.001,
    }
    before = {(module, name): getattr(module, name) for module, name in wanted}
    for (module, name), value in wanted.items():
        setattr(module, name, value)
    try:
        yield
    finally:
        for (module, name), value in before.items():
            setattr(module, name, value)

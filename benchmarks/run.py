"""The whole job: open a list of 100,000 × 12, look at it, run, export."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from time import perf_counter, sleep

from addon_backend.domain.runs import RunState
from addon_backend.jobs.supervisor import Supervisor
from addon_backend.services.runs.work import advance
from benchmarks.child import in_child, peak_mib
from benchmarks.desk import Desk, desk
from benchmarks.lists import workbook
from benchmarks.report import Subject, seconds, share, table
from benchmarks.rooms import Rooms, watched_rooms

ROWS, FEW_ROWS = 100_000, 20_000
COLUMNS = 12
MOST_MIB = 1_024
LOOK = 0.05
LONGEST = 900.0
_CPU, _WALL = "cpu: ", "wall: "
_CORE = ("engine", "file")


class Watch:
    """Looks at a run 20 times a second, as a panel could, and keeps the longest silence in each state."""

    def __init__(self, at: Desk, run: str) -> None:
        self._desk, self._run = at, run
        self.gaps: dict[str, float] = {}
        self.since: dict[str, float] = {}
        self.ended = threading.Event()

    def look(self, give_up: Callable[[], bool]) -> None:
        """Look until the run has ended. Raises `TimeoutError`."""
        began = changed = perf_counter()
        version, state = -1, ""
        while perf_counter() - began < LONGEST and not give_up():
            with self._desk.house.store.reading() as unit:
                run = unit.runs.get(self._desk.caller.workspace, self._run)
            now = perf_counter()
            if state:
                self.gaps[state] = max(self.gaps.get(state, 0.0), now - changed)
            if run.version != version:
                version, changed = run.version, now
            state = run.state.value
            self.since.setdefault(state, now - began)
            if run.state.final:
                self.since["end"] = now - began
                self.ended.set()
                if run.state is not RunState.FINISHED:
                    raise RuntimeError(f"the run ended as {state}: {run.reason}")
                return
            sleep(LOOK)
        raise TimeoutError


def whole_job(path: str, workers: int) -> dict[str, float]:
    """Do it once, here (``workers`` 0) or by the supervisor's worker processes; figures are seconds."""
    figures: dict[str, float] = {}
    with desk() as at, watched_rooms() if not workers else nullcontext() as rooms:
        with _timed(figures, "open"):
            document = at.house.workbooks.open(at.caller.workspace, Path(path)).id
        with _timed(figures, "inspect and preview"):
            selection, quote = at.look(document)
        if isinstance(rooms, Rooms):
            rooms.begin()
        with _timed(figures, "run"):
            watch = Watch(at, at.press(selection, quote))
            if workers:
                figures["worker peak"] = _by_workers(at, watch, workers)
            else:
                _here(at, watch)
        if isinstance(rooms, Rooms):
            for room, (cpu, wall) in rooms.so_far().items():
                figures |= {_CPU + room: cpu, _WALL + room: wall}
        with _timed(figures, "export"):
            at.house.workbooks.export(
                at.caller.workspace, document, Path(path).with_suffix(f".{workers}.xlsx")
            )
    figures |= {f"gap {state}": gap for state, gap in watch.gaps.items()}
    figures |= {f"since {state}": since for state, since in watch.since.items()}
    return figures


def measure(*, quick: bool) -> Subject:
    """Measure the job in one process, with one worker and with two."""
    rows = FEW_ROWS if quick else ROWS
    with tempfile.TemporaryDirectory(prefix="addon-bench-") as folder:
        path = str(workbook(Path(folder, "list.xlsx"), rows))
        jobs = {count: in_child("benchmarks.run:whole_job", path=path, workers=count) for count in (0, 1, 2)}
    return _told(rows, jobs)


def _told(rows: int, jobs: dict[int, dict[str, float]]) -> Subject:
    here, one, two = jobs[0], jobs[1], jobs[2]
    peak = max(max(job["peak"], job.get("worker peak", 0.0)) for job in jobs.values())
    gap = max(value for name, value in two.items() if name.startswith("gap "))
    cpu = {name.removeprefix(_CPU): spent for name, spent in here.items() if name.startswith(_CPU)}
    total = sum(cpu.values())
    outside = sum(spent for room, spent in cpu.items() if not room.startswith(_CORE))
    losses = []
    if outside / total > 0.5:
        losses.append(
            f"{share(outside / total)} of a run’s CPU time is spent outside engine and file I/O: rows and "
            "blocks are sealed one by one, and every cell is compared before it is set. A script that "
            "writes blindly would be that much faster, and would overwrite what people typed meanwhile."
        )
    if gap > 1.0:
        losses.append(
            f"Progress is silent for up to {seconds(gap)} (goal 1 s): while the selection of {rows:,} rows "
            "is read and frozen, or when the sheet is scored again at the end."
        )
    if peak > MOST_MIB:
        losses.append(f"The peak is {peak:,.0f} MiB (goal {MOST_MIB:,}).")
    states = ("queued", "preparing", "running")
    return Subject(
        name="run",
        title=f"The whole job, {rows:,} × {COLUMNS} .xlsx",
        how="Open, inspect and preview, run the standard recipe, export: through `services`, with SQLite "
        "and the embedded Valkey, each way in a process of its own, once. *Here* is `advance` in the same "
        "process; workers are the supervisor's. Time per room is exclusive and measured by wrapping the "
        "functions that lead into each room (`benchmarks/rooms.py`), in the working thread only. Progress "
        "is looked at 20 times a second.",
        ratios=[
            ("Run, 1 worker : 2 workers", f"{one['run'] / two['run']:.2f} ×"),
            ("Share of the run's CPU time outside engine and file I/O", share(outside / total)),
            ("Peak memory of any process : 1 GiB", share(peak / MOST_MIB)),
        ],
        figures=table(
            ("", "here", "1 worker", "2 workers"),
            [
                *(
                    (step, *(seconds(job[step]) for job in jobs.values()))
                    for step in ("open", "inspect and preview", "run", "export")
                ),
                ("rows per second of the run", *(f"{rows / job['run']:,.0f}" for job in jobs.values())),
                ("peak of the process", *(f"{job['peak']:,.0f} MiB" for job in jobs.values())),
                ("peak of a worker", "", *(f"{job['worker peak']:,.0f} MiB" for job in (one, two))),
                *(
                    (
                        f"longest silence while {state}",
                        *(seconds(job.get(f"gap {state}", 0.0)) for job in jobs.values()),
                    )
                    for state in states
                ),
            ],
        )
        + "\n\n"
        + table(
            ("room of the run (here)", "CPU s", "share of CPU", "wall s"),
            [
                (room, f"{spent:.2f}", share(spent / total), f"{here[_WALL + room]:.2f}")
                for room, spent in sorted(cpu.items(), key=lambda one: -one[1])
            ],
        ),
        losses=losses,
    )


def _here(at: Desk, watch: Watch) -> None:
    """Work in this thread while another one looks."""
    began = perf_counter()
    panel = threading.Thread(target=watch.look, args=(lambda: False,))
    panel.start()
    while not watch.ended.is_set() and perf_counter() - began < LONGEST and panel.is_alive():
        if not advance(at.house, "bench", watch.ended.is_set, 30.0):
            watch.ended.wait(0.05)
    panel.join()


def _by_workers(at: Desk, watch: Watch, count: int) -> float:
    """Look while worker processes do it; return the peak of the largest."""
    supervisor = Supervisor(at.house, count, at.environment)
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    try:
        watch.look(lambda: not thread.is_alive())
        return max(peak_mib(worker.split(":")[1]) for worker in supervisor.workers())
    finally:
        supervisor.stop()
        thread.join()


@contextmanager
def _timed(figures: dict[str, float], name: str) -> Iterator[None]:
    began = perf_counter()
    yield
    figures[name] = perf_counter() - began

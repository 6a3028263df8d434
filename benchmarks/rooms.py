"""Where the time of a run goes: seconds per room, told apart by wrapping the functions that lead into it.

Two clocks: CPU seconds of the thread, which neighbours on the machine hardly touch, and seconds on the wall,
which hold what was waited for, disks and neighbours alike.

Exclusive seconds: while one wrapped function calls another, only the inner one's clock runs. Only one thread
is watched, the one that works. Wrapped are functions that are called once per column, chunk or transaction;
what is called per cell would cost more to watch than to do.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from time import perf_counter, thread_time
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

_RUNS = "addon_backend.services.runs"
DOORS: dict[str, tuple[str, ...]] = {
    "engine: inspect": (
        f"{_RUNS}.reading:find_header",
        f"{_RUNS}.reading:inspect_table",
        f"{_RUNS}.reading:frame_of",
        f"{_RUNS}.reading:filled_rows",
    ),
    "engine: clean and derive": tuple(
        f"{_RUNS}.{module}:engine_facts" for module in ("prepare", "compute", "guard", "preview")
    ),
    "engine: find duplicates": tuple(
        f"{_RUNS}.{module}:duplicate_groups" for module in ("prepare", "preview")
    ),
    "engine: which cells change": (
        f"{_RUNS}.prepare:changes",
        f"{_RUNS}.prepare:blanks",
        f"{_RUNS}.prepare:quality_score",
        f"{_RUNS}.finish:quality_score",
        f"{_RUNS}.preview:changes",
        f"{_RUNS}.preview:blanks",
        f"{_RUNS}.guard:blanks",
    ),
    "engine: where is each row": (
        f"{_RUNS}.prepare:keys_of",
        f"{_RUNS}.prepare:occurrence_ranks",
        f"{_RUNS}.guard:keys_of",
        f"{_RUNS}.guard:place_rows",
    ),
    "decide each cell": (f"{_RUNS}.write:decide_all",),
    "file: read and write": (
        "addon_backend.local.shelf:keep_copy",
        "addon_backend.local.shelf:open_file",
        "addon_backend.local.shelf:export_file",
    ),
    "sheet: rows in SQL": tuple(
        f"addon_backend.store.documents:SqlDocuments.{method}"
        for method in ("add", "get", "sheets", "rows", "change", "add_columns", "hidden_rows", "order")
    ),
    "sheet: columns from rows": (
        "addon_backend.local.host:LocalHost.read",
        "addon_backend.local.host:LocalHost.write",
        "addon_backend.local.host:LocalHost.describe",
        "addon_backend.local.host:LocalHost.locate",
    ),
    "blocks: JSON": (
        f"{_RUNS}.compute:pack_facts",
        f"{_RUNS}.guard:unpack_facts",
        f"{_RUNS}.guard:unpack_data",
        f"{_RUNS}.write:pack_data",
        f"{_RUNS}.prepare:pack_data",
        f"{_RUNS}.snapshot:pack_values",
        f"{_RUNS}.snapshot:pack_data",
        f"{_RUNS}.snapshot:unpack_values",
        f"{_RUNS}.snapshot:unpack_ints",
        f"{_RUNS}.snapshot:unpack_texts",
    ),
    "blocks: compress, seal, SQL": tuple(
        f"addon_backend.store.blocks:SqlBlocks.{method}" for method in ("put", "get", "columns", "digests")
    ),
    "claims, fences, outcomes": (
        *(
            f"addon_backend.store.work:SqlWork.{method}"
            for method in ("claim", "renew", "hand_back", "end_leases", "due")
        ),
        *(
            f"addon_backend.store.chunks:SqlChunks.{method}"
            for method in ("add", "of_run", "get", "next_computed", "computed", "written", "done")
        ),
        *(f"addon_backend.store.runs:SqlRuns.{method}" for method in ("get", "describe", "move", "touch")),
    ),
    "commit": ("addon_backend.store.unit:SqlUnit.commit",),
    "bell": ("addon_backend.jobs.bell:RqBell.ring",),
}
REST = "the rest of services"
"""What happens between two doors."""


class Rooms:
    """Exclusive seconds per room in the thread that made it."""

    def __init__(self) -> None:
        self._cpu: defaultdict[str, float] = defaultdict(float)
        self._wall: defaultdict[str, float] = defaultdict(float)
        self._thread = threading.get_ident()
        self._inside = [REST]
        self._since = (thread_time(), perf_counter())

    def begin(self) -> None:
        """Start from zero."""
        self._cpu.clear()
        self._wall.clear()
        self._since = (thread_time(), perf_counter())

    def so_far(self) -> dict[str, tuple[float, float]]:
        """Return the seconds since `begin` by room: CPU, wall."""
        self._count()
        return {room: (self._cpu[room], self._wall[room]) for room in self._wall}

    def watched(self, room: str, function: Callable[P, T]) -> Callable[P, T]:
        """Return the function with its time counted for the room."""

        @wraps(function)
        def inside(*args: P.args, **kwargs: P.kwargs) -> T:
            if threading.get_ident() != self._thread:
                return function(*args, **kwargs)
            self._count()
            self._inside.append(room)
            try:
                return function(*args, **kwargs)
            finally:
                self._count()
                self._inside.pop()

        return inside

    def _count(self) -> None:
        cpu, wall = thread_time(), perf_counter()
        self._cpu[self._inside[-1]] += cpu - self._since[0]
        self._wall[self._inside[-1]] += wall - self._since[1]
        self._since = (cpu, wall)


@contextmanager
def watched_rooms() -> Iterator[Rooms]:
    """Put a clock on every door; a door that is gone makes the benchmark fail rather than lie."""
    rooms = Rooms()
    before: list[tuple[object, str, object]] = []
    for room, doors in DOORS.items():
        for door in doors:
            module, _, path = door.partition(":")
            *owners, name = path.split(".")
            owner: object = import_module(module)
            for step in owners:
                owner = getattr(owner, step)
            function = getattr(owner, name)
            before.append((owner, name, function))
            setattr(owner, name, rooms.watched(room, function))
    try:
        yield rooms
    finally:
        for owner, name, function in before:
            setattr(owner, name, function)

"""What is due: the one query that looks at every active run, and the rules of `ports.store.Work.claim`.

For each run it asks a handful of questions that an index on (workspace, run, state, stage, first) answers at
its first entries, so that its cost grows with the number of active runs and not with the number of chunks.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from addon_backend.domain.runs import ChunkState, RunState, Stage, Task
from addon_backend.store.models import HELD
from addon_backend.store.models import chunk as chunks
from addon_backend.store.models import policy as policies
from addon_backend.store.models import run as runs
from addon_backend.store.models import sheet_lease as sheets

FIRST: Final = literal_column("1", Integer)
"""A limit that the planner can see: for a parameter PostgreSQL assumes a tenth of all rows."""

_RUNS_PER_LOOK: Final = literal_column("16", Integer)
_COUNTED = 1_000
_ACTIVE = (RunState.QUEUED, RunState.PREPARING, RunState.RUNNING, RunState.STOPPING)


@dataclass(frozen=True, slots=True)
class DueTask:
    """A task that a run has to offer: which of its chunks can be claimed for it."""

    task: Task
    state: ChunkState
    stage: Stage | None
    workspace: str
    run: str
    sheet_key: str


@dataclass(frozen=True, slots=True)
class _Rule:
    task: Task
    state: ChunkState
    stage: Stage | None


_RULES = {  # in the order in which a run's tasks are taken up
    "write": _Rule(Task.WRITE, ChunkState.COMPUTED, None),
    "prepare": _Rule(Task.PREPARE, ChunkState.PLANNED, Stage.PREPARE),
    "engine": _Rule(Task.COMPUTE, ChunkState.PLANNED, Stage.ENGINE),
    "sources": _Rule(Task.COMPUTE, ChunkState.PLANNED, Stage.SOURCES),
    "finish": _Rule(Task.FINISH, ChunkState.PLANNED, Stage.FINISH),
}


def due_tasks(connection: Connection, now: float) -> list[DueTask]:
    """Return what may be claimed: fairest workspace first, then oldest run, then by task."""
    found = connection.execute(_fairest(now)).mappings()
    return [
        DueTask(rule.task, rule.state, rule.stage, row["workspace"], row["id"], row["sheet_key"])
        for row in found
        for name, rule in _RULES.items()
        if row[name]
    ]


def count_due(connection: Connection, now: float) -> int:
    """Count roughly, and no further than some hundreds; 0 exactly when nothing can be claimed."""
    due_runs = _due_runs(now).subquery()
    waiting = (
        select(literal(1))
        .select_from(chunks)
        .join(due_runs, and_(chunks.c.workspace == due_runs.c.workspace, chunks.c.run == due_runs.c.id))
        .where(chunks.c.state.in_([ChunkState.PLANNED.value, ChunkState.COMPUTED.value]), free(now))
        .limit(_COUNTED)
        .subquery()
    )
    return connection.execute(select(func.count()).select_from(waiting)).scalar_one()


def free(now: float) -> ColumnElement[bool]:
    """Match chunks that nobody holds and that need not wait."""
    return and_(chunks.c.due_at <= now, chunks.c.lease_until <= now)


def _fairest(now: float) -> Select[tuple[str, str, str]]:
    held = (
        select(func.count())
        .select_from(chunks)
        .where(chunks.c.workspace == runs.c.workspace, chunks.c.lease_until > now, HELD)
        .scalar_subquery()
    )
    fairness = (held, runs.c.created_at, runs.c.workspace, runs.c.id)
    return _due_runs(now).order_by(*fairness).limit(_RUNS_PER_LOOK)


def _due_runs(now: float) -> Select[tuple[str, str, str]]:
    flags = dict(_flags(now))
    return (
        select(
            runs.c.workspace, runs.c.id, runs.c.sheet_key, *(flag.label(name) for name, flag in flags.items())
        )
        .where(runs.c.state.in_([state.value for state in _ACTIVE]))
        .where(~exists(select(1).where(policies.c.workspace == runs.c.workspace, policies.c.paused)))
        .where(or_(*flags.values()))
    )


def _flags(now: float) -> Iterator[tuple[str, ColumnElement[bool]]]:
    """Yield one condition per rule."""
    silent = ~exists(select(1).where(sheets.c.key == runs.c.sheet_key, sheets.c.until > now))
    preparing = runs.c.state.in_([RunState.QUEUED.value, RunState.PREPARING.value])
    running = runs.c.state == RunState.RUNNING.value
    ending = runs.c.state.in_([RunState.RUNNING.value, RunState.STOPPING.value])
    planned, computed = ChunkState.PLANNED, ChunkState.COMPUTED
    before_finish = chunks.c.stage < int(Stage.FINISH)
    yield "write", and_(silent, _some(computed, free(now)))
    yield "prepare", and_(preparing, _some(planned, chunks.c.stage == int(Stage.PREPARE), free(now)))
    yield "engine", and_(running, _some(planned, chunks.c.stage == int(Stage.ENGINE), free(now)))
    yield (
        "sources",
        and_(
            running,
            _some(planned, chunks.c.stage == int(Stage.SOURCES), free(now)),
            ~_some(planned, chunks.c.stage == int(Stage.ENGINE)),
            ~_some(computed, chunks.c.stage == int(Stage.ENGINE)),
        ),
    )
    yield (
        "finish",
        and_(
            ending,
            silent,
            _some(planned, chunks.c.stage == int(Stage.FINISH), free(now)),
            ~_some(computed),
            # Stopping: what was ordered before is still awaited, what nobody began is not.
            ~_some(planned, before_finish, or_(running, chunks.c.lease_until > now)),
        ),
    )


def _some(state: ChunkState, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Ask whether the run has such a chunk.

    Not by EXISTS: PostgreSQL may answer that for all runs at once, by reading every chunk there is.
    """
    of_run = and_(chunks.c.workspace == runs.c.workspace, chunks.c.run == runs.c.id)
    first = select(literal(1)).where(of_run, chunks.c.state == state.value, *conditions).limit(FIRST)
    return first.correlate(runs).scalar_subquery().is_not(None)

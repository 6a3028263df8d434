"""Chunks that kill their workers: halved until the one row that does it is found, and the run goes on.

Only deaths count: a claim that was handed back, or that led anywhere, is forgiven.
"""

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from addon_backend.domain.runs import Chunk, ChunkState, RunState, Stage, Task
from addon_backend.store.mapping import Plain, chunk_row
from addon_backend.store.models import chunk as chunks
from addon_backend.store.runs import SqlRuns

_CLAIMS_OF_MANY = 3
_CLAIMS_OF_ONE = 2
_CLAIMS_OF_PREPARE = 6
_PATIENCE = 4
_LONGEST_PAUSE = 300.0


def relieve(connection: Connection, row: RowMapping, task: Task) -> bool:
    """Halve or give up a locked chunk that was claimed too often; True when it did.

    A chunk to compute is halved, its last row given up. A selection that kills whoever prepares it has no
    half: its run fails. Writing and finishing are tried for ever (`pause_after`): what they need is computed,
    paid for and kept.
    """
    limits = {
        Task.COMPUTE: _CLAIMS_OF_MANY if row["count"] > 1 else _CLAIMS_OF_ONE,
        Task.PREPARE: _CLAIMS_OF_PREPARE,
    }
    if row["claims"] < limits.get(task, row["claims"] + 1):
        return False
    SqlRuns(connection).touch(row["workspace"], row["run"])  # holds the run: no two halvings count at once
    if task is Task.PREPARE:
        _give_up(connection, row, "prepare_kills_worker")
        _fail_run(connection, row)
    elif row["count"] > 1:
        _halve(connection, row)
    else:
        _give_up(connection, row, "row_kills_worker")
    return True


def pause_after(claims: int) -> float:
    """Return the seconds that a claim which dies now should wait for the next, so that others get a turn."""
    return 0.0 if claims < _PATIENCE else min(2.0 ** (claims - _PATIENCE), _LONGEST_PAUSE)


def _halve(connection: Connection, row: RowMapping) -> None:
    """Plan two fresh chunks; the old one stays behind without rows, so that it is not added again."""
    stage = (
        (chunks.c.workspace == row["workspace"])
        & (chunks.c.run == row["run"])
        & (chunks.c.stage == row["stage"])
    )
    highest: int = connection.execute(select(func.max(chunks.c.number)).where(stage)).scalar_one()
    half = row["count"] // 2
    parts = ((row["first"], half), (row["first"] + half, row["count"] - half))
    connection.execute(
        insert(chunks),
        [
            chunk_row(
                Chunk(
                    run=row["run"],
                    workspace=row["workspace"],
                    stage=Stage(row["stage"]),
                    number=highest + place,
                    first=first,
                    count=count,
                    state=ChunkState.PLANNED,
                )
            )
            for place, (first, count) in enumerate(parts, start=1)
        ],
    )
    _leave(connection, row, {"state": ChunkState.SKIPPED.value, "reason": "split", "count": 0})


def _give_up(connection: Connection, row: RowMapping, reason: str) -> None:
    _leave(connection, row, {"state": ChunkState.FAILED.value, "reason": reason})


def _fail_run(connection: Connection, row: RowMapping) -> None:
    runs = SqlRuns(connection)
    unprepared = {RunState.QUEUED, RunState.PREPARING}
    runs.move(row["workspace"], row["run"], unprepared, RunState.FAILED, "prepare_kills_worker")
    runs.release_rest(row["workspace"], row["run"])


def _leave(connection: Connection, row: RowMapping, values: Plain) -> None:
    """End the chunk: whoever may still be at it has an old fence from now on."""
    chunk = (
        (chunks.c.workspace == row["workspace"])
        & (chunks.c.run == row["run"])
        & (chunks.c.stage == row["stage"])
        & (chunks.c.number == row["number"])
    )
    ended: Plain = {"allocated": 0, "lease_until": 0.0, "worker": "", "fence": chunks.c.fence + 1}
    connection.execute(update(chunks).where(chunk).values({**ended, **values}))

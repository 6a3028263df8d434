"""Undo: a run that puts back what another one found, wherever its value still stands (DESIGN §4.5).

It is a run like any other: it keeps a snapshot, is written chunk by chunk under the sheet's lease, can be
stopped, dies and goes on, and can itself be undone. It reads nothing anew: which rows and which cells is what
the other run stored; of its columns, those that somebody has deleted since are left out.
"""

from __future__ import annotations

import json
from dataclasses import replace
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from addon_backend.domain.errors import NothingToUndo, UndoTooLate
from addon_backend.domain.errors import RunState as WrongState
from addon_backend.domain.facts import Fact, FactColumn, Outcome
from addon_backend.domain.runs import (
    CHUNK_ROWS,
    Chunk,
    ChunkState,
    Operation,
    Reservation,
    Run,
    RunState,
    Stage,
)
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.access import visible_run
from addon_backend.services.runs.blocks import pack_facts, pack_values, unpack_data, unpack_facts, untag
from addon_backend.services.runs.snapshot import SLICE_ROWS, chunk_key
from addon_backend.services.runs.start import add_run, keep_key, started_before
from addon_backend.services.runs.status import view
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Claim, Output
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.views import RunView

BLANK = ""
"""The before-image of a cell that held nothing: a value like another, while None would be no value to set."""

NOTHING = Fact(None, "nothing_to_undo")


def undo(house: House, caller: Caller, run_id: str, key: str) -> tuple[RunView, bool]:
    """Start the run that undoes another, once per key; True says that this key had started it before.

    Raises `NotVisible`, `KeyMissing`, `KeyReused`, `RunState` while the other goes on, `NothingToUndo`, and
    `UndoTooLate` once what it needs has been erased.
    """
    with house.store.unit() as unit:
        body = f"undo {run_id}"
        before = started_before(unit, caller, key, body)
        if before is not None:
            return view(unit, caller, before), True
        other = visible_run(unit, caller, run_id)
        if not other.state.final:
            raise WrongState(state=other.state.value)
        if not _wrote(unit, other):
            raise NothingToUndo
        if unit.blocks.get(_plan_key(other)) is None:
            raise UndoTooLate
        run = add_run(unit, _run_of(caller, other), Reservation(0, 0, 0, 0))
        keep_key(unit, caller, key, body, run)
        shown = view(unit, caller, run)
        unit.commit()
    house.bell.ring()
    return shown, False


def _wrote(unit: UnitOfWork, run: Run) -> bool:
    return any(
        Outcome.WRITTEN.value in counts
        for chunk in unit.chunks.of_run(run.workspace, run.id)
        for counts in chunk.tally.values()
    )


def _run_of(caller: Caller, other: Run) -> Run:
    return replace(
        other,
        id=token_urlsafe(12),
        member=caller.member,
        undoes=other.id,
        language=caller.language,
        state=RunState.QUEUED,
        reason="",
        version=1,
        trial_rows=0,
        outputs=(),
        quality_before=other.quality_after,
        quality_after=None,
        created_at=0.0,
        started_at=None,
        finished_at=None,
        erase_at=None,
    )


def prepare_undo(house: House, claim: Claim, run: Run) -> None:
    """Take over the snapshot of the run that is undone, and turn its before-images into results.

    Done twice, it ends the same: blocks are replaced, chunks that exist are left.
    """
    with house.store.reading() as unit:
        other = unit.runs.get(run.workspace, run.undoes)
        if unit.blocks.get(_plan_key(other)) is None:
            raise UndoTooLate
    written = [output for output in other.outputs if output.target is not None]
    host = house.host(run.sheet.host, run.workspace)
    located = host.locate(run.sheet, [output.target or "" for output in written])
    outputs = tuple(
        replace(output, operation=Operation.UNDO, inputs=(), sources=(), price=0, in_place=False)
        for output, index in zip(written, located, strict=True)
        if index is not None
    )
    _take_over_snapshot(house, other, run)
    for output in outputs:
        with house.store.unit() as unit:
            _turn(unit, other, run, output)
            unit.work.renew(claim)
            unit.commit()
    failpoint("after_snapshot")
    with house.store.unit() as unit:
        unit.runs.describe(run.workspace, run.id, rows=other.rows, inputs=other.inputs, outputs=outputs)
        unit.chunks.add(
            [*_chunks(run), Chunk(run.id, run.workspace, Stage.FINISH, 0, 0, 0, ChunkState.PLANNED)]
        )
        unit.chunks.done(claim)
        unit.runs.move(run.workspace, run.id, {RunState.PREPARING}, RunState.RUNNING, "undoing")
        unit.commit()
    house.bell.ring(2)


def _take_over_snapshot(house: House, other: Run, run: Run) -> None:
    with house.store.unit() as unit:
        for kind, column in (("plan", "columns"), ("keys", "")):
            data = unit.blocks.get(BlockKey(other.workspace, other.id, kind, Stage.PREPARE, 0, column))
            if data is not None:
                unit.blocks.put(BlockKey(run.workspace, run.id, kind, Stage.PREPARE, 0, column), data)
        unit.commit()
    for number in range(-(-other.rows // SLICE_ROWS)):
        with house.store.unit() as unit:
            held = unit.blocks.columns(other.workspace, other.id, "input", Stage.PREPARE, number)
            for column, data in held.items():
                key = BlockKey(run.workspace, run.id, "input", Stage.PREPARE, number, column)
                unit.blocks.put(key, data)
            unit.commit()


def _turn(unit: UnitOfWork, other: Run, run: Run, output: Output) -> None:
    """Keep, for one column, what is to be put back and what must still stand there."""
    back: list[Fact] = [NOTHING] * other.rows
    stands: list[CellValue] = [None] * other.rows
    for chunk in unit.chunks.of_run(other.workspace, other.id):
        if chunk.state is not ChunkState.WRITTEN or chunk.stage not in {Stage.ENGINE, Stage.SOURCES}:
            continue
        result, outcomes, images = (
            unit.blocks.get(chunk_key(other, kind, chunk.stage, chunk.number, output.name))
            for kind in ("result", "outcome", "before")
        )
        if result is None or outcomes is None:
            continue
        facts, before = unpack_facts(result), unpack_data(images) if images else {}
        for row, outcome in enumerate(json.loads(outcomes)):
            value = facts[row].value
            if outcome and outcome[0] == Outcome.ALREADY_THERE.value:
                stands[chunk.first + row] = value  # nothing to put back, but the row is known by it
            if outcome and outcome[0] == Outcome.WRITTEN.value and str(row) in before:
                image = untag(before[str(row)])
                back[chunk.first + row] = Fact(BLANK if image is None else image, "undone", rule="undo")
                stands[chunk.first + row] = BLANK if value is None else value
    for chunk in _chunks(run):
        span = slice(chunk.first, chunk.first + chunk.count)
        column = FactColumn(tuple(back[span]), tuple(range(chunk.count)))
        unit.blocks.put(chunk_key(run, "result", chunk.stage, chunk.number, output.name), pack_facts(column))
        key = chunk_key(run, "stands", chunk.stage, chunk.number, output.name)
        unit.blocks.put(key, pack_values(stands[span]))


def _chunks(run: Run) -> Sequence[Chunk]:
    return [
        Chunk(
            run.id,
            run.workspace,
            Stage.ENGINE,
            number,
            first,
            min(CHUNK_ROWS, run.rows - first),
            ChunkState.COMPUTED,
        )
        for number, first in enumerate(range(0, run.rows, CHUNK_ROWS))
    ]


def _plan_key(run: Run) -> BlockKey:
    return BlockKey(run.workspace, run.id, "plan", Stage.PREPARE, 0, "columns")

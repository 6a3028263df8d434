"""Follow-up runs: what undo, decide and swap share (docs/adr/0009-follow-up-runs.md).

A follow-up run reads nothing anew. It takes over rows of its parent's snapshot and is given values to put,
each beside what must still stand in its cell. From there on it is written like any run: chunk by chunk under
the sheet's lease, found by its keys, compared before it is set. So it can be stopped, dies and goes on, and
can itself be undone.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from addon_backend.domain.errors import UndoTooLate
from addon_backend.domain.facts import BLANK, Fact, FactColumn, Outcome, may_stand
from addon_backend.domain.runs import (
    CHUNK_ROWS,
    Chunk,
    ChunkState,
    Purpose,
    Reservation,
    Run,
    RunState,
    Stage,
)
from addon_backend.engine.plan.placing import keys_of, place_rows
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.blocks import pack_data, pack_facts, pack_values, unpack_ints
from addon_backend.services.runs.permits import permit
from addon_backend.services.runs.purpose import DOING, kind_of
from addon_backend.services.runs.snapshot import (
    SLICE_ROWS,
    chunk_key,
    plan_key,
    rows_of,
    settled_cells,
    slices_of,
)
from addon_backend.services.runs.start import add_run, keep_key
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Claim, Output
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House


@dataclass(frozen=True, slots=True)
class Puts:
    """What one column gets: a fact for every row of the run, and what must still stand there."""

    output: Output
    facts: Sequence[Fact]
    stands: Sequence[CellValue]


def start_follow_up(
    unit: UnitOfWork,
    caller: Caller,
    parent: Run,
    purpose: Purpose,
    key: str,
    body_digest: str,
    *,
    outputs: tuple[Output, ...] = (),
) -> Run:
    """Add a run that follows up ``parent``, and keep the key that started it.

    Raises `UndoTooLate`, `WorkspacePaused` or `NotAdmitted`.
    """
    permit(unit, caller)
    if unit.blocks.get(plan_key(parent)) is None:
        raise UndoTooLate
    run = replace(
        parent,
        id=token_urlsafe(12),
        purpose=purpose,
        parent=parent.id,
        member=caller.member,
        language=caller.language,
        state=RunState.QUEUED,
        reason="",
        version=1,
        trial_rows=0,
        outputs=outputs,
        quality_before=parent.quality_after,
        quality_after=None,
        created_at=0.0,
        started_at=None,
        finished_at=None,
        erase_at=None,
    )
    run = add_run(unit, run, Reservation(0, 0, 0, 0))
    keep_key(unit, caller, key, body_digest, run)
    return run


def parent_of(house: House, run: Run) -> Run:
    """Return the run that this one follows up. Raises `UndoTooLate` once its data has been erased."""
    with house.store.reading() as unit:
        parent = unit.runs.get(run.workspace, run.parent)
        if unit.blocks.get(plan_key(parent)) is None:
            raise UndoTooLate
    return parent


def still_there(house: House, run: Run, outputs: Sequence[Output]) -> list[Output]:
    """Return the outputs whose columns nobody has deleted since."""
    host = house.host(run.sheet.host, run.workspace, run.member)
    located = host.locate(run.sheet, [output.target or "" for output in outputs])
    return [output for output, index in zip(outputs, located, strict=True) if index is not None]


def take_over_all(house: House, parent: Run, run: Run) -> None:
    """Take over the parent's whole snapshot."""
    with house.store.unit() as unit:
        for kind, column in (("plan", "columns"), ("keys", ""), ("ordinals", "")):
            data = unit.blocks.get(BlockKey(parent.workspace, parent.id, kind, Stage.PREPARE, 0, column))
            if data is not None:
                unit.blocks.put(BlockKey(run.workspace, run.id, kind, Stage.PREPARE, 0, column), data)
        unit.commit()
    for number in range(-(-parent.rows // SLICE_ROWS)):
        with house.store.unit() as unit:
            held = unit.blocks.columns(parent.workspace, parent.id, "input", Stage.PREPARE, number)
            for column, data in held.items():
                key = BlockKey(run.workspace, run.id, "input", Stage.PREPARE, number, column)
                unit.blocks.put(key, data)
            unit.commit()


def take_over_rows(house: House, parent: Run, run: Run, ordinals: Sequence[int]) -> None:
    """Take over some rows of the parent's snapshot, in this order."""
    with house.store.unit() as unit:
        frame, rows, ranks = rows_of(unit, parent, ordinals)
        packed = unit.blocks.get(BlockKey(parent.workspace, parent.id, "keys", Stage.PREPARE, 0, ""))
        digests = [] if packed is None else json.loads(packed)
        plan = unit.blocks.get(plan_key(parent))
        if plan is None:
            raise UndoTooLate
        unit.blocks.put(plan_key(run), plan)
        keys = pack_data([digests[ordinal] for ordinal in ordinals])
        unit.blocks.put(BlockKey(run.workspace, run.id, "keys", Stage.PREPARE, 0, ""), keys)
        key = BlockKey(run.workspace, run.id, "ordinals", Stage.PREPARE, 0, "")
        unit.blocks.put(key, pack_data(list(ordinals)))
        unit.commit()
    for blocks in slices_of(run, frame, rows, ranks):
        with house.store.unit() as unit:
            for key, data in blocks:
                unit.blocks.put(key, data)
            unit.commit()


def keep_puts(house: House, claim: Claim, run: Run, puts: Puts) -> None:
    """Keep what one column gets, as the computed results of the run's chunks."""
    with house.store.unit() as unit:
        for chunk in _chunks(run):
            span = slice(chunk.first, chunk.first + chunk.count)
            facts = FactColumn.of(puts.facts[span])
            name = puts.output.name
            unit.blocks.put(chunk_key(run, "result", chunk.stage, chunk.number, name), pack_facts(facts))
            stands = pack_values(puts.stands[span])
            unit.blocks.put(chunk_key(run, "stands", chunk.stage, chunk.number, name), stands)
        unit.work.renew(claim)
        unit.commit()


def begin(house: House, claim: Claim, run: Run, outputs: Sequence[Output]) -> None:
    """Let the run's chunks be written: its snapshot and its puts are kept.

    Done twice, it ends the same: blocks are replaced, chunks that exist are left. A column that was gone may
    be back.
    """
    inputs = tuple(replace(column, gone=False) for column in run.inputs)
    outputs = [replace(output, gone=False) for output in outputs]
    _keep_known(house, run)
    failpoint("after_snapshot")
    with house.store.unit() as unit:
        unit.runs.describe(run.workspace, run.id, rows=run.rows, inputs=inputs, outputs=outputs)
        finish = Chunk(run.id, run.workspace, Stage.FINISH, 0, 0, 0, ChunkState.PLANNED)
        unit.chunks.add([*_chunks(run), finish])
        unit.chunks.done(claim)
        doing = DOING[kind_of(unit, run)]
        unit.runs.move(run.workspace, run.id, {RunState.PREPARING}, RunState.RUNNING, doing)
        unit.commit()
    house.bell.ring(2)


def _keep_known(house: House, run: Run) -> None:
    """Keep what the family has put into the key columns: a row is known by what was read or by that."""
    with house.store.unit() as unit:
        keys = {column.anchor for column in run.inputs}
        put = last_put(unit, run, keys)
        ordinals = ordinals_of(unit, run)
        for chunk in _chunks(run):
            span = ordinals[chunk.first : chunk.first + chunk.count]
            for anchor, values in put.items():
                known = pack_values([values.get(ordinal) for ordinal in span])
                unit.blocks.put(chunk_key(run, "known", chunk.stage, chunk.number, anchor), known)
        unit.commit()


def last_put(unit: UnitOfWork, run: Run, anchors: Collection[str]) -> dict[str, dict[int, CellValue]]:
    """Return what this run's family last put into some columns: anchor → the first run's ordinal → value.

    The family is the run that enriched, with all that follows it up; they share its ordinals.
    """
    found: dict[str, dict[int, CellValue]] = {}
    for member in family(unit, run):
        outputs = [output for output in member.outputs if output.target in anchors]
        if not outputs:
            continue
        ordinals = ordinals_of(unit, member)
        for output in outputs:
            column = found.setdefault(output.target or "", {})
            for row, outcome, fact in settled_cells(unit, member, output):
                there_already = outcome[0] == Outcome.ALREADY_THERE.value and fact.value is not None
                if may_stand(*outcome) or there_already:
                    column[ordinals[row]] = BLANK if fact.value is None else fact.value
    return found


def family(unit: UnitOfWork, run: Run) -> list[Run]:
    """Return the run that enriched and all that follows it up, oldest first."""
    first = first_of(unit, run)
    found, parents = [first], [first.id]
    while parents:
        children = unit.runs.following(run.workspace, parents)
        found += children
        parents = [child.id for child in children]
    return sorted(found, key=lambda one: (one.created_at, one.id))


def first_of(unit: UnitOfWork, run: Run) -> Run:
    """Return the run that enriched, however many follow-ups lie between."""
    while run.parent:
        run = unit.runs.get(run.workspace, run.parent)
    return run


def ordinals_of(unit: UnitOfWork, run: Run) -> Sequence[int]:
    """Return, for each row of a run, its ordinal in the run that enriched."""
    packed = unit.blocks.get(BlockKey(run.workspace, run.id, "ordinals", Stage.PREPARE, 0, ""))
    return range(run.rows) if packed is None else unpack_ints(packed)


def place_ordinals(house: House, run: Run, ordinals: Sequence[int]) -> dict[int, int]:
    """Return the sheet rows (from 0) where some rows of a run stand now; without those that are not found."""
    if not ordinals:
        return {}
    with house.store.reading() as unit:
        frame, expected, ranks = rows_of(unit, run, ordinals)
        put = last_put(unit, run, {column.anchor for column in run.keys})
    host = house.host(run.sheet.host, run.workspace, run.member)
    anchors = [column.anchor for column in run.keys]
    there = [i for i, index in enumerate(host.locate(run.sheet, anchors)) if index is not None]
    kept = [anchors[i] for i in there]
    columns = host.read(run.sheet, kept, 0, None)
    read = [frame.of(anchor) for anchor in kept]
    known = [put.get(anchor, {}) for anchor in kept]
    written = [
        [values.get(ordinal, cell) for ordinal, cell in zip(ordinals, cells, strict=True)]
        for values, cells in zip(known, read, strict=True)
    ]
    now = keys_of([column.values for column in columns])
    places = place_rows(keys_of(read), keys_of(written), ranks, expected, now)
    return {o: place.row for o, place in zip(ordinals, places, strict=True) if place.row is not None}


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

"""The first step of a run: read the selection, all of it but notes, and freeze it."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text
from addon_backend.domain.errors import NothingToDo
from addon_backend.domain.runs import CHUNK_ROWS, Chunk, ChunkState, Operation, Purpose, RunState, Stage
from addon_backend.engine.organise import quality_score
from addon_backend.engine.plan.duplicates import duplicate_groups, duplicate_labels
from addon_backend.engine.plan.frame import blanks, changes, engine_facts
from addon_backend.engine.plan.outputs import hers_of, kept_by_run, plan_outputs, told_by_what_stays
from addon_backend.engine.plan.placing import keys_of, occurrence_ranks
from addon_backend.engine.plan.rows import trial_first
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.blocks import pack_data
from addon_backend.services.runs.earlier import EarlierValues, made_columns
from addon_backend.services.runs.following.decide import prepare_decide
from addon_backend.services.runs.following.swap import prepare_swap
from addon_backend.services.runs.following.undo import prepare_undo
from addon_backend.services.runs.pricing import offers_of
from addon_backend.services.runs.selection.known import keep_known
from addon_backend.services.runs.selection.selected import read_selected
from addon_backend.services.runs.snapshot import keep_plan, row_digests, slices_of
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.facts import DuplicateGroup
    from addon_backend.domain.runs import Claim, Output, Run
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.services.house import House

FIRST_LOOK = 200
_FOLLOW_UPS = {
    Purpose.UNDO: prepare_undo,
    Purpose.DECIDE: prepare_decide,
    Purpose.SWAP: prepare_swap,
}


def prepare(house: House, claim: Claim) -> None:
    """Freeze the selection, decide kinds and outputs on all of it, and cut it into chunks.

    Done twice, it ends the same: blocks are replaced, chunks that exist are left. What a person must be
    told is raised: `SelectionEmpty`, `NothingToRead`, `NothingToDo`, `RangeOutside`, `SheetProtected` …
    """
    with house.store.unit() as unit:
        run = unit.runs.move(
            claim.workspace, claim.run, {RunState.QUEUED, RunState.PREPARING}, RunState.PREPARING
        )
        unit.commit()
    if run.purpose is not Purpose.ENRICH:
        _FOLLOW_UPS[run.purpose](house, claim, run)
        return
    run, reading, frame, rows = read_selected(house, run, lambda: _tell(house, claim, "inspecting"))
    _tell(house, claim, "comparing")
    planned, frame, groups = _planned(house, run, frame)
    outputs = tuple(output for output in planned if _tells_something(frame, output, run.language))
    if not outputs:
        raise NothingToDo
    used = {anchor for output in outputs for anchor in (*output.inputs, output.target) if anchor}
    profiles = [
        profile
        for profile, column in zip(reading.profiles, frame.columns, strict=True)
        if column.anchor in used
    ]
    _tell(house, claim, "keeping")
    telling = {anchor for output in planned for anchor in output.inputs}
    frame = told_by_what_stays(frame.only(used | telling), planned)
    order = trial_first(frame.rows, run.trial_rows)
    doubled = sum(len(group.rows) - 1 for group in groups)
    ranks = occurrence_ranks(keys_of(frame.telling))
    with house.store.unit() as unit:
        keep_known(unit, run, frame, outputs)
        unit.commit()
    _keep(
        house, claim, run, frame.rows_at(order), [rows[i] for i in order], [ranks[i] for i in order], doubled
    )
    failpoint("after_snapshot")
    with house.store.unit() as unit:
        unit.runs.place(run.workspace, run.id, run.range, run.header_row)
        unit.runs.describe(
            run.workspace,
            run.id,
            rows=frame.rows,
            inputs=frame.columns,
            outputs=outputs,
            quality_before=quality_score(profiles, frame.rows, doubled),
        )
        unit.chunks.add(_chunks(run, frame.rows, outputs))
        unit.chunks.done(claim)
        unit.runs.move(run.workspace, run.id, {RunState.PREPARING}, RunState.RUNNING)
        unit.commit()
    house.bell.ring(2)


def _tell(house: House, claim: Claim, step: str) -> None:
    """Say what is being done: on a long list each step takes seconds. Raises `WrongState` after a Stop."""
    with house.store.unit() as unit:
        unit.work.renew(claim)
        unit.runs.move(claim.workspace, claim.run, {RunState.PREPARING}, RunState.PREPARING, step)
        unit.commit()


def _planned(
    house: House, run: Run, frame: Frame
) -> tuple[Sequence[Output], Frame, Sequence[DuplicateGroup]]:
    """Return all that the recipe asks for, the frame with its labels of duplicates, and their groups.

    Columns that we made, and cells that we filled, are no evidence of who is who. (No column appears when
    nothing differs, DESIGN §4.2: the caller drops outputs that tell nobody anything.)
    """
    with house.store.reading() as unit:
        made = made_columns(unit, run.workspace, run.sheet)
    planned = plan_outputs(run.recipe, frame.columns, offers_of(house.sources), run.language, made)
    if not run.recipe.duplicates:
        return planned, frame, ()
    with house.store.reading() as unit:
        kept = kept_by_run(frame, planned)
        earlier = EarlierValues.of_list(unit, run.workspace, run.sheet, kept, planned)
    groups = duplicate_groups(hers_of(earlier.without_ours(frame, planned), planned, made))
    target = next((one.target for one in planned if one.operation is Operation.DUPLICATES), None)
    if target is None:
        return planned, replace(frame, duplicates=duplicate_labels(groups, frame.rows, run.language)), groups
    host = house.host(run.sheet.host, run.workspace, run.member)
    (column,) = host.read(run.sheet, [target], 0, None)
    there = frame.of(target)
    labels = duplicate_labels(groups, frame.rows, run.language, there, _without(column.values, there))
    return planned, replace(frame, duplicates=labels), groups


def _without(values: Sequence[CellValue], selected: Sequence[CellValue]) -> list[CellValue]:
    """Return the labels of the column that stand outside the selection."""
    rest = Counter(map(as_text, values))
    rest.subtract(map(as_text, selected))
    return list(rest.elements())


def _tells_something(frame: Frame, output: Output, language: str) -> bool:
    """Look at ever more rows until one would be set or asked about: mostly the first few tell."""
    first, count = 0, FIRST_LOOK
    while first < frame.rows:
        part = frame.rows_at(range(first, min(first + count, frame.rows)))
        facts = engine_facts(part, output, language)
        if changes(part, output, facts) or (output.sources and blanks(part, output, facts)):
            return True
        first, count = first + count, count * 4
    return False


def _keep(
    house: House,
    claim: Claim,
    run: Run,
    frame: Frame,
    rows: Sequence[int],
    ranks: Sequence[int],
    doubled: int,
) -> None:
    with house.store.unit() as unit:
        keep_plan(unit, run, frame.contexts, doubled)
        digests = row_digests(unit, run.workspace, frame.telling)
        unit.blocks.put(BlockKey(run.workspace, run.id, "keys", Stage.PREPARE, 0, ""), pack_data(digests))
        unit.commit()
    for number, blocks in enumerate(slices_of(run, frame, rows, ranks)):
        with house.store.unit() as unit:
            for key, data in blocks:
                unit.blocks.put(key, data)
            unit.commit()
        if number % 10 == 0:
            _tell(house, claim, "keeping")


def _chunks(run: Run, rows: int, outputs: Sequence[Output]) -> list[Chunk]:
    """Cut ordinals into chunks per stage; after a trial's first chunk the rest is held."""
    stages = [Stage.ENGINE]
    if any(output.sources for output in outputs):
        stages.append(Stage.SOURCES)
    trial = min(run.trial_rows, rows)
    starts = [0, *range(trial, rows, CHUNK_ROWS)] if trial else list(range(0, rows, CHUNK_ROWS))
    starts = sorted(set(starts))
    ends = [*starts[1:], rows]
    chunks = [
        Chunk(
            run.id,
            run.workspace,
            stage,
            number,
            first,
            end - first,
            ChunkState.HELD if trial and number else ChunkState.PLANNED,
        )
        for stage in stages
        for number, (first, end) in enumerate(zip(starts, ends, strict=True))
    ]
    chunks.append(Chunk(run.id, run.workspace, Stage.FINISH, 0, 0, 0, ChunkState.PLANNED))
    return chunks

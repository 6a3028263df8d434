"""Every value explains itself (law 7): which runs touched a cell, what they put there, and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text
from addon_backend.domain.runs import ChunkState, Stage
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.access import admit_to_document
from addon_backend.services.runs.blocks import unpack_data, unpack_facts, unpack_outcomes, untag
from addon_backend.services.runs.reasons import explained
from addon_backend.services.runs.snapshot import Slice, chunk_key, row_digests
from addon_backend.services.runs.views import Explanation

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Chunk, Output, Run
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.views import ExplainOrder

RUNS_LOOKED_AT = 20


def explain(house: House, caller: Caller, order: ExplainOrder) -> Sequence[Explanation]:
    """Return what runs that the caller may see did to a cell, newest first; empty where none touched it.

    The row is found by its key cells, so it may have moved since; without them, by nothing. Of a sheet on
    which she may see no run nothing is said, not even whether there is one.
    """
    runs = _visible_runs(house, caller, order)
    if not runs:
        return []
    host = house.host(order.sheet.host, caller.workspace, caller.member)
    indices = sorted({order.column, *order.keys})
    anchors = dict(zip(indices, host.anchors(order.sheet, indices), strict=True))
    keys = {anchors[index]: value for index, value in order.keys.items()}
    found: list[Explanation] = []
    with house.store.reading() as unit:
        for run in runs:
            for output in run.outputs:
                if output.target == anchors[order.column]:
                    found += _of_output(unit, run, output, keys, caller.language)
    return found


def _visible_runs(house: House, caller: Caller, order: ExplainOrder) -> Sequence[Run]:
    sheet = order.sheet
    with house.store.reading() as unit:
        runs = unit.runs.writing_to(caller.workspace, sheet.document, sheet.sheet, RUNS_LOOKED_AT)
    mine = [run for run in runs if run.member == caller.member]
    if len(mine) == len(runs) or not admit_to_document(house, caller, sheet.host, sheet.document):
        return mine
    return runs


def _of_output(
    unit: UnitOfWork, run: Run, output: Output, keys: Mapping[str, CellValue], language: str
) -> list[Explanation]:
    ordinal = _ordinal(unit, run, output, keys)
    if ordinal is None:
        return []
    chunks = [
        chunk
        for chunk in unit.chunks.of_run(run.workspace, run.id)
        if chunk.state is ChunkState.WRITTEN
        and chunk.stage in {Stage.ENGINE, Stage.SOURCES}
        and chunk.first <= ordinal < chunk.first + chunk.count
    ]
    found = [one for chunk in chunks if (one := _of_chunk(unit, run, output, chunk, ordinal, language))]
    return found[::-1]


def _ordinal(unit: UnitOfWork, run: Run, output: Output, keys: Mapping[str, CellValue]) -> int | None:
    """Find the row in the snapshot: all the key cells that the run has read must be the ones given."""
    packed = unit.blocks.get(BlockKey(run.workspace, run.id, "keys", Stage.PREPARE, 0, ""))
    if packed is None:
        return None
    (wanted,) = row_digests(unit, run.workspace, [[keys.get(column.anchor)] for column in run.keys])
    exact = next((i for i, digest in enumerate(json.loads(packed)) if digest == wanted), None)
    return exact if exact is not None else _by_inputs(unit, run, output, keys)


def _by_inputs(unit: UnitOfWork, run: Run, output: Output, keys: Mapping[str, CellValue]) -> int | None:
    """Where other cells of the row have changed since, its inputs still tell it, if only one row has them."""
    wanted = {anchor: as_text(keys[anchor]) for anchor in output.inputs if anchor in keys}
    if not any(wanted.values()):
        return None
    snapshot = Slice(unit, run, 0, run.rows)
    matches = [
        row
        for row in range(snapshot.frame.rows)
        if all(as_text(snapshot.frame.of(anchor)[row]) == text for anchor, text in wanted.items())
    ]
    return matches[0] if len(matches) == 1 else None


def _of_chunk(
    unit: UnitOfWork, run: Run, output: Output, chunk: Chunk, ordinal: int, language: str
) -> Explanation | None:
    row = ordinal - chunk.first
    outcomes = unit.blocks.get(chunk_key(run, "outcome", chunk.stage, chunk.number, output.name))
    result = unit.blocks.get(chunk_key(run, "result", chunk.stage, chunk.number, output.name))
    if outcomes is None or result is None:
        return None
    decided = unpack_outcomes(outcomes)[row]
    if decided is None:
        return None
    outcome, reason = decided
    fact = unpack_facts(result)[row]
    before = unit.blocks.get(chunk_key(run, "before", chunk.stage, chunk.number, output.name))
    images = unpack_data(before) if before else {}
    frame = Slice(unit, run, ordinal, 1).frame
    return Explanation(
        run=run.id,
        header=output.header,
        outcome=outcome,
        sentence=explained(reason, language)[0],
        value=fact.value,
        previous=untag(images.get(str(row))),
        source=fact.source,
        rule=fact.rule,
        score=fact.score,
        licence=fact.licence,
        decided_at=run.finished_at or run.created_at,
        inputs=[
            (column.header, frame.of(column.anchor)[0])
            for column in run.inputs
            if column.anchor in output.inputs
        ],
    )

"""The frozen selection: what chunks compute from, and never the sheet again (DESIGN §4.4).

Blocks of a run (`BlockKey.kind`):

======== ============ ==================== ==================================================
kind     stage        number / column      holds
======== ============ ==================== ==================================================
input    0            slice / anchor       the values of a column, `SLICE_ROWS` ordinals each
input    0            slice / ``@rows``    the sheet row (from 0) each ordinal had when read
input    0            slice / ``@ranks``   how many identical rows stood above it
input    0            slice / ``@country`` ISO codes, where the sheet has a country column
input    0            slice / ``@double``  labels of duplicates
input    0            slice / ``@guarded`` anchors of cells that nobody may write to, where there are any
marks    0            0 / ``""``           by what the selection is found again when it is read
plan     0            0 / ``columns``      contexts of the columns; how many rows are doubles
keys     0            0 / ``""``           one short keyed digest per ordinal: Explain finds a row by it
known    0            0 / ``""``           the same of the columns that it does not write to: tells new rows
result   stage        chunk / output       facts, as computed
before   stage        chunk / output       what the cells held before we set them, null where we did not
seen     stage        chunk / output       what stood in the cells that were left for a person to decide
stands   stage        chunk / output       in a follow-up run: what must still stand in the cell
known    stage        chunk / anchor       in a follow-up run: what its family last put into a key column
ordinals 0            0 / ``""``           in a follow-up run on some rows only: ordinals of the first run
along    0            0 / ``""``           in an undo: the follow-ups that it takes back as well
choice   0            0 / ``""``           in a decide run: the rows to set, by group of the decisions list
outcome  stage        chunk / output       what became of each cell: [outcome, reason] per row
sight    stage        chunk / ``""``       what rows held, before it was written, that our records do not tell
sight    0            0 / ``""``           of a long sheet: the same, as it was seen last
doubt    0            0 / ``""``           the chunks of which a write was never answered
repair   stage        chunk / ``""``       what a writer was putting back
progress 0            0 / ``""``           which chunk is being written, and its tally so far
decisions 9           page / ``groups``    the decisions list (``services/runs/following/board.py``)
decisions 9           0 / ``settled``      which of it is settled; ``count``: how much is open
======== ============ ==================== ==================================================
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text
from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.errors import NotVisible
from addon_backend.domain.runs import CHUNK_ROWS, ChunkState, Stage
from addon_backend.engine.plan.frame import Frame
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.blocks import (
    pack_data,
    pack_values,
    unpack_data,
    unpack_facts,
    unpack_ints,
    unpack_outcomes,
    unpack_texts,
    unpack_values,
    untag,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.facts import Fact
    from addon_backend.domain.runs import Output, Run
    from addon_backend.ports.store import UnitOfWork

SLICE_ROWS = CHUNK_ROWS
_ROW_DIGEST = "row"
"""The context of the digests by which rows are found again, across runs of one workspace."""
_DIGEST_LENGTH = 16


def row_digests(unit: UnitOfWork, workspace: str, columns: Sequence[Sequence[CellValue]]) -> list[str]:
    """Return a short keyed digest of each row of these columns: equal where all its cells are."""
    texts = ["\x1f".join(as_text(value) for value in cells) for cells in zip(*columns, strict=True)]
    return [digest[:_DIGEST_LENGTH] for digest in unit.blocks.digests(workspace, _ROW_DIGEST, texts)]


def keep_plan(unit: UnitOfWork, run: Run, contexts: Sequence[ColumnContext], doubled: int) -> None:
    """Keep what was decided once per column, and how many rows are doubles of another."""
    unit.blocks.put(
        plan_key(run),
        pack_data({"contexts": [asdict(context) for context in contexts], "doubled": doubled}),
    )


def read_plan(unit: UnitOfWork, run: Run) -> tuple[tuple[ColumnContext, ...], int]:
    """Return the contexts of the columns in play, and how many rows are doubles. Raises `NotVisible`."""
    packed = unit.blocks.get(plan_key(run))
    if packed is None:
        raise NotVisible
    plan = json.loads(packed)
    return tuple(ColumnContext(**context) for context in plan["contexts"]), int(plan["doubled"])


def slices_of(
    run: Run, frame: Frame, rows: Sequence[int], ranks: Sequence[int]
) -> Iterator[list[tuple[BlockKey, bytes]]]:
    """Cut a prepared frame into slices of blocks, ready to be kept one transaction each."""
    for number, first in enumerate(range(0, frame.rows, SLICE_ROWS)):
        span = slice(first, first + SLICE_ROWS)
        blocks = [
            (_key(run, number, column.anchor), pack_values(values[span]))
            for column, values in zip(frame.columns, frame.values, strict=True)
        ]
        blocks.append((_key(run, number, "@rows"), pack_data(list(rows[span]))))
        blocks.append((_key(run, number, "@ranks"), pack_data(list(ranks[span]))))
        if frame.countries is not None:
            blocks.append((_key(run, number, "@country"), pack_data(list(frame.countries[span]))))
        if frame.duplicates is not None:
            blocks.append((_key(run, number, "@double"), pack_data(list(frame.duplicates[span]))))
        if frame.guarded is not None and any(frame.guarded[span]):
            guarded = [sorted(anchors) for anchors in frame.guarded[span]]
            blocks.append((_key(run, number, "@guarded"), pack_data(guarded)))
        yield blocks


class Slice:
    """Rows ``first … first+count-1`` of a run's snapshot. Raises `NotVisible` where it was erased."""

    def __init__(self, unit: UnitOfWork, run: Run, first: int, count: int) -> None:
        """Read the blocks that hold these ordinals."""
        self.rows: list[int] = []
        self.ranks: list[int] = []
        countries: list[str | None] = []
        doubles: list[str | None] = []
        guarded: list[frozenset[str]] = []
        columns: dict[str, list[object]] = {column.anchor: [] for column in run.inputs}
        last = first + count
        for number in range(first // SLICE_ROWS, -(-last // SLICE_ROWS)):
            held = unit.blocks.columns(run.workspace, run.id, "input", Stage.PREPARE, number)
            if "@rows" not in held:
                raise NotVisible
            base = number * SLICE_ROWS
            span = slice(max(first - base, 0), last - base)
            rows = unpack_ints(held["@rows"])
            self.rows += rows[span]
            self.ranks += unpack_ints(held["@ranks"])[span]
            countries += unpack_texts(held["@country"])[span] if "@country" in held else []
            doubles += unpack_texts(held["@double"])[span] if "@double" in held else []
            packed = held.get("@guarded")
            named = [()] * len(rows) if packed is None else json.loads(packed)
            guarded += [frozenset(anchors) for anchors in named[span]]
            for anchor, values in columns.items():
                values.extend(unpack_values(held[anchor])[span])
        contexts, _ = read_plan(unit, run)
        self.frame = Frame(
            run.inputs,
            contexts,
            tuple(columns.values()),  # type: ignore[arg-type]
            countries or None,
            doubles or None,
            guarded if any(guarded) else None,
        )


def rows_of(
    unit: UnitOfWork, run: Run, ordinals: Sequence[int]
) -> tuple[Frame, Sequence[int], Sequence[int]]:
    """Return some rows of a snapshot, in this order: cells, sheet rows and ranks. Reads only their slices."""
    places: dict[int, list[int]] = {}
    for at, ordinal in enumerate(ordinals):
        places.setdefault(ordinal // SLICE_ROWS, []).append(at)
    frame: Frame | None = None
    order: list[int] = []
    rows: list[int] = []
    ranks: list[int] = []
    for number, positions in sorted(places.items()):
        first = number * SLICE_ROWS
        part = Slice(unit, run, first, min(SLICE_ROWS, run.rows - first))
        local = [ordinals[at] - first for at in positions]
        chosen = part.frame.rows_at(local)
        frame = chosen if frame is None else frame.followed_by(chosen)
        rows += [part.rows[i] for i in local]
        ranks += [part.ranks[i] for i in local]
        order += positions
    if frame is None:
        raise NotVisible
    back = sorted(range(len(order)), key=order.__getitem__)
    return frame.rows_at(back), [rows[i] for i in back], [ranks[i] for i in back]


def plan_key(run: Run) -> BlockKey:
    """Name the block without which a run's data is erased."""
    return BlockKey(run.workspace, run.id, "plan", Stage.PREPARE, 0, "columns")


def _key(run: Run, number: int, column: str) -> BlockKey:
    return BlockKey(run.workspace, run.id, "input", Stage.PREPARE, number, column)


def chunk_key(run: Run, kind: str, stage: int, number: int, column: str) -> BlockKey:
    """Name a block of one chunk."""
    return BlockKey(run.workspace, run.id, kind, stage, number, column)


def settled_cells(unit: UnitOfWork, run: Run, output: Output) -> Iterator[tuple[int, tuple[str, str], Fact]]:
    """Yield (ordinal, (outcome, reason), fact) for every cell of an output that the run has settled."""
    for chunk in unit.chunks.of_run(run.workspace, run.id):
        if chunk.state is not ChunkState.WRITTEN or chunk.stage not in {Stage.ENGINE, Stage.SOURCES}:
            continue
        result, outcomes = (
            unit.blocks.get(chunk_key(run, kind, chunk.stage, chunk.number, output.name))
            for kind in ("result", "outcome")
        )
        if result is None or outcomes is None:
            continue
        facts = unpack_facts(result)
        for row, outcome in enumerate(unpack_outcomes(outcomes)):
            if outcome is not None:
                yield chunk.first + row, outcome, facts[row]


def seen_cells(unit: UnitOfWork, run: Run, output: Output) -> dict[int, CellValue]:
    """Return what stood in the cells of an output that were left to a person, by ordinal."""
    found: dict[int, CellValue] = {}
    for chunk in unit.chunks.of_run(run.workspace, run.id):
        packed = unit.blocks.get(chunk_key(run, "seen", chunk.stage, chunk.number, output.name))
        if packed is not None:
            found |= {chunk.first + int(row): untag(value) for row, value in unpack_data(packed).items()}
    return found

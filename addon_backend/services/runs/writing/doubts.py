"""Chunks of which a write was never answered: it may be applied later than we look (ADR 12)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from addon_backend.domain.runs import Stage
from addon_backend.services.runs.blocks import pack_data
from addon_backend.services.runs.snapshot import chunk_key

if TYPE_CHECKING:
    from addon_backend.domain.runs import Chunk, Run
    from addon_backend.ports.store import BlockKey, UnitOfWork


def in_doubt(unit: UnitOfWork, run: Run) -> list[tuple[Stage, int]]:
    """Return the chunks in doubt, by stage and number."""
    data = unit.blocks.get(_place(run))
    return [(Stage(stage), number) for stage, number in json.loads(data)] if data else []


def doubt(unit: UnitOfWork, run: Run, chunk: Chunk) -> None:
    """Have the run look at a chunk once more at its end, or whoever undoes it."""
    known = in_doubt(unit, run)
    if (chunk.stage, chunk.number) not in known:
        unit.blocks.put(_place(run), pack_data([*known, (chunk.stage, chunk.number)]))


def settle(unit: UnitOfWork, run: Run) -> None:
    """Nothing of a run is in doubt any more."""
    if in_doubt(unit, run):
        unit.blocks.put(_place(run), pack_data([]))


def _place(run: Run) -> BlockKey:
    return chunk_key(run, "doubt", Stage.PREPARE, 0, "")

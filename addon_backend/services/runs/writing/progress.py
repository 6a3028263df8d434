"""How far the chunk has come that is being written: at a slow sheet one takes minutes, and people watch."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

from addon_backend.domain.runs import ChunkState, Stage
from addon_backend.services.runs.blocks import pack_data
from addon_backend.services.runs.snapshot import chunk_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.runs import Chunk, Run
    from addon_backend.ports.store import BlockKey, Store, UnitOfWork

    Tally = Mapping[str, Mapping[str, Mapping[str, int]]]


def keep_progress(store: Store, run: Run, chunk: Chunk, tally: Tally) -> None:
    """Keep what has become of the first rows of a chunk, to be looked at: nothing else follows from it."""
    with store.unit() as unit:
        unit.blocks.put(_place(run), pack_data([int(chunk.stage), chunk.number, tally]))
        unit.runs.touch(run.workspace, run.id)
        unit.commit()


def with_progress(unit: UnitOfWork, run: Run, chunks: Sequence[Chunk]) -> Sequence[Chunk]:
    """Return the run's chunks, the one that is being written with the tally that it has so far."""
    if run.state.final or all(chunk.state is not ChunkState.COMPUTED for chunk in chunks):
        return chunks
    data = unit.blocks.get(_place(run))
    if data is None:
        return chunks
    stage, number, tally = json.loads(data)
    return [
        replace(chunk, tally=tally)
        if chunk.state is ChunkState.COMPUTED and (chunk.stage, chunk.number) == (stage, number)
        else chunk
        for chunk in chunks
    ]


def _place(run: Run) -> BlockKey:
    return chunk_key(run, "progress", Stage.PREPARE, 0, "")

"""A run that must end in the middle of a write: what it was setting is told as such, and an undo finds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.facts import UNCONFIRMED, Outcome
from addon_backend.domain.runs import ChunkState
from addon_backend.services.runs.blocks import pack_data, unpack_data
from addon_backend.services.runs.snapshot import chunk_key
from addon_backend.services.runs.writing.doubts import doubt

if TYPE_CHECKING:
    from addon_backend.domain.runs import Run
    from addon_backend.ports.store import UnitOfWork


def leave_unconfirmed(unit: UnitOfWork, run: Run) -> None:
    """Settle the chunks of which cells were about to be set, in this transaction; nothing of it is billed.

    They stay in doubt: what was set may have been sorted away before anybody looked.
    """
    for chunk in unit.chunks.of_run(run.workspace, run.id):
        if chunk.state is not ChunkState.COMPUTED:
            continue
        intents = unit.blocks.columns(run.workspace, run.id, "before", chunk.stage, chunk.number)
        tally = {}
        for name, data in intents.items():
            rows = {int(row) for row in unpack_data(data)}
            told = [
                [Outcome.FAILED.value, UNCONFIRMED] if row in rows else None for row in range(chunk.count)
            ]
            unit.blocks.put(chunk_key(run, "outcome", chunk.stage, chunk.number, name), pack_data(told))
            tally[name] = {Outcome.FAILED.value: {UNCONFIRMED: len(rows)}}
        if tally:
            unit.chunks.unconfirmed(chunk, tally)
            doubt(unit, run, chunk)

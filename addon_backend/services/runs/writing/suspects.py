"""What a writer was putting back, kept until that is seen to have worked: the next one goes on from there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from addon_backend.engine.plan.repair import Sent
from addon_backend.services.runs.blocks import pack_data, tag, untag
from addon_backend.services.runs.snapshot import chunk_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    from addon_backend.domain.runs import Chunk, Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.ports.store import Store
    from addon_backend.services.runs.writing.telling import Telling

    Suspect: TypeAlias = tuple[str, Sent]
    """A column that was written to by position, and what was meant to happen there."""


def keep_suspects(
    store: Store, run: Run, telling: Telling, chunk: Chunk, suspects: Sequence[Suspect]
) -> None:
    """Replace what is kept for a chunk. Of each column only the rows to be set right are remembered."""
    with store.unit() as unit:
        key = chunk_key(run, "repair", chunk.stage, chunk.number, "")
        unit.blocks.put(key, pack_data([_plain(telling, anchor, sent) for anchor, sent in suspects]))
        unit.commit()


def read_suspects(store: Store, run: Run, telling: Telling, chunk: Chunk) -> list[Suspect]:
    """Return what is kept for a chunk, of columns that are still there, by how rows are told now."""
    with store.reading() as unit:
        data = unit.blocks.get(chunk_key(run, "repair", chunk.stage, chunk.number, ""))
    kept = json.loads(data) if data else []
    return [_suspect(telling, *one) for one in kept if one[0] not in run.gone]


def plain_key(cells: Sequence[object]) -> Key:
    """Return a key that was kept as plain data."""
    return tuple(tuple(cell) if isinstance(cell, list) else cell for cell in cells)


def _plain(telling: Telling, anchor: str, sent: Sent) -> list[object]:
    rows = [[sent.read[at], sent.rows[at], tag(value), tag(sent.wrong[at])] for at, value in sent.put.items()]
    return [anchor, telling.by(anchor), rows]


def _suspect(
    telling: Telling,
    anchor: str,
    told_by: Sequence[str],
    rows: Sequence[tuple[Sequence[object], int, object, object]],
) -> Suspect:
    told = [
        (key, at, untag(value), untag(stood))
        for cells, at, value, stood in rows
        if (key := telling.as_told_now(anchor, told_by, plain_key(cells))) is not None
    ]
    keys = [key for key, *_ in told]
    right = [value for _, _, value, _ in told]
    wrong = {at: stood for at, (*_, stood) in enumerate(told)}
    return anchor, Sent(keys, keys, [at for _, at, *_ in told], right, dict(enumerate(right)), wrong)

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

    Suspect: TypeAlias = tuple[str, Sent]
    """A column that was written to by position, and what was meant to happen there."""


def keep_suspects(store: Store, run: Run, chunk: Chunk, suspects: Sequence[Suspect]) -> None:
    """Replace what is kept for a chunk. Of each column only the rows to be set right are remembered."""
    with store.unit() as unit:
        key = chunk_key(run, "repair", chunk.stage, chunk.number, "")
        unit.blocks.put(key, pack_data([_plain(anchor, sent) for anchor, sent in suspects]))
        unit.commit()


def read_suspects(store: Store, run: Run, chunk: Chunk) -> list[Suspect]:
    """Return what is kept for a chunk."""
    with store.reading() as unit:
        data = unit.blocks.get(chunk_key(run, "repair", chunk.stage, chunk.number, ""))
    return [_suspect(*one) for one in json.loads(data)] if data else []


def plain_key(cells: Sequence[object]) -> Key:
    """Return a key that was kept as plain data."""
    return tuple(tuple(cell) if isinstance(cell, list) else cell for cell in cells)


def _plain(anchor: str, sent: Sent) -> list[object]:
    rows = [[sent.read[at], sent.rows[at], tag(value), tag(sent.wrong[at])] for at, value in sent.put.items()]
    return [anchor, rows]


def _suspect(anchor: str, rows: Sequence[tuple[Sequence[object], int, object, object]]) -> Suspect:
    keys = [plain_key(cells) for cells, *_ in rows]
    right = [untag(value) for _, _, value, _ in rows]
    wrong = dict(enumerate(untag(value) for *_, value in rows))
    return anchor, Sent(keys, keys, [row for _, row, _, _ in rows], right, dict(enumerate(right)), wrong)

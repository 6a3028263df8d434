"""What the rows of a sheet hold that our records do not tell, for a host that cannot compare (ADR 12).

A write that goes astray hits rows that nobody meant. To put them back, one must know what they held: what a
run has read or written there our records tell; what people have typed since is seen here, before the write.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from addon_backend.domain.cells import same_value
from addon_backend.domain.runs import Stage
from addon_backend.engine.plan.placing import has_identity, key_cell
from addon_backend.services.runs.blocks import pack_data, tag, untag
from addon_backend.services.runs.snapshot import chunk_key
from addon_backend.services.runs.writing.suspects import plain_key

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping, Sequence
    from typing import TypeAlias

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.ports.store import BlockKey, Store

    Place: TypeAlias = tuple[Stage, int]
    """A chunk, by its stage and number."""

LOOKED_AT = 5_000
"""Rows that are looked at for each write on average: the longer a sheet, the more rarely it is seen whole."""
MOST_CELLS = 20_000
"""Cells that are kept with a chunk."""


class Sight:
    """What rows hold, by column and key, where it is not what our records say.

    ``rows`` is how many the sheet had when it was seen; 0 where it never was.
    """

    def __init__(self, rows: int = 0, cells: Mapping[tuple[str, Key], CellValue] | None = None) -> None:
        """Begin with what is known already."""
        self.rows, self._cells = rows, dict(cells or {})

    def of(self, anchor: str, key: Key) -> tuple[CellValue, ...]:
        """Return what a row holds, as one value; () where it holds what our records say, or is unknown."""
        return (self._cells[anchor, key],) if (anchor, key) in self._cells else ()

    def note(
        self,
        anchor: str,
        keys: Sequence[Key],
        values: Sequence[CellValue],
        recorded: Callable[[Key], tuple[CellValue, ...]],
        doubtful: Container[object] = (),
    ) -> None:
        """Look at a column whole; ``recorded`` says what our records know of a row.

        A ``doubtful`` value may be one of ours, where it does not belong: there the last look counts.
        """
        before = self._cells
        self._cells = {place: value for place, value in before.items() if place[0] != anchor}
        for key, value in zip(keys, values, strict=True):
            if not has_identity(key):
                continue
            if key_cell(value) in doubtful:
                if (anchor, key) in before:
                    self._cells[anchor, key] = before[anchor, key]
                continue
            known = recorded(key)
            if not same_value(value, known[0] if known else None):
                self._cells[anchor, key] = value

    def set(self, anchor: str, key: Key, value: CellValue) -> None:
        """Take note of what was put into a cell; what is not known otherwise our records tell."""
        if (anchor, key) in self._cells:
            self._cells[anchor, key] = value

    def rename(self, anchor: str, key: Key, now: Key) -> None:
        """Take note that a row is told by other cells now."""
        if (anchor, key) in self._cells:
            self._cells[anchor, now] = self._cells.pop((anchor, key))

    def keep(self, store: Store, run: Run, chunk: Place | None = None) -> None:
        """Keep it with a chunk that is about to be written, or with the run, for its next writer."""
        cells = [[anchor, key, tag(value)] for (anchor, key), value in self._cells.items()]
        with store.unit() as unit:
            unit.blocks.put(_place(run, chunk), pack_data([self.rows, cells[:MOST_CELLS]]))
            unit.commit()

    @classmethod
    def kept(cls, store: Store, run: Run, chunk: Place | None = None) -> Sight:
        """Return what was kept with a chunk or with the run."""
        with store.reading() as unit:
            data = unit.blocks.get(_place(run, chunk))
        rows, cells = json.loads(data) if data else (0, [])
        return cls(rows, {(anchor, plain_key(key)): untag(value) for anchor, key, value in cells})


def _place(run: Run, chunk: Place | None) -> BlockKey:
    stage, number = (Stage.PREPARE, 0) if chunk is None else chunk
    return chunk_key(run, "sight", stage, number, "")

"""What the rows of a sheet hold that our records do not tell, for a host that cannot compare (ADR 12).

A write that goes astray hits rows that nobody meant. To put them back, one must know what they held: what a
run has read or written there our records tell; what people have typed since is seen here, before the write.
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import blake2b
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
    from addon_backend.services.runs.writing.telling import Telling

    Place: TypeAlias = tuple[Stage, int]
    """A chunk, by its stage and number."""

LOOKED_AT = 5_000
"""Rows that are looked at for each write on average: the longer a sheet, the more rarely it is seen whole."""
MOST_CELLS = 20_000
"""Cells that are kept with a chunk."""
MOST_BLANKS = 5_000
"""Rows that are none of the run's and blank, kept for each column; of others nobody knows."""


class Sight:
    """What rows hold, by column and key, where it is not what our records say.

    Of rows that are called the same, what each of them holds. ``rows`` is how many the sheet had when it was
    seen; 0 where it never was. ``blanks`` are, by column, the rows that are none of the run's and that were
    blank there: digests of their keys, and how many are called so.
    """

    def __init__(
        self,
        rows: int = 0,
        cells: Mapping[tuple[str, Key], tuple[CellValue, ...]] | None = None,
        blanks: Mapping[str, Mapping[str, int]] | None = None,
    ) -> None:
        """Begin with what is known already."""
        self.rows, self._cells, self._blanks = rows, dict(cells or {}), dict(blanks or {})

    def of(self, anchor: str, key: Key) -> tuple[CellValue, ...]:
        """Return what the rows hold that are called so; () where it is what our records say, or unknown."""
        return self._cells.get((anchor, key), ())

    def blank(self, anchor: str, key: Key) -> tuple[CellValue, ...]:
        """Return a blank for each row that is called so, none of the run's and blank when seen; else ()."""
        return (None,) * self._blanks.get(anchor, {}).get(_digest(key), 0)

    def note(
        self,
        anchor: str,
        keys: Sequence[Key],
        values: Sequence[CellValue],
        recorded: Callable[[Key], tuple[CellValue, ...]],
        doubtful: Container[object] = (),
        ours: Callable[[Key], bool] = lambda _key: True,
    ) -> None:
        """Look at a column whole; ``recorded`` says what our records know of rows that are called so.

        A ``doubtful`` value may be one of ours, where it does not belong: there the last look counts.
        ``ours`` says whether a row of the run is called so.
        """
        before, known_blanks = self._cells, self._blanks.get(anchor, {})
        self._cells = {place: value for place, value in before.items() if place[0] != anchor}
        blanks: dict[str, int] = {}
        standing: dict[Key, tuple[CellValue, ...]] = {}
        for key, value in zip(keys, values, strict=True):
            standing[key] = (*standing[key], value) if key in standing else (value,)
        for key, held in standing.items():
            if not has_identity(key):
                continue
            if any(key_cell(value) in doubtful for value in held):
                if (anchor, key) in before:
                    self._cells[anchor, key] = before[anchor, key]
                elif (digest := _digest(key)) in known_blanks:
                    blanks[digest] = known_blanks[digest]
            elif not _same_values(held, recorded(key) or (None,) * len(held)):
                self._cells[anchor, key] = held
            elif len(blanks) < MOST_BLANKS and not any(map(key_cell, held)) and not ours(key):
                blanks[_digest(key)] = len(held)
        self._blanks[anchor] = blanks

    def set(self, anchor: str, key: Key, old: CellValue, value: CellValue) -> None:
        """Take note of what was put into a cell; what is not known otherwise our records tell."""
        if (anchor, key) in self._cells:
            self._cells[anchor, key] = (*_but_one(self._cells[anchor, key], old), value)

    def rename(self, anchor: str, key: Key, now: Key, value: CellValue) -> None:
        """Take note that a row, which holds this, is told by other cells now."""
        held = self._cells.pop((anchor, key), ())
        if held:
            self._cells[anchor, now] = (*self._cells.get((anchor, now), ()), value)
        if len(held) > 1:
            self._cells[anchor, key] = _but_one(held, value)

    def keep(self, store: Store, run: Run, telling: Telling, chunk: Place | None = None) -> None:
        """Keep it with a chunk that is about to be written, or with the run, for its next writer."""
        cells = [
            [anchor, key, [tag(value) for value in held]] for (anchor, key), held in self._cells.items()
        ][:MOST_CELLS]
        told_by = {
            anchor: telling.by(anchor)
            for anchor in {anchor for anchor, _ in self._cells} | self._blanks.keys()
        }
        with store.unit() as unit:
            data = [self.rows, told_by, cells, self._blanks]
            unit.blocks.put(_place(run, chunk), pack_data(data))
            unit.commit()

    @classmethod
    def kept(cls, store: Store, run: Run, telling: Telling, chunk: Place | None = None) -> Sight:
        """Return what was kept with a chunk or with the run, by how rows are told now.

        What rows that are called the same since do not share is not known any more.
        """
        with store.reading() as unit:
            data = unit.blocks.get(_place(run, chunk))
        rows, told_by, kept, blanks = json.loads(data) if data else (0, {}, [], {})
        cells: dict[tuple[str, Key], tuple[CellValue, ...]] = {}
        unclear = set()
        for anchor, plain, tagged in kept:
            key = telling.as_told_now(anchor, told_by[anchor], plain_key(plain))
            held = tuple(untag(value) for value in tagged)
            if key is not None and not _same_values(cells.setdefault((anchor, key), held), held):
                unclear.add((anchor, key))
        told = {place: held for place, held in cells.items() if place not in unclear}
        same = {
            anchor: digests for anchor, digests in blanks.items() if telling.by(anchor) == told_by[anchor]
        }
        return cls(rows, told, same)


def _digest(key: Key) -> str:
    return blake2b(repr(key).encode(errors="surrogatepass"), digest_size=8).hexdigest()


def _same_values(some: Sequence[CellValue], others: Sequence[CellValue]) -> bool:
    """Return whether as many cells hold the same, in any order."""
    if len(some) == len(others) == 1:
        return same_value(some[0], others[0])
    return Counter(map(key_cell, some)) == Counter(map(key_cell, others))


def _but_one(held: Sequence[CellValue], value: CellValue) -> tuple[CellValue, ...]:
    """Return what the others hold of which one held this."""
    at = next((at for at, one in enumerate(held) if same_value(one, value)), 0)
    return (*held[:at], *held[at + 1 :])


def _place(run: Run, chunk: Place | None) -> BlockKey:
    stage, number = (Stage.PREPARE, 0) if chunk is None else chunk
    return chunk_key(run, "sight", stage, number, "")

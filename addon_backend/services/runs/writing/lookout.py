"""Seeing to it that what people have typed is known before a write may hit it (ADR 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import same_value
from addon_backend.engine.plan.placing import key_cell
from addon_backend.services.runs.writing.doubts import doubt, in_doubt
from addon_backend.services.runs.writing.sight import LOOKED_AT, Sight

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Chunk, Output, Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.ports.store import Store
    from addon_backend.services.runs.writing.guard import Guard, StoredChunk
    from addon_backend.services.runs.writing.rows import RunRows
    from addon_backend.services.runs.writing.sight import Place
    from addon_backend.services.runs.writing.telling import Telling

    Put: TypeAlias = Mapping[str, Mapping[int, CellValue]]
    """Values to set: column anchor → row of the sheet → value."""


class Lookout:
    """What a writer at a host that compares nothing has seen of the sheet, and how it follows its writes."""

    def __init__(self, store: Store, run: Run, rows: RunRows, telling: Telling) -> None:
        """Begin with which chunks of the run are in doubt."""
        self._store, self._run, self._rows, self._telling = store, run, rows, telling
        self._sight = Sight()
        self._looked_for: Place | None = None
        with store.reading() as unit:
            self._in_doubt = set(in_doubt(unit, run))

    def is_due(self, chunk: Chunk) -> bool:
        """Say whether the sheet is to be seen whole before a write to this chunk: a short one always is."""
        if not self._sight.rows:
            self._sight = self._kept()
        every = -(-self._sight.rows // LOOKED_AT)
        return every <= 1 or (chunk.number % every == 0 and self._looked_for != _place(chunk))

    def note(self, stored: StoredChunk, guard: Guard) -> None:
        """Take note of what the rows of the whole sheet hold that our records do not tell."""
        self._sight.rows, self._looked_for = guard.bottom, _place(stored.chunk)
        columns = guard.values
        for output in self._run.outputs:
            anchor = output.target
            if anchor and not output.gone and (keys := self._telling.keys_in(columns, anchor)):
                doubtful = self._doubtful(stored, output)
                self._sight.note(
                    anchor, keys, columns[anchor], self._recorded(output), doubtful, self._is_ours(output)
                )
        if guard.bottom > LOOKED_AT:
            self._sight.keep(self._store, self._run, self._telling)

    def keep(self, chunk: Chunk) -> None:
        """Keep what was seen with a chunk that is about to be written."""
        self._sight.keep(self._store, self._run, self._telling, _place(chunk))

    def recall(self, chunk: Chunk) -> None:
        """Know again what an earlier writer of this chunk has seen."""
        self._sight = self._kept(_place(chunk))

    def doubt(self, chunk: Chunk) -> None:
        """Take note that a write to this chunk was never answered, or cannot be set right yet."""
        with self._store.unit() as unit:
            doubt(unit, self._run, chunk)
            unit.commit()
        self._in_doubt.add(_place(chunk))

    def known(self, output: Output, key: Key) -> tuple[CellValue, ...]:
        """Return what a row holds in an output's column, seen or recorded; () if none can tell."""
        held = self.all_known(output, key)
        return held[:1] if all(same_value(value, held[0]) for value in held) else ()

    def all_known(self, output: Output, key: Key) -> tuple[CellValue, ...]:
        """Return what all rows hold that are called so."""
        return self._sight.of(output.target or "", key) or self._recorded(output)(key)

    def outside(self, output: Output, key: Key) -> tuple[CellValue, ...]:
        """Return a blank for each row that is called so, if they are none of the run's and were blank."""
        return self._sight.blank(output.target or "", key)

    def wrote(self, guard: Guard, put: Put) -> None:
        """Bring up to date what rows hold, for whoever looks for strays later."""
        columns = guard.values
        self._follow(self._sight, columns, guard.top, put)
        for place in self._in_doubt:
            sight = self._kept(place)
            self._follow(sight, columns, guard.top, put)
            sight.keep(self._store, self._run, self._telling, place)

    def _kept(self, place: Place | None = None) -> Sight:
        """Return what was seen before a chunk was written, or of the run."""
        return Sight.kept(self._store, self._run, self._telling, place)

    def _follow(self, sight: Sight, columns: Mapping[str, Sequence[CellValue]], top: int, put: Put) -> None:
        """Let a sight follow a write: a cell holds what was put there; a row is told by its new key cell."""
        for anchor, values in put.items():
            keys = self._telling.keys_in(columns, anchor)
            for row, value in values.items() if keys else ():  # nothing tells whose cell it is
                sight.set(anchor, keys[row - top], columns[anchor][row - top], value)
        for anchor in put.keys() & set(self._telling.keys):
            for output in self._run.outputs:
                target = output.target or ""
                told_by = self._telling.by(target)
                if target not in columns or target == anchor or anchor not in told_by:
                    continue
                keys, at = self._telling.keys_in(columns, target), told_by.index(anchor)
                for row, value in put[anchor].items():
                    old = keys[row - top]
                    now = (*old[:at], key_cell(value), *old[at + 1 :])
                    sight.rename(target, old, now, columns[target][row - top])

    def _recorded(self, output: Output) -> Callable[[Key], tuple[CellValue, ...]]:
        """Return what says what rows that are called so hold in an output's column by our records."""
        without = output.target if output.target in self._telling.keys else None
        return lambda key: self._rows.held(output, key, without)

    def _is_ours(self, output: Output) -> Callable[[Key], bool]:
        """Return what says whether a row of the run is called so."""
        without = output.target if output.target in self._telling.keys else None
        return lambda key: self._rows.is_called(key, without)

    def _doubtful(self, stored: StoredChunk, output: Output) -> frozenset[object]:
        """Return what an earlier write to this chunk may have put, also where it does not belong."""
        facts = stored.facts.get(output.name)
        if facts is None:
            return frozenset()
        if _place(stored.chunk) in self._in_doubt:
            return frozenset(key_cell(fact.put) for fact in facts.facts if fact.value is not None)
        return frozenset(key_cell(facts[row].put) for row in stored.intents.get(output.name, ()))


def _place(chunk: Chunk) -> Place:
    return chunk.stage, chunk.number

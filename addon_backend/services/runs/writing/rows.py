"""All rows of a run as our records know them: read whole, once, and only where a chunk cannot tell alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import ChunkState, Stage
from addon_backend.engine.plan.placing import keys_of
from addon_backend.services.runs.blocks import unpack_outcomes
from addon_backend.services.runs.earlier import kept_digests
from addon_backend.services.runs.snapshot import SLICE_ROWS, Slice, chunk_key
from addon_backend.services.runs.writing.guard import load_chunk, read_keys, written_keys

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Output, Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.engine.plan.protection import Decision
    from addon_backend.ports.store import Store, UnitOfWork
    from addon_backend.services.runs.earlier import EarlierValues
    from addon_backend.services.runs.writing.guard import StoredChunk

MOST_ALIKE = 200
"""Where more rows than these are called the same, what one of them holds is not told."""
_STANDS = {Outcome.WRITTEN, Outcome.ALREADY_THERE}


class RunRows:
    """Answers "is this another row of the run?" and "what did that row hold?" without asking the host."""

    def __init__(self, store: Store, run: Run, earlier: EarlierValues) -> None:
        """Remember where to look; nothing is read yet."""
        self._store, self._run, self._earlier = store, run, earlier
        keys = {column.anchor for column in run.keys}
        self._left_out = {None, *(output.target for output in run.outputs if output.target in keys)}
        self._named: dict[str | None, dict[Key, set[int]]] = {}
        """Which rows are called so, by the key column that is left out."""
        self._values: dict[str, list[CellValue]] = {}
        """What each row holds, by output."""
        self._not_chosen: set[tuple[str, int]] = set()
        """The cells that a follow-up run does not touch: output, row."""
        self._digests: list[str] = []
        self._unread: list[tuple[StoredChunk, Mapping[str, Mapping[int, Decision]]]] = []
        """What was set in the chunk at hand, which is not in the records yet."""

    def forget(self) -> None:
        """Read anew when next asked: somebody else has written."""
        self._named.clear()
        self._values.clear()

    def wrote(self, stored: StoredChunk, decisions: Mapping[str, Mapping[int, Decision]]) -> None:
        """Take note of what the writer has set, or found to stand already."""
        if not self._values:
            at_hand = [one for one in self._unread if one[0].chunk == stored.chunk]
            self._unread = [*at_hand, (stored, decisions)]
            return
        self._call(stored)
        for name, chosen in decisions.items():
            for row, one in chosen.items():
                fact = stored.facts[name][row]
                if one.outcome in _STANDS and fact.value is not None:
                    self._values[name][stored.chunk.first + row] = fact.put

    def __contains__(self, key: object) -> bool:
        """Return whether a row of the run was read, or written since, with exactly these key cells."""
        self._read()
        return key in self._named[None]

    def held(self, output: Output, key: Key, without: str | None) -> tuple[CellValue, ...]:
        """Return what the rows hold in an output's column, by our records, that are called so; () if unknown.

        ``without`` is the key column that ``key`` leaves out, where the output writes to one.
        """
        if all(column.anchor == without for column in self._run.keys):
            return ()
        self._read()
        rows = self._named[without].get(key, set())
        return tuple(self._values[output.name][row] for row in rows) if len(rows) <= MOST_ALIKE else ()

    def is_called(self, key: Key, without: str | None) -> bool:
        """Return whether a row of the run is called so, or whether nobody can say."""
        if all(column.anchor == without for column in self._run.keys):
            return True
        self._read()
        return key in self._named[without]

    def alike(self, key: Key) -> frozenset[int]:
        """Return the ordinals of the rows that were read, or written since, with exactly these key cells."""
        self._read()
        return frozenset(self._named[None].get(key, ()))

    def were_identical(self, ordinals: Collection[int]) -> bool:
        """Return whether rows were read with the same key cells, those of columns deleted since included."""
        if not self._digests:
            with self._store.reading() as unit:
                self._digests = kept_digests(unit, self._run)
        return len({self._digests[ordinal] for ordinal in ordinals}) == 1

    def value(self, output: Output, ordinal: int) -> CellValue:
        """Return what one row holds in an output's column by our records."""
        self._read()
        return self._values[output.name][ordinal]

    def is_left_out(self, output: Output, ordinal: int) -> bool:
        """Return whether this run, which follows another, has nothing to put into this cell."""
        self._read()
        return (output.name, ordinal) in self._not_chosen

    def _read(self) -> None:
        """Read what rows are called, and what was read there or a run of ours has put there since."""
        if self._values:
            return
        self._named = {without: {} for without in self._left_out}
        self._values = {output.name: [] for output in self._run.outputs}
        with self._store.reading() as unit:
            for first in range(0, self._run.rows, SLICE_ROWS):
                self._read_slice(
                    first, Slice(unit, self._run, first, min(SLICE_ROWS, self._run.rows - first))
                )
            for stored in self._chunks(unit):
                self._call(stored)
                for output in self._run.outputs:
                    self._read_results(unit, stored, output)
        for at_hand, decisions in self._unread:
            self.wrote(at_hand, decisions)
        self._unread = []

    def _read_slice(self, first: int, piece: Slice) -> None:
        read = {column.anchor for column in self._run.inputs}
        for without, named in self._named.items():
            keyed = [column.anchor for column in self._run.keys if column.anchor != without]
            _name(named, first, keys_of([piece.frame.of(anchor) for anchor in keyed]))
        for output in self._run.outputs:
            self._values[output.name] += (
                piece.frame.of(output.target)
                if output.target in read and output.target
                else [self._earlier.value(output, first + at) for at in range(piece.frame.rows)]
            )

    def _call(self, stored: StoredChunk) -> None:
        """Take note of what a chunk's rows are called, before and after it is written."""
        for without, named in self._named.items():
            _name(named, stored.chunk.first, read_keys(stored, self._run, without))
            _name(named, stored.chunk.first, written_keys(stored, self._run, without))

    def _read_results(self, unit: UnitOfWork, stored: StoredChunk, output: Output) -> None:
        values, chunk = self._values[output.name], stored.chunk
        for at, standing in enumerate(stored.stands[output.name] if stored.stands else ()):
            if standing is None:
                self._not_chosen.add((output.name, chunk.first + at))
            else:
                values[chunk.first + at] = standing
        if output not in stored.outputs:
            return
        data = unit.blocks.get(chunk_key(self._run, "outcome", chunk.stage, chunk.number, output.name))
        for at, outcome in enumerate(unpack_outcomes(data)):
            fact = stored.facts[output.name][at]
            if outcome and Outcome(outcome[0]) in _STANDS and fact.value is not None:
                values[chunk.first + at] = fact.put

    def _chunks(self, unit: UnitOfWork) -> Iterator[StoredChunk]:
        for chunk in unit.chunks.of_run(self._run.workspace, self._run.id):
            if chunk.stage in {Stage.ENGINE, Stage.SOURCES} and chunk.state in {
                ChunkState.COMPUTED,
                ChunkState.WRITTEN,
            }:
                yield load_chunk(unit, self._run, chunk, self._earlier)


def _name(named: dict[Key, set[int]], first: int, keys: Iterable[Key]) -> None:
    """Add rows to those that are called so."""
    for row, key in enumerate(keys, first):
        named.setdefault(key, set()).add(row)

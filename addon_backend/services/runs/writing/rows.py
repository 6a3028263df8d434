"""All rows of a run as our records know them: read whole, once, and only where a chunk cannot tell alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import ChunkState, Stage
from addon_backend.engine.plan.placing import keys_of
from addon_backend.services.runs.blocks import unpack_outcomes
from addon_backend.services.runs.snapshot import SLICE_ROWS, Slice, chunk_key
from addon_backend.services.runs.writing.guard import load_chunk, read_keys, written_keys

if TYPE_CHECKING:
    from collections.abc import Iterator

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Output, Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.ports.store import Store, UnitOfWork
    from addon_backend.services.runs.earlier import EarlierValues
    from addon_backend.services.runs.writing.guard import StoredChunk


class RunRows:
    """Answers "is this another row of the run?" and "what did that row hold?" without asking the host."""

    def __init__(self, store: Store, run: Run, earlier: EarlierValues) -> None:
        """Remember where to look; nothing is read yet."""
        self._store, self._run, self._earlier = store, run, earlier
        self._keys: set[Key] | None = None
        self._held: dict[str, dict[Key, set[CellValue]]] = {}

    def forget(self) -> None:
        """Read anew when next asked: something has been written."""
        self._keys = None
        self._held.clear()

    def __contains__(self, key: object) -> bool:
        """Return whether a row of the run was read, or written since, with exactly these key cells."""
        if self._keys is None:
            self._keys = set()
            with self._store.reading() as unit:
                for first in range(0, self._run.rows, SLICE_ROWS):
                    frame = _slice(unit, self._run, first).frame
                    self._keys.update(keys_of([frame.of(column.anchor) for column in self._run.keys]))
                for stored in self._chunks(unit):
                    self._keys.update(read_keys(stored, self._run))
                    self._keys.update(written_keys(stored, self._run))
        return key in self._keys

    def held(self, output: Output, key: Key, without: str | None) -> tuple[CellValue, ...]:
        """Return what a row holds in an output's column by our records, as one value; () if none can tell.

        ``without`` is the key column that ``key`` leaves out, where the output writes to one.
        """
        if all(column.anchor == without for column in self._run.keys):
            return ()
        if output.name not in self._held:
            with self._store.reading() as unit:
                self._held[output.name] = self._held_in(unit, output, without)
        values = self._held[output.name].get(key, set())
        return tuple(values) if len(values) == 1 else ()

    def _held_in(self, unit: UnitOfWork, output: Output, without: str | None) -> dict[Key, set[CellValue]]:
        """Map rows to what they hold: what was read there, or what a run of ours has put there since."""
        keyed = [column.anchor for column in self._run.keys]
        read = {column.anchor for column in self._run.inputs}
        values: list[CellValue] = []
        keys: list[Key] = []
        for first in range(0, self._run.rows, SLICE_ROWS):
            piece = _slice(unit, self._run, first)
            keys += keys_of([piece.frame.of(anchor) for anchor in keyed if anchor != without])
            values += (
                piece.frame.of(output.target)
                if output.target in read and output.target
                else [self._earlier.value(output, first + at) for at in range(piece.frame.rows)]
            )
        also = list(keys)
        for stored in self._chunks(unit):
            first = stored.chunk.first
            span = slice(first, first + stored.chunk.count)
            keys[span] = read_keys(stored, self._run, without)
            also[span] = written_keys(stored, self._run, without)
            for at, standing in enumerate(stored.stands[output.name] if stored.stands else ()):
                if standing is not None:
                    values[first + at] = standing
            if output not in stored.outputs:
                continue
            data = unit.blocks.get(
                chunk_key(self._run, "outcome", stored.chunk.stage, stored.chunk.number, output.name)
            )
            for at, outcome in enumerate(unpack_outcomes(data)):
                if outcome and outcome[0] == Outcome.WRITTEN.value:
                    values[first + at] = stored.facts[output.name][at].value
        held: dict[Key, set[CellValue]] = defaultdict(set)
        for names in (keys, also):
            for key, value in zip(names, values, strict=True):
                held[key].add(value)
        return held

    def _chunks(self, unit: UnitOfWork) -> Iterator[StoredChunk]:
        for chunk in unit.chunks.of_run(self._run.workspace, self._run.id):
            if chunk.stage in {Stage.ENGINE, Stage.SOURCES} and chunk.state in {
                ChunkState.COMPUTED,
                ChunkState.WRITTEN,
            }:
                yield load_chunk(unit, self._run, chunk, self._earlier)


def _slice(unit: UnitOfWork, run: Run, first: int) -> Slice:
    return Slice(unit, run, first, min(SLICE_ROWS, run.rows - first))

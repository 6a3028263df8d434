"""Set cells, and see to it that they stand where they belong (DESIGN §4.5).

A host that compares sets a row only where it still holds what we saw. One that cannot is told positions: what
it did is read again, values of ours beside another row are put back, and what is lacking is sent once more.
A key column is set alone there: all others tell then whose row it is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from functools import partial
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from addon_backend.domain.cells import same_value
from addon_backend.domain.errors import AnswerUncertain, HostTrouble, Lost
from addon_backend.domain.runs import Operation
from addon_backend.engine.plan.placing import key_cell, keys_of
from addon_backend.engine.plan.repair import Sent, strays
from addon_backend.ports.sheet_host import Leave, WriteBatch
from addon_backend.services.runs.writing.doubts import doubt, in_doubt
from addon_backend.services.runs.writing.guard import in_play, read_keys, written_keys
from addon_backend.services.runs.writing.sight import LOOKED_AT, Sight
from addon_backend.services.runs.writing.suspects import keep_suspects, read_suspects
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Chunk, Claim, Output, Run, Stage
    from addon_backend.engine.plan.placing import Key
    from addon_backend.engine.plan.protection import Decision
    from addon_backend.ports.sheet_host import CellColumn, SheetHost
    from addon_backend.services.house import House
    from addon_backend.services.runs.writing.guard import Guard, StoredChunk
    from addon_backend.services.runs.writing.rows import RunRows
    from addon_backend.services.runs.writing.suspects import Suspect

    Decisions: TypeAlias = Mapping[str, Mapping[int, Decision]]
    Put: TypeAlias = Mapping[str, Mapping[int, CellValue]]
    """Values to set: column anchor → row of the sheet → value."""

Answer = TypeVar("Answer")

RESTLESS_SECONDS = 1.0
"""How long a sheet is left alone whose rows do not stand still long enough to be set right."""
REPAIRS = 5
"""How often that is tried without leaving the sheet alone in between."""
PATIENCE = 30
"""How often a writer tries to set right what it did, or asks for a sheet that it lost, before it gives up."""
JUST_SEEN_SECONDS = 0.3
"""How old the look after a write may be to count as the guard read before the next one."""
WITNESSES = 8
"""Columns that are read only to tell rows, where the columns in play are all written at once."""


class Sender:
    """Sets cells of one run's rows, for a writer that holds the sheet."""

    def __init__(
        self, house: House, host: SheetHost, claim: Claim, run: Run, rows: RunRows, *, late: bool = False
    ) -> None:
        """Find out by which columns rows are told where one of them is written to.

        ``late`` is who looks only after everything was written.
        """
        self.late = late
        self._house, self._host, self._claim, self._run, self._rows = house, host, claim, run, rows
        self._again: Claim | None = None
        self._sight = Sight()
        self._looked: tuple[float, dict[str, CellColumn]] | None = None
        self._looked_for: tuple[Stage, int] | None = None
        with house.store.reading() as unit:
            self._in_doubt = set(in_doubt(unit, run))
        self._keys = [column.anchor for column in run.keys]
        self.witnesses = self._more_witnesses() if len(self._keys) == 1 and not host.compares else []
        """Columns that tell rows where the only key column is set."""

    def passes(self, outputs: Sequence[Output]) -> list[list[Output]]:
        """Return which outputs are set together: all, or key columns one by one where nothing compares.

        A swap sets one key column and clears one of ours, both or neither.
        """
        if self._host.compares or any(output.operation is Operation.SWAP for output in outputs):
            return [list(outputs)]
        together: dict[str | None, list[Output]] = {}
        for output in outputs:
            alone = output.target if output.target in self._keys else None
            together.setdefault(alone, []).append(output)
        return list(together.values())

    def looks_around(self, chunk: Chunk) -> bool:
        """Say whether the sheet is to be seen whole before a write to this chunk: a short one always is."""
        if self._host.compares:
            return False
        if not self._sight.rows:
            self._sight = Sight.kept(self._house.store, self._run)
        every = -(-self._sight.rows // LOOKED_AT)
        return every <= 1 or (chunk.number % every == 0 and self._looked_for != _place(chunk))

    def just_seen(self) -> dict[str, CellColumn] | None:
        """Return the whole sheet as the look after the last write has seen it, if that was a moment ago."""
        looked, self._looked = self._looked, None
        return looked[1] if looked and monotonic() - looked[0] < JUST_SEEN_SECONDS else None

    def note(self, stored: StoredChunk, guard: Guard) -> None:
        """Take note of what the rows of the whole sheet hold that our records do not tell."""
        self._sight.rows, self._looked_for = guard.bottom, _place(stored.chunk)
        columns = _values(guard.columns)
        for output in self._run.outputs:
            anchor = output.target
            if anchor and (keys := self._keys_in(columns, anchor)):
                doubtful = self._doubtful(stored, output)
                self._sight.note(anchor, keys, columns[anchor], self._recorded(output), doubtful)
        if guard.bottom > LOOKED_AT:
            self._sight.keep(self._house.store, self._run)

    def send(self, stored: StoredChunk, guard: Guard, decisions: Decisions) -> bool:
        """Set the chosen cells; return whether any of them may not hold its value.

        What a host that does not compare has set beside another row is put back. Raises `AnswerUncertain`
        where a comparing host did not answer, `HostTrouble` where rows never stand still, `Lost` where
        somebody else holds the sheet.
        """
        rows = sorted({row for chosen in decisions.values() for row, one in chosen.items() if one.set})
        if not rows:
            return False
        put = _put(stored, guard, decisions)
        expect = {anchor: [guard.cell(anchor, row).value for row in rows] for anchor in guard.columns}
        at = [guard.places[row].row or 0 for row in rows]
        if not self._host.compares:
            self._sight.keep(self._house.store, self._run, _place(stored.chunk))
        self._renew()
        refused: frozenset[int] = frozenset()
        try:
            refused = self._write(at, put, expect)
        except AnswerUncertain:
            if self._host.compares:
                raise
            doubt(self._house.store, self._run, stored.chunk)
            self._in_doubt.add(_place(stored.chunk))
        failpoint("after_host_write")
        if self._host.compares:
            return bool(refused)
        if self._differs(stored, guard, put):
            return True
        self._note_written(guard, put)
        return False

    def look_again(self, stored: StoredChunk) -> None:
        """Put back what an earlier writer of this chunk, who never told, has set beside other rows."""
        suspects = [
            (output.target, self._sent_before(stored, output))
            for output in stored.outputs
            if output.target and output.name in stored.intents
        ]
        if suspects:
            self._sight = Sight.kept(self._house.store, self._run, _place(stored.chunk))
            self._repair(stored, suspects, read_suspects(self._house.store, self._run, stored.chunk))

    def _note_written(self, guard: Guard, put: Put) -> None:
        """Bring up to date what rows hold, for whoever looks for strays later."""
        columns = _values(guard.columns)
        self._follow(self._sight, columns, guard.top, put)
        for place in self._in_doubt:
            sight = Sight.kept(self._house.store, self._run, place)
            self._follow(sight, columns, guard.top, put)
            sight.keep(self._house.store, self._run, place)

    def _follow(self, sight: Sight, columns: Mapping[str, Sequence[CellValue]], top: int, put: Put) -> None:
        """Let a sight follow a write: a cell holds what was put there; a row is told by its new key cell."""
        for anchor, values in put.items():
            keys = self._keys_in(columns, anchor)
            for row, value in values.items():
                sight.set(anchor, keys[row - top], value)
        for anchor in put.keys() & set(self._keys):
            for output in self._run.outputs:
                told_by = self._told_by(output.target or "")
                if output.target in {None, anchor} or anchor not in told_by:
                    continue
                keys, at = self._keys_in(columns, output.target or ""), told_by.index(anchor)
                for row, value in put[anchor].items():
                    old = keys[row - top]
                    sight.rename(output.target or "", old, (*old[:at], key_cell(value), *old[at + 1 :]))

    def _differs(self, stored: StoredChunk, guard: Guard, put: Put) -> bool:
        """Read what was written, and put back what stands beside other rows; True if all is not as sent."""
        then = _values(guard.columns)
        rows = [row for values in put.values() for row in values]
        top, bottom = min(rows), max(rows) + 1
        now: Mapping[str, Sequence[CellValue]]
        if guard.whole and guard.bottom <= LOOKED_AT:  # the next guard read would see all again
            top = 0
            began, cells = monotonic(), self._patiently(lambda: self.read(top, None))
            self._looked = began, cells
            now = {anchor: [*column.values, *[None] * bottom] for anchor, column in cells.items()}
        else:
            now = _values(self._patiently(lambda: self.read(top, bottom)))
        suspects = [
            (anchor, self._sent(anchor, then, guard.top, values))
            for anchor, values in put.items()
            if any(
                not same_value(now[seen][row - top], wanted)
                for row, value in values.items()
                for seen, wanted in [
                    (anchor, value),
                    *((key, then[key][row - guard.top]) for key in self._told_by(anchor)),
                ]
            )
        ]
        if suspects:
            self._looked = None
        self._repair(stored, suspects, [])
        return bool(suspects)

    def _repair(self, stored: StoredChunk, suspects: list[Suspect], kept: list[Suspect]) -> None:
        """Look at the sheet whole until no value of ours stands beside another row.

        What is being put back is suspect too, and ``kept``: should this writer die, the next one goes on.
        The sheet is held until all is in its place: who writes meanwhile takes what he finds for hers.
        """
        if not suspects and not kept:
            return
        self._hold()
        for tried in range(PATIENCE):
            if tried >= REPAIRS:
                sleep(RESTLESS_SECONDS)
            now = self._patiently(self._read_whole)
            back: dict[str, dict[int, CellValue]] = {}
            for anchor, sent in suspects + kept:
                back.setdefault(anchor, {}).update(self._strays(anchor, sent, now))
            rows = sorted({row for values in back.values() for row in values})
            if not rows:
                if kept:
                    keep_suspects(self._house.store, self._run, stored.chunk, [])
                self._let_go()
                return
            for anchor, values in back.items():
                right = [values.get(row, value) for row, value in enumerate(now[anchor])]
                wrong = {row: now[anchor][row] for row in values}
                sent = self._sent(anchor, {**now, anchor: right}, 0, values)
                keys = self._keys_in(now, anchor)
                kept = [(one, other.without(keys, values) if one == anchor else other) for one, other in kept]
                kept.append((anchor, replace(sent, wrong=wrong)))  # the newest look at a cell counts
            keep_suspects(self._house.store, self._run, stored.chunk, kept)
            for first in range(0, len(rows), self._host.rows_per_write):
                part = rows[first : first + self._host.rows_per_write]
                self._patiently(partial(self._put_back, part, back))
        raise HostTrouble(retry_after=RESTLESS_SECONDS)

    def _put_back(self, rows: Sequence[int], back: Put) -> None:
        self._hold()
        with suppress(AnswerUncertain):  # the next look tells
            self._write(rows, back, {})

    def _patiently(self, call: Callable[[], Answer]) -> Answer:
        """Ask a troubled host again while this writer alone knows what to look for."""
        for _ in range(PATIENCE):
            try:
                return call()
            except HostTrouble as trouble:
                sleep(trouble.retry_after or RESTLESS_SECONDS)
        return call()

    def _strays(
        self, anchor: str, sent: Sent, now: Mapping[str, Sequence[CellValue]]
    ) -> dict[int, CellValue]:
        if not self._told_by(anchor):
            return {}  # a row is its only cell: no value can be told to be another row's
        output = next(output for output in self._run.outputs if output.target == anchor)
        recorded = self._recorded(output)

        def known(key: Key) -> tuple[CellValue, ...]:
            return self._sight.of(anchor, key) or recorded(key)

        late = self.late or self._again is not None
        if late:  # others have written since what this writer saw
            before = [(known(key) or (cell,))[0] for key, cell in zip(sent.read, sent.before, strict=True)]
            sent = replace(sent, before=before)
        return strays(sent, self._keys_in(now, anchor), now[anchor], known, late=late)

    def _recorded(self, output: Output) -> Callable[[Key], tuple[CellValue, ...]]:
        """Return what says what a row holds in an output's column by our records."""
        without = output.target if output.target in self._keys else None
        return lambda key: self._rows.held(output, key, without)

    def _doubtful(self, stored: StoredChunk, output: Output) -> frozenset[object]:
        """Return what a write that was never answered may put into rows where it does not belong."""
        if _place(stored.chunk) not in self._in_doubt or output.name not in stored.facts:
            return frozenset()
        facts = stored.facts[output.name].facts
        return frozenset(key_cell(fact.put) for fact in facts if fact.value is not None)

    def _sent(
        self,
        anchor: str,
        then: Mapping[str, Sequence[CellValue]],
        top: int,
        values: Mapping[int, CellValue],
    ) -> Sent:
        """Say what was meant to happen to a column, by what was read before."""
        keys = self._keys_in(then, anchor)
        rows = range(top, top + len(then[anchor]))
        return Sent(keys, keys, rows, then[anchor], {row - top: value for row, value in values.items()})

    def _sent_before(self, stored: StoredChunk, output: Output) -> Sent:
        """Say what an earlier writer meant to do to a column, by our records."""
        without = output.target if output.target in self._keys else None
        images, facts = stored.intents[output.name], stored.facts[output.name]
        rows = sorted(images)
        read = read_keys(stored, self._run, without)
        written = written_keys(stored, self._run, without)
        return Sent(
            [read[row] for row in rows],
            [written[row] for row in rows],
            [stored.snapshot.rows[row] for row in rows],
            [images[row] for row in rows],
            {at: facts[row].put for at, row in enumerate(rows)},
        )

    def _told_by(self, anchor: str) -> list[str]:
        return [key for key in self._keys if key != anchor] or self.witnesses

    def _keys_in(self, columns: Mapping[str, Sequence[CellValue]], anchor: str) -> list[Key]:
        """Return by what rows are told where this column is set; nothing where nothing else tells them."""
        return keys_of([columns[key] for key in self._told_by(anchor)])

    def _more_witnesses(self) -> list[str]:
        info = self._host.describe(self._run.sheet)
        anchors = self._host.anchors(self._run.sheet, list(range(info.columns)))
        ours = {*self._keys, *(output.target for output in self._run.outputs)}
        return [anchor for anchor in anchors if anchor not in ours][:WITNESSES]

    def _read_whole(self) -> dict[str, Sequence[CellValue]]:
        return _values(self.read(0, None))

    def read(self, top: int, bottom: int | None) -> dict[str, CellColumn]:
        """Read the columns in play; without a ``bottom``, as far down as one of them holds anything."""
        anchors = in_play(self._run, self.witnesses)
        return dict(zip(anchors, self._host.read(self._run.sheet, anchors, top, bottom), strict=True))

    def _write(
        self, rows: Sequence[int], put: Put, expect: Mapping[str, Sequence[CellValue]]
    ) -> frozenset[int]:
        columns = {
            anchor: [values.get(row, Leave.ALONE) for row in rows] for anchor, values in put.items() if values
        }
        return self._host.write(self._run.sheet, WriteBatch(rows, expect, columns))

    def _renew(self) -> None:
        with self._house.store.unit() as unit:
            unit.work.renew(self._claim)
            unit.commit()

    def _hold(self) -> None:
        """Hold the sheet; a writer that woke too late waits for it, to clean up what it did.

        Raises `Lost` where others hold it for too long.
        """
        for _ in range(PATIENCE):
            with suppress(Lost):
                self._renew()
                return
            with self._house.store.unit() as unit:
                again = unit.work.hold_sheet(self._claim)
                unit.commit()
            if again is None:
                sleep(RESTLESS_SECONDS)
            else:
                self._claim = self._again = again
                self._rows.forget()
        raise Lost

    def _let_go(self) -> None:
        if self._again is not None:
            with self._house.store.unit() as unit:
                unit.work.hand_back(self._again)
                unit.commit()


def _values(columns: Mapping[str, CellColumn]) -> dict[str, Sequence[CellValue]]:
    return {anchor: column.values for anchor, column in columns.items()}


def _place(chunk: Chunk) -> tuple[Stage, int]:
    return chunk.stage, chunk.number


def _put(stored: StoredChunk, guard: Guard, decisions: Decisions) -> Put:
    put: dict[str, dict[int, CellValue]] = {}
    for output in stored.outputs:
        facts = stored.facts[output.name]
        for row, one in decisions.get(output.name, {}).items():
            at = guard.places[row].row
            if one.set and at is not None:
                put.setdefault(output.target or "", {})[at] = facts[row].put
    return put

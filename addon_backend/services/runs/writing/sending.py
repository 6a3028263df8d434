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

from addon_backend.domain.cells import Obstacle, same_value
from addon_backend.domain.errors import (
    AnswerUncertain,
    CellsProtected,
    HostRefused,
    HostTrouble,
    Lost,
    SheetUnknown,
)
from addon_backend.domain.runs import Operation
from addon_backend.engine.plan.repair import Sent, strays
from addon_backend.ports.sheet_host import Leave, WriteBatch
from addon_backend.services.runs.writing.guard import in_play, read_keys, written_keys
from addon_backend.services.runs.writing.lookout import Lookout
from addon_backend.services.runs.writing.seen import Seen
from addon_backend.services.runs.writing.sight import LOOKED_AT
from addon_backend.services.runs.writing.suspects import keep_suspects, read_suspects
from addon_backend.services.runs.writing.telling import Telling
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeAlias

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Claim, Output, Run
    from addon_backend.engine.plan.placing import Key
    from addon_backend.engine.plan.protection import Decision
    from addon_backend.ports.sheet_host import CellColumn, SheetHost
    from addon_backend.services.house import House
    from addon_backend.services.runs.writing.guard import Guard, StoredChunk
    from addon_backend.services.runs.writing.lookout import Put
    from addon_backend.services.runs.writing.rows import RunRows
    from addon_backend.services.runs.writing.suspects import Suspect

    Decisions: TypeAlias = Mapping[str, Mapping[int, Decision]]

Answer = TypeVar("Answer")

RESTLESS_SECONDS = 1.0
"""How long a sheet is left alone whose rows do not stand still long enough to be set right."""
REPAIRS = 5
"""How often that is tried without leaving the sheet alone in between."""
PATIENCE = 30
"""How often a writer tries to set right what it did, or asks for a sheet that it lost, before it gives up."""


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
        self._gone: frozenset[str] = frozenset()
        self._seen: Seen | None = None
        self._telling = Telling(run, host)
        self.lookout = Lookout(house.store, run, rows, self._telling)

    def passes(self, outputs: Sequence[Output]) -> list[list[Output]]:
        """Return which outputs are set together: all, or key columns one by one where nothing compares.

        A swap sets one key column and clears one of ours, both or neither.
        """
        if self._host.compares or any(output.operation is Operation.SWAP for output in outputs):
            return [list(outputs)]
        together: dict[str | None, list[Output]] = {}
        for output in outputs:
            alone = output.target if output.target in self._telling.keys else None
            together.setdefault(alone, []).append(output)
        return list(together.values())

    @property
    def needs_witnesses(self) -> bool:
        """Say whether columns are read only to tell rows: these were not read when rows were looked for."""
        return bool(self._telling.witnesses)

    def just_seen(self) -> Seen | None:
        """Return what the look after the last write has seen, if that was a moment ago."""
        seen, self._seen = self._seen, None
        return seen if seen and seen.is_fresh else None

    def send(self, stored: StoredChunk, guard: Guard, decisions: Decisions, ahead: int = 0) -> bool:
        """Set the chosen cells; return whether any of them may not hold its value.

        The look after it sees so many rows ``ahead`` as are to be written next. What a host that does not
        compare has set beside another row is put back. Raises `AnswerUncertain` where a comparing host did
        not answer, `HostTrouble` where rows never stand still, `Lost` where somebody else holds the sheet,
        `SheetUnknown` where a column was deleted.
        """
        put = _put(stored, guard, decisions)
        rows = sorted({row for values in put.values() for row in values})
        if not rows:
            return False
        expect = {
            anchor: [column.cell(row - guard.top).value for row in rows]
            for anchor, column in guard.columns.items()
        }
        if not self._host.compares:
            self.lookout.keep(stored.chunk)
        self._renew()
        refused: frozenset[int] = frozenset()
        try:
            refused = self._write(rows, put, expect)
        except AnswerUncertain:
            if self._host.compares:
                raise
            self.lookout.doubt(stored.chunk)
        except SheetUnknown:
            if not self._host.compares:
                self._mend_by_witnesses(stored, guard, put)
            raise
        failpoint("after_host_write")
        if self._host.compares:
            return bool(refused)
        try:
            differs = self._differs(stored, guard, put, ahead)
        except SheetUnknown:
            self._mend_by_witnesses(stored, guard, put)
            raise
        if differs:
            return True
        self.lookout.wrote(guard, put)
        return False

    def _mend_by_witnesses(self, stored: StoredChunk, guard: Guard, put: Put) -> None:
        """Somebody has deleted a column under a write: put right what nobody can who looks again.

        That is where no column is left by which our records tell rows.
        """
        anchors = in_play(self._run, self._telling.witnesses)
        places = self._patiently(lambda: self._host.locate(self._run.sheet, anchors))
        self._gone = frozenset(anchor for anchor, at in zip(anchors, places, strict=True) if at is None)
        self._telling.forget(self._gone)
        left = {one: values for one, values in put.items() if one not in self._gone}
        if left and not self._telling.keys:
            self._differs(stored, guard, left)

    def look_again(self, stored: StoredChunk) -> None:
        """Put back what an earlier writer of this chunk, who never told, has set beside other rows."""
        suspects = [
            (output.target, self._sent_before(stored, output))
            for output in stored.outputs
            if output.target and not output.gone and output.name in stored.intents
        ]
        if suspects:
            self.lookout.recall(stored.chunk)
            kept = read_suspects(self._house.store, self._run, self._telling, stored.chunk)
            self._repair(stored, suspects, kept)

    def _differs(self, stored: StoredChunk, guard: Guard, put: Put, ahead: int = 0) -> bool:
        """Read what was written, and put back what stands beside other rows; True if all is not as sent."""
        then = guard.values
        rows = [row for values in put.values() for row in values]
        top, bottom = min(rows), max(rows) + 1
        now: Mapping[str, Sequence[CellValue]]
        if guard.whole and guard.bottom <= LOOKED_AT:  # the next guard read would see all again
            top = 0
            seen = self._patiently(lambda: self._see(0, None))
            now = {anchor: [*values, *[None] * bottom] for anchor, values in _values(seen.columns).items()}
        else:
            seen = self._patiently(lambda: self._see(top, bottom + ahead))
            now = _values(seen.columns)
        self._seen = seen
        suspects = [
            (anchor, self._sent(anchor, then, guard.top, values))
            for anchor, values in put.items()
            if any(
                not same_value(now[seen][row - top], wanted)
                for row, value in values.items()
                for seen, wanted in [
                    (anchor, value),
                    *((key, then[key][row - guard.top]) for key in self._telling.by(anchor)),
                ]
            )
        ]
        self._repair(stored, suspects, [], seen_whole=guard.whole)
        return bool(suspects)

    def _repair(
        self,
        stored: StoredChunk,
        suspects: list[Suspect],
        kept: list[Suspect],
        *,
        seen_whole: bool = False,
    ) -> None:
        """Look at the sheet whole until no value of ours stands beside another row.

        What is being put back is suspect too, and ``kept``: should this writer die, the next one goes on.
        The sheet is held until all is in its place: who writes meanwhile takes what he finds for hers.
        Raises `CellsProtected` where what is left stands in cells that somebody has protected.
        """
        if not suspects and not kept:
            return
        self._seen = None
        self._hold()
        for tried in range(PATIENCE):
            if tried >= REPAIRS:
                sleep(RESTLESS_SECONDS)
            seen = self._patiently(partial(self.read, 0, None))
            now = _values(seen)
            back: dict[str, dict[int, CellValue]] = {}
            for anchor, sent in suspects + kept:
                back.setdefault(anchor, {}).update(
                    self._strays(anchor, sent, now, suspects, seen_whole=seen_whole)
                )
            protected = self._leave_protected(back, seen)
            rows = sorted({row for values in back.values() for row in values})
            if not rows and protected:
                self.lookout.doubt(stored.chunk)
                self._let_go()
                raise CellsProtected
            if not rows:
                if kept:
                    keep_suspects(self._house.store, self._run, self._telling, stored.chunk, [])
                self._let_go()
                return
            for anchor, values in back.items():
                right = [values.get(row, value) for row, value in enumerate(now[anchor])]
                wrong = {row: now[anchor][row] for row in values}
                sent = self._sent(anchor, {**now, anchor: right}, 0, values)
                keys = self._telling.keys_in(now, anchor)
                kept = [(one, other.without(keys, values) if one == anchor else other) for one, other in kept]
                kept.append((anchor, replace(sent, wrong=wrong)))  # the newest look at a cell counts
            keep_suspects(self._house.store, self._run, self._telling, stored.chunk, kept)
            for first in range(0, len(rows), self._host.rows_per_write):
                part = rows[first : first + self._host.rows_per_write]
                self._patiently(partial(self._put_back, part, back))
        raise HostTrouble(retry_after=RESTLESS_SECONDS)

    def _put_back(self, rows: Sequence[int], back: Put) -> None:
        self._hold()
        with suppress(AnswerUncertain, HostRefused):  # the next look tells
            self._write(rows, back, {})

    def _leave_protected(self, back: dict[str, dict[int, CellValue]], seen: Mapping[str, CellColumn]) -> bool:
        """Leave out what stands in protected cells, where somebody has sorted it to; True if there is any."""
        found = False
        for anchor, values in back.items():
            for row in [row for row in values if Obstacle.PROTECTED in seen[anchor].cell(row).obstacles]:
                del values[row]
                found = True
        return found

    def _patiently(self, call: Callable[[], Answer]) -> Answer:
        """Ask a troubled host again while this writer alone knows what to look for."""
        for _ in range(PATIENCE):
            try:
                return call()
            except HostTrouble as trouble:
                sleep(trouble.retry_after or RESTLESS_SECONDS)
        return call()

    def _strays(
        self,
        anchor: str,
        sent: Sent,
        now: Mapping[str, Sequence[CellValue]],
        suspects: Sequence[Suspect],
        *,
        seen_whole: bool,
    ) -> dict[int, CellValue]:
        if not self._telling.by(anchor):
            return {}  # a row is its only cell: no value can be told to be another row's
        output = next(output for output in self._run.outputs if output.target == anchor)
        known = partial(self.lookout.known, output)
        late = self.late or self._again is not None
        if late:  # others have written since what this writer saw
            before = [(known(key) or (cell,))[0] for key, cell in zip(sent.read, sent.before, strict=True)]
            sent = replace(sent, before=before)
        written = [] if late else [one for at, one in suspects if at == anchor]
        expected = self._expected(output, written, seen_whole=seen_whole and not late)
        keys = self._telling.keys_in(now, anchor)
        if late:  # what was sent again stands, too: nobody can say how much of a late write does
            return strays(sent, keys, now[anchor], known, expected, late=True)
        return strays(sent, keys, now[anchor], known, expected, partial(self.lookout.outside, output))

    def _expected(
        self, output: Output, sent: Sequence[Sent], *, seen_whole: bool
    ) -> Callable[[Key], Sequence[CellValue]]:
        """Return what says what rows that are called the same should hold once these writes are done.

        What they held is what was read right before, if that was the whole sheet; else what is known of them.
        """
        stood: dict[Key, list[CellValue]] = {}
        for one in sent if seen_whole else ():
            for key, cell in zip(one.read, one.before, strict=True):
                stood.setdefault(key, []).append(cell)
        changes: dict[Key, list[tuple[CellValue, CellValue]]] = {}
        for one in sent:
            for at, value in one.put.items():
                for key in {one.read[at], one.written[at]}:
                    changes.setdefault(key, []).append((one.before[at], value))

        def expected(key: Key) -> Sequence[CellValue]:
            held = list(stood.get(key) or self.lookout.all_known(output, key))
            for before, value in changes.get(key, ()):
                at = next((at for at, cell in enumerate(held) if same_value(cell, before)), None)
                if at is not None:
                    held[at] = value
            return held

        return expected

    def _sent(
        self,
        anchor: str,
        then: Mapping[str, Sequence[CellValue]],
        top: int,
        values: Mapping[int, CellValue],
    ) -> Sent:
        """Say what was meant to happen to a column, by what was read before."""
        keys = self._telling.keys_in(then, anchor)
        rows = range(top, top + len(then[anchor]))
        return Sent(keys, keys, rows, then[anchor], {row - top: value for row, value in values.items()})

    def _sent_before(self, stored: StoredChunk, output: Output) -> Sent:
        """Say what an earlier writer meant to do to a column, by our records."""
        without = output.target if output.target in self._telling.keys else None
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

    def read(self, top: int, bottom: int | None) -> dict[str, CellColumn]:
        """Read the columns in play; without a ``bottom``, as far down as one of them holds anything."""
        anchors = [one for one in in_play(self._run, self._telling.witnesses) if one not in self._gone]
        return dict(zip(anchors, self._host.read(self._run.sheet, anchors, top, bottom), strict=True))

    def _see(self, top: int, bottom: int | None) -> Seen:
        columns = self.read(top, bottom)
        return Seen(columns, top, bottom, monotonic())

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


def _put(stored: StoredChunk, guard: Guard, decisions: Decisions) -> Put:
    put: dict[str, dict[int, CellValue]] = {}
    for output in stored.outputs:
        facts = stored.facts[output.name]
        for row, one in decisions.get(output.name, {}).items():
            at = guard.place(output, row).row
            if one.set and at is not None:
                put.setdefault(output.target or "", {})[at] = facts[row].put
    return put

"""Set cells, and see to it that they stand where they belong (DESIGN §4.5).

A host that compares sets a row only where it still holds what we saw. One that cannot is told positions: what
it did is read again, values of ours beside another row are put back, and what is lacking is sent once more.
A key column is set alone there: all others tell then whose row it is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import same_value
from addon_backend.domain.errors import AnswerUncertain, SheetUnknown
from addon_backend.domain.runs import Operation
from addon_backend.services.runs.writing.held import HeldSheet
from addon_backend.services.runs.writing.lookout import Lookout
from addon_backend.services.runs.writing.repairing import Repairer
from addon_backend.services.runs.writing.seen import values_of
from addon_backend.services.runs.writing.sight import LOOKED_AT
from addon_backend.services.runs.writing.telling import Telling
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import TypeAlias

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Claim, Output, Run
    from addon_backend.engine.plan.protection import Decision
    from addon_backend.ports.sheet_host import CellColumn, SheetHost
    from addon_backend.services.house import House
    from addon_backend.services.runs.writing.guard import Guard, StoredChunk
    from addon_backend.services.runs.writing.lookout import Put
    from addon_backend.services.runs.writing.rows import RunRows
    from addon_backend.services.runs.writing.seen import Seen

    Decisions: TypeAlias = Mapping[str, Mapping[int, Decision]]


class Sender:
    """Sets cells of one run's rows, for a writer that holds the sheet."""

    def __init__(
        self, house: House, host: SheetHost, claim: Claim, run: Run, rows: RunRows, *, late: bool = False
    ) -> None:
        """Find out by which columns rows are told where one of them is written to.

        ``late`` is who looks only after everything was written.
        """
        self._host = host
        self._seen: Seen | None = None
        self._telling = Telling(run, host)
        self._sheet = HeldSheet(house, host, claim, run, rows, self._telling)
        self.lookout = Lookout(house.store, run, rows, self._telling)
        self._repairer = Repairer(house.store, run, self._sheet, self._telling, self.lookout, late=late)

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
        self._sheet.renew()
        refused: frozenset[int] = frozenset()
        try:
            refused = self._sheet.write(rows, put, expect)
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
        gone = self._sheet.find_gone()
        self._telling.forget(gone)
        left = {one: values for one, values in put.items() if one not in gone}
        if left and not self._telling.keys:
            self._differs(stored, guard, left)

    def look_again(self, stored: StoredChunk) -> None:
        """Put back what an earlier writer of this chunk, who never told, has set beside other rows."""
        if self._repairer.look_again(stored):
            self._seen = None

    def read(self, top: int, bottom: int | None) -> Mapping[str, CellColumn]:
        """Read the columns in play; without a ``bottom``, as far down as one of them holds anything."""
        return self._sheet.read(top, bottom)

    def _differs(self, stored: StoredChunk, guard: Guard, put: Put, ahead: int = 0) -> bool:
        """Read what was written, and put back what stands beside other rows; True if all is not as sent."""
        then = guard.values
        rows = [row for values in put.values() for row in values]
        top, bottom = min(rows), max(rows) + 1
        now: Mapping[str, Sequence[CellValue]]
        if guard.whole and guard.bottom <= LOOKED_AT:  # the next guard read would see all again
            top = 0
            seen = self._sheet.see(0, None)
            now = {anchor: [*values, *[None] * bottom] for anchor, values in values_of(seen.columns).items()}
        else:
            seen = self._sheet.see(top, bottom + ahead)
            now = values_of(seen.columns)
        suspects = [
            (anchor, self._repairer.sent(anchor, then, guard.top, values))
            for anchor, values in put.items()
            if any(
                not same_value(now[told][row - top], wanted)
                for row, value in values.items()
                for told, wanted in [
                    (anchor, value),
                    *((key, then[key][row - guard.top]) for key in self._telling.by(anchor)),
                ]
            )
        ]
        self._seen = None if suspects else seen
        self._repairer.repair(stored, suspects, [], seen_whole=guard.whole)
        return bool(suspects)


def _put(stored: StoredChunk, guard: Guard, decisions: Decisions) -> Put:
    put: dict[str, dict[int, CellValue]] = {}
    for output in stored.outputs:
        facts = stored.facts[output.name]
        for row, one in decisions.get(output.name, {}).items():
            at = guard.place(output, row).row
            if one.set and at is not None:
                put.setdefault(output.target or "", {})[at] = facts[row].put
    return put

"""The sheet in its writer's hand: what is read and written there, and the lease by which it is held."""

from __future__ import annotations

from contextlib import suppress
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from addon_backend.domain.errors import HostTrouble, Lost
from addon_backend.ports.sheet_host import Leave, WriteBatch
from addon_backend.services.runs.writing.guard import in_play
from addon_backend.services.runs.writing.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Claim, Run
    from addon_backend.ports.sheet_host import CellColumn, SheetHost
    from addon_backend.services.house import House
    from addon_backend.services.runs.writing.lookout import Put
    from addon_backend.services.runs.writing.rows import RunRows
    from addon_backend.services.runs.writing.telling import Telling

Answer = TypeVar("Answer")

RESTLESS_SECONDS = 1.0
"""How long a sheet is left alone whose rows do not stand still long enough to be set right."""
PATIENCE = 30
"""How often a writer tries to set right what it did, or asks for a sheet that it lost, before it gives up."""


class HeldSheet:
    """The columns in play of one run's sheet, for a writer that holds it."""

    def __init__(
        self, house: House, host: SheetHost, claim: Claim, run: Run, rows: RunRows, telling: Telling
    ) -> None:
        """Take who holds it; ``telling`` may read further columns."""
        self._house, self._host, self._claim, self._run = house, host, claim, run
        self._rows, self._telling = rows, telling
        self._again: Claim | None = None
        self._gone: frozenset[str] = frozenset()

    @property
    def was_lost(self) -> bool:
        """Say whether others may have written since this writer first held it."""
        return self._again is not None

    @property
    def rows_per_write(self) -> int:
        """Return how many rows one write may carry."""
        return self._host.rows_per_write

    def find_gone(self) -> frozenset[str]:
        """Look which columns were deleted, and read these no more."""
        anchors = in_play(self._run, self._telling.witnesses)
        places = self.patiently(lambda: self._host.locate(self._run.sheet, anchors))
        self._gone = frozenset(anchor for anchor, at in zip(anchors, places, strict=True) if at is None)
        return self._gone

    def read(self, top: int, bottom: int | None) -> dict[str, CellColumn]:
        """Read the columns in play; without a ``bottom``, as far down as one of them holds anything."""
        anchors = [one for one in in_play(self._run, self._telling.witnesses) if one not in self._gone]
        return dict(zip(anchors, self._host.read(self._run.sheet, anchors, top, bottom), strict=True))

    def see(self, top: int, bottom: int | None) -> Seen:
        """Read them, however troubled the host is, and remember when."""
        columns = self.patiently(lambda: self.read(top, bottom))
        return Seen(columns, top, bottom, monotonic())

    def write(
        self, rows: Sequence[int], put: Put, expect: Mapping[str, Sequence[CellValue]]
    ) -> frozenset[int]:
        """Set cells; return the rows that a comparing host has refused."""
        columns = {
            anchor: [values.get(row, Leave.ALONE) for row in rows] for anchor, values in put.items() if values
        }
        return self._host.write(self._run.sheet, WriteBatch(rows, expect, columns))

    def patiently(self, call: Callable[[], Answer]) -> Answer:
        """Ask a troubled host again while this writer alone knows what to look for."""
        for _ in range(PATIENCE):
            try:
                return call()
            except HostTrouble as trouble:
                sleep(trouble.retry_after or RESTLESS_SECONDS)
        return call()

    def rest(self) -> None:
        """Leave a sheet alone for a moment whose rows do not stand still."""
        sleep(RESTLESS_SECONDS)

    def trouble(self) -> HostTrouble:
        """Return what says that its rows never stood still."""
        return HostTrouble(retry_after=RESTLESS_SECONDS)

    def renew(self) -> None:
        """Hold it for longer. Raises `Lost` where somebody else holds it."""
        with self._house.store.unit() as unit:
            unit.work.renew(self._claim)
            unit.commit()

    def hold(self) -> None:
        """Hold it; a writer that woke too late waits for it, to clean up what it did.

        Raises `Lost` where others hold it for too long.
        """
        for _ in range(PATIENCE):
            with suppress(Lost):
                self.renew()
                return
            with self._house.store.unit() as unit:
                again = unit.work.hold_sheet(self._claim)
                unit.commit()
            if again is None:
                self.rest()
            else:
                self._claim = self._again = again
                self._rows.forget()
        raise Lost

    def let_go(self) -> None:
        """Give it back, where it was lost and taken again."""
        if self._again is not None:
            with self._house.store.unit() as unit:
                unit.work.hand_back(self._again)
                unit.commit()

"""The same person at the hostile host: nothing is compared there, and everything may happen in between."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from addon_backend.domain.cells import EMPTY
from addon_backend.domain.sheet import SheetRef
from tests.contract.desks import Draft
from tests.fakes.hostile.desk import HostileDesk
from tests.fakes.hostile.sheets import Row, Sheet
from tests.unit.services.desk import CountingSource, Desk


class DeskAtHostileHost(Desk):
    """`Desk` over a sheet in memory; ``host`` takes the troubles that are to come."""

    host_name = "hostile"

    def __init__(self, folder: Path, rows: list[list[str]], source: CountingSource | None = None) -> None:
        self.sheets = HostileDesk()
        self.host = self.sheets.host
        super().__init__(folder, rows, source)
        self.house = replace(self.house, host=lambda *_whose: self.host)

    def open(self, rows: list[list[str]]) -> str:
        (ref,) = self.sheets.lay_out(Draft([[cell or None for cell in row] for row in rows]))
        return ref.document

    @property
    def sheet(self) -> Sheet:
        return self.sheets.documents.sheets(self.document)[0]

    @property
    def ref(self) -> SheetRef:
        return SheetRef("hostile", self.document, self.sheet.id)

    @property
    def windows(self):
        """What happens inside the next writes."""
        return self.host.windows

    @property
    def faults(self):
        """What goes wrong with the next calls."""
        return self.host.faults

    @property
    def cells_sent(self) -> int:
        """How many cells were set."""
        return self.host.cells_sent

    def move_column(self, at: int, to: int) -> None:
        self.sheet.move_column(at, to)

    def insert_column(self, at: int) -> None:
        self.sheet.new_column(at)

    def delete_column(self, at: int) -> None:
        self.sheet.delete_column(at)

    def table(self) -> list[list[object]]:
        columns = self.sheet.columns
        return [[row.cells.get(column, EMPTY).value for column in columns] for row in self.sheet.rows]

    def type_in(self, row: int, header: str, value) -> None:
        self.sheet.rows[row].set(self.sheet.columns[self.table()[0].index(header)], value)

    def reorder(self, order) -> None:
        self.sheet.sort([0, *order(range(1, len(self.sheet.rows)))])

    def insert(self, at: int) -> None:
        self.sheet.rows.insert(at, Row())

    def delete(self, row: int) -> None:
        del self.sheet.rows[row]

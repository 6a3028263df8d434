"""The desk of the hostile host: a person at a sheet in memory, columns and all."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

from addon_backend.domain.cells import EMPTY, Cell, CellValue, Obstacle
from addon_backend.domain.sheet import SheetRef
from tests.contract.desks import Draft
from tests.fakes.hostile.host import HostileHost
from tests.fakes.hostile.sheets import Documents, Row, Sheet


class HostileDesk:
    """Implements `Desk`."""

    tells = frozenset(Obstacle) - {Obstacle.HIDDEN}
    columns_move = True

    def __init__(self) -> None:
        self.documents = Documents()
        self.host = HostileHost(self.documents)
        self._numbers = itertools.count(1)

    def lay_out(self, *drafts: Draft) -> tuple[SheetRef, ...]:
        document = f"document-{next(self._numbers)}"
        sheets = [_sheet(f"{document}-{number}", draft) for number, draft in enumerate(drafts, 1)]
        self.documents.add(document, "Leads", sheets)
        return tuple(SheetRef("hostile", document, sheet.id) for sheet in sheets)

    def look(self, ref: SheetRef, row: int, column: int) -> CellValue:
        sheet = self._sheet(ref)
        if row >= len(sheet.rows) or column >= len(sheet.columns):
            return None
        return sheet.rows[row].cells.get(sheet.columns[column], EMPTY).value

    def type_in(self, ref: SheetRef, row: int, column: int, value: CellValue) -> None:
        sheet = self._sheet(ref)
        sheet.rows[row].set(sheet.columns[column], value)

    def sort(self, ref: SheetRef, order: Sequence[int]) -> None:
        self._sheet(ref).sort(order)

    def insert_row(self, ref: SheetRef, at: int) -> None:
        self._sheet(ref).rows.insert(at, Row())

    def delete_row(self, ref: SheetRef, at: int) -> None:
        del self._sheet(ref).rows[at]

    def insert_column(self, ref: SheetRef, at: int) -> None:
        self._sheet(ref).new_column(at)

    def move_column(self, ref: SheetRef, at: int, to: int) -> None:
        self._sheet(ref).move_column(at, to)

    def delete_column(self, ref: SheetRef, at: int) -> None:
        self._sheet(ref).delete_column(at)

    def gone_anchor(self, ref: SheetRef) -> str:
        sheet = self._sheet(ref)
        column = sheet.new_column(0)
        sheet.delete_column(0)
        return column

    def _sheet(self, ref: SheetRef) -> Sheet:
        return self.documents.sheet(ref.document, ref.sheet)


def _sheet(name: str, draft: Draft) -> Sheet:
    places = [(row, at) for row, cells in enumerate(draft.grid) for at in range(len(cells))]
    places += draft.strays
    width = max((at + 1 for _, at in places), default=0)
    sheet = Sheet(name, draft.title, [], [])
    for at in range(width):
        sheet.new_column(at)
    sheet.rows = [Row(hidden=row in draft.hidden) for row in range(max(row for row, _ in places) + 1)]
    for row, at in places:
        cell = _cell(draft, row, at)
        if cell != EMPTY:
            sheet.rows[row].cells[sheet.columns[at]] = cell
    return sheet


def _cell(draft: Draft, row: int, at: int) -> Cell:
    place = (row, at)
    value = draft.strays[place] if place in draft.strays else draft.grid[row][at]
    cell = Cell(value, draft.formulas.get(place), draft.formats.get(place))
    obstacles = {draft.obstacles[place]} if place in draft.obstacles else set()
    return replace(cell, obstacles=frozenset(obstacles | ({Obstacle.FORMULA} if cell.formula else set())))

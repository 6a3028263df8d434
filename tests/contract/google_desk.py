"""The desk of Google Sheets: a person at a sheet of the emulator, where she is not the owner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue, Obstacle
from addon_backend.domain.sheet import SheetRef
from addon_backend.google.client import SheetsClient
from addon_backend.google.host import GoogleSheets
from tests.contract.desks import Draft
from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.cells import Cell, Failure, Value
from tests.fakes.google_sheets.model import Document, Grant, empty_sheet
from tests.fakes.google_sheets.person import Person
from tests.fakes.google_sheets.server import FakeGoogleSheets

TOKEN = "a-token"
USER = "ada@example.com"
DAY = {"type": "DATE", "pattern": "yyyy-mm-dd"}
DROPDOWN = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "FR"}]}}
_KINDS = {"#N/A": "N_A", "#REF!": "REF", "#VALUE!": "VALUE"}


class GoogleDesk:
    """Implements `Desk` and `Obstructing`. A sheet has 50 rows of 26 columns, or more if it holds more."""

    tells = frozenset(Obstacle)
    columns_move = True

    def __init__(self, google: FakeGoogleSheets) -> None:
        self.google = google
        google.tokens[TOKEN] = Grant(USER)
        self.host = GoogleSheets(SheetsClient(lambda: TOKEN, base_url=google.url))

    def lay_out(self, *drafts: Draft) -> tuple[SheetRef, ...]:
        sheets = [
            empty_sheet(number, draft.title, rows=max(50, len(draft.grid)))
            for number, draft in enumerate(drafts)
        ]
        document = self.google.documents.create("Leads", "owner@example.com", *sheets)
        document.editors.add(USER)
        refs = tuple(SheetRef("google", document.id, str(sheet.id)) for sheet in sheets)
        for ref, draft in zip(refs, drafts, strict=True):
            self._fill(ref, draft)
        return refs

    def _fill(self, ref: SheetRef, draft: Draft) -> None:
        for row, cells in enumerate(draft.grid):
            for column, value in enumerate(cells):
                self.type_in(ref, row, column, value)
        for (row, column), value in draft.strays.items():
            self.type_in(ref, row, column, value)
        person = self._at(ref)
        for (row, column), formula in draft.formulas.items():
            person.type_formula(row, column, formula, person.look(row, column).value)
        for (row, column), pattern in draft.formats.items():
            shown = person.look(row, column).formatted({"type": "NUMBER", "pattern": pattern})
            person.sheet.put(row, column, shown)
        for (row, column), obstacle in draft.obstacles.items():
            self.obstruct(ref, row, column, obstacle)
        person.hide_rows(draft.hidden)

    def look(self, ref: SheetRef, row: int, column: int) -> CellValue:
        return _value(self._at(ref).look(row, column))

    def type_in(self, ref: SheetRef, row: int, column: int, value: CellValue) -> None:
        match value:
            case DateValue():
                self._at(ref).type_in(row, column, value.serial, DAY)
            case ErrorValue():
                self._at(ref).break_formula(row, column, _KINDS.get(value.code, "ERROR"), value.code)
            case _:
                self._at(ref).type_in(row, column, value)

    def sort(self, ref: SheetRef, order: Sequence[int]) -> None:
        self._at(ref).sort(order)

    def insert_row(self, ref: SheetRef, at: int) -> None:
        self._at(ref).insert_row(at)

    def delete_row(self, ref: SheetRef, at: int) -> None:
        self._at(ref).delete_row(at)

    def insert_column(self, ref: SheetRef, at: int) -> None:
        self._at(ref).insert_column(at)

    def move_column(self, ref: SheetRef, at: int, to: int) -> None:
        self._at(ref).move_column(at, to)

    def delete_column(self, ref: SheetRef, at: int) -> None:
        self._at(ref).delete_column(at)

    def obstruct(self, ref: SheetRef, row: int, column: int, obstacle: Obstacle) -> None:
        """Let an obstacle come over a cell that keeps its value; over the whole row for a hidden one."""
        person, cell = self._at(ref), Area(row, row + 1, column, column + 1)
        there = person.look(row, column)
        match obstacle:
            case Obstacle.HIDDEN:
                person.hide_rows([row], by_filter=True)
            case Obstacle.FORMULA:
                person.type_formula(row, column, "=A1", there.value)
            case Obstacle.SPILL:
                person.sheet.put(row, column, replace(there, value=there.value or "", spilled=True))
            case Obstacle.MERGED:
                person.merge(replace(cell, right=column + 2))
            case Obstacle.VALIDATED:
                person.validate(cell, DROPDOWN)
            case Obstacle.PROTECTED:
                person.protect(cell)

    def gone_anchor(self, ref: SheetRef) -> str:
        self._at(ref).insert_column(0)
        (anchor,) = self.host.anchors(ref, [0])
        self._at(ref).delete_column(0)
        return anchor

    def document(self, ref: SheetRef) -> Document:
        """Return the document as the emulator keeps it."""
        return self.google.documents[ref.document]

    def _at(self, ref: SheetRef) -> Person:
        return self.document(ref).at(int(ref.sheet))


def _value(cell: Cell) -> CellValue:
    value: Value = cell.value
    if isinstance(value, Failure):
        return ErrorValue(value.text)
    if cell.is_date and isinstance(value, int | float):
        return DateValue(float(value))
    return None if value == "" else value

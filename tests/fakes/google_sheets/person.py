"""What a person does at a sheet with mouse and keyboard. Tests play her; nothing here is asked of the API."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.cells import Cell, Failure, Value
from tests.fakes.google_sheets.errors import Message
from tests.fakes.google_sheets.sheets import Protection, Row, Sheet

if TYPE_CHECKING:
    from tests.fakes.google_sheets.model import Document


class Person:
    """Somebody at one sheet. Each method is one act, whole, between two calls of the API."""

    def __init__(self, document: Document, sheet: Sheet) -> None:
        self.document = document
        self.sheet = sheet

    def look(self, row: int, column: int) -> Cell:
        """Return a cell; an empty one outside the grid."""
        with self.document.lock:
            return self.sheet.cell(row, column)

    def type_in(self, row: int, column: int, value: Value, number_format: Message | None = None) -> None:
        """Enter a value of this very type (text stays text); formats and validation stay unless told."""
        with self.document.lock:
            cell = self.sheet.cell(row, column).entered(value)
            self.sheet.put(row, column, cell if number_format is None else cell.formatted(number_format))

    def type_formula(self, row: int, column: int, formula: str, shown: Value) -> None:
        """Enter a formula, and say what it shows."""
        with self.document.lock:
            self.sheet.put(row, column, self.sheet.cell(row, column).entered(shown, formula))

    def spill(self, row: int, column: int, formula: str, shown: Sequence[Sequence[Value]]) -> None:
        """Enter an array formula, and say what it and the cells that it fills show."""
        with self.document.lock:
            for down, values in enumerate(shown):
                for right, value in enumerate(values):
                    cell = self.sheet.cell(row + down, column + right).entered(value)
                    self.sheet.put(row + down, column + right, replace(cell, spilled=True))
            cell = self.sheet.cell(row, column)
            self.sheet.put(row, column, cell.entered(cell.value, formula))

    def break_formula(self, row: int, column: int, kind: str = "REF", text: str = "#REF!") -> None:
        """Let a formula fail."""
        with self.document.lock:
            cell = self.sheet.cell(row, column)
            self.sheet.put(row, column, cell.entered(Failure(kind, text), cell.formula or "=A0"))

    def sort(self, order: Sequence[int]) -> None:
        """Sort whole rows from the top: the cells that stood at row ``order[n]`` come to stand at row n."""
        with self.document.lock:
            self.sheet.sort(order, Area(0, len(order), 0, None))

    def insert_row(self, at: int) -> None:
        """Insert an empty row."""
        with self.document.lock:
            self.sheet.insert("ROWS", at, 1)

    def delete_row(self, at: int) -> None:
        """Delete a row."""
        with self.document.lock:
            self.sheet.delete("ROWS", at, 1)

    def duplicate(self, at: int) -> None:
        """Insert a copy of a row below it; metadata is not copied."""
        with self.document.lock:
            cells = dict(self.sheet.rows[at].cells)
            self.sheet.insert("ROWS", at + 1, 1)
            self.sheet.rows[at + 1] = Row(cells=cells)

    def insert_column(self, at: int) -> None:
        """Insert an empty column."""
        with self.document.lock:
            self.sheet.insert("COLUMNS", at, 1)

    def move_column(self, at: int, to: int) -> None:
        """Drag a column so that it comes to stand at ``to``."""
        with self.document.lock:
            order = list(range(len(self.sheet.columns)))
            order.insert(to, order.pop(at))
            self.sheet.reorder("COLUMNS", order)

    def delete_column(self, at: int) -> None:
        """Delete a column."""
        with self.document.lock:
            self.sheet.delete("COLUMNS", at, 1)

    def hide_rows(self, rows: Iterable[int], *, by_filter: bool = False) -> None:
        """Hide rows by hand, or as a filter does."""
        with self.document.lock:
            for at in rows:
                row = self.sheet.rows[at]
                traits = row.traits
                row.traits = replace(
                    traits,
                    hidden_by_filter=traits.hidden_by_filter or by_filter,
                    hidden_by_user=traits.hidden_by_user or not by_filter,
                )

    def rename(self, title: str) -> None:
        """Rename the sheet."""
        with self.document.lock:
            self.sheet.title = title

    def merge(self, area: Area) -> None:
        """Merge cells; only the top left one keeps its value."""
        with self.document.lock:
            for row, column in self.sheet.each(area):
                if (row, column) != (area.top, area.left):
                    self.sheet.put(row, column, self.sheet.cell(row, column).entered(None))
            self.sheet.merges.append(area)

    def protect(
        self,
        area: Area,
        *,
        editors: Iterable[str] = (),
        warning_only: bool = False,
        unprotected: Iterable[Area] = (),
    ) -> None:
        """Protect an area from everybody but the owner and these editors."""
        with self.document.lock:
            one = Protection(self.document.new_id(), area, warning_only)
            one.editors, one.unprotected = frozenset(editors), tuple(unprotected)
            self.sheet.protections.append(one)

    def validate(self, area: Area, rule: Message) -> None:
        """Set a data validation rule on cells."""
        with self.document.lock:
            for row, column in self.sheet.each(area):
                self.sheet.put(row, column, replace(self.sheet.cell(row, column), validation=rule))

    def delete_sheet(self) -> None:
        """Delete the sheet."""
        with self.document.lock:
            self.document.sheets.remove(self.sheet)

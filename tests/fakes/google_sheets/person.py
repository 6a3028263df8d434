"""What a person does at a sheet with mouse and keyboard. Tests play her; nothing here is asked of the API."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
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

    @contextmanager
    def _act(self) -> Iterator[None]:
        with self.document.lock:
            yield
            self.document.touch()

    def look(self, row: int, column: int) -> Cell:
        """Return a cell; an empty one outside the grid."""
        with self.document.lock:
            return self.sheet.cell(row, column)

    def type_in(self, row: int, column: int, value: Value, number_format: Message | None = None) -> None:
        """Enter a value of this very type (text stays text); formats and validation stay unless told."""
        with self._act():
            cell = self.sheet.cell(row, column).entered(value)
            self.sheet.enter(row, column, cell if number_format is None else cell.formatted(number_format))

    def lay(self, row: int, column: int, cell: Cell) -> None:
        """Lay out a cell as it is, whatever it is: for the start of a test."""
        with self._act():
            self.sheet.put(row, column, cell)

    def fill(self, grid: Sequence[Sequence[Value]], top: int = 0, left: int = 0) -> None:
        """Enter a block of values."""
        with self._act():
            for down, values in enumerate(grid):
                for right, value in enumerate(values):
                    cell = self.sheet.cell(top + down, left + right)
                    self.sheet.put(top + down, left + right, cell.entered(value))

    def type_formula(self, row: int, column: int, formula: str, shown: Value) -> None:
        """Enter a formula, and say what it shows."""
        with self._act():
            self.sheet.put(row, column, self.sheet.cell(row, column).entered(shown, formula))

    def spill(self, row: int, column: int, formula: str, shown: Sequence[Sequence[Value]]) -> None:
        """Enter an array formula, and say what it and the cells that it fills show."""
        with self._act():
            for down, values in enumerate(shown):
                for right, value in enumerate(values):
                    cell = self.sheet.cell(row + down, column + right).entered(value)
                    self.sheet.put(row + down, column + right, replace(cell, spilled=True))
            cell = self.sheet.cell(row, column)
            self.sheet.put(row, column, cell.entered(cell.value, formula))
            width = max(map(len, shown))
            self.sheet.spills.append(Area(row, row + len(shown), column, column + width))

    def break_formula(self, row: int, column: int, kind: str = "REF", text: str = "#REF!") -> None:
        """Let a formula fail."""
        with self._act():
            cell = self.sheet.cell(row, column)
            self.sheet.put(row, column, cell.entered(Failure(kind, text), cell.formula or "=A0"))

    def sort(self, order: Sequence[int]) -> None:
        """Sort whole rows from the top: the cells that stood at row ``order[n]`` come to stand at row n."""
        with self._act():
            self.sheet.sort(order, Area(0, len(order), 0, None))

    def insert_row(self, at: int) -> None:
        """Insert an empty row."""
        with self._act():
            self.sheet.insert("ROWS", at, 1)

    def delete_row(self, at: int) -> None:
        """Delete a row."""
        with self._act():
            self.sheet.delete("ROWS", at, 1)

    def duplicate(self, at: int) -> None:
        """Insert a copy of a row below it; metadata is not copied."""
        with self._act():
            cells = dict(self.sheet.rows[at].cells)
            self.sheet.insert("ROWS", at + 1, 1)
            self.sheet.rows[at + 1] = Row(cells=cells)

    def insert_column(self, at: int) -> None:
        """Insert an empty column."""
        with self._act():
            self.sheet.insert("COLUMNS", at, 1)

    def move_column(self, at: int, to: int) -> None:
        """Drag a column so that it comes to stand at ``to``."""
        with self._act():
            order = list(range(len(self.sheet.columns)))
            order.insert(to, order.pop(at))
            self.sheet.reorder("COLUMNS", order)

    def delete_column(self, at: int) -> None:
        """Delete a column."""
        with self._act():
            self.sheet.delete("COLUMNS", at, 1)

    def hide_rows(self, rows: Iterable[int], *, by_filter: bool = False) -> None:
        """Hide rows by hand, or as a filter does."""
        with self._act():
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
        with self._act():
            self.sheet.title = title

    def merge(self, area: Area) -> None:
        """Merge cells; only the top left one keeps its value."""
        with self._act():
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
        with self._act():
            one = Protection(self.document.new_id(), area, warning_only)
            one.editors, one.unprotected = frozenset(editors), tuple(unprotected)
            self.sheet.protections.append(one)

    def validate(self, area: Area, rule: Message) -> None:
        """Set a data validation rule on cells."""
        with self._act():
            for row, column in self.sheet.each(area):
                self.sheet.put(row, column, replace(self.sheet.cell(row, column), validation=rule))

    def delete_sheet(self) -> None:
        """Delete the sheet."""
        with self._act():
            self.document.sheets.remove(self.sheet)

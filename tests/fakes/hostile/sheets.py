"""Sheets in memory, and what a person does to them: the truth behind the hostile host."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from addon_backend.domain.cells import EMPTY, Cell, CellValue, Obstacle
from addon_backend.domain.errors import FileUnknown, SheetUnknown


@dataclass
class Row:
    """One row: cells by column id."""

    cells: dict[str, Cell] = field(default_factory=dict)
    hidden: bool = False

    def set(self, column: str, value: CellValue) -> None:
        """Put a value into a cell; its formula is gone then, its format stays."""
        before = self.cells.get(column, EMPTY)
        kept = before.obstacles - {Obstacle.FORMULA}
        after = replace(before, value=None if value == "" else value, formula=None, obstacles=kept)
        if after == EMPTY:
            self.cells.pop(column, None)
        else:
            self.cells[column] = after


@dataclass
class Sheet:
    """One sheet: columns in their order, rows in theirs. ``made`` are columns of ours, by key."""

    id: str
    title: str
    columns: list[str]
    rows: list[Row]
    made: dict[str, str] = field(default_factory=dict)
    ids: Iterable[int] = field(default_factory=itertools.count)

    def new_column(self, at: int) -> str:
        """Insert an empty column, and return its id."""
        column = f"{self.id}.c{next(iter(self.ids))}"
        self.columns.insert(at, column)
        return column

    def delete_column(self, at: int) -> None:
        """Delete a column with all it holds."""
        column = self.columns.pop(at)
        for row in self.rows:
            row.cells.pop(column, None)

    def move_column(self, at: int, to: int) -> None:
        """Drag a column so that it stands at ``to``."""
        self.columns.insert(to, self.columns.pop(at))

    def sort(self, order: Sequence[int]) -> None:
        """The row that stood at ``order[n]`` comes to stand at n."""
        self.rows = [self.rows[at] for at in order]

    def duplicate(self, at: int) -> None:
        """Insert a copy of a row below it."""
        self.rows.insert(at + 1, Row(dict(self.rows[at].cells)))

    def used(self) -> tuple[int, int]:
        """Return how many rows and columns are in use."""
        return len(self.rows), len(self.columns)


class Documents:
    """Documents by id, each with its sheets."""

    def __init__(self) -> None:
        self._sheets: dict[str, dict[str, Sheet]] = {}
        self.titles: dict[str, str] = {}

    def add(self, document: str, title: str, sheets: Iterable[Sheet]) -> None:
        """Keep a document."""
        self._sheets[document] = {sheet.id: sheet for sheet in sheets}
        self.titles[document] = title

    def sheets(self, document: str) -> list[Sheet]:
        """Return a document's sheets. Raises `FileUnknown`."""
        if document not in self._sheets:
            raise FileUnknown
        return list(self._sheets[document].values())

    def sheet(self, document: str, sheet: str) -> Sheet:
        """Return one sheet. Raises `FileUnknown` or `SheetUnknown`."""
        for one in self.sheets(document):
            if one.id == sheet:
                return one
        raise SheetUnknown

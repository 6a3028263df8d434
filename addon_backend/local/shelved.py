"""An opened file's sheets as `Documents` keeps them: columns and rows with ids, cells and their obstacles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from addon_backend.domain.cells import EMPTY, Cell, Obstacle
from addon_backend.domain.sheet import GridRange
from addon_backend.local.opened import OpenedSheet
from addon_backend.ports.documents import MOST_COLUMNS, StoredColumn, StoredRow, StoredSheet

_UNGUARDED: frozenset[Obstacle] = frozenset()


def stored_sheet(document: str, number: int, sheet: OpenedSheet) -> StoredSheet:
    """Return the sheet without its rows; ``number`` is its place in the file, from 0."""
    name = f"s{number}"
    return StoredSheet(
        document=document,
        id=name,
        title=sheet.name,
        rows=sheet.row_count,
        columns=tuple(StoredColumn(f"{name}c{index}", index) for index in range(_width(sheet))),
        revision=0,
        protected=sheet.protected,
    )


def stored_rows(stored: StoredSheet, sheet: OpenedSheet) -> Iterator[StoredRow]:
    """Yield the sheet's rows one by one. Nobody sees the rows of a hidden sheet: they are hidden rows."""
    for row, guarded in enumerate(_guarded(sheet)):
        cells: dict[str, Cell] = {}
        for column in stored.columns:
            cell = _cell(sheet, row, column.index, guarded.get(column.index, _UNGUARDED))
            if cell != EMPTY:
                cells[column.id] = cell
        yield StoredRow(row, row, 0, sheet.hidden or row in sheet.hidden_rows, cells)


def _width(sheet: OpenedSheet) -> int:
    """How many columns are in use. What is written beside a list must not land inside a merged cell.

    A merge across the whole sheet is a banner that leaves no room beside it, and does not count.
    """
    edges = (merge.right or MOST_COLUMNS for merge in sheet.merged if merge.top < sheet.row_count)
    return max((sheet.column_count, *(edge for edge in edges if edge < MOST_COLUMNS)))


def _cell(sheet: OpenedSheet, row: int, column: int, obstacles: frozenset[Obstacle]) -> Cell:
    at = (row, column)
    formula = sheet.formulas.get(at)
    if formula is not None:
        obstacles |= {Obstacle.FORMULA}
    if at in sheet.spills:
        obstacles |= {Obstacle.SPILL}
    if sheet.is_locked(row, column):
        obstacles |= {Obstacle.PROTECTED}
    if column in sheet.hidden_columns:
        obstacles |= {Obstacle.HIDDEN}
    styled = row < len(sheet.formats.rows) and column in sheet.formats.rows[row]
    number_format = sheet.number_formats.get(at) if styled else None  # most cells of most lists have none
    return Cell(sheet.value(row, column), formula, number_format, obstacles)


def _guarded(sheet: OpenedSheet) -> Iterator[Mapping[int, frozenset[Obstacle]]]:
    """Yield, row by row, which columns lie in a range that guards its cells.

    One pass over the rows with the ranges that are open there: a list with a merge in every row stays linear.
    """
    kinds = (
        (Obstacle.MERGED, sheet.merged),
        (Obstacle.VALIDATED, sheet.validated),
        (Obstacle.PROTECTED, sheet.table_headers),  # a table whose header changed is a damaged workbook
    )
    starting: dict[int, list[tuple[Obstacle, GridRange]]] = defaultdict(list)
    width = _width(sheet)
    for obstacle, ranges in kinds:
        for guarded in ranges:
            area = guarded.clip(sheet.row_count, width)
            if not area.empty:
                starting[area.top].append((obstacle, area))
    active: list[tuple[Obstacle, GridRange]] = []
    for row in range(sheet.row_count):
        active = [(obstacle, area) for obstacle, area in active if row < (area.bottom or 0)]
        active += starting.get(row, ())
        here: dict[int, frozenset[Obstacle]] = {}
        for obstacle, area in active:
            for column in range(area.left, area.right or 0):
                here[column] = here.get(column, _UNGUARDED) | {obstacle}
        yield here

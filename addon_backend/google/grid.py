"""What Google's grid data tell of cells (``spreadsheets.getByDataFilter``). Pure.

Of a message that is there, but has none of the fields that were asked for, Google answers ``{}``; of one that
is not there, nothing. So it can be asked which cells hold anything without asking what they hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.domain.cells import Cell, DateValue, ErrorValue, Obstacle
from addon_backend.domain.sheet import spans
from addon_backend.ports.sheet_host import CellColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from addon_backend.domain.cells import CellValue

    Json: TypeAlias = Mapping[str, Any]

_PROTECTED = "protectedRanges(range,unprotectedRanges,warningOnly,requestingUserCanEdit)"
_HIDDEN = "rowMetadata(hiddenByFilter,hiddenByUser)"
SHEETS = (
    f"properties(title),sheets(properties,{_PROTECTED},data(startRow,startColumn,{_HIDDEN},"
    "rowData(values(effectiveValue(boolValue)))))"
)
"""A sheet's size, without a value but TRUE and FALSE."""
CELLS = (
    f"sheets(properties(sheetId),merges,{_PROTECTED},data(startRow,startColumn,{_HIDDEN},"
    "columnMetadata(developerMetadata(metadataId,metadataKey)),"
    "rowData(values(userEnteredValue(formulaValue),effectiveValue,effectiveFormat(numberFormat),"
    "dataValidation(condition(type))))))"
)
"""Cells with all that stands in the way of writing to them."""
SIZE = "sheets(properties)"
"""How large a sheet's grid is, and nothing of what it holds."""

_DATES = frozenset({"DATE", "TIME", "DATE_TIME"})
_ERRORS = {
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "ERROR": "#ERROR!",
    "LOADING": "Loading...",
    "N_A": "#N/A",
    "NAME": "#NAME?",
    "NULL_VALUE": "#NULL!",
    "NUM": "#NUM!",
    "REF": "#REF!",
    "VALUE": "#VALUE!",
}


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet of an answer."""

    sheet: Json

    def used(self) -> tuple[int, int]:
        """Return how many rows and columns the used area has."""
        places = [(row, column) for row, column, cell in self._cells() if _holds(cell)]
        rows = max((row for row, _ in places), default=-1) + 1
        return rows, max((column for _, column in places), default=-1) + 1

    def hidden(self) -> Sequence[tuple[int, int]]:
        """Return the rows that are hidden, by hand or by a filter, as half-open spans."""
        return spans(row for row in sorted(self._hidden_rows()))

    def protected(self) -> bool:
        """Tell whether the whole sheet is protected against us."""
        return any(
            not one.get("unprotectedRanges") and not _bounds(one.get("range", {}))
            for one in self._protections()
        )

    def free_from(self, first: int, count: int) -> int:
        """Return from where on, at or after ``first``, so many columns lie of which nobody protects any."""
        spans = sorted(
            (one["range"]["startColumnIndex"], one["range"]["endColumnIndex"])
            for one in self._protections()
            if {"startColumnIndex", "endColumnIndex"} <= one.get("range", {}).keys()
        )
        for left, right in spans:
            if left < first + count and right > first:
                first = right
        return first

    def forbids(self, columns: range) -> bool:
        """Tell whether a cell of these columns is protected against us."""
        return any(
            one.get("range", {}).get("startColumnIndex", 0) < columns.stop
            and one.get("range", {}).get("endColumnIndex", columns.stop) > columns.start
            for one in self._protections()
        )

    def ids(self, key: str) -> dict[int, set[str]]:
        """Return the developer metadata of a key that each column carries, by its index."""
        found: dict[int, set[str]] = {}
        for block in self.sheet.get("data", ()):
            first = block.get("startColumn", 0)
            for index, column in enumerate(block.get("columnMetadata", ()), first):
                metadata = column.get("developerMetadata", ())
                found[index] = {str(one["metadataId"]) for one in metadata if one.get("metadataKey") == key}
        return found

    def columns(self, indices: Sequence[int], top: int, bottom: int | None) -> list[CellColumn]:
        """Return these columns' cells, rows ``top … bottom-1``."""
        cells: dict[int, dict[int, Json]] = {index: {} for index in indices}
        for row, column, cell in self._cells():
            if column in cells and row >= top and (bottom is None or row < bottom) and cell:
                cells[column][row] = cell
        if bottom is None:
            filled = (row for column in cells.values() for row, cell in column.items() if _holds(cell))
            bottom = max(filled, default=top - 1) + 1
        hidden = {row for row in self._hidden_rows() if top <= row < bottom}
        return [self._column(index, cells[index], range(top, bottom), hidden) for index in indices]

    def _column(self, index: int, cells: Mapping[int, Json], rows: range, hidden: set[int]) -> CellColumn:
        merged = _rows_in(self.sheet.get("merges", ()), index, rows)
        guarded: set[int] = set()
        for one in self._protections():
            guarded |= _rows_in([one.get("range", {})], index, rows) - _rows_in(
                one.get("unprotectedRanges", ()), index, rows
            )
        ways = ((Obstacle.HIDDEN, hidden), (Obstacle.MERGED, merged), (Obstacle.PROTECTED, guarded))
        values: list[CellValue] = [None] * len(rows)
        details: dict[int, Cell] = {}
        for row in cells.keys() | hidden | merged | guarded:
            if row not in rows:
                continue
            found = frozenset(obstacle for obstacle, where in ways if row in where)
            cell = _cell(cells.get(row, {}), found)
            values[row - rows.start] = cell.value
            if cell.formula is not None or cell.number_format is not None or cell.obstacles:
                details[row - rows.start] = cell
        return CellColumn(values, details)

    def _cells(self) -> Iterator[tuple[int, int, Json]]:
        for block in self.sheet.get("data", ()):
            top, left = block.get("startRow", 0), block.get("startColumn", 0)
            for row, told in enumerate(block.get("rowData", ()), top):
                for column, cell in enumerate(told.get("values", ()), left):
                    yield row, column, cell

    def _hidden_rows(self) -> set[int]:
        return {
            row
            for block in self.sheet.get("data", ())
            for row, told in enumerate(block.get("rowMetadata", ()), block.get("startRow", 0))
            if told.get("hiddenByFilter") or told.get("hiddenByUser")
        }

    def _protections(self) -> list[Json]:
        """Return the protections that forbid us to edit; one that only warns forbids nothing."""
        return [
            one
            for one in self.sheet.get("protectedRanges", ())
            if not one.get("warningOnly") and not one.get("requestingUserCanEdit")
        ]


def grids(answer: Json) -> dict[str, Grid]:
    """Return the sheets of an answer by their ids, in its order; a sheet's id 0 is left out by Google."""
    sheets = answer.get("sheets", ())
    return {str(sheet.get("properties", {}).get("sheetId", 0)): Grid(sheet) for sheet in sheets}


def plain(value: CellValue) -> bool | float | str:
    """Return a value as it is sent: ``""`` clears, a date is its serial, an error its text."""
    match value:
        case None:
            return ""
        case DateValue():
            return value.serial
        case ErrorValue():
            return value.code
        case _:
            return value


def extended(value: CellValue) -> dict[str, Any]:
    """Return a value as ``CellData`` carries it; of nothing, nothing: that clears a cell."""
    match plain(value):
        case "":
            return {}
        case bool(flag):
            told: Json = {"boolValue": flag}
        case str(text):
            told = {"stringValue": text}
        case number:
            told = {"numberValue": number}
    return {"userEnteredValue": told}


def _holds(cell: Json) -> bool:
    return "effectiveValue" in cell or "userEnteredValue" in cell


def _cell(told: Json, obstacles: frozenset[Obstacle]) -> Cell:
    number_format = told.get("effectiveFormat", {}).get("numberFormat", {})
    formula = told.get("userEnteredValue", {}).get("formulaValue")
    if formula is not None:
        obstacles |= {Obstacle.FORMULA}
    elif "effectiveValue" in told and "userEnteredValue" not in told:
        obstacles |= {Obstacle.SPILL}
    if "dataValidation" in told:
        obstacles |= {Obstacle.VALIDATED}
    value = _value(told.get("effectiveValue", {}), number_format.get("type", ""))
    return Cell(value, formula, number_format.get("pattern"), obstacles)


def _value(told: Json, kind: str) -> CellValue:
    match told:
        case {"numberValue": number}:
            return DateValue(float(number)) if kind in _DATES else number
        case {"stringValue": text}:
            return str(text) or None
        case {"boolValue": flag}:
            return bool(flag)
        case {"errorValue": error}:
            return ErrorValue(_ERRORS.get(error.get("type", ""), "#ERROR!"))
    return None


def _rows_in(ranges: Iterable[Json], column: int, rows: range) -> set[int]:
    """Return which of these rows the ranges cover in a column; an absent bound is the sheet's."""
    found: set[int] = set()
    for one in ranges:
        if one.get("startColumnIndex", 0) <= column < one.get("endColumnIndex", column + 1):
            first, last = one.get("startRowIndex", 0), one.get("endRowIndex", rows.stop)
            found.update(range(max(first, rows.start), min(last, rows.stop)))
    return found


def _bounds(area: Json) -> Json:
    return {name: value for name, value in area.items() if name != "sheetId"}

"""What is sent to Google to change a sheet: names of columns, new columns, cells with their formats."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from addon_backend.domain.cells import DateValue
from addon_backend.domain.errors import SheetUnknown
from addon_backend.google.grid import extended, plain
from addon_backend.ports.sheet_host import Leave

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, TypeAlias

    from addon_backend.domain.cells import Cell, CellValue
    from addon_backend.domain.sheet import SheetRef
    from addon_backend.google.grid import Grid
    from addon_backend.ports.sheet_host import NewColumn, WriteBatch

    Json: TypeAlias = Mapping[str, Any]

COLUMN = "ae.col"
"""The developer metadata that names a column; its value is the key of a column of ours, else empty."""
DAY = {"type": "DATE", "pattern": "yyyy-mm-dd"}
MOMENT = {"type": "DATE_TIME", "pattern": "yyyy-mm-dd hh:mm:ss"}
_OURS = {DAY["pattern"], MOMENT["pattern"]}
_FORMAT = "userEnteredFormat.numberFormat"


def area_of(ref: SheetRef, columns: range | None = None, top: int = 0, bottom: int | None = None) -> Json:
    """Return the data filter of an area of a sheet. Raises `SheetUnknown` for a name that is no number."""
    area = {"sheetId": _sheet_id(ref), "startRowIndex": top}
    if bottom is not None:
        area["endRowIndex"] = bottom
    if columns is not None:
        area |= {"startColumnIndex": columns.start, "endColumnIndex": columns.stop}
    return {"gridRange": area}


def _sheet_id(ref: SheetRef) -> int:
    if not ref.sheet.isdecimal():
        raise SheetUnknown
    return int(ref.sheet)


def neighbours(indices: Iterable[int]) -> list[range]:
    """Return columns as ranges of neighbours."""
    ordered = enumerate(sorted(set(indices)))
    runs = (list(run) for _, run in groupby(ordered, key=lambda one: one[1] - one[0]))
    return [range(run[0][1], run[-1][1] + 1) for run in runs]


def naming(ref: SheetRef, index: int, key: str) -> Json:
    """Return the change that names a column; ``key`` is that of a column of ours, else empty."""
    place = {"sheetId": _sheet_id(ref), "dimension": "COLUMNS", "startIndex": index, "endIndex": index + 1}
    metadata = {
        "metadataKey": COLUMN,
        "metadataValue": key,
        "location": {"dimensionRange": place},
        "visibility": "PROJECT",
    }
    return {"createDeveloperMetadata": {"developerMetadata": metadata}}


def making(
    ref: SheetRef, grid: Grid, first: int, wishes: Sequence[NewColumn], header_row: int | None
) -> list[Json]:
    """Return the changes that make columns from ``first`` on: room, names, headers."""
    room = grid.sheet["properties"]["gridProperties"]["columnCount"] - first
    changes: list[Json] = []
    if room < len(wishes):
        more = {"sheetId": _sheet_id(ref), "dimension": "COLUMNS", "length": len(wishes) - room}
        changes.append({"appendDimension": more})
    changes += [naming(ref, index, wish.key) for index, wish in enumerate(wishes, first)]
    for index in (index for index, wish in enumerate(wishes, first) if wish.dates):
        area = area_of(ref, range(index, index + 1))["gridRange"]
        shown = {"userEnteredFormat": {"numberFormat": DAY}}
        changes.append({"repeatCell": {"range": area, "cell": shown, "fields": _FORMAT}})
    if header_row is not None:
        start = {"sheetId": _sheet_id(ref), "rowIndex": header_row, "columnIndex": first}
        cells = [{"userEnteredValue": {"stringValue": wish.header}} for wish in wishes]
        header = {"start": start, "rows": [{"values": cells}], "fields": "userEnteredValue"}
        changes.append({"updateCells": header})
    return changes


def formats_needed(batch: WriteBatch, seen: Callable[[str, int], Cell]) -> dict[tuple[str, int], Json]:
    """Return the formats of cells that would show, or be read, as something else than what is put there.

    ``seen`` tells what a cell held when it was read last, by column and row.
    """
    formats: dict[tuple[str, int], Json] = {}
    for anchor, values in batch.put.items():
        for row, value in zip(batch.rows, values, strict=True):
            cell = seen(anchor, row)
            dated = isinstance(cell.value, DateValue) or cell.number_format in _OURS
            if isinstance(value, DateValue):
                shown = DAY if value.serial == int(value.serial) else MOMENT
                if not dated or (shown is MOMENT and cell.number_format == DAY["pattern"]):
                    formats[anchor, row] = shown
            elif dated and isinstance(value, int | float) and not isinstance(value, bool):
                formats[anchor, row] = {}
    return formats


def as_cells(
    ref: SheetRef, column: int, batch: WriteBatch, anchor: str, formats: Mapping[tuple[str, int], Json]
) -> list[Json]:
    """Return the changes that set a column's values with the formats that they need."""
    told = zip(batch.rows, batch.put[anchor], strict=True)
    put = {row: value for row, value in told if not isinstance(value, Leave)}
    changes: list[Json] = []
    for shown in (None, {}, DAY, MOMENT):
        for rows in neighbours(row for row in put if formats.get((anchor, row)) == shown):
            cells = [extended(put[row]) for row in rows]
            fields = "userEnteredValue"
            if shown is not None:
                fields += f",{_FORMAT}"
                cells = [
                    cell | ({"userEnteredFormat": {"numberFormat": shown}} if shown else {}) for cell in cells
                ]
            area = area_of(ref, range(column, column + 1), rows.start, rows.stop)["gridRange"]
            change = {"range": area, "rows": [{"values": [cell]} for cell in cells], "fields": fields}
            changes.append({"updateCells": change})
    return changes


def spread(rows: Sequence[int], values: Sequence[CellValue | Leave]) -> list[object]:
    """Return a column from its first cell on: None leaves a cell as it is."""
    column: list[object] = [None] * (max(rows) + 1)
    for row, value in zip(rows, values, strict=True):
        if not isinstance(value, Leave):
            column[row] = plain(value)
    return column

"""Where ``values.append`` puts its rows: below the table that it finds, not where a caller may think."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.calls import Call
from tests.fakes.google_sheets.errors import Refused
from tests.fakes.google_sheets.sheets import Sheet
from tests.fakes.google_sheets.values import Input, Writing, checked


def append(call: Call, block: Input, closed: Area) -> tuple[Area | None, Writing]:
    """Make room and return the table that was found, if any, and the checked write. Raises `Refused`."""
    sheet = block.sheet
    table = last_table(sheet, closed)
    height = len(block.values) if block.major != "COLUMNS" else max(map(len, block.values), default=0)
    top, left = (closed.top, closed.left) if table is None else (table.bottom or 0, table.left)
    back = sheet.remember()
    missing = top + height - len(sheet.rows)
    if call.params.get("insertDataOption") == "INSERT_ROWS" and table is not None:
        call.document.room_for(height * len(sheet.columns))
        sheet.insert("ROWS", top, height)
    elif missing > 0:
        call.document.room_for(missing * len(sheet.columns))
        sheet.append("ROWS", missing)
    start = Area(top, top + 1, left, left + 1)
    try:
        return table, checked(call.document, call.grant, replace(block, area=start))
    except Refused:
        back()
        raise


def last_table(sheet: Sheet, closed: Area) -> Area | None:
    """Return the last block of touching filled cells that has a cell in the area."""
    places = {
        (row, column)
        for row, held in enumerate(sheet.rows)
        if held.cells
        for column, line in enumerate(sheet.columns)
        if (cell := held.cells.get(line)) and cell.filled
    }
    found: list[Area] = []
    while places:
        block = _block(places)
        places -= block
        area = Area(
            min(row for row, _ in block),
            max(row for row, _ in block) + 1,
            min(column for _, column in block),
            max(column for _, column in block) + 1,
        )
        if any(_holds(closed, row, column) for row, column in block):
            found.append(area)
    return max(found, key=lambda area: (area.bottom, area.left), default=None)


def _block(places: set[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the filled cells that touch each other, corners included, from one of them on."""
    reached = {min(places)}
    border = set(reached)
    while border:
        around = {
            (row + down, column + right)
            for row, column in border
            for down in (-1, 0, 1)
            for right in (-1, 0, 1)
        }
        border = (around & places) - reached
        reached |= border
    return reached


def _holds(area: Area, row: int, column: int) -> bool:
    return area.meets(Area(row, row + 1, column, column + 1))

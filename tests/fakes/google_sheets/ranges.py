"""Which part of which sheet a caller means."""

from __future__ import annotations

from tests.fakes.google_sheets.areas import Area, area_in, letters, parts, quoted
from tests.fakes.google_sheets.errors import Refused, invalid
from tests.fakes.google_sheets.model import Document
from tests.fakes.google_sheets.sheets import Sheet


def sheet_of(document: Document, sheet_id: int) -> Sheet:
    """Return a grid by its sheet's id. Raises `Refused`."""
    sheet = document.sheet(int(sheet_id))
    if sheet is None or sheet.kind != "GRID":
        raise invalid(f"No grid with id: {sheet_id}")
    return sheet


def resolved(document: Document, notation: str) -> tuple[Sheet, Area]:
    """Read A1 notation: a range of a named or the first visible sheet, a title, or a named range."""
    title, cells = parts(notation)
    if title is None:
        return _untitled(document, notation)
    sheet = document.titled(title)
    if sheet is None or sheet.kind != "GRID":
        raise _unreadable(notation)
    if not cells:
        return sheet, Area()
    area = area_in(cells)
    if area is not None:
        return sheet, area
    return _named(document, cells) or _fail(notation)


def in_grid(sheet: Sheet, area: Area) -> Area:
    """Return the area closed and cut off at the sheet's end. Raises `Refused` where it begins outside."""
    rows, columns = len(sheet.rows), len(sheet.columns)
    for start, end in (area.span("ROWS"), area.span("COLUMNS")):
        if start < 0 or (end is not None and end < start):
            raise invalid(f"Invalid range: starts at {start} and ends before {end}.")
    if area.top >= rows or area.left >= columns:
        raise beyond(sheet, area)
    return area.within(rows, columns)


def beyond(sheet: Sheet, area: Area) -> Refused:
    """Refuse a range that a sheet is too small for."""
    rows, columns = len(sheet.rows), len(sheet.columns)
    first = f"{letters(area.left)}{area.top + 1}"
    last = "" if area.right is None else letters(area.right - 1)
    last += "" if area.bottom is None else str(area.bottom)
    told = first if last in {"", first} else f"{first}:{last}"
    return invalid(
        f"Range ({quoted(sheet.title)}!{told}) exceeds grid limits. Max rows: {rows}, max columns: {columns}"
    )


def _untitled(document: Document, notation: str) -> tuple[Sheet, Area]:
    sheet = document.titled(notation)
    if sheet is not None and sheet.kind == "GRID":
        return sheet, Area()
    area = area_in(notation)
    if area is None:
        return _named(document, notation) or _fail(notation)
    first = next(sheet for sheet in document.sheets if not sheet.hidden)
    if first.kind != "GRID":
        raise invalid("Invalid range")
    return first, area


def _named(document: Document, name: str) -> tuple[Sheet, Area] | None:
    for known, sheet_id, area in document.named.values():
        if known.lower() == name.lower():
            return sheet_of(document, sheet_id), area
    return None


def _unreadable(notation: str) -> Refused:
    return invalid(f"Unable to parse range: {notation}")


def _fail(notation: str) -> tuple[Sheet, Area]:
    raise _unreadable(notation)

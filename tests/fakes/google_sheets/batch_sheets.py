"""Requests about the spreadsheet and its sheets."""

from __future__ import annotations

from copy import deepcopy

from tests.fakes.google_sheets.areas import Axis
from tests.fakes.google_sheets.changes import Change, Kinds
from tests.fakes.google_sheets.errors import Message, invalid
from tests.fakes.google_sheets.model import empty_sheet
from tests.fakes.google_sheets.ranges import sheet_of
from tests.fakes.google_sheets.shapes import sheet_properties
from tests.fakes.google_sheets.sheets import Sheet

_COUNTS: dict[str, Axis] = {"gridProperties.rowCount": "ROWS", "gridProperties.columnCount": "COLUMNS"}
_LOOK = ("gridProperties", "tabColor", "tabColorStyle", "rightToLeft")


def _spreadsheet(change: Change) -> None:
    wish = change.wish.get("properties") or {}
    for field in change.fields():
        if field == "title":
            change.document.title = wish.get("title") or ""
        elif field == "locale":
            change.document.locale = wish.get("locale") or "en_US"
        elif field == "timeZone":
            change.document.time_zone = wish.get("timeZone") or "Etc/GMT"
        else:
            raise invalid(f"Invalid field: {field}")


def _properties(change: Change) -> None:
    wish = change.wish.get("properties") or {}
    sheet = change.document.sheet(wish.get("sheetId") or 0)
    if sheet is None:
        raise invalid(f"No sheet with id: {wish.get('sheetId') or 0}")
    for field in change.fields():
        if field == "title":
            _title_free(change, wish.get("title") or "", sheet)
            sheet.title = wish.get("title") or ""
        elif field == "index":
            _to_index(change, sheet, wish.get("index") or 0)
        elif field == "hidden":
            sheet.hidden = bool(wish.get("hidden"))
            if all(one.hidden for one in change.document.sheets):
                raise invalid("You can't hide all the sheets in a document.")
        elif field in _COUNTS:
            _resize(
                change, sheet, _COUNTS[field], (wish.get("gridProperties") or {}).get(field.partition(".")[2])
            )
        elif field.partition(".")[0] in _LOOK:
            sheet.look = _looking(sheet.look, wish, field.split("."))
        else:
            raise invalid(f"Invalid field: {field}")


def _to_index(change: Change, sheet: Sheet, index: int) -> None:
    """Move a sheet: an index counts the places as they are before it leaves its own."""
    sheets = change.document.sheets
    if not 0 <= index <= len(sheets):
        raise invalid(f"Sheet index {index} is out of bounds.")
    at = sheets.index(sheet)
    sheets.remove(sheet)
    sheets.insert(index - 1 if index > at else index, sheet)


def _resize(change: Change, sheet: Sheet, axis: Axis, count: int | None) -> None:
    if not count or count < 1:
        raise invalid(f"gridProperties.{'row' if axis == 'ROWS' else 'column'}Count must be at least 1.")
    change.guard_shape(sheet)
    before = len(sheet.lines(axis))
    if count > before:
        change.document.room_for((count - before) * len(sheet.columns if axis == "ROWS" else sheet.rows))
        sheet.append(axis, count - before)
    elif count < before:
        sheet.delete(axis, count, before - count)


def _looking(look: Message, wish: Message, path: list[str]) -> Message:
    """Return the look with one field set; what is false, empty or not given goes unsaid."""
    look = deepcopy(look)
    name, *below = path
    held: Message | None = deepcopy(wish.get(name) or {})
    if below:
        held = _looking(look.get(name) or {}, wish.get(name) or {}, below)
    if name == "tabColorStyle":
        held = _colour(held)
        look.pop("tabColor", None)
        if held:
            look["tabColor"] = held.get("rgbColor", {})
    look.pop(name, None)
    return look | ({name: held} if held else {})


def _colour(style: Message | None) -> Message | None:
    """Return a colour as stored: one byte per channel, black channels unsaid; None where there is none."""
    colour = (style or {}).get("rgbColor")
    if colour is None:
        return style if style and "themeColor" in style else None
    channels = {name: round(int(share * 255 + 1e-9) / 255, 8) for name, share in colour.items() if share}
    return {"rgbColor": channels}


def _add(change: Change) -> Message:
    wish = change.wish.get("properties") or {}
    grid = wish.get("gridProperties") or {}
    rows, columns = grid.get("rowCount") or 1000, grid.get("columnCount") or 26
    change.document.room_for(rows * columns)
    sheet_id = wish.get("sheetId")
    if sheet_id is None:
        sheet_id = change.document.new_id()
    elif change.document.sheet(sheet_id):
        raise invalid(f"A sheet with id {sheet_id} already exists.")
    title = wish.get("title") or f"Sheet{len(change.document.sheets) + 1}"
    _title_free(change, title, None)
    sheet = empty_sheet(sheet_id, title, rows, columns, wish.get("sheetType") or "GRID")
    sheet.hidden = bool(wish.get("hidden"))
    for name in _LOOK:
        if name != "gridProperties" and name in wish:
            sheet.look = _looking(sheet.look, wish, [name])
    change.document.add_sheet(sheet, wish.get("index"))
    return {"properties": sheet_properties(sheet, change.document.sheets.index(sheet))}


def _delete(change: Change) -> None:
    wanted = change.wish.get("sheetId") or 0
    sheet = change.document.sheet(wanted)
    if sheet is None:
        raise invalid(f"No sheet with id: {wanted}")
    if len(change.document.sheets) == 1:
        raise invalid("You can't remove all the sheets in a document.")
    change.guard(sheet, sheet.everything)
    change.document.sheets.remove(sheet)
    named = change.document.named
    change.document.named = {held: one for held, one in named.items() if one[1] != wanted}


def _duplicate(change: Change) -> Message:
    source = sheet_of(change.document, change.wish.get("sourceSheetId") or 0)
    title = change.wish.get("newSheetName") or f"Copy of {source.title}"
    _title_free(change, title, None)
    change.document.room_for(len(source.rows) * len(source.columns))
    wanted = change.wish.get("newSheetId")
    copy = copied(source, change.document.new_id() if wanted is None else wanted, title)
    change.document.add_sheet(copy, change.wish.get("insertSheetIndex") or 0)
    return {"properties": sheet_properties(copy, change.document.sheets.index(copy))}


def copied(source: Sheet, sheet_id: int, title: str) -> Sheet:
    """Return a copy of a sheet with its cells and merges; metadata and protection are not copied."""
    copy = empty_sheet(sheet_id, title, len(source.rows), len(source.columns), source.kind)
    columns = dict(zip(source.columns, copy.columns, strict=True))
    for row, held in zip(copy.rows, source.rows, strict=True):
        row.cells = {columns[column]: cell for column, cell in held.cells.items()}
    copy.merges = list(source.merges)
    copy.look = deepcopy(source.look)
    return copy


def _title_free(change: Change, title: str, mine: Sheet | None) -> None:
    same = change.document.titled(title)
    if same is not None and same is not mine:
        raise invalid(f'A sheet with the name "{title}" already exists. Please enter another name.')


SHEETS: Kinds = {
    "updateSpreadsheetProperties": _spreadsheet,
    "updateSheetProperties": _properties,
    "addSheet": _add,
    "deleteSheet": _delete,
    "duplicateSheet": _duplicate,
}

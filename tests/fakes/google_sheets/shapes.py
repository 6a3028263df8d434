"""A document as ``Spreadsheet`` tells it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.fakes.google_sheets.areas import Area, Axis, grid_range
from tests.fakes.google_sheets.errors import Message
from tests.fakes.google_sheets.fields import Mask
from tests.fakes.google_sheets.metadata import Place, pieces_at
from tests.fakes.google_sheets.model import Document, Grant
from tests.fakes.google_sheets.sheets import Protection, Sheet
from tests.fakes.google_sheets.theme import DEFAULT_FORMAT, THEME

_SIZES: Mapping[Axis, int] = {"ROWS": 21, "COLUMNS": 100}


@dataclass(frozen=True)
class View:
    """Who asks, for which parts of which sheets (all of all where None), and for which fields."""

    grant: Grant
    mask: Mask
    areas: Mapping[int, Sequence[Area]] | None = None


def spreadsheet(document: Document, view: View) -> Message:
    """Return what the view wants of a document. Areas end where their sheet ends."""
    told: Message = {
        "spreadsheetId": document.id,
        "properties": spreadsheet_properties(document),
        "spreadsheetUrl": f"https://docs.google.com/spreadsheets/d/{document.id}/edit",
    }
    if view.mask.wants("sheets"):
        told["sheets"] = [
            _sheet(document, sheet, index, view)
            for index, sheet in enumerate(document.sheets)
            if view.areas is None or sheet.id in view.areas
        ]
    if document.named:
        told["namedRanges"] = [
            {"namedRangeId": name_id, "name": name, "range": grid_range(sheet_id, area)}
            for name_id, (name, sheet_id, area) in document.named.items()
        ]
    if pieces := pieces_at(Place(), document, view.grant):
        told["developerMetadata"] = pieces
    return view.mask.of(told)


def spreadsheet_properties(document: Document) -> Message:
    """Return ``SpreadsheetProperties``."""
    return {
        "title": document.title,
        "locale": document.locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": document.time_zone,
        "defaultFormat": DEFAULT_FORMAT,
        "spreadsheetTheme": THEME,
    }


def sheet_properties(sheet: Sheet, index: int) -> Message:
    """Return ``SheetProperties``."""
    told: Message = {"sheetId": sheet.id, "title": sheet.title, "index": index, "sheetType": sheet.kind}
    look = dict(sheet.look)
    grid = look.pop("gridProperties", {})
    if sheet.kind == "GRID":
        told["gridProperties"] = {"rowCount": len(sheet.rows), "columnCount": len(sheet.columns)} | grid
    return told | ({"hidden": True} if sheet.hidden else {}) | look


def protected_range(one: Protection, sheet: Sheet, document: Document, user: str) -> Message:
    """Return ``ProtectedRange`` as this person sees it: who else may edit only those are told who may."""
    may = one.warning_only or user == document.owner or user in one.editors
    told: Message = {"protectedRangeId": one.id, "range": grid_range(sheet.id, one.area)}
    if one.description:
        told["description"] = one.description
    if one.warning_only:
        told["warningOnly"] = True
    if one.unprotected:
        told["unprotectedRanges"] = [grid_range(sheet.id, area) for area in one.unprotected]
    if may:
        told["requestingUserCanEdit"] = True
        told["editors"] = {"users": [document.owner, *sorted(one.editors - {document.owner})]}
    return told


def _sheet(document: Document, sheet: Sheet, index: int, view: View) -> Message:
    told: Message = {"properties": sheet_properties(sheet, index)}
    asked = [Area()] if view.areas is None else view.areas[sheet.id]
    if merges := [merge for merge in sheet.merges if any(merge.meets(area) for area in asked)]:
        told["merges"] = [grid_range(sheet.id, merge) for merge in merges]
    if sheet.protections:
        told["protectedRanges"] = [
            protected_range(one, sheet, document, view.grant.user) for one in sheet.protections
        ]
    if sheet.filter:
        told["basicFilter"] = {"range": grid_range(sheet.id, sheet.filter[0])} | sheet.filter[1]
    if pieces := pieces_at(Place(sheet), document, view.grant):
        told["developerMetadata"] = pieces
    for axis, name in (("ROWS", "rowGroups"), ("COLUMNS", "columnGroups")):
        if groups := [_group(sheet, *group) for group in sheet.groups if group[0] == axis]:
            told[name] = groups
    if view.mask.wants("sheets", "data") and sheet.kind == "GRID":
        told["data"] = [_data(document, sheet, area, view) for area in asked]
    return told


def _group(sheet: Sheet, axis: Axis, start: int, end: int) -> Message:
    range_: Message = {} if sheet.id == 0 else {"sheetId": sheet.id}
    return {"range": range_ | {"dimension": axis, "startIndex": start, "endIndex": end}, "depth": 1}


def _data(document: Document, sheet: Sheet, area: Area, view: View) -> Message:
    """Return ``GridData`` of one area; only what the mask wants is put together."""
    closed = area.within(len(sheet.rows), len(sheet.columns))
    told: Message = {}
    if closed.top:
        told["startRow"] = closed.top
    if closed.left:
        told["startColumn"] = closed.left
    if view.mask.wants("sheets", "data", "rowData") and (rows := _row_data(sheet, closed)):
        told["rowData"] = rows
    axes: tuple[tuple[Axis, str], ...] = (("ROWS", "rowMetadata"), ("COLUMNS", "columnMetadata"))
    for axis, name in axes:
        if view.mask.wants("sheets", "data", name):
            start, end = closed.span(axis)
            told[name] = [_line(document, Place(sheet, axis, at), view) for at in range(start, end or 0)]
    return told


def _row_data(sheet: Sheet, closed: Area) -> list[Message]:
    columns = sheet.columns[closed.left : closed.right]
    rows: list[Message] = []
    for row in sheet.rows[closed.top : closed.bottom]:
        cells = [cell.data() if (cell := row.cells.get(column)) else {} for column in columns]
        while cells and not cells[-1]:
            cells.pop()
        rows.append({"values": cells} if cells else {})
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _line(document: Document, place: Place, view: View) -> Message:
    assert place.sheet is not None
    assert place.axis is not None
    traits = place.sheet.lines(place.axis)[place.at].traits
    told: Message = {"pixelSize": _SIZES[place.axis] if traits.size is None else traits.size}
    if traits.hidden_by_filter:
        told["hiddenByFilter"] = True
    if traits.hidden_by_user:
        told["hiddenByUser"] = True
    if traits.metadata and (pieces := pieces_at(place, document, view.grant)):
        told["developerMetadata"] = pieces
    return told

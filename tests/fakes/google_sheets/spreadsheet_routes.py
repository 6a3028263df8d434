"""The calls of ``spreadsheets`` and ``developerMetadata``, without the batch of changes."""

from __future__ import annotations

from collections import defaultdict

from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.batch import batch_update
from tests.fakes.google_sheets.calls import Call, Routes
from tests.fakes.google_sheets.errors import Message, invalid, not_found
from tests.fakes.google_sheets.fields import Mask
from tests.fakes.google_sheets.metadata import every_piece, matched, ranges_of, told
from tests.fakes.google_sheets.model import empty_sheet
from tests.fakes.google_sheets.ranges import in_grid, resolved
from tests.fakes.google_sheets.shapes import View, spreadsheet
from tests.fakes.google_sheets.sheets import Sheet

_ALL = Mask({name: {} for name in ("spreadsheetId", "properties", "spreadsheetUrl", "namedRanges")})
_SHEET = "properties merges protectedRanges basicFilter developerMetadata rowGroups columnGroups".split()


def _get(call: Call) -> Message:
    ranges = call.params.get("ranges")
    areas = [resolved(call.document, one) for one in ranges] if ranges else None
    return _view(call, areas, grid_data=bool(call.params.get("includeGridData")))


def _get_by_filter(call: Call) -> Message:
    filters = call.listed("dataFilters")
    areas = [place for one in filters for place in ranges_of(call.document, call.grant, one)]
    return _view(call, areas if filters else None, grid_data=bool(call.body.get("includeGridData")))


def _create(call: Call) -> Message:
    properties = call.body.get("properties") or {}
    sheets = []
    for index, wish in enumerate(call.listed("sheets")):
        sheets.append(_new_sheet(index, wish.get("properties") or {}))
    title = properties.get("title") or "Untitled spreadsheet"
    document = call.documents.create(title, call.grant.user, *sheets)
    document.locale = properties.get("locale") or document.locale
    document.time_zone = properties.get("timeZone") or document.time_zone
    document.picked.add((call.grant.user, call.grant.project))
    return spreadsheet(document, View(call.grant, call.mask or _without_data()))


def _metadata_get(call: Call) -> Message:
    for piece, place in every_piece(call.document, call.grant):
        if piece.id == call.params["metadataId"]:
            return told(piece, place)
    raise not_found()


def _metadata_search(call: Call) -> Message:
    filters = call.listed("dataFilters")
    if not filters:
        raise invalid("At least one data filter must be specified.")
    found: dict[int, tuple[Message, list[Message]]] = {}
    for one in filters:
        for piece, place in matched(call.document, call.grant, one):
            _, matching = found.setdefault(piece.id, (told(piece, place), []))
            if one not in matching:
                matching.append(one)
    entries = [{"developerMetadata": message, "dataFilters": by} for message, by in found.values()]
    return {"matchedDeveloperMetadata": entries} if entries else {}


def _view(call: Call, places: list[tuple[Sheet, Area]] | None, *, grid_data: bool) -> Message:
    areas: dict[int, list[Area]] | None = None
    if places is not None:
        areas = defaultdict(list)
        for sheet, area in places:
            areas[sheet.id].append(in_grid(sheet, area))
    mask = call.mask or (Mask({}) if grid_data else _without_data())
    if mask.wants("sheets", "data", "rowData"):
        for sheet, area in places or [(sheet, sheet.everything) for sheet in call.document.sheets]:
            call.note_reading(sheet, area)
    return spreadsheet(call.document, View(call.grant, mask, areas))


def _without_data() -> Mask:
    return Mask(_ALL.tree | {"developerMetadata": {}, "sheets": {name: {} for name in _SHEET}})


def _new_sheet(index: int, wish: Message) -> Sheet:
    grid = wish.get("gridProperties") or {}
    rows, columns = grid.get("rowCount") or 1000, grid.get("columnCount") or 26
    sheet = empty_sheet(wish.get("sheetId") or index, wish.get("title") or f"Sheet{index + 1}", rows, columns)
    sheet.hidden = bool(wish.get("hidden"))
    return sheet


_PREFIX = "sheets.spreadsheets."
READS: Routes = {
    f"{_PREFIX}get": _get,
    f"{_PREFIX}getByDataFilter": _get_by_filter,
    f"{_PREFIX}developerMetadata.get": _metadata_get,
    f"{_PREFIX}developerMetadata.search": _metadata_search,
}
WRITES: Routes = {f"{_PREFIX}create": _create, f"{_PREFIX}batchUpdate": batch_update}

"""The calls of ``spreadsheets.values``."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.google_sheets.appending import append
from tests.fakes.google_sheets.areas import Area, a1, parts
from tests.fakes.google_sheets.calls import Call, Routes
from tests.fakes.google_sheets.errors import Message, at, invalid
from tests.fakes.google_sheets.metadata import ranges_of
from tests.fakes.google_sheets.ranges import in_grid, resolved
from tests.fakes.google_sheets.sheets import Sheet
from tests.fakes.google_sheets.values import Input, Rendering, Writing, checked, guarded, read


def _get(call: Call) -> Message:
    return _read(call, *resolved(call.document, call.params["range"]))


def _batch_get(call: Call) -> Message:
    found = [_read(call, *resolved(call.document, one)) for one in call.params.get("ranges", ())]
    return {"spreadsheetId": call.document.id} | ({"valueRanges": found} if found else {})


def _batch_get_by_filter(call: Call) -> Message:
    matched: list[tuple[Sheet, Area, list[Message]]] = []
    for one in call.listed("dataFilters"):
        for sheet, area in ranges_of(call.document, call.grant, one):
            same = next((told for known, at, told in matched if (known, at) == (sheet, area)), None)
            if same is None:
                matched.append((sheet, area, [one]))
            elif one not in same:
                same.append(one)
    found = [
        {"valueRange": _read(call, sheet, area), "dataFilters": filters} for sheet, area, filters in matched
    ]
    return {"spreadsheetId": call.document.id} | ({"valueRanges": found} if found else {})


def _update(call: Call) -> Message:
    writing = _checked(call, call.params["range"], call.body)
    writing.apply()
    return _updated(call, writing)


def _append(call: Call) -> Message:
    sheet, area = resolved(call.document, call.params["range"])
    closed = in_grid(sheet, area)
    table, writing = append(call, _block(call, sheet, closed, call.body), closed)
    writing.apply()
    told: Message = {"spreadsheetId": call.document.id}
    told |= {"tableRange": a1(sheet.title, table)} if table else {}
    return told | {"updates": _updated(call, writing)}


def _batch_update(call: Call) -> Message:
    writings = []
    for number, data in enumerate(call.listed("data")):
        with at(f"Invalid data[{number}]: "):
            writings.append(_checked(call, data.get("range", ""), data))
    for writing in writings:
        writing.apply()
    return _totals(call, writings) | {"responses": [_updated(call, writing) for writing in writings]}


def _batch_update_by_filter(call: Call) -> Message:
    pairs = []
    for number, data in enumerate(call.listed("data")):
        with at(f"Invalid data[{number}]: "):
            for sheet, area in ranges_of(call.document, call.grant, data.get("dataFilter", {})):
                block = replace(_block(call, sheet, area, data), exact=True)
                pairs.append((data["dataFilter"], checked(call.document, call.grant, block)))
    for _, writing in pairs:
        writing.apply()
    responses = []
    for data_filter, writing in pairs:
        told = _updated(call, writing)
        del told["spreadsheetId"]
        responses.append(told | {"dataFilter": data_filter})
    totals = _totals(call, [writing for _, writing in pairs])
    return totals | ({"responses": responses} if responses else {})


def _clear(call: Call) -> Message:
    area = _clearable(call, *resolved(call.document, call.params["range"]))
    return {"spreadsheetId": call.document.id, "clearedRange": _cleared([area])[0]}


def _batch_clear(call: Call) -> Message:
    areas = []
    for number, notation in enumerate(call.listed("ranges")):
        with at(f"Invalid range[{number}]: "):
            areas.append(_clearable(call, *resolved(call.document, str(notation))))
    return {"spreadsheetId": call.document.id, "clearedRanges": _cleared(areas)}


def _batch_clear_by_filter(call: Call) -> Message:
    filters = call.listed("dataFilters")
    places = [place for one in filters for place in ranges_of(call.document, call.grant, one)]
    cleared = _cleared([_clearable(call, *place) for place in places])
    return {"spreadsheetId": call.document.id} | ({"clearedRanges": cleared} if cleared else {})


def _read(call: Call, sheet: Sheet, area: Area) -> Message:
    option = call.told("valueRenderOption", "FORMATTED_VALUE")
    dates = call.told("dateTimeRenderOption", "SERIAL_NUMBER")
    major = call.told("majorDimension", "ROWS")
    found = read(sheet, area, Rendering(option, dates, _major(major)))
    call.note_reading(sheet, area)
    return found


def _major(told: str | None) -> str:
    return "COLUMNS" if told == "COLUMNS" else "ROWS"


def _block(call: Call, sheet: Sheet, area: Area, data: Message) -> Input:
    option = call.told("valueInputOption", "INPUT_VALUE_OPTION_UNSPECIFIED")
    if option == "INPUT_VALUE_OPTION_UNSPECIFIED":
        raise invalid("'valueInputOption' is required but not specified")
    values = data.get("values") or []
    return Input(sheet, area, values, _major(data.get("majorDimension")), option == "USER_ENTERED")


def _checked(call: Call, notation: str, data: Message) -> Writing:
    sheet, area = resolved(call.document, notation)
    asked = notation if parts(notation)[0] is not None else None
    block = replace(_block(call, sheet, area, data), asked=asked)
    return checked(call.document, call.grant, block)


def _updated(call: Call, writing: Writing) -> Message:
    told: Message = {"spreadsheetId": call.document.id} | writing.told()
    if call.params.get("includeValuesInResponse") or call.body.get("includeValuesInResponse"):
        option = call.told("responseValueRenderOption", "FORMATTED_VALUE")
        dates = call.told("responseDateTimeRenderOption", "SERIAL_NUMBER")
        told["updatedData"] = read(writing.sheet, writing.span, Rendering(option, dates))
    return told


def _totals(call: Call, writings: list[Writing]) -> Message:
    rows = {(writing.sheet.id, row) for writing in writings for row, _ in writing.cells}
    columns = {(writing.sheet.id, column) for writing in writings for _, column in writing.cells}
    counts = {
        "totalUpdatedRows": len(rows),
        "totalUpdatedColumns": len(columns),
        "totalUpdatedCells": sum(len(writing.cells) for writing in writings),
        "totalUpdatedSheets": len({writing.sheet.id for writing in writings}),
    }
    told: Message = {"spreadsheetId": call.document.id}
    return told | {name: count for name, count in counts.items() if count}


def _clearable(call: Call, sheet: Sheet, area: Area) -> tuple[Sheet, Area]:
    closed = in_grid(sheet, area)
    guarded(call.document, call.grant, sheet, closed)
    return sheet, closed


def _cleared(areas: list[tuple[Sheet, Area]]) -> list[str]:
    """Clear the values and nothing else; return the areas' names."""
    for sheet, area in areas:
        for row, column in sheet.each(area):
            if sheet.cell(row, column).filled:
                sheet.put(row, column, sheet.cell(row, column).entered(None))
    return [a1(sheet.title, area) for sheet, area in areas]


_PREFIX = "sheets.spreadsheets.values."
READS: Routes = {
    f"{_PREFIX}get": _get,
    f"{_PREFIX}batchGet": _batch_get,
    f"{_PREFIX}batchGetByDataFilter": _batch_get_by_filter,
}
WRITES: Routes = {
    f"{_PREFIX}update": _update,
    f"{_PREFIX}append": _append,
    f"{_PREFIX}clear": _clear,
    f"{_PREFIX}batchUpdate": _batch_update,
    f"{_PREFIX}batchUpdateByDataFilter": _batch_update_by_filter,
    f"{_PREFIX}batchClear": _batch_clear,
    f"{_PREFIX}batchClearByDataFilter": _batch_clear_by_filter,
}

"""Requests that set cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import partial

from tests.fakes.google_sheets.areas import Area, a1
from tests.fakes.google_sheets.cells import EMPTY, MOST_CHARACTERS, Cell, Value
from tests.fakes.google_sheets.changes import Change, Kinds
from tests.fakes.google_sheets.errors import Message, invalid
from tests.fakes.google_sheets.ranges import beyond, sheet_of
from tests.fakes.google_sheets.sheets import Sheet

_FORMAT = "userEnteredFormat"


def _update(change: Change) -> None:
    fields = change.fields()
    rows = change.wish.get("rows") or []
    sheet, area = _target(change, rows)
    change.guard(sheet, area)
    for row, column in sheet.each(area):
        line = rows[row - area.top].get("values") or [] if row - area.top < len(rows) else []
        given = line[column - area.left] if column - area.left < len(line) else {}
        sheet.enter(row, column, with_fields(sheet.cell(row, column), given or {}, fields))


def _target(change: Change, rows: list[Message]) -> tuple[Sheet, Area]:
    """Return what is written: the range, or as much from the start cell on as there are values."""
    if "range" in change.wish:
        sheet, area = change.range()
        _fit(area, rows)
        return sheet, area
    start = change.wish.get("start")
    if start is None:
        raise invalid("A range or start must be specified.")
    sheet = sheet_of(change.document, start.get("sheetId") or 0)
    top, left = start.get("rowIndex") or 0, start.get("columnIndex") or 0
    width = max((len(row.get("values") or []) for row in rows), default=0)
    area = Area(top, top + len(rows), left, left + width)
    if not area.inside(sheet.everything):
        raise beyond(sheet, area)
    return sheet, area


def _fit(area: Area, rows: list[Message]) -> None:
    """Refuse more rows or columns than the range has."""
    last_row, last_column = (area.bottom or 0) - 1, (area.right or 0) - 1
    if area.top + len(rows) - 1 > last_row:
        told = f"row: {last_row + 1}, beyond the last requested row of: {last_row}"
        raise invalid(f"Attempting to write {told}")
    if any(area.left + len(row.get("values") or []) - 1 > last_column for row in rows):
        told = f"column: {last_column + 1}, beyond the last requested column of: {last_column}"
        raise invalid(f"Attempting to write {told}")


def _repeat(change: Change) -> None:
    fields = change.fields()
    sheet, area = change.range()
    change.guard(sheet, area)
    given = change.wish.get("cell") or {}
    for row, column in sheet.each(area):
        sheet.enter(row, column, with_fields(sheet.cell(row, column), given, fields))


def with_fields(cell: Cell, given: Message, fields: list[str]) -> Cell:
    """Return a cell with these fields of ``CellData`` as given, cleared where not. Raises `Refused`."""
    if "*" in fields:
        fields = [*_SETTERS, _FORMAT]
    for field in fields:
        name, _, below = field.partition(".")
        if name == _FORMAT:
            cell = replace(cell, format=_styled(_merged(cell.format, given.get(_FORMAT) or {}, below)))
        elif name in _SETTERS:
            cell = _SETTERS[name](cell, given.get(name))
        else:
            raise invalid(f"Invalid field: {name}")
    return cell


def _entered(cell: Cell, given: Message | None) -> Cell:
    held = [(name, value) for name, value in (given or {}).items() if value is not None]
    if not held:
        return cell.entered(None)
    name, value = held[0]
    if name == "formulaValue":
        return cell.with_formula(str(value))
    if name == "errorValue":
        raise invalid("Errors cannot be entered.")
    if isinstance(value, str) and len(value) > MOST_CHARACTERS:
        raise invalid(
            f"Your input contains more than the maximum of {MOST_CHARACTERS} characters in a single cell."
        )
    entered: Value = value
    return cell.entered(entered)


def _noted(cell: Cell, given: str | None) -> Cell:
    return replace(cell, note=given or "")


def _validated(cell: Cell, given: Message | None) -> Cell:
    return replace(cell, validation=given or None)


def _ignored(cell: Cell, given: object) -> Cell:
    return cell


_SETTERS: Mapping[str, Callable[[Cell, object], Cell]] = {
    "userEnteredValue": _entered,  # type: ignore[dict-item]  # the schema was checked: each gets its own kind
    "note": _noted,  # type: ignore[dict-item]
    "dataValidation": _validated,  # type: ignore[dict-item]
    "textFormatRuns": _ignored,
}


def _merged(before: Message, given: Message, path: str) -> Message:
    """Return a format with the part at a path taken from ``given``; all of it for the empty path."""
    if not path:
        return deepcopy(given)
    name, _, below = path.partition(".")
    rest = {held: told for held, told in before.items() if held != name}
    if not below:
        return rest | ({name: deepcopy(given[name])} if given.get(name) is not None else {})
    part = _merged(before.get(name) or {}, given.get(name) or {}, below)
    return rest | ({name: part} if part else {})


def _styled(told: Message) -> Message:
    """Return a format that tells each plain colour as a style, too."""
    pairs = (("backgroundColor", "backgroundColorStyle"), ("foregroundColor", "foregroundColorStyle"))
    told = told | {style: {"rgbColor": told[plain]} for plain, style in pairs if plain in told}
    return told | ({"textFormat": _styled(told["textFormat"])} if told.get("textFormat") else {})


def _sort(change: Change) -> None:
    """Sort the rows that are seen into the places that are seen; empty cells come last either way."""
    sheet, area = change.range()
    change.guard(sheet, area)
    for merge in sheet.merges:
        if merge.meets(area) and merge.bottom != merge.top + 1:
            told = "You can't sort a range containing vertical merges."
            raise invalid(f"{told} There is a vertical merge at {a1(sheet.title, merge).rpartition('!')[2]}")
    rows = range(area.top, area.bottom or 0)
    seen = [at for at in rows if not sheet.rows[at].traits.hidden]
    order = list(seen)
    for spec in reversed(change.wish.get("sortSpecs") or []):
        column = spec.get("dimensionIndex") or 0
        filled = [at for at in order if sheet.cell(at, column).filled]
        empty = [at for at in order if not sheet.cell(at, column).filled]
        key = partial(_sort_key, sheet, column)
        order = sorted(filled, key=key, reverse=spec.get("sortOrder") == "DESCENDING") + empty
    moves = dict(zip(seen, order, strict=True))
    sheet.sort([moves.get(at, at) for at in rows], area)


def _sort_key(sheet: Sheet, column: int, row: int) -> tuple[int, float, str]:
    """Numbers before text before booleans, text without regard to case."""
    value = sheet.cell(row, column).value
    if isinstance(value, bool):
        return 2, value, ""
    if isinstance(value, int | float):
        return 0, value, ""
    return 1, 0, str(value).lower()


def _copy_paste(change: Change) -> None:
    source, area = change.range("source")
    target, to = change.range("destination")
    change.guard(target, to)
    height, width = (area.bottom or 0) - area.top, (area.right or 0) - area.left
    held = {place: source.cell(*place) for place in source.each(area)}
    for row, column in target.each(to):
        place = area.top + (row - to.top) % height, area.left + (column - to.left) % width
        target.put(row, column, held[place])


def _cut_paste(change: Change) -> None:
    source, area = change.range("source")
    start = change.wish.get("destination") or {}
    target = sheet_of(change.document, start.get("sheetId") or 0)
    down, right = (start.get("rowIndex") or 0) - area.top, (start.get("columnIndex") or 0) - area.left
    to = Area(area.top + down, (area.bottom or 0) + down, area.left + right, (area.right or 0) + right)
    if not to.inside(target.everything):
        raise beyond(target, to)
    change.guard(source, area)
    change.guard(target, to)
    held = {place: source.cell(*place) for place in source.each(area)}
    for place in held:
        source.put(*place, EMPTY)
    for (row, column), cell in held.items():
        target.put(row + down, column + right, cell)


def _validation(change: Change) -> None:
    sheet, area = change.range()
    change.guard(sheet, area)
    rule = change.wish.get("rule")
    for row, column in sheet.each(area):
        sheet.put(row, column, replace(sheet.cell(row, column), validation=rule or None))


CELLS: Kinds = {
    "updateCells": _update,
    "repeatCell": _repeat,
    "sortRange": _sort,
    "copyPaste": _copy_paste,
    "cutPaste": _cut_paste,
    "setDataValidation": _validation,
}

"""Requests about what lies over cells: merges, protection, filters, names."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.google_sheets.areas import Area, area_of, grid_range
from tests.fakes.google_sheets.changes import Change, Kinds
from tests.fakes.google_sheets.errors import Message, invalid
from tests.fakes.google_sheets.ranges import sheet_of
from tests.fakes.google_sheets.shapes import protected_range
from tests.fakes.google_sheets.sheets import Protection, Sheet


def _merge(change: Change) -> None:
    sheet, area = change.range()
    change.guard(sheet, area)
    bottom, right = area.bottom or 0, area.right or 0
    pieces = {
        "MERGE_ROWS": [replace(area, top=row, bottom=row + 1) for row in range(area.top, bottom)],
        "MERGE_COLUMNS": [replace(area, left=at, right=at + 1) for at in range(area.left, right)],
    }.get(change.wish.get("mergeType", "MERGE_ALL"), [area])
    for piece in pieces:
        if any(merge.meets(piece) and not merge.inside(piece) for merge in sheet.merges):
            raise invalid("You must select all cells in a merged range to merge or unmerge them.")
        sheet.merges = [merge for merge in sheet.merges if not merge.inside(piece)]
        for row, column in sheet.each(piece):
            if (row, column) != (piece.top, piece.left):
                sheet.put(row, column, sheet.cell(row, column).entered(None))
        if piece.bottom != piece.top + 1 or piece.right != piece.left + 1:
            sheet.merges.append(piece)


def _unmerge(change: Change) -> None:
    sheet, area = change.range()
    change.guard(sheet, area)
    if any(merge.meets(area) and not merge.inside(area) for merge in sheet.merges):
        raise invalid("You must select all cells in a merged range to merge or unmerge them.")
    sheet.merges = [merge for merge in sheet.merges if not merge.inside(area)]


def _protect(change: Change) -> Message:
    wish = change.wish.get("protectedRange") or {}
    told = wish.get("range")
    if told is None:
        raise invalid("No range or named range set.")
    sheet = sheet_of(change.document, told.get("sheetId") or 0)
    warning = bool(wish.get("warningOnly"))
    free = [area_of(one) for one in wish.get("unprotectedRanges") or ()]
    editors = {str(user) for user in (wish.get("editors") or {}).get("users") or ()}
    one = Protection(
        id=wish.get("protectedRangeId") or change.document.new_id(),
        area=area_of(told),
        warning_only=warning,
        description=wish.get("description") or "",
        unprotected=tuple(free),
        editors=frozenset(editors | ({change.grant.user} - {change.document.owner})),
    )
    sheet.protections.append(one)
    told = protected_range(one, sheet, change.document, change.grant.user)
    told["editors"] = (
        {"users": sorted(editors)} if editors else {}
    )  # the owner goes unsaid here, not in a read
    return {"protectedRange": told}


def _unprotect(change: Change) -> None:
    wanted = change.wish.get("protectedRangeId")
    for sheet in change.document.sheets:
        for one in sheet.protections:
            if one.id == wanted:
                change.guard(sheet, one.area)
                sheet.protections.remove(one)
                return
    raise invalid(f"No protected range with ID: {wanted}")


def _filter(change: Change) -> None:
    wish = change.wish.get("filter") or {}
    told = wish.get("range") or {}
    sheet = sheet_of(change.document, told.get("sheetId") or 0)
    rest = {name: held for name, held in wish.items() if name != "range"}
    closed = area_of(told).within(len(sheet.rows), len(sheet.columns))
    sheet.filter = (closed, rest)


def _clear_filter(change: Change) -> None:
    sheet = sheet_of(change.document, change.wish.get("sheetId") or 0)
    sheet.filter = None
    for row in sheet.rows:
        row.traits = replace(row.traits, hidden_by_filter=False)


def _add_name(change: Change) -> Message:
    wish = change.wish.get("namedRange") or {}
    sheet, area = _named_area(change, wish)
    name = wish.get("name") or ""
    if any(known.lower() == name.lower() for known, _, _ in change.document.named.values()):
        raise invalid(f"A named range with the name {name} already exists.")
    name_id = wish.get("namedRangeId") or str(change.document.new_id())
    change.document.named[name_id] = (name, sheet.id, area)
    return {"namedRange": {"namedRangeId": name_id, "name": name, "range": grid_range(sheet.id, area)}}


def _change_name(change: Change) -> None:
    wish = change.wish.get("namedRange") or {}
    name_id = wish.get("namedRangeId")
    if name_id not in change.document.named:
        raise invalid(f"No named range with ID: {name_id}")
    name, sheet_id, area = change.document.named[name_id]
    fields = {field.partition(".")[0] for field in change.fields()}
    if fields & {"name", "*"}:
        name = wish.get("name") or ""
    if fields & {"range", "*"}:
        sheet, area = _named_area(change, wish)
        sheet_id = sheet.id
    change.document.named[name_id] = (name, sheet_id, area)


def _delete_name(change: Change) -> None:
    if change.document.named.pop(change.wish.get("namedRangeId") or "", None) is None:
        raise invalid(f"No named range with ID: {change.wish.get('namedRangeId')}")


def _named_area(change: Change, wish: Message) -> tuple[Sheet, Area]:
    told = wish.get("range") or {}
    return sheet_of(change.document, told.get("sheetId") or 0), area_of(told)


AREAS: Kinds = {
    "mergeCells": _merge,
    "unmergeCells": _unmerge,
    "addProtectedRange": _protect,
    "deleteProtectedRange": _unprotect,
    "setBasicFilter": _filter,
    "clearBasicFilter": _clear_filter,
    "addNamedRange": _add_name,
    "updateNamedRange": _change_name,
    "deleteNamedRange": _delete_name,
}

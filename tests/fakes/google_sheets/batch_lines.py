"""Requests about rows and columns."""

from __future__ import annotations

from dataclasses import replace

from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.changes import Change, Kinds
from tests.fakes.google_sheets.errors import Message, invalid
from tests.fakes.google_sheets.ranges import sheet_of
from tests.fakes.google_sheets.sheets import Sheet, Traits

_WIDEST = 18_278
_WORDS = {"ROWS": "row", "COLUMNS": "column"}


def _append(change: Change) -> None:
    sheet = sheet_of(change.document, change.wish.get("sheetId") or 0)
    axis, count = change.wish.get("dimension"), change.wish.get("length") or 0
    if axis not in _WORDS or count < 1:
        raise invalid("length must be at least 1." if axis in _WORDS else "No dimension set.")
    _room(change, sheet, axis, count)
    sheet.append(axis, count)


def _insert(change: Change) -> None:
    sheet, axis, start, end = change.lines(change.wish.get("range"))
    count = len(sheet.lines(axis))
    before = bool(change.wish.get("inheritFromBefore"))
    if start > count:
        raise invalid(f"range.startIndex is larger than current grid size ({count})")
    if start == count and not before:
        told = f"range.startIndex must be less than the grid size ({count})"
        raise invalid(f"{told} if inheritFromBefore is false.")
    if end <= start:
        raise invalid("range.endIndex must be after range.startIndex.")
    if before and not start:
        raise invalid("inheritFromBefore cannot be true if inserting at index 0")
    _room(change, sheet, axis, end - start)
    sheet.insert(axis, start, end - start)


def _delete(change: Change) -> None:
    sheet, axis, start, end = change.lines(change.wish.get("range"))
    count = len(sheet.lines(axis))
    word = _WORDS[axis]
    if not 0 <= start < end:
        raise invalid("range.endIndex must be after range.startIndex.")
    if end > count:
        told = f"Cannot delete a {word} that doesn't exist."
        raise invalid(
            f"{told} Tried to delete {word} index {max(start, count)} but there are only {count} {word}s."
        )
    frozen = sheet.look.get("gridProperties", {}).get(f"frozen{word.title()}Count", 0)
    if start <= frozen and end == count:
        raise invalid(f"Sorry, it is not possible to delete all non-frozen {word}s.")
    change.guard(sheet, Area().with_span(axis, start, end))
    sheet.delete(axis, start, end - start)


def _move(change: Change) -> None:
    sheet, axis, start, end = change.lines(change.wish.get("source"))
    to = change.wish.get("destinationIndex") or 0
    count = len(sheet.lines(axis))
    if not 0 <= start < end <= count or not 0 <= to <= count:
        raise invalid(f"destinationIndex[{to}] is after last {_WORDS[axis]} in sheet[{sheet.id}]")
    if start < to < end:
        raise invalid("destinationIndex must not be within the source range.")
    change.guard(sheet, Area().with_span(axis, start, end))
    if any(_crossed(merge.span(axis), start, end, to) for merge in sheet.merges):
        told = f"Sorry, it is not possible to move a {_WORDS[axis]} to a position that crosses a merged cell."
        raise invalid(f"{told} Please unmerge and try again.")
    moving = range(start, end)
    rest = [at for at in range(count) if at not in moving]
    place = sum(at < to for at in rest)
    sheet.reorder(axis, [*rest[:place], *moving, *rest[place:]])


def _crossed(merge: tuple[int, int | None], start: int, end: int, to: int) -> bool:
    """Tell whether a merge of several lines is torn: by what leaves, or by what comes."""
    first, last = merge[0], (merge[1] or 0)
    leaves = last - first > 1 and first < end and start < last
    return leaves or first < to < last


def _properties(change: Change) -> None:
    sheet, axis, start, end = change.lines(change.wish.get("range"))
    wish = change.wish.get("properties") or {}
    for field in change.fields():
        for line in sheet.lines(axis)[start:end]:
            line.traits = _with(line.traits, field, wish)


def _with(traits: Traits, field: str, wish: Message) -> Traits:
    if field in {"hiddenByUser", "*"}:
        traits = replace(traits, hidden_by_user=bool(wish.get("hiddenByUser")))
    if field in {"pixelSize", "*"}:
        traits = replace(traits, size=wish.get("pixelSize"))
    if field not in {"hiddenByUser", "pixelSize", "*"}:
        raise invalid(f"Invalid field: {field}")
    return traits


def _auto_resize(change: Change) -> None:
    """Keep the size: nobody measures text here."""
    change.lines(change.wish.get("dimensions"))


def _group(change: Change) -> Message:
    sheet, axis, start, end = change.lines(change.wish.get("range"))
    sheet.groups.append((axis, start, end))
    name = "rowGroupControlAfter" if axis == "ROWS" else "columnGroupControlAfter"
    sheet.look = sheet.look | {"gridProperties": sheet.look.get("gridProperties", {}) | {name: True}}
    return {"dimensionGroups": _groups(sheet)}


def _ungroup(change: Change) -> Message:
    sheet, axis, start, end = change.lines(change.wish.get("range"))
    if (axis, start, end) not in sheet.groups:
        raise invalid("There is no group over the specified range.")
    sheet.groups.remove((axis, start, end))
    return {"dimensionGroups": groups} if (groups := _groups(sheet)) else {}


def _groups(sheet: Sheet) -> list[Message]:
    range_: Message = {} if sheet.id == 0 else {"sheetId": sheet.id}
    return [
        {"range": range_ | {"dimension": axis, "startIndex": start, "endIndex": end}, "depth": 1}
        for axis, start, end in sheet.groups
    ]


def _room(change: Change, sheet: Sheet, axis: str, count: int) -> None:
    if axis == "COLUMNS" and len(sheet.columns) + count > _WIDEST:
        raise invalid(f"This document is too large to continue editing: at most {_WIDEST} columns.")
    change.guard_shape(sheet)
    change.document.room_for(count * len(sheet.columns if axis == "ROWS" else sheet.rows))


LINES: Kinds = {
    "appendDimension": _append,
    "insertDimension": _insert,
    "deleteDimension": _delete,
    "moveDimension": _move,
    "updateDimensionProperties": _properties,
    "autoResizeDimensions": _auto_resize,
    "addDimensionGroup": _group,
    "deleteDimensionGroup": _ungroup,
}

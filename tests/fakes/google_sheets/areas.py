"""Rectangles of a sheet: half-open, counted from 0, open where an end is None; and their A1 notation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tests.fakes.google_sheets.errors import Message

Axis = Literal["ROWS", "COLUMNS"]

_CELL = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?")
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LOOKS_A1 = re.compile(r"[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[A-Za-z]{1,3}")


@dataclass(frozen=True, slots=True)
class Area:
    """Rows ``top … bottom-1`` of columns ``left … right-1``; None is "up to the end of the sheet"."""

    top: int = 0
    bottom: int | None = None
    left: int = 0
    right: int | None = None

    def within(self, rows: int, columns: int) -> Area:
        """Return the part of it that lies in a grid of this size, without open ends."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Area(min(self.top, rows), bottom, min(self.left, columns), right)

    def sized(self) -> Area:
        """Return a closed area of the same size at A1."""
        assert self.bottom is not None
        assert self.right is not None
        return Area(0, self.bottom - self.top, 0, self.right - self.left)

    def meets(self, other: Area) -> bool:
        """Return True where the two have a cell in common."""
        return _meets(self.top, self.bottom, other.top, other.bottom) and _meets(
            self.left, self.right, other.left, other.right
        )

    def inside(self, other: Area) -> bool:
        """Return True where every cell of it is one of the other's."""
        return (
            other.top <= self.top
            and other.left <= self.left
            and (other.bottom is None or (self.bottom is not None and self.bottom <= other.bottom))
            and (other.right is None or (self.right is not None and self.right <= other.right))
        )

    def span(self, axis: Axis) -> tuple[int, int | None]:
        """Return its rows or its columns."""
        return (self.top, self.bottom) if axis == "ROWS" else (self.left, self.right)

    def with_span(self, axis: Axis, start: int, end: int | None) -> Area:
        """Return it over other rows, or over other columns."""
        if axis == "ROWS":
            return replace(self, top=start, bottom=end)
        return replace(self, left=start, right=end)

    def inserted(self, axis: Axis, at: int, count: int) -> Area:
        """Return it after lines came in at ``at``."""
        start, end = self.span(axis)
        start += count if start >= at and not (start == 0 and end is None) else 0
        return self.with_span(axis, start, end if end is None or end <= at else end + count)

    def deleted(self, axis: Axis, at: int, count: int) -> Area | None:
        """Return what is left of it after lines went away; None for nothing."""
        start, end = (line if line is None else _closed(line, at, count) for line in self.span(axis))
        if start is None or (end is not None and end <= start):
            return None
        return self.with_span(axis, start, end)

    def moved(self, axis: Axis, order: Sequence[int]) -> Area:
        """Return it after the line that stood at ``order[n]`` came to stand at n: it follows its lines."""
        start, end = self.span(axis)
        if end is None:
            return self
        places = [at for at, line in enumerate(order) if start <= line < end]
        return self.with_span(axis, places[0], places[0] + len(places)) if places else self


def grid_range(sheet_id: int, area: Area) -> Message:
    """Return the area as a ``GridRange`` of an answer, where the sheet 0 goes unsaid."""
    told: Message = {} if sheet_id == 0 else {"sheetId": sheet_id}
    rows = {} if area.top == 0 and area.bottom is None else {"startRowIndex": area.top}
    columns = {} if area.left == 0 and area.right is None else {"startColumnIndex": area.left}
    told |= rows | ({} if area.bottom is None else {"endRowIndex": area.bottom})
    return told | columns | ({} if area.right is None else {"endColumnIndex": area.right})


def area_of(range_: Message) -> Area:
    """Read a ``GridRange`` of a request, whatever its sheet."""
    return Area(
        range_.get("startRowIndex") or 0,
        range_.get("endRowIndex"),
        range_.get("startColumnIndex") or 0,
        range_.get("endColumnIndex"),
    )


def letters(column: int) -> str:
    """Return A for 0, AA for 26."""
    told = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        told = chr(65 + rest) + told
    return told


def a1(title: str, area: Area) -> str:
    """Return a closed area as Google tells it: title quoted where it must be, one cell without a colon."""
    assert area.bottom is not None
    assert area.right is not None
    first = f"{letters(area.left)}{area.top + 1}"
    last = f"{letters(area.right - 1)}{area.bottom}"
    return f"{quoted(title)}!{first if first == last else f'{first}:{last}'}"


def quoted(title: str) -> str:
    """Return a sheet's title as A1 notation wants it."""
    plain = _PLAIN.fullmatch(title) and not _LOOKS_A1.fullmatch(title)
    return title if plain else "'" + title.replace("'", "''") + "'"


def parts(notation: str) -> tuple[str | None, str]:
    """Split ``'O''Brien'!A1`` into the title and the cells; None where no title is told."""
    if notation.startswith("'"):
        found = re.fullmatch(r"'((?:[^']|'')*)'(?:!(.*))?", notation, re.DOTALL)
        return (found[1].replace("''", "'"), found[2] or "") if found else (None, notation)
    title, mark, cells = notation.rpartition("!")
    return (title, cells) if mark else (None, notation)


def area_in(cells: str) -> Area | None:
    """Read ``A1``, ``A1:C``, ``A:C``, ``2:3``, ``D4:A1``; None where it is none of those."""
    first, colon, second = cells.partition(":")
    start = _corner(first)
    end = _corner(second) if colon else start
    if start is None or end is None or (not colon and None in start):
        return None
    top, bottom = _line(start[0], end[0])
    left, right = _line(start[1], end[1])
    return Area(top, bottom, left, right)


def _corner(cell: str) -> tuple[int | None, int | None] | None:
    """Return row and column of ``B2``, ``B`` or ``2``, from 0."""
    found = _CELL.fullmatch(cell)
    if not found or not cell or not (found[1] or found[2]):
        return None
    column = None
    if found[1]:
        column = -1
        for letter in found[1].upper():
            column = (column + 1) * 26 + ord(letter) - 65
    return (int(found[2]) - 1 if found[2] else None), column


def _line(start: int | None, end: int | None) -> tuple[int, int | None]:
    if start is None:
        return (0, None) if end is None else (end, None)
    if end is None:
        return start, None
    return min(start, end), max(start, end) + 1


def _meets(start: int, end: int | None, other_start: int, other_end: int | None) -> bool:
    return (other_end is None or start < other_end) and (end is None or other_start < end)


def _closed(line: int, at: int, count: int) -> int:
    """Return where a border stands after lines went away."""
    return line if line <= at else max(at, line - count)

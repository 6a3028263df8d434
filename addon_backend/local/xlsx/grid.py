"""The cells of a sheet part, in one pass over its bytes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue
from addon_backend.domain.errors import FileTooLarge, FileUnreadable
from addon_backend.domain.sheet import GridRange
from addon_backend.local.formats import Style
from addon_backend.local.opened import FileLimits, Position, Why
from addon_backend.local.xlsx.formulas import moved
from addon_backend.local.xlsx.markup import attributes_of
from addon_backend.local.xlsx.places import cell_position, next_column, next_row, read_range, row_end, tags
from addon_backend.local.xlsx.text import read_runs, read_text

DAYS_TO_1904 = 1_462
"""A workbook of the 1904 date system (old Macs) counts from 1904-01-01; `DateValue` from 1899-12-30."""

_Read: TypeAlias = Callable[[bytes], CellValue]
_Kind: TypeAlias = tuple[int, _Read]
"""What a cell's attributes decide: its style, and how its value is read."""

_REMEMBERED = 50_000  # short texts and dates that repeat are made once


@dataclass(slots=True)
class Grid:
    """What the rows of a sheet part hold."""

    rows: list[list[CellValue]] = field(default_factory=list)
    formulas: dict[Position, str] = field(default_factory=dict)
    spills: set[Position] = field(default_factory=set)
    styles: list[Mapping[int, int]] = field(default_factory=list)
    row_styles: dict[int, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)


class GridReader:
    """Reads the cells of a sheet. Raises `FileUnreadable` where Excel complains, `FileTooLarge`."""

    def __init__(
        self,
        prefix: bytes,
        strings: Sequence[str],
        styles: Sequence[Style],
        limits: FileLimits,
        *,
        from_1904: bool,
    ) -> None:
        self._tags = tags(prefix)
        self._strings = strings
        self._styles = styles
        self._limits = limits
        self._shift = DAYS_TO_1904 if from_1904 else 0
        self._grid = Grid()
        self._held = 0
        self._kinds: dict[bytes, _Kind] = {}
        self._texts: dict[bytes, str] = {}
        self._dates: dict[bytes, DateValue] = {}
        self._patterns: dict[tuple[int, ...], Mapping[int, int]] = {}
        self._shared: dict[bytes, tuple[int, int, str]] = {}
        self._orphans: list[tuple[int, int, bytes]] = []
        self._arrays: list[GridRange] = []

    def read(self, data: bytes, start: int, end: int) -> Grid:
        """Read the rows between two offsets of a plain part (`markup.plain`)."""
        row = -1
        for tag in self._tags.row.finditer(data, start, end):
            attributes = attributes_of(tag[1])
            row = next_row(attributes.get(b"r"), row)
            if attributes.get(b"hidden") in (b"1", b"true"):
                self._grid.hidden_rows.add(row)
            if b"s" in attributes and attributes.get(b"customFormat") in (b"1", b"true"):
                self._grid.row_styles[row] = _whole(attributes[b"s"])
            self._hold(row - len(self._grid.rows))
            while len(self._grid.rows) < row:
                self._grid.rows.append([])
                self._grid.styles.append(_NO_STYLES)
            self._read_row(data, tag.end(), row_end(data, tag, self._tags, end), row)
        self._finish()
        return self._grid

    def _read_row(self, data: bytes, start: int, end: int, row: int) -> None:
        # Every cell passes here: how to read it was decided when its attributes were first seen.
        kinds, texts = self._kinds, self._texts
        cells: list[CellValue] = []
        pattern: list[int] = []
        own_digits = b"%d" % (row + 1)
        column = -1
        for letters, digits, rest, raw, text, content in self._tags.cell.findall(data, start, end):
            kind = kinds.get(rest)
            if kind is None:
                kind, letters, digits = self._new_kind(letters, digits, rest)  # noqa: PLW2901 - now complete
            if digits and digits != own_digits:
                raise FileUnreadable(reason=Why.DAMAGED)
            column = next_column(letters, column)
            style, read = kind
            if style:
                pattern.append(column << 20 | style)
            if raw:
                value = read(raw)
            elif text:
                value = texts.get(text) or self._text(text)
            elif content:
                value = self._content(content, read, row, column)
            else:
                continue
            if value is not None or (row, column) in self._grid.formulas:
                cells.extend([None] * (column - len(cells)))
                cells.append(value)
        self._hold(len(cells) + 1)
        self._grid.rows.append(cells)
        self._grid.styles.append(self._pattern(pattern) if pattern else _NO_STYLES)

    def _hold(self, cells: int) -> None:
        self._held += cells
        if self._held > self._limits.cells:
            raise FileTooLarge(cells=self._limits.cells)

    def _new_kind(self, letters: bytes, digits: bytes, rest: bytes) -> tuple[_Kind, bytes, bytes]:
        attributes = attributes_of(rest)
        style = _whole(attributes.get(b"s", b"0"))
        if style >= 2**20:
            raise FileUnreadable(reason=Why.DAMAGED)
        dates = style < len(self._styles) and self._styles[style].dates
        kind = style, self._reading(attributes.get(b"t", b"n"), dates=dates)
        if b"r" not in attributes and len(self._kinds) < _REMEMBERED:
            self._kinds[rest] = kind
        return kind, *cell_position(letters, digits, attributes)

    def _reading(self, form: bytes, *, dates: bool) -> _Read:
        """Return how to read the value of a cell of this form (ECMA-376 part 1, §18.18.11)."""
        if form == b"n":
            return self._date if dates else read_number
        if form == b"s":
            return self._shared_string
        return _FORMS.get(form, read_text)

    def _pattern(self, pattern: list[int]) -> Mapping[int, int]:
        key = tuple(pattern)
        known = self._patterns.get(key)
        if known is None:
            known = self._patterns[key] = {entry >> 20: entry & 0xFFFFF for entry in key}
        return known

    def _content(self, content: bytes, read: _Read, row: int, column: int) -> CellValue:
        formula = self._tags.formula.search(content)
        if formula:
            self._formula(attributes_of(formula[1]), formula[2] or b"", row, column)
        inline = self._tags.inline.search(content)
        if inline:
            return read_runs(inline[1])
        value = self._tags.value.search(content)
        return read(value[1]) if value else None

    def _shared_string(self, raw: bytes) -> CellValue:
        raw = raw.strip()
        if not raw:
            return None
        index = _whole(raw)
        if index >= len(self._strings):
            raise FileUnreadable(reason=Why.DAMAGED)  # read as blank, it would be filled
        return self._strings[index]

    def _text(self, raw: bytes) -> str:
        text = read_text(raw)
        if len(raw) < 40 and len(self._texts) < _REMEMBERED:
            self._texts[raw] = text
        return text

    def _date(self, raw: bytes) -> CellValue:
        known = self._dates.get(raw)
        if known is not None:
            return known
        number = read_number(raw)
        if not isinstance(number, int | float):
            return number
        value = DateValue(float(number + self._shift))
        if len(self._dates) < _REMEMBERED:
            self._dates[raw] = value
        return value

    def _formula(self, attributes: dict[bytes, bytes], raw: bytes, row: int, column: int) -> None:
        text, form = read_text(raw), attributes.get(b"t")
        group = attributes.get(b"si", b"")
        if form == b"shared" and text:
            self._shared[group] = (row, column, text)
        elif form == b"shared" and group in self._shared:
            top, left, origin = self._shared[group]
            text = moved(origin, row - top, column - left)
            self._hold(len(text) // 64)  # a short file can write out a long formula a million times
        elif form == b"shared":
            self._orphans.append((row, column, group))
        elif form in (b"array", b"dataTable") and b"ref" in attributes:
            self._arrays.append(read_range(attributes[b"ref"].decode()))
        self._grid.formulas[row, column] = "=" + text

    def _finish(self) -> None:
        grid = self._grid
        for row, column, group in self._orphans:
            if group in self._shared:
                top, left, origin = self._shared[group]
                text = moved(origin, row - top, column - left)
                self._hold(len(text) // 64)
                grid.formulas[row, column] = "=" + text
        while grid.rows and not grid.rows[-1]:
            grid.rows.pop()
        columns = max(map(len, grid.rows), default=0)
        for array in self._arrays:
            inside = array.clip(len(grid.rows), columns)
            bottom, right = inside.bottom or 0, inside.right or 0
            self._hold((bottom - inside.top) * (right - inside.left))
            grid.spills.update(
                (row, column) for row in range(inside.top, bottom) for column in range(inside.left, right)
            )
        grid.spills.difference_update(grid.formulas)


_NO_STYLES: Mapping[int, int] = {}


def read_number(raw: bytes) -> CellValue:
    """Return a number, an int where it is whole; text where it is none; ``#NUM!`` for NaN."""
    if len(raw) < 16 and raw.isdigit():
        return int(raw)
    try:
        number = float(raw)
    except ValueError:
        return read_text(raw) or None
    if b"_" in raw:
        return read_text(raw)  # float() reads 1_000, Excel does not
    if not math.isfinite(number):
        return ErrorValue("#NUM!")
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


def _whole(raw: bytes) -> int:
    if not (raw.isdigit() and len(raw) < 19):
        raise FileUnreadable(reason=Why.DAMAGED)
    return int(raw)


def _iso_date(raw: bytes) -> CellValue:
    text = read_text(raw)
    try:
        return DateValue.of(datetime.fromisoformat(text).replace(tzinfo=None))
    except ValueError:
        return text


_FORMS: Mapping[bytes, _Read] = {
    b"b": lambda raw: raw.strip() in (b"1", b"true"),
    b"e": lambda raw: ErrorValue(read_text(raw)),
    b"d": _iso_date,
}

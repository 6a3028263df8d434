"""Which cells of a sheet are written, and with which bytes; which are refused, and why."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue, same_value
from addon_backend.domain.sheet import GridRange
from addon_backend.local.edits import Refusal, RefusedCell, SheetEdits
from addon_backend.local.formats import BUILT_IN, DATE_ID, DATE_TIME_ID, GENERAL, TEXT
from addon_backend.local.opened import OpenedSheet
from addon_backend.local.xlsx.grid import DAYS_TO_1904
from addon_backend.local.xlsx.places import MOST_COLUMNS, MOST_ROWS
from addon_backend.local.xlsx.stylebook import StyleBook
from addon_backend.local.xlsx.text import write_text

MOST_CHARACTERS = 32_767
_LONGEST_AS_TEXT = 255  # older Excels show longer text in cells of the format Text as ####
# Words that stay what they are when somebody enters the cell again: no digit, no sign, nothing of a formula.
_PLAIN_WORDS = re.compile(r"[^\W\d_][^\d=@]*")
_TRUTHS = frozenset("true false vrai faux wahr falsch verdadero falso vero waar onwaar".split())
_LARGEST = 9.99999999999999e307
_TALL = 50  # rows; merges are flat, and the few that are not are asked one by one
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


@dataclass(frozen=True, slots=True)
class CellWrite:
    """A cell to set: its column, and its element from behind the ``r`` attribute on."""

    column: int
    tail: bytes


@dataclass(slots=True)
class SheetPlan:
    """The cells to set by row of the file, by row of the result for rows made new, and the cells refused."""

    writes: dict[int, list[CellWrite]] = field(default_factory=dict)
    new_rows: dict[int, list[CellWrite]] = field(default_factory=dict)
    refused: list[RefusedCell] = field(default_factory=list)

    @property
    def count(self) -> int:
        """How many cells change."""
        return sum(len(cells) for rows in (self.writes, self.new_rows) for cells in rows.values())


class Planner:
    """Plans the edits of one sheet; new styles go into the workbook's style book."""

    def __init__(self, sheet: OpenedSheet, book: StyleBook, prefix: bytes, *, from_1904: bool) -> None:
        self._sheet = sheet
        self._book = book
        self._prefix = prefix
        self._shift = DAYS_TO_1904 if from_1904 else 0
        self._covered = _Covered(sheet.merged)
        self._headers = _Covered(sheet.table_headers, anchors=True)

    def plan(self, edits: SheetEdits, appended_from: int | None) -> SheetPlan:
        """Plan all cells. New rows stand where the order has them, or one by one from ``appended_from``."""
        plan = SheetPlan()
        for (row, column), value in sorted(edits.cells.items(), key=lambda edit: edit[0]):
            code = edits.number_formats.get((row, column))
            made = self._edit(row, column, value, code)
            if isinstance(made, Refusal):
                plan.refused.append(RefusedCell(self._sheet.name, row, column, made))
            elif made is not None:
                plan.writes.setdefault(row, []).append(made)
        for at, (place, new) in enumerate(sorted(edits.new_rows.items())):
            row = place if appended_from is None else appended_from + at
            for column, value in sorted(new.cells.items()):
                made = self._new(row, column, value) if value is not None else None
                if isinstance(made, Refusal):
                    plan.refused.append(RefusedCell(self._sheet.name, row, column, made, new=True))
                elif made is not None:
                    plan.new_rows.setdefault(row, []).append(made)
        return plan

    def _edit(self, row: int, column: int, value: CellValue, code: str | None) -> CellWrite | Refusal | None:
        if not (0 <= row < MOST_ROWS and 0 <= column < MOST_COLUMNS):
            return Refusal.OUTSIDE
        formats = self._sheet.formats
        same_format = code is None or code == formats.get((row, column), GENERAL)
        if same_format and same_value(self._sheet.value(row, column), value):
            return None
        if (row, column) in self._sheet.formulas:
            return Refusal.FORMULA
        if (row, column) in self._sheet.spills:
            return Refusal.SPILL
        if self._covered(row, column):
            return Refusal.MERGED
        if self._headers(row, column):
            return Refusal.TABLE_HEADER
        return self._write(column, value, formats.index(row, column), code)

    def _new(self, row: int, column: int, value: CellValue) -> CellWrite | Refusal:
        if not (row < MOST_ROWS and 0 <= column < MOST_COLUMNS):
            return Refusal.OUTSIDE
        return self._write(column, value, self._sheet.formats.index(MOST_ROWS, column), None)

    def _write(self, column: int, value: CellValue, base: int, code: str | None) -> CellWrite | Refusal:
        content = self._content(value)
        if isinstance(content, Refusal):
            return content
        style = self._style(value, self._book.known(base), code)
        if style is None:
            return Refusal.NO_SUCH_DATE
        return CellWrite(column, (b' s="%d"' % style if style else b"") + content)

    def _content(self, value: CellValue) -> bytes | Refusal:
        p = self._prefix
        match value:
            case None:
                return b"/>"
            case bool():
                return b' t="b"><%bv>%d</%bv></%bc>' % (p, value, p, p)
            case int() | float():
                number = _number(value)
            case DateValue():
                serial = value.serial - self._shift
                number = _number(serial) if serial >= 0 else Refusal.NO_SUCH_DATE
            case ErrorValue():
                if value.code not in _ERRORS:
                    return Refusal.NO_SUCH_TEXT
                return b' t="e"><%bv>%b</%bv></%bc>' % (p, value.code.encode(), p, p)
            case _:
                if len(value.encode("utf-16-le", "surrogatepass")) // 2 > MOST_CHARACTERS:
                    return Refusal.TOO_LONG
                text = write_text(value)
                return b' t="inlineStr"><%bis><%bt xml:space="preserve">%b</%bt></%bis></%bc>' % (
                    p,
                    p,
                    text,
                    p,
                    p,
                    p,
                )
        return number if isinstance(number, Refusal) else b"><%bv>%b</%bv></%bc>" % (p, number, p, p)

    def _style(self, value: CellValue, base: int, code: str | None) -> int | None:
        """Keep the cell's style unless the value would show, or be read, as something else."""
        own = self._book.style(base)
        if code is not None:
            derived = self._book.derive(base, code) if code != own.code else base
            return base if derived is None else derived
        match value:
            case DateValue():
                whole = value.serial == math.floor(value.serial)
                return (
                    base
                    if own.dates
                    else self._book.derive(base, BUILT_IN[DATE_ID if whole else DATE_TIME_ID])
                )
            case int() | float() if not isinstance(value, bool) and own.dates:
                return self._book.derive(base, GENERAL)
            case str() if own.code != TEXT and not _keeps_its_meaning(value):
                as_text = len(value) <= _LONGEST_AS_TEXT
                derived = self._book.derive(base, TEXT if as_text else None, quoted=not as_text)
                return base if derived is None else derived
        return base


class _Covered:
    """Whether a cell lies in one of many ranges; ``anchors`` counts their top left cells too."""

    def __init__(self, ranges: Iterable[GridRange], *, anchors: bool = False) -> None:
        self._anchors = anchors
        self._tall: list[GridRange] = []
        self._by_row: dict[int, list[GridRange]] = {}
        for area in ranges:
            bottom = area.bottom or MOST_ROWS
            if bottom - area.top > _TALL:
                self._tall.append(area)
                continue
            for row in range(area.top, bottom):
                self._by_row.setdefault(row, []).append(area)

    def __call__(self, row: int, column: int) -> bool:
        if not self._by_row and not self._tall:
            return False
        return any(
            area.top <= row < (area.bottom or MOST_ROWS)
            and area.left <= column < (area.right or MOST_COLUMNS)
            and (self._anchors or (row, column) != (area.top, area.left))
            for area in (*self._by_row.get(row, ()), *self._tall)
        )


def _keeps_its_meaning(text: str) -> bool:
    return not text or (
        len(text) <= _LONGEST_AS_TEXT
        and bool(_PLAIN_WORDS.fullmatch(text))
        and text.casefold() not in _TRUTHS
    )


def _number(value: float) -> bytes | Refusal:
    try:
        exact = abs(value) <= _LARGEST and (not isinstance(value, int) or int(float(value)) == value)
    except OverflowError:
        exact = False
    return repr(value).encode() if exact else Refusal.NO_SUCH_NUMBER

"""Number formats and locks of all cells of a sheet, without a record per cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

GENERAL = "General"
TEXT = "@"
DATE_ID, DATE_TIME_ID, TEXT_ID, FIRST_OWN_ID = 14, 22, 49, 164

# ECMA-376 part 1, §18.8.30: formats a workbook may use by number without declaring them.
BUILT_IN = {
    0: GENERAL,
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);\\("$"#,##0\\)',
    6: '"$"#,##0_);[Red]\\("$"#,##0\\)',
    7: '"$"#,##0.00_);\\("$"#,##0.00\\)',
    8: '"$"#,##0.00_);[Red]\\("$"#,##0.00\\)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    41: '_(* #,##0_);_(* \\(#,##0\\);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* \\(#,##0\\);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* \\(#,##0.00\\);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* \\(#,##0.00\\);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: TEXT,
}
# The numbers that East Asian and Thai editions use for dates of their own, written here as plain dates.
BUILT_IN |= dict.fromkeys((*range(27, 37), *range(50, 59), *range(71, 82)), "yyyy/m/d")

_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_LITERAL = re.compile(r'"[^"]*"?|\\.|[_*].|\[[^\]]*\]|General', re.IGNORECASE | re.DOTALL)
_DATE_LETTER = re.compile(r"[ymdhs]", re.IGNORECASE)


def shows_dates(code: str) -> bool:
    """Return True where this format shows a number as a date, a time or a duration."""
    return bool(_ELAPSED.search(code) or _DATE_LETTER.search(_LITERAL.sub("", code)))


@dataclass(frozen=True, slots=True)
class Style:
    """What matters here of a cell style: its format code, and whether protection locks its cells."""

    code: str = GENERAL
    locked: bool = True
    dates: bool = False


_NO_STYLE = Style()
_NO_CELLS: Mapping[int, int] = {}


@dataclass(frozen=True, slots=True, eq=False)
class CellFormats(Mapping[tuple[int, int], str]):
    """Position → format code, for the cells of a sheet whose format is not General.

    ``rows`` maps, row by row, columns to indices into ``styles``; rows that look alike share one mapping,
    so that a million formatted cells cost a pointer per row. A cell the file does not hold takes the style
    of its row, else of its column, as Excel gives it when something is typed there.
    """

    styles: Sequence[Style]
    rows: Sequence[Mapping[int, int]]
    row_styles: Mapping[int, int]
    column_styles: Sequence[tuple[int, int, int]]

    def __getitem__(self, position: tuple[int, int]) -> str:
        row, column = position
        if 0 <= row < len(self.rows) and column in self.rows[row]:
            code = self._style(self.rows[row][column]).code
            if code != GENERAL:
                return code
        raise KeyError(position)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        for row, cells in enumerate(self.rows):
            for column, index in cells.items():
                if self._style(index).code != GENERAL:
                    yield row, column

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def index(self, row: int, column: int) -> int:
        """Return the style index of the cell, or the one it would get when something is written there."""
        cells = self.rows[row] if row < len(self.rows) else _NO_CELLS
        if column in cells:
            return cells[column]
        if row in self.row_styles:
            return self.row_styles[row]
        return next((style for left, right, style in self.column_styles if left <= column < right), 0)

    def locked(self, row: int, column: int) -> bool:
        """Return False where the cell's style lets people write in spite of the sheet's protection."""
        return self._style(self.index(row, column)).locked

    def _style(self, index: int) -> Style:
        return self.styles[index] if index < len(self.styles) else _NO_STYLE


PLAIN_FORMATS = CellFormats((), (), {}, ())

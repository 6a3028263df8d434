"""What to change in an opened file, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from addon_backend.domain.cells import CellValue
from addon_backend.local.opened import Position

_FORMULA_START = ("=", "@", "\t", "\r")
_SIGN = ("+", "-")
_SIGNED_DIGITS = re.compile(r"[+-][0-9 ().-]+")


class Refusal(StrEnum):
    """Why a cell was left as it was."""

    TOO_LONG = "too_long"
    """More than the 32,767 characters that Excel holds in a cell."""
    FORMULA = "formula"
    SPILL = "spill"
    MERGED = "merged"
    """Covered by a merge: a value there would be seen by nobody."""
    TABLE_HEADER = "table_header"
    """Excel repairs a workbook whose table columns are not called as their cells."""
    OUTSIDE = "outside"
    """Past the last row or column a sheet can have."""
    NO_SUCH_NUMBER = "no_such_number"
    """Infinite, not a number, or an integer with more digits than the file can hold."""
    NO_SUCH_DATE = "no_such_date"
    """Before the first date of the workbook, or the workbook knows no formats to show dates with."""
    NO_SUCH_TEXT = "no_such_text"
    """Holds what a text file cannot: NUL or half a character."""
    NOT_IN_ENCODING = "not_in_encoding"
    """The list's encoding lacks the character, and is too uncertain to be changed for another."""


class OrderKept(StrEnum):
    """Why rows were left in the order of the file although they were moved, added or deleted since.

    New rows are then added below the last one and deleted rows are still there; every edit is made.
    """

    FORMULAS = "formulas"
    MERGED = "merged"
    TABLE_HEADER = "table_header"
    LINKS = "links"
    NOTES = "notes"
    PICTURES = "pictures"


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that the file does not have: column → value. ``own`` are the columns a person typed."""

    cells: Mapping[int, CellValue]
    own: AbstractSet[int] = frozenset()


@dataclass(frozen=True, slots=True)
class SheetEdits:
    """The changes of one sheet. Every position is one of the file as it was opened.

    ``own`` names the cells whose new value a person typed herself; all others count as outside values (law
    5). ``number_formats`` sets the format of cells that are edited; without it a cell keeps its own.
    ``row_order`` says, for each row of the result, which row of the file it was, or None for a new one,
    which ``new_rows`` then fills by its number in the result; a row of the file that is not in it was
    deleted. None: as in the file.

    Rows move as they stand, with height, styles and what is hidden. What points at rows from outside does
    not follow: formulas of other sheets, charts, conditional formats and named ranges keep their addresses,
    as they do when Excel sorts. Where something in the sheet itself would end beside the wrong row, the
    file's order stays: see `OrderKept`. Columns are only ever added.
    """

    cells: Mapping[Position, CellValue] = field(default_factory=dict)
    own: AbstractSet[Position] = frozenset()
    number_formats: Mapping[Position, str] = field(default_factory=dict)
    row_order: Sequence[int | None] | None = None
    new_rows: Mapping[int, NewRow] = field(default_factory=dict)

    def moves_rows(self, row_count: int) -> bool:
        """Return True where the result has other rows than the file. Raises `ValueError` for no order."""
        if self.row_order is None:
            if self.new_rows:
                raise ValueError("new_rows need a row_order that says where they stand")
            return False
        known = [row for row in self.row_order if row is not None]
        if len(set(known)) != len(known) or any(not 0 <= row < row_count for row in known):
            raise ValueError("row_order must name rows of the file, each at most once")
        if any(at >= len(self.row_order) or self.row_order[at] is not None for at in self.new_rows):
            raise ValueError("new_rows must stand where row_order is None")
        return list(self.row_order) != list(range(row_count))


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """A cell that was not written. ``row`` is the file's; where ``new`` is True it is the result's."""

    sheet: str
    row: int
    column: int
    reason: Refusal
    new: bool = False


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What an export did. ``written`` counts cells that changed; an edit to what is there already is none.

    ``changed_on_disk`` says that the original is not what it was when it was opened (or is gone); ``path`` is
    then a numbered name beside the one asked for. ``encoding`` is that of the written text file, and
    ``reencoded`` says that it is not the original's, because a new value needed it.
    """

    path: Path
    changed_on_disk: bool
    written: int
    refused: tuple[RefusedCell, ...] = ()
    order_kept: Mapping[str, OrderKept] = field(default_factory=dict)
    encoding: str | None = None
    reencoded: bool = False


@dataclass(slots=True)
class Outcome:
    """What the writer of one format did to the cells."""

    written: int = 0
    refused: list[RefusedCell] = field(default_factory=list)
    order_kept: dict[str, OrderKept] = field(default_factory=dict)
    encoding: str | None = None
    reencoded: bool = False


def csv_safe(text: str) -> str:
    """Return an outside value so that no spreadsheet reads it as a formula when it opens the list (law 5).

    ``+33612345678`` stays as it is: signs with digits only are a number or a phone at worst.
    """
    if text.startswith(_FORMULA_START) or (text.startswith(_SIGN) and not _SIGNED_DIGITS.fullmatch(text)):
        return "'" + text
    return text

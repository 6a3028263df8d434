"""What an opened file tells: its sheets, their values, and what stands in the way of writing to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeAlias

from addon_backend.domain.cells import CellValue
from addon_backend.domain.sheet import GridRange
from addon_backend.local.formats import PLAIN_FORMATS, CellFormats

Position: TypeAlias = tuple[int, int]
"""A row and a column, both counted from 0."""

FileFormat: TypeAlias = Literal["xlsx", "csv", "tsv"]


class Why(StrEnum):
    """The ``reason`` among the facts of `FileUnreadable`: what the file is instead of a list."""

    EMPTY = "empty"
    NO_PERMISSION = "no_permission"
    NOT_A_FILE = "not_a_file"
    NOT_A_LIST = "not_a_list"
    TRUNCATED = "truncated"
    DAMAGED = "damaged"
    DECLARES_ENTITIES = "declares_entities"
    OLD_EXCEL = "old_excel"
    BINARY_WORKBOOK = "binary_workbook"
    OPEN_DOCUMENT = "open_document"
    WEB_PAGE = "web_page"
    NO_SHEET = "no_sheet"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class FileLimits:
    """How much is read before `FileTooLarge` says that it is too much.

    Four times the largest list we promise to handle (100,000 rows × 12). ``ratio`` is how many times larger
    than its compressed bytes a part may become once it is above ``ratio_floor``: an ordinary sheet reaches
    10 to 30, a sheet of formatted blanks 100, a bomb 1,000. ``cells`` counts the rectangle that has to be
    held, so one cell in the last column of every row is seen for what it is.
    """

    file_bytes: int = 200 * 2**20
    unpacked_bytes: int = 512 * 2**20
    ratio: int = 200
    ratio_floor: int = 32 * 2**20
    entries: int = 10_000
    cells: int = 5_000_000


DEFAULT_LIMITS = FileLimits()


@dataclass(frozen=True, slots=True)
class FileSignature:
    """Which bytes were opened. Two files with the same ``sha256`` are the same, whatever their dates."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True, slots=True)
class OpenedSheet:
    """A sheet as the file holds it; ``rows`` end with their last cell that holds anything.

    ``formulas`` have their leading ``=``, shared ones written out for each cell. ``spills`` are the cells
    that another cell's array formula fills. ``hidden_rows`` are those hidden by hand or by a filter: the
    file does not tell them apart. ``table_headers`` name the columns of Excel tables and must stay what
    they are. ``validated`` are the ranges that accept certain values only. ``hidden`` is the whole sheet.
    """

    name: str
    rows: list[list[CellValue]]
    formulas: Mapping[Position, str] = field(default_factory=dict)
    spills: frozenset[Position] = frozenset()
    formats: CellFormats = field(default_factory=lambda: PLAIN_FORMATS)
    merged: tuple[GridRange, ...] = ()
    validated: tuple[GridRange, ...] = ()
    table_headers: tuple[GridRange, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    protected: bool = False
    hidden: bool = False

    @property
    def row_count(self) -> int:
        """How many rows the used area has: up to the last cell with a value or a formula."""
        return len(self.rows)

    @property
    def column_count(self) -> int:
        """How many columns the used area has."""
        return max(map(len, self.rows), default=0)

    @property
    def number_formats(self) -> Mapping[Position, str]:
        """The format codes of the cells whose format is not General, empty cells with a format included."""
        return self.formats

    def value(self, row: int, column: int) -> CellValue:
        """Return what the cell shows; None outside the used area."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return None
        return self.rows[row][column]

    def is_locked(self, row: int, column: int) -> bool:
        """Return True where the sheet's protection forbids writing: everywhere but in unlocked cells."""
        return self.protected and self.formats.locked(row, column)


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file that was opened. ``suffix`` is the ending that Excel wants for its content (``.xlsm`` …)."""

    path: Path
    format: FileFormat
    suffix: str
    signature: FileSignature
    sheets: tuple[OpenedSheet, ...]

"""Where opened workbooks live: rows with stable ids, cells that know when they last changed.

Only the ``local`` host uses this; it is the sheet itself, not our record of a run. Positions and row numbers
count from 0; a position is where a row stands now, an id stays with the row when it moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from addon_backend.domain.cells import Obstacle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from addon_backend.domain.cells import Cell, CellValue

MOST_COLUMNS = 16_384  # XFD, the last column of an .xlsx sheet
OVERWRITTEN_BY_NOBODY = frozenset({Obstacle.FORMULA, Obstacle.SPILL, Obstacle.MERGED})


@dataclass(frozen=True, slots=True)
class StoredColumn:
    """A column of an opened sheet. ``id`` is stable, ``key`` is set on columns that a run asked for."""

    id: str
    index: int
    key: str | None = None


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """An opened sheet. ``revision`` grows with every change of any cell, row or column."""

    document: str
    id: str
    title: str
    rows: int
    columns: tuple[StoredColumn, ...]
    revision: int
    protected: bool = False


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """An opened file: ``source`` is its path, ``copy`` our private copy that export starts from."""

    id: str
    workspace: str
    title: str
    format: str
    source: str
    copy: str
    signature: str
    opened_at: float


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row: a stable ``id`` (its number in the opened file, negative for rows made later), and its cells.

    ``cells`` maps column ids to the cells that hold anything; an absent one is empty. ``revision`` is that of
    the sheet when a cell of the row, or the row's position, last changed; it is 0 for a row as it was opened.
    """

    id: int
    position: int
    revision: int
    hidden: bool
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class RowChange:
    """Set cells of the row at position ``row`` if ``expect`` still holds (column id → value), all or none.

    The position is looked up inside the transaction that compares and sets: whoever moved the rows since they
    were read moved them before the comparison, and another row's cells do not match.
    """

    row: int
    expect: Mapping[str, CellValue]
    put: Mapping[str, CellValue]


class Documents(Protocol):
    """Opened files of a workspace. Every call is one transaction; cells are sealed under its data key.

    A document of another workspace is as unknown as one that never was: `FileUnknown`; so is a sheet of
    another document: `SheetUnknown`. Ids of columns are unique in a document.
    """

    def add(
        self, document: StoredDocument, sheets: Sequence[tuple[StoredSheet, Iterable[StoredRow]]]
    ) -> None:
        """Keep an opened file whole, or not at all."""
        ...

    def get(self, workspace: str, document: str) -> StoredDocument:
        """Return a document. Raises `FileUnknown`."""
        ...

    def all(self, workspace: str) -> Sequence[StoredDocument]:
        """Return the workspace's documents, newest first."""
        ...

    def sheets(self, workspace: str, document: str) -> Sequence[StoredSheet]:
        """Return the document's sheets in order. Raises `FileUnknown`."""
        ...

    def rows(
        self, workspace: str, document: str, sheet: str, top: int, bottom: int, since: int = -1
    ) -> Sequence[StoredRow]:
        """Return the rows at positions ``top … bottom-1`` whose revision is above ``since``, in order.

        ``since=0`` leaves out the rows that are as they were opened.
        """
        ...

    def change(
        self, workspace: str, document: str, sheet: str, changes: Sequence[RowChange]
    ) -> frozenset[int]:
        """Compare and set in one transaction; return the indices into ``changes`` of those refused.

        Refused is a change whose row is past the last one, where a cell is not `same_value` as expected (an
        absent cell is empty), or that would put anything into a cell with a formula or one that is part of a
        spill or a merge (`OVERWRITTEN_BY_NOBODY`). A cell keeps its number format; ``None`` or "" empties it.
        A later change of the same row meets what an earlier one set. Setting what is there is no change.
        Raises `SheetUnknown` with ``column`` for a column that is not on the sheet; nothing is changed then.
        """
        ...

    def add_columns(
        self,
        workspace: str,
        document: str,
        sheet: str,
        keys: Sequence[tuple[str, str]],
        header_row: int | None,
    ) -> tuple[StoredColumn, ...]:
        """Return the columns with these (key, header), in order, made right of the last column where missing.

        A key is looked up first and means the same column for ever, whatever a person calls it by now; the
        header is set as text where the header cell is empty. Raises `SheetFull` past `MOST_COLUMNS`.
        """
        ...

    def hidden_rows(self, workspace: str, document: str, sheet: str) -> Sequence[tuple[int, int]]:
        """Return the positions of hidden rows as sorted half-open spans, without reading a cell."""
        ...

    def order(self, workspace: str, document: str, sheet: str) -> Sequence[int]:
        """Return the row ids by position, without reading a cell."""
        ...

    def reorder(self, workspace: str, document: str, sheet: str, order: Sequence[int]) -> None:
        """Put the rows in this order of row ids (all of them, each once; else `ValueError`): a sort."""
        ...

    def insert_rows(self, workspace: str, document: str, sheet: str, position: int, count: int) -> None:
        """Insert empty rows before a position (at most after the last row), as a person would."""
        ...

    def delete_rows(self, workspace: str, document: str, sheet: str, rows: Sequence[int]) -> None:
        """Delete rows by id, as a person would; an id that is gone already is no error."""
        ...

    def forget(self, workspace: str, document: str) -> None:
        """Erase an opened document, if it is still there."""
        ...

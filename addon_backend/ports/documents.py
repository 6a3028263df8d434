"""Where opened workbooks live: rows with stable ids, cells that know when they last changed.

Only the ``local`` host uses this; it is the sheet itself, not our record of a run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from addon_backend.domain.cells import Cell, CellValue


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
    """An opened file. ``source`` is its path, ``copy`` the private copy of its bytes that export starts from."""

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
    """A row: a stable ``id`` (its number in the opened file, negative for rows made later), and its cells."""

    id: int
    position: int
    revision: int
    hidden: bool
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class RowChange:
    """Set cells of one row where ``expect`` still holds (column id → value); all of them or none."""

    row: int
    expect: Mapping[str, CellValue]
    put: Mapping[str, CellValue]


class Documents(Protocol):
    """Opened files of a workspace. Every call is one transaction; cells are sealed under its data key."""

    def add(self, document: StoredDocument, sheets: Sequence[tuple[StoredSheet, Iterable[StoredRow]]]) -> None:
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
        self, workspace: str, document: str, sheet: str, top: int, bottom: int, since: int = 0
    ) -> Sequence[StoredRow]:
        """Return the rows at positions ``top … bottom-1`` in order, only those changed after ``since``."""
        ...

    def change(
        self, workspace: str, document: str, sheet: str, changes: Sequence[RowChange]
    ) -> frozenset[int]:
        """Compare and set in one transaction; return the row ids whose expectation no longer held."""
        ...

    def add_columns(
        self, workspace: str, document: str, sheet: str, keys: Sequence[tuple[str, str]], header_row: int | None
    ) -> tuple[StoredColumn, ...]:
        """Return the columns with these (key, header), made right of the used area where missing."""
        ...

    def reorder(self, workspace: str, document: str, sheet: str, order: Sequence[int]) -> None:
        """Put the rows in this order of row ids (all of them): a sort."""
        ...

    def insert_rows(self, workspace: str, document: str, sheet: str, position: int, count: int) -> None:
        """Insert empty rows, as a person would."""
        ...

    def delete_rows(self, workspace: str, document: str, sheet: str, rows: Sequence[int]) -> None:
        """Delete rows by id, as a person would."""
        ...

    def forget(self, workspace: str, document: str) -> None:
        """Erase an opened document."""
        ...

"""Opened workbooks in memory: a real implementation of the port, one lock as its transaction."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from addon_backend.domain.cells import EMPTY, Cell, CellValue, same_value
from addon_backend.domain.errors import FileUnknown, SheetFull, SheetUnknown
from addon_backend.domain.sheet import spans
from addon_backend.ports.documents import (
    MOST_COLUMNS,
    OVERWRITTEN_BY_NOBODY,
    RowChange,
    StoredColumn,
    StoredDocument,
    StoredRow,
    StoredSheet,
)


@dataclass
class _Row:
    id: int
    revision: int
    hidden: bool
    cells: dict[str, Cell]


@dataclass
class _Sheet:
    """Mutable while it lives here; what leaves is frozen and copied."""

    info: StoredSheet
    rows: list[_Row]
    made: int = 0

    def next_revision(self) -> int:
        self.info = replace(self.info, revision=self.info.revision + 1, rows=len(self.rows))
        return self.info.revision

    def holds(self, row: _Row, change: RowChange) -> bool:
        expected = all(
            same_value(row.cells.get(column, EMPTY).value, value) for column, value in change.expect.items()
        )
        return expected and not any(
            row.cells.get(column, EMPTY).obstacles & OVERWRITTEN_BY_NOBODY
            or row.cells.get(column, EMPTY).formula is not None
            for column in change.put
        )

    def set(self, row: _Row, put: Mapping[str, CellValue]) -> bool:
        """Return whether that changed anything a person could see."""
        changed = False
        for column, value in put.items():
            before = row.cells.get(column, EMPTY)
            if same_value(before.value, value):
                continue
            changed = True
            row.cells[column] = replace(before, value=None if value == "" else value)
            if row.cells[column] == EMPTY:
                del row.cells[column]
        return changed

    def stamp_moved(self, rows: list[_Row]) -> None:
        """Take rows as the new order; those whose position is another one have changed."""
        before = {row.id: position for position, row in enumerate(self.rows)}
        self.rows = rows
        revision = self.next_revision()
        for position, row in enumerate(rows):
            if before.get(row.id) != position:
                row.revision = revision


@dataclass
class _Document:
    info: StoredDocument
    sheets: dict[str, _Sheet] = field(default_factory=dict)


class MemoryDocuments:
    """Implements `Documents`: remembers, locks and compares."""

    def __init__(self) -> None:
        self._documents: dict[str, _Document] = {}
        self._lock = threading.Lock()

    def add(
        self, document: StoredDocument, sheets: Sequence[tuple[StoredSheet, Iterable[StoredRow]]]
    ) -> None:
        opened = _Document(document)
        for info, rows in sheets:
            kept = [_Row(row.id, row.revision, row.hidden, dict(row.cells)) for row in rows]
            opened.sheets[info.id] = _Sheet(replace(info, rows=len(kept)), kept)
        with self._lock:
            self._documents[document.id] = opened

    def get(self, workspace: str, document: str) -> StoredDocument:
        with self._lock:
            return self._document(workspace, document).info

    def all(self, workspace: str) -> Sequence[StoredDocument]:
        with self._lock:
            own = [kept.info for kept in self._documents.values() if kept.info.workspace == workspace]
        return sorted(own, key=lambda info: info.opened_at, reverse=True)

    def sheets(self, workspace: str, document: str) -> Sequence[StoredSheet]:
        with self._lock:
            return [sheet.info for sheet in self._document(workspace, document).sheets.values()]

    def rows(
        self, workspace: str, document: str, sheet: str, top: int, bottom: int, since: int = -1
    ) -> Sequence[StoredRow]:
        with self._lock:
            return [
                StoredRow(row.id, position, row.revision, row.hidden, dict(row.cells))
                for position, row in enumerate(self._sheet(workspace, document, sheet).rows[top:bottom], top)
                if row.revision > since
            ]

    def change(
        self, workspace: str, document: str, sheet: str, changes: Sequence[RowChange]
    ) -> frozenset[int]:
        with self._lock:
            target = self._sheet(workspace, document, sheet)
            _check_columns(target.info, changes)
            refused: set[int] = set()
            changed: list[_Row] = []
            for index, change in enumerate(changes):
                row = target.rows[change.row] if 0 <= change.row < len(target.rows) else None
                if row is None or not target.holds(row, change):
                    refused.add(index)
                elif target.set(row, change.put):
                    changed.append(row)
            if changed:
                revision = target.next_revision()
                for row in changed:
                    row.revision = revision
            return frozenset(refused)

    def add_columns(
        self,
        workspace: str,
        document: str,
        sheet: str,
        keys: Sequence[tuple[str, str]],
        header_row: int | None,
    ) -> tuple[StoredColumn, ...]:
        with self._lock:
            target = self._sheet(workspace, document, sheet)
            known = {column.key or "": column for column in target.info.columns if column.key}
            right = max((column.index for column in target.info.columns), default=-1) + 1
            missing = [key for key in dict(keys) if key not in known]
            if right + len(missing) > MOST_COLUMNS:
                raise SheetFull
            made = tuple(
                StoredColumn(f"{sheet}+{index}", index, key) for index, key in enumerate(missing, right)
            )
            target.info = replace(target.info, columns=target.info.columns + made)
            known |= dict(zip(missing, made, strict=True))
            columns = tuple(known[key] for key, _ in keys)
            headed = self._set_headers(target, columns, [header for _, header in keys], header_row)
            if made or headed:
                target.next_revision()
            return columns

    def _set_headers(
        self, sheet: _Sheet, columns: Sequence[StoredColumn], headers: Sequence[str], row: int | None
    ) -> bool:
        if row is None or row >= len(sheet.rows):
            return False
        at = sheet.rows[row]
        empty = {
            column.id: header
            for column, header in zip(columns, headers, strict=True)
            if at.cells.get(column.id, EMPTY).empty
        }
        if not sheet.set(at, empty):
            return False
        at.revision = sheet.info.revision + 1
        return True

    def hidden_rows(self, workspace: str, document: str, sheet: str) -> Sequence[tuple[int, int]]:
        with self._lock:
            rows = self._sheet(workspace, document, sheet).rows
            return spans(position for position, row in enumerate(rows) if row.hidden)

    def order(self, workspace: str, document: str, sheet: str) -> Sequence[int]:
        with self._lock:
            return [row.id for row in self._sheet(workspace, document, sheet).rows]

    def reorder(self, workspace: str, document: str, sheet: str, order: Sequence[int]) -> None:
        with self._lock:
            target = self._sheet(workspace, document, sheet)
            by_id = {row.id: row for row in target.rows}
            if sorted(order) != sorted(by_id):
                raise ValueError("order must name every row once")
            target.stamp_moved([by_id[row] for row in order])

    def insert_rows(self, workspace: str, document: str, sheet: str, position: int, count: int) -> None:
        with self._lock:
            target = self._sheet(workspace, document, sheet)
            if not 0 <= position <= len(target.rows):
                raise ValueError("rows are inserted between rows or after the last one")
            fresh = [_Row(-target.made - number, 0, False, {}) for number in range(1, count + 1)]
            target.made += count
            target.stamp_moved(target.rows[:position] + fresh + target.rows[position:])

    def delete_rows(self, workspace: str, document: str, sheet: str, rows: Sequence[int]) -> None:
        with self._lock:
            target = self._sheet(workspace, document, sheet)
            gone = set(rows)
            target.stamp_moved([row for row in target.rows if row.id not in gone])

    def forget(self, workspace: str, document: str) -> None:
        with self._lock:
            kept = self._documents.get(document)
            if kept is not None and kept.info.workspace == workspace:
                del self._documents[document]

    def _document(self, workspace: str, document: str) -> _Document:
        kept = self._documents.get(document)
        if kept is None or kept.info.workspace != workspace:
            raise FileUnknown
        return kept

    def _sheet(self, workspace: str, document: str, sheet: str) -> _Sheet:
        try:
            return self._document(workspace, document).sheets[sheet]
        except KeyError:
            raise SheetUnknown from None


def _check_columns(sheet: StoredSheet, changes: Sequence[RowChange]) -> None:
    known = {column.id for column in sheet.columns}
    for change in changes:
        for column in (*change.expect, *change.put):
            if column not in known:
                raise SheetUnknown(column=column)

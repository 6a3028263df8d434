"""Opened local workbooks, in SQL: compare-and-set on sealed rows, one transaction per call."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, delete, insert, select, text

from addon_backend.domain.errors import SheetFull
from addon_backend.domain.sheet import spans
from addon_backend.ports.documents import (
    MOST_COLUMNS,
    RowChange,
    StoredColumn,
    StoredDocument,
    StoredRow,
    StoredSheet,
)
from addon_backend.ports.vault import Vault
from addon_backend.store import models
from addon_backend.store.compare import headed, holds, put
from addon_backend.store.engine import transaction
from addon_backend.store.models import document as documents
from addon_backend.store.opened import (
    OpenedSheet,
    document_of,
    document_row,
    known_document,
    opened_sheets,
)
from addon_backend.store.seals import Seals


class SqlDocuments:
    """Implements `ports.documents.Documents`. Safe to share between threads."""

    def __init__(self, engine: Engine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    def add(
        self, document: StoredDocument, sheets: Sequence[tuple[StoredSheet, Iterable[StoredRow]]]
    ) -> None:
        """Keep an opened file whole, or not at all; rows are consumed as they come, a batch at a time."""
        with transaction(self._engine) as connection:
            connection.execute(insert(documents).values(document_row(document)))
            for position, (sheet, its_rows) in enumerate(sheets):
                target = self._sheet(connection, document.workspace, document.id, sheet.id)
                target.create(sheet, position)
                target.resize(target.rows.add(its_rows))
            if connection.dialect.name == "postgresql":
                # Until it knows how many rows a sheet has, the planner may read them all to find one.
                connection.execute(text("ANALYZE document_row"))
            connection.commit()

    def get(self, workspace: str, document: str) -> StoredDocument:
        """Return a document."""
        with transaction(self._engine, reading=True) as connection:
            return document_of(known_document(connection, workspace, document))

    def all(self, workspace: str) -> Sequence[StoredDocument]:
        """Return the workspace's documents, newest first."""
        query = select(documents).where(documents.c.workspace == workspace)
        newest_first = query.order_by(documents.c.opened_at.desc(), documents.c.id)
        with transaction(self._engine, reading=True) as connection:
            return [document_of(row) for row in connection.execute(newest_first).mappings()]

    def sheets(self, workspace: str, document: str) -> Sequence[StoredSheet]:
        """Return the document's sheets in order."""
        with transaction(self._engine, reading=True) as connection:
            known_document(connection, workspace, document)
            return opened_sheets(connection, workspace, document)

    def rows(
        self, workspace: str, document: str, sheet: str, top: int, bottom: int, since: int = -1
    ) -> Sequence[StoredRow]:
        """Return rows by position, changed after a revision."""
        with self._reading(workspace, document, sheet) as target:
            return target.rows.between(top, bottom, since)

    def change(
        self, workspace: str, document: str, sheet: str, changes: Sequence[RowChange]
    ) -> frozenset[int]:
        """Compare and set in one transaction that reads the given rows only."""
        with self._changing(workspace, document, sheet) as target:
            target.check_columns({name for change in changes for name in (*change.expect, *change.put)})
            standing = target.rows.at(change.row for change in changes)
            cells = {row.id: dict(row.cells) for row in standing.values()}
            refused: set[int] = set()
            changed: set[int] = set()
            for index, change in enumerate(changes):
                row = standing.get(change.row)
                if row is None or not holds(cells[row.id], change):
                    refused.add(index)
                elif put(cells[row.id], change.put):
                    changed.add(row.id)
            if changed:
                target.rows.replace({row: cells[row] for row in changed}, target.next_revision())
            return frozenset(refused)

    def add_columns(
        self,
        workspace: str,
        document: str,
        sheet: str,
        keys: Sequence[tuple[str, str]],
        header_row: int | None,
    ) -> tuple[StoredColumn, ...]:
        """Return the columns with these keys, made right of the last column where missing."""
        with self._changing(workspace, document, sheet) as target:
            present = target.columns()
            known = {column.key: column for column in present if column.key is not None}
            right = max((column.index for column in present), default=-1) + 1
            missing = [key for key in dict(keys) if key not in known]
            if right + len(missing) > MOST_COLUMNS:
                raise SheetFull
            made = [StoredColumn(f"{sheet}+{index}", index, key) for index, key in enumerate(missing, right)]
            target.add_columns(made)
            known |= {column.key: column for column in made if column.key is not None}
            headers = {known[key].id: header for key, header in keys}
            row = None if header_row is None else target.rows.at([header_row]).get(header_row)
            named = {} if row is None else headed(row, headers)
            if made or named:
                target.rows.replace(named, target.next_revision())
            return tuple(known[key] for key, _ in keys)

    def hidden_rows(self, workspace: str, document: str, sheet: str) -> Sequence[tuple[int, int]]:
        """Return the positions of hidden rows as sorted half-open spans."""
        with self._reading(workspace, document, sheet) as target:
            return spans(target.rows.hidden())

    def order(self, workspace: str, document: str, sheet: str) -> Sequence[int]:
        """Return the row ids by position."""
        with self._reading(workspace, document, sheet) as target:
            return target.rows.order()

    def reorder(self, workspace: str, document: str, sheet: str, order: Sequence[int]) -> None:
        """Put the rows in this order of row ids."""
        with self._changing(workspace, document, sheet) as target:
            before = target.rows.order()
            if sorted(before) != sorted(order):
                raise ValueError("order must name every row once")
            target.rows.move(before, order, target.next_revision())

    def insert_rows(self, workspace: str, document: str, sheet: str, position: int, count: int) -> None:
        """Insert empty rows before a position."""
        with self._changing(workspace, document, sheet) as target:
            if not 0 <= position <= target.count:
                raise ValueError("rows are inserted between rows or after the last one")
            target.rows.insert_empty(target.new_ids(count), position, target.next_revision())
            target.resize(target.count + count)

    def delete_rows(self, workspace: str, document: str, sheet: str, rows: Sequence[int]) -> None:
        """Delete rows by id and close the gaps."""
        with self._changing(workspace, document, sheet) as target:
            removed = target.rows.remove(rows, target.next_revision())
            target.resize(target.count - removed)

    def forget(self, workspace: str, document: str) -> None:
        """Erase an opened document, if it is still there."""
        with transaction(self._engine) as connection:
            for table in (models.document_row, models.document_column, models.document_sheet):
                mine = (table.c.workspace == workspace) & (table.c.document == document)
                connection.execute(delete(table).where(mine))
            mine = (documents.c.workspace == workspace) & (documents.c.id == document)
            connection.execute(delete(documents).where(mine))
            connection.commit()

    @contextmanager
    def _reading(self, workspace: str, document: str, sheet: str) -> Iterator[OpenedSheet]:
        with transaction(self._engine, reading=True) as connection:
            target = self._sheet(connection, workspace, document, sheet)
            target.load()
            yield target

    @contextmanager
    def _changing(self, workspace: str, document: str, sheet: str) -> Iterator[OpenedSheet]:
        """Lock the sheet, so that nobody changes it between comparing and setting."""
        with transaction(self._engine) as connection:
            target = self._sheet(connection, workspace, document, sheet)
            target.load(lock=True)
            yield target
            connection.commit()

    def _sheet(self, connection: Connection, workspace: str, document: str, sheet: str) -> OpenedSheet:
        return OpenedSheet(connection, Seals(connection, self._vault), workspace, document, sheet)

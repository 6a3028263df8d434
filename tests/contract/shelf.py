"""Opened workbooks wherever they are kept: short words for what their tests do."""

from collections.abc import Iterator

from addon_backend.domain.cells import Cell
from addon_backend.ports.documents import (
    Documents,
    RowChange,
    StoredColumn,
    StoredDocument,
    StoredRow,
    StoredSheet,
)
from tests.contract.world import World

COLUMNS = (StoredColumn("A", 0), StoredColumn("B", 1), StoredColumn("C", 2))


class Shelf:
    """A store of documents, a workspace in it, and one document with three rows."""

    def __init__(self, documents: Documents, workspace: str, stranger: str, world: World | None) -> None:
        self.documents, self.workspace, self.stranger, self.world = documents, workspace, stranger, world

    def open(self, name: str = "doc", rows: int = 3, columns: tuple[StoredColumn, ...] = COLUMNS) -> None:
        sheet = StoredSheet(name, "s1", "Leads", rows, columns, 0)
        self.documents.add(a_document(name, self.workspace), [(sheet, some_rows(rows))])

    def rows(self, since: int = -1) -> list[StoredRow]:
        return list(self.documents.rows(self.workspace, "doc", "s1", 0, 10**6, since))

    def change(self, *changes: RowChange) -> frozenset[int]:
        return self.documents.change(self.workspace, "doc", "s1", changes)

    def column(self, name: str) -> list[object]:
        return [row.cells[name].value if name in row.cells else None for row in self.rows()]

    @property
    def revision(self) -> int:
        return self.documents.sheets(self.workspace, "doc")[0].revision


def a_document(name: str, workspace: str, opened_at: float = 1.0) -> StoredDocument:
    return StoredDocument(name, workspace, f"{name}.xlsx", "xlsx", f"/{name}.xlsx", "copy", "sig", opened_at)


def some_rows(count: int) -> Iterator[StoredRow]:
    """Rows whose first cells say their number in the file."""
    for number in range(count):
        yield StoredRow(number, number, 0, number == 1, {"A": Cell(f"row {number}"), "B": Cell(number)})

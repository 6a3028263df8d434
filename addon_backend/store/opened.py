"""An opened sheet inside one transaction, and the tables of opened documents as values."""

from collections.abc import Collection, Sequence

from sqlalchemy import Connection, RowMapping, insert, select, update

from addon_backend.domain.errors import FileUnknown, SheetUnknown
from addon_backend.ports.documents import StoredColumn, StoredDocument, StoredSheet
from addon_backend.store.document_rows import SheetRows
from addon_backend.store.mapping import Plain
from addon_backend.store.models import document as documents
from addon_backend.store.models import document_column as columns
from addon_backend.store.models import document_sheet as sheets
from addon_backend.store.seals import Seals


class OpenedSheet:
    """One sheet: its revision and size, its columns, its ``rows``."""

    def __init__(
        self, connection: Connection, seals: Seals, workspace: str, document: str, sheet: str
    ) -> None:
        self._connection = connection
        self._place = (workspace, document, sheet)
        self._mine = (
            (sheets.c.workspace == workspace) & (sheets.c.document == document) & (sheets.c.id == sheet)
        )
        self.rows = SheetRows(connection, seals, workspace, document, sheet)
        self.count = 0
        self._revision = 0
        self._made = 0

    def load(self, *, lock: bool = False) -> None:
        """Read where the sheet stands. Raises `FileUnknown` or `SheetUnknown`."""
        query = select(sheets).where(self._mine)
        query = query.with_for_update() if lock else query
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            known_document(self._connection, *self._place[:2])
            raise SheetUnknown
        self.count, self._revision, self._made = row["rows"], row["revision"], row["made"]

    def create(self, sheet: StoredSheet, position: int) -> None:
        """Keep a sheet that was just opened, without rows yet."""
        workspace, document, name = self._place
        values: Plain = {
            "workspace": workspace,
            "document": document,
            "id": name,
            "position": position,
            "title": sheet.title,
            "rows": 0,
            "revision": sheet.revision,
            "made": 0,
            "protected": sheet.protected,
        }
        self._connection.execute(insert(sheets).values(values))
        self.add_columns(sheet.columns)

    def columns(self) -> list[StoredColumn]:
        """Return the columns by index."""
        workspace, document, sheet = self._place
        query = select(columns).where(
            columns.c.workspace == workspace, columns.c.document == document, columns.c.sheet == sheet
        )
        found = self._connection.execute(query.order_by(columns.c.index)).mappings()
        return [_column_of(row) for row in found]

    def check_columns(self, names: Collection[str]) -> None:
        """Raise `SheetUnknown` with ``column`` for one that is not on the sheet."""
        known = {column.id for column in self.columns()}
        for name in names:
            if name not in known:
                raise SheetUnknown(column=name)

    def add_columns(self, made: Sequence[StoredColumn]) -> None:
        """Keep more columns."""
        workspace, document, sheet = self._place
        place: Plain = {"workspace": workspace, "document": document, "sheet": sheet}
        values = [{**place, "id": one.id, "index": one.index, "key": one.key} for one in made]
        if values:
            self._connection.execute(insert(columns), values)

    def next_revision(self) -> int:
        """Raise the sheet's revision; something on it changes."""
        self._revision += 1
        self._change({"revision": self._revision})
        return self._revision

    def resize(self, count: int) -> None:
        """Set the number of rows."""
        self.count = count
        self._change({"rows": count})

    def new_ids(self, count: int) -> list[int]:
        """Return ids for rows that are made now: negative, and never given twice."""
        ids = [-self._made - number for number in range(1, count + 1)]
        self._made += count
        self._change({"made": self._made})
        return ids

    def _change(self, values: Plain) -> None:
        self._connection.execute(update(sheets).where(self._mine).values(values))


def opened_sheets(connection: Connection, workspace: str, document: str) -> list[StoredSheet]:
    """Return a document's sheets in order, in two statements."""
    theirs = select(columns).where(columns.c.workspace == workspace, columns.c.document == document)
    by_sheet: dict[str, list[StoredColumn]] = {}
    for column in connection.execute(theirs.order_by(columns.c.index)).mappings():
        by_sheet.setdefault(column["sheet"], []).append(_column_of(column))
    found = select(sheets).where(sheets.c.workspace == workspace, sheets.c.document == document)
    return [
        StoredSheet(
            document=row["document"],
            id=row["id"],
            title=row["title"],
            rows=row["rows"],
            columns=tuple(by_sheet.get(row["id"], ())),
            revision=row["revision"],
            protected=row["protected"],
        )
        for row in connection.execute(found.order_by(sheets.c.position)).mappings()
    ]


def known_document(connection: Connection, workspace: str, document: str) -> RowMapping:
    """Return a document's row. Raises `FileUnknown`."""
    query = select(documents).where(documents.c.workspace == workspace, documents.c.id == document)
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise FileUnknown
    return row


def document_of(row: RowMapping) -> StoredDocument:
    """Read a document."""
    return StoredDocument(
        id=row["id"],
        workspace=row["workspace"],
        title=row["title"],
        format=row["format"],
        source=row["source"],
        copy=row["copy"],
        signature=row["signature"],
        opened_at=row["opened_at"],
    )


def document_row(document: StoredDocument) -> Plain:
    """Write a document."""
    return {
        "id": document.id,
        "workspace": document.workspace,
        "title": document.title,
        "format": document.format,
        "source": document.source,
        "copy": document.copy,
        "signature": document.signature,
        "opened_at": document.opened_at,
    }


def _column_of(row: RowMapping) -> StoredColumn:
    return StoredColumn(row["id"], row["index"], row["key"])

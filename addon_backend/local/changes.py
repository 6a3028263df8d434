"""What has changed on a shelved sheet since its file was opened, in the file's own positions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from addon_backend.domain.cells import EMPTY, CellValue, same_value
from addon_backend.domain.errors import HostTrouble
from addon_backend.local.edits import NewRow, SheetEdits
from addon_backend.local.opened import OpenedSheet, Position
from addon_backend.ports.documents import Documents, StoredRow, StoredSheet

_ROWS_PER_READ = 5_000
_READS = 5


def edits_of(documents: Documents, workspace: str, stored: StoredSheet, original: OpenedSheet) -> SheetEdits:
    """Return every cell that differs from the file, new columns included, and where the rows stand now.

    Only rows that changed are read. Raises `HostTrouble` where somebody moves rows all the while.
    """
    for _ in range(_READS):
        order = documents.order(workspace, stored.document, stored.id)
        cells, new_rows = _collect(_changed_rows(documents, workspace, stored, len(order)), stored, original)
        if documents.order(workspace, stored.document, stored.id) == order:
            moved = list(order) != list(range(original.row_count))
            return SheetEdits(cells, row_order=_in_file_terms(order) if moved else None, new_rows=new_rows)
    raise HostTrouble(retry_after=1.0)


def _changed_rows(
    documents: Documents, workspace: str, stored: StoredSheet, count: int
) -> Iterator[StoredRow]:
    for top in range(0, count, _ROWS_PER_READ):
        bottom = top + _ROWS_PER_READ
        yield from documents.rows(workspace, stored.document, stored.id, top, bottom, since=0)


def _collect(
    rows: Iterator[StoredRow], stored: StoredSheet, original: OpenedSheet
) -> tuple[Mapping[Position, CellValue], Mapping[int, NewRow]]:
    cells: dict[Position, CellValue] = {}
    new_rows: dict[int, NewRow] = {}
    for row in rows:
        values = {column.index: row.cells.get(column.id, EMPTY).value for column in stored.columns}
        if row.id < 0:
            filled = {column: value for column, value in values.items() if value is not None}
            new_rows[row.position] = NewRow(filled)
            continue
        for column, value in values.items():
            if not same_value(value, original.value(row.id, column)):
                cells[row.id, column] = value
    return cells, new_rows


def _in_file_terms(order: Sequence[int]) -> list[int | None]:
    return [row if row >= 0 else None for row in order]

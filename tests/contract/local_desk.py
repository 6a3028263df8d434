"""The desk of the local host: a person at the sandbox, over any `Documents`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from addon_backend.domain.cells import EMPTY, Cell, CellValue, Obstacle
from addon_backend.domain.sheet import SheetRef
from addon_backend.local.host import LocalHost
from addon_backend.ports.documents import (
    Documents,
    RowChange,
    StoredColumn,
    StoredDocument,
    StoredRow,
    StoredSheet,
)
from tests.contract.desks import Draft


class LocalDesk:
    """Implements `Desk`. The sandbox lets nobody move columns."""

    tells = frozenset(Obstacle)
    columns_move = False

    def __init__(self, documents: Documents, workspace: str) -> None:
        self.host = LocalHost(documents, workspace)
        self.documents = documents
        self.workspace = workspace
        self._numbers = itertools.count(1)

    def lay_out(self, *drafts: Draft) -> tuple[SheetRef, ...]:
        document = f"document-{next(self._numbers)}"
        sheets = [
            (_sheet(document, f"{document}-{number}", draft), _rows(f"{document}-{number}", draft))
            for number, draft in enumerate(drafts, 1)
        ]
        self.documents.add(
            StoredDocument(
                document, self.workspace, "Leads.xlsx", "xlsx", "Leads.xlsx", "copy", "signature", 1.0
            ),
            sheets,
        )
        return tuple(SheetRef("local", document, sheet.id) for sheet, _ in sheets)

    def look(self, ref: SheetRef, row: int, column: int) -> CellValue:
        ids = self._columns(ref)
        rows = self.documents.rows(self.workspace, ref.document, ref.sheet, row, row + 1)
        return rows[0].cells.get(ids[column], EMPTY).value if rows and column in ids else None

    def type_in(self, ref: SheetRef, row: int, column: int, value: CellValue) -> None:
        change = RowChange(row, {}, {self._columns(ref)[column]: value})
        assert not self.documents.change(self.workspace, ref.document, ref.sheet, [change])

    def sort(self, ref: SheetRef, order: Sequence[int]) -> None:
        ids = self.documents.order(self.workspace, ref.document, ref.sheet)
        self.documents.reorder(self.workspace, ref.document, ref.sheet, [ids[at] for at in order])

    def insert_row(self, ref: SheetRef, at: int) -> None:
        self.documents.insert_rows(self.workspace, ref.document, ref.sheet, at, 1)

    def delete_row(self, ref: SheetRef, at: int) -> None:
        ids = self.documents.order(self.workspace, ref.document, ref.sheet)
        self.documents.delete_rows(self.workspace, ref.document, ref.sheet, [ids[at]])

    def insert_column(self, ref: SheetRef, at: int) -> None:
        raise NotImplementedError

    def move_column(self, ref: SheetRef, at: int, to: int) -> None:
        raise NotImplementedError

    def delete_column(self, ref: SheetRef, at: int) -> None:
        raise NotImplementedError

    def obstruct(self, ref: SheetRef, row: int, column: int, obstacle: Obstacle) -> None:
        """Close the document and open it again with the obstacle in it: the sandbox's grid makes none."""
        document = self.documents.get(self.workspace, ref.document)
        sheets = [
            (sheet, list(self.documents.rows(self.workspace, ref.document, sheet.id, 0, sheet.rows)))
            for sheet in self.documents.sheets(self.workspace, ref.document)
        ]
        at = self._columns(ref)[column]
        for sheet, rows in sheets:
            if sheet.id == ref.sheet:
                rows[row] = _obstructed(rows[row], at, obstacle)
        self.documents.forget(self.workspace, ref.document)
        self.documents.add(document, sheets)

    def gone_anchor(self, ref: SheetRef) -> str:
        (other,) = self.lay_out(Draft([["Elsewhere"]]))
        return self.host.anchors(other, [0])[0]

    def _columns(self, ref: SheetRef) -> dict[int, str]:
        (sheet,) = (
            sheet for sheet in self.documents.sheets(self.workspace, ref.document) if sheet.id == ref.sheet
        )
        return {column.index: column.id for column in sheet.columns}


def _obstructed(row: StoredRow, column: str, obstacle: Obstacle) -> StoredRow:
    if obstacle is Obstacle.HIDDEN:
        return replace(row, hidden=True)
    cell = row.cells.get(column, EMPTY)
    formula = "=A1" if obstacle is Obstacle.FORMULA else cell.formula
    return replace(
        row,
        cells={
            **row.cells,
            column: replace(cell, formula=formula, obstacles=cell.obstacles | {obstacle}),
        },
    )


def _sheet(document: str, sheet: str, draft: Draft) -> StoredSheet:
    rows, columns = _used(draft)
    ids = tuple(StoredColumn(f"{sheet}.{index}", index) for index in range(columns))
    return StoredSheet(document, sheet, draft.title, rows, ids, revision=0)


def _rows(sheet: str, draft: Draft) -> Iterator[StoredRow]:
    rows, columns = _used(draft)
    for row in range(rows):
        cells = {f"{sheet}.{column}": _cell(draft, row, column) for column in range(columns)}
        filled = {column: cell for column, cell in cells.items() if cell != EMPTY}
        yield StoredRow(row, row, 0, row in draft.hidden, filled)


def _cell(draft: Draft, row: int, column: int) -> Cell:
    at = (row, column)
    inside = row < len(draft.grid) and column < len(draft.grid[row])
    obstacles = {draft.obstacles[at]} if at in draft.obstacles else set()
    return Cell(
        draft.grid[row][column] if inside else draft.strays.get(at),
        draft.formulas.get(at),
        draft.formats.get(at),
        frozenset(obstacles | ({Obstacle.FORMULA} if at in draft.formulas else set())),
    )


def _used(draft: Draft) -> tuple[int, int]:
    rows = [len(draft.grid), *(row + 1 for row, _ in draft.strays)]
    outside = (*draft.strays, *draft.obstacles)
    columns = [*(len(row) for row in draft.grid), *(column + 1 for _, column in outside)]
    return max(rows), max(columns, default=0)

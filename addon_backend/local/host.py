"""The sheet host for workbooks that were opened from a file, at the sandbox or on the command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from addon_backend.domain.cells import EMPTY, Cell, CellValue, Obstacle
from addon_backend.domain.errors import HostTrouble, RangeOutside, SheetUnknown
from addon_backend.domain.sheet import SheetRef, column_letter
from addon_backend.ports.documents import Documents, RowChange, StoredColumn, StoredRow, StoredSheet
from addon_backend.ports.sheet_host import CellColumn, Leave, NewColumn, SheetInfo, WriteBatch

_ROWS_PER_READ = 5_000  # what is unsealed and held at once, beside the columns that are asked for
_READS = 5


class LocalHost:
    """`SheetHost` over `Documents`, for one workspace; a column's anchor is its id.

    A write finds its rows, compares and sets in one transaction. A row is refused, too, where it would set a
    cell with a formula or one that is part of a spill or a merge, or where it stands past the last row.
    """

    name = "local"
    compares = True
    rows_per_write = 500

    def __init__(self, documents: Documents, workspace: str) -> None:
        self._documents = documents
        self._workspace = workspace

    def sheets(self, document: str) -> tuple[SheetInfo, ...]:
        """List the document's sheets in its order. Raises `FileUnknown`."""
        return tuple(self._info(sheet) for sheet in self._documents.sheets(self._workspace, document))

    def describe(self, ref: SheetRef) -> SheetInfo:
        """Return the sheet's used area now. Raises `SheetUnknown` or `FileUnknown`."""
        return self._info(self._sheet(ref))

    def anchors(self, ref: SheetRef, indices: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of the columns at these indices. Raises `RangeOutside` where none stands."""
        ids = {column.index: column.id for column in self._sheet(ref).columns}
        for index in indices:
            if index not in ids:
                raise RangeOutside(column=column_letter(index) if index >= 0 else str(index))
        return tuple(ids[index] for index in indices)

    def locate(self, ref: SheetRef, anchors: Sequence[str]) -> tuple[int | None, ...]:
        """Return where these columns stand now; None for one that this sheet does not have."""
        columns = _by_id(self._sheet(ref))
        return tuple(columns[anchor].index if anchor in columns else None for anchor in anchors)

    def read(
        self, ref: SheetRef, anchors: Sequence[str], top: int, bottom: int | None
    ) -> tuple[CellColumn, ...]:
        """Read rows ``top … bottom-1`` of these columns, padded with empty cells below the used area.

        Many rows are read in several transactions; rows that were moved meanwhile are read again, and
        `HostTrouble` says that they never stood still.
        """
        for _ in range(_READS):
            sheet = self._sheet(ref)
            columns = _by_id(sheet)
            for anchor in anchors:
                if anchor not in columns:
                    raise SheetUnknown(column=anchor)
            end = sheet.rows if bottom is None else min(bottom, sheet.rows)
            table = _Table(anchors, max((end if bottom is None else bottom) - top, 0))
            for start in range(top, end, _ROWS_PER_READ):
                rows = self._documents.rows(
                    self._workspace, ref.document, ref.sheet, start, min(start + _ROWS_PER_READ, end)
                )
                table.take(rows, start - top)
            if end - top <= _ROWS_PER_READ or table.ids == self._order(ref)[top:end]:
                return table.columns()
        raise HostTrouble(retry_after=1.0)

    def add_columns(
        self, ref: SheetRef, wishes: Sequence[NewColumn], header_row: int | None
    ) -> tuple[str, ...]:
        """Return the anchors of these columns, made where missing. Raises `SheetFull`."""
        keys = [(wish.key, wish.header) for wish in wishes]
        columns = self._documents.add_columns(self._workspace, ref.document, ref.sheet, keys, header_row)
        return tuple(column.id for column in columns)

    def busy(self) -> float:
        """Return 0.0: there is no quota."""
        return 0.0

    def write(self, ref: SheetRef, batch: WriteBatch) -> frozenset[int]:
        """Set the cells; return the positions in ``batch.rows`` whose expectation no longer held."""
        changes = [
            RowChange(
                row=row,
                expect={anchor: values[at] for anchor, values in batch.expect.items()},
                put={
                    anchor: value
                    for anchor, values in batch.put.items()
                    if not isinstance(value := values[at], Leave)
                },
            )
            for at, row in enumerate(batch.rows)
        ]
        return self._documents.change(self._workspace, ref.document, ref.sheet, changes)

    def _order(self, ref: SheetRef) -> list[int]:
        return list(self._documents.order(self._workspace, ref.document, ref.sheet))

    def _sheet(self, ref: SheetRef) -> StoredSheet:
        for sheet in self._documents.sheets(self._workspace, ref.document):
            if sheet.id == ref.sheet:
                return sheet
        raise SheetUnknown

    def _info(self, sheet: StoredSheet) -> SheetInfo:
        return SheetInfo(
            ref=SheetRef(self.name, sheet.document, sheet.id),
            title=sheet.title,
            document_title=self._documents.get(self._workspace, sheet.document).title,
            rows=sheet.rows,
            columns=max((column.index for column in sheet.columns), default=-1) + 1,
            hidden_rows=tuple(self._documents.hidden_rows(self._workspace, sheet.document, sheet.id)),
            protected=sheet.protected,
        )


class _Table:
    """The columns of a read while their rows come in."""

    def __init__(self, anchors: Sequence[str], count: int) -> None:
        self.ids: list[int] = []
        self._anchors = anchors
        self._values: list[list[CellValue]] = [[None] * count for _ in anchors]
        self._details: list[dict[int, Cell]] = [{} for _ in anchors]

    def take(self, rows: Sequence[StoredRow], first: int) -> None:
        for at, row in enumerate(rows, first):
            self.ids.append(row.id)
            for anchor, values, details in zip(self._anchors, self._values, self._details, strict=True):
                cell = row.cells.get(anchor, EMPTY)
                if row.hidden:
                    cell = replace(cell, obstacles=cell.obstacles | {Obstacle.HIDDEN})
                values[at] = cell.value
                if cell.formula is not None or cell.number_format is not None or cell.obstacles:
                    details[at] = cell

    def columns(self) -> tuple[CellColumn, ...]:
        return tuple(
            CellColumn(values, details) for values, details in zip(self._values, self._details, strict=True)
        )


def _by_id(sheet: StoredSheet) -> dict[str, StoredColumn]:
    return {column.id: column for column in sheet.columns}

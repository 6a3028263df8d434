"""The hostile host: sets cells by position, and is troubled on demand. See README.md beside it."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from addon_backend.domain.cells import EMPTY, Cell, CellValue, Obstacle
from addon_backend.domain.errors import AnswerUncertain, HostTrouble, RangeOutside, SheetUnknown
from addon_backend.domain.sheet import SheetRef, column_letter, spans
from addon_backend.ports.sheet_host import CellColumn, Leave, NewColumn, SheetInfo, WriteBatch
from tests.fakes.hostile.sheets import Documents, Row, Sheet


class HostileHost:
    """Implements `SheetHost`; compares in nothing."""

    name = "hostile"
    compares = False

    def __init__(self, documents: Documents, rows_per_write: int = 500) -> None:
        self.documents = documents
        self.rows_per_write = rows_per_write
        self.windows: deque[Callable[[], object] | None] = deque()
        self.faults: deque[str] = deque()
        self.calls: Counter[str] = Counter()
        self.cells_read = 0
        self.cells_sent = 0
        self.late_by = 0
        self.retry_after = 0.001
        self._late: list[tuple[int, Callable[[], None]]] = []

    def sheets(self, document: str) -> tuple[SheetInfo, ...]:
        """List the document's sheets."""
        return tuple(self._info(document, sheet) for sheet in self.documents.sheets(document))

    def describe(self, ref: SheetRef) -> SheetInfo:
        """Return the sheet's used area."""
        return self._info(ref.document, self._sheet(ref))

    def anchors(self, ref: SheetRef, indices: Sequence[int]) -> tuple[str, ...]:
        """Return the ids of the columns that stand there."""
        columns = self._sheet(ref).columns
        for index in indices:
            if not 0 <= index < len(columns):
                raise RangeOutside(column=column_letter(index) if index >= 0 else str(index))
        return tuple(columns[index] for index in indices)

    def locate(self, ref: SheetRef, anchors: Sequence[str]) -> tuple[int | None, ...]:
        """Return where the columns stand now."""
        columns = self._sheet(ref).columns
        return tuple(columns.index(anchor) if anchor in columns else None for anchor in anchors)

    def read(
        self, ref: SheetRef, anchors: Sequence[str], top: int, bottom: int | None
    ) -> tuple[CellColumn, ...]:
        """Read columns, unless it is a bad moment."""
        self._arrive("read")
        sheet = self._sheet(ref)
        self._all_there(sheet, anchors)
        bottom = sheet.used()[0] if bottom is None else bottom
        self.cells_read += len(anchors) * max(0, bottom - top)
        rows = [sheet.rows[at] if at < len(sheet.rows) else Row() for at in range(top, bottom)]
        return tuple(_column([_seen(row, anchor) for row in rows]) for anchor in anchors)

    def add_columns(
        self, ref: SheetRef, wishes: Sequence[NewColumn], header_row: int | None
    ) -> tuple[str, ...]:
        """Return the columns of these keys, made right of the used area where they are missing."""
        sheet = self._sheet(ref)
        for wish in wishes:
            if sheet.made.get(wish.key) not in sheet.columns:
                sheet.made[wish.key] = sheet.new_column(len(sheet.columns))
            if header_row is not None:
                row = sheet.rows[header_row]
                if row.cells.get(sheet.made[wish.key], EMPTY).empty:
                    row.set(sheet.made[wish.key], wish.header)
        return tuple(sheet.made[wish.key] for wish in wishes)

    def busy(self) -> float:
        """Return 0.0: this host says no only when it is asked."""
        return 0.0

    def write(self, ref: SheetRef, batch: WriteBatch) -> frozenset[int]:
        """Set the cells at these positions, whoever stands there when the write is applied."""
        if len(batch.rows) > self.rows_per_write:
            raise HostTrouble
        fault = self._arrive("write")
        self._all_there(self._sheet(ref), batch.put)
        between = self.windows.popleft() if self.windows else None
        if between is not None:
            between()
        if fault == "late":
            self._late.append((self.late_by, lambda: self._apply(ref, batch)))
        elif fault != "dropped":
            self._apply(ref, batch)
        if fault:
            raise AnswerUncertain(retry_after=self.retry_after)
        return frozenset()

    def _apply(self, ref: SheetRef, batch: WriteBatch) -> None:
        sheet = self._sheet(ref)
        for anchor, values in batch.put.items():
            for row, value in zip(batch.rows, values, strict=True):
                if isinstance(value, Leave) or anchor not in sheet.columns:
                    continue
                while row >= len(sheet.rows):
                    sheet.rows.append(Row())
                self.cells_sent += 1
                sheet.rows[row].set(anchor, value)

    def _arrive(self, call: str) -> str:
        """Count the call, apply what was late, and let it go wrong if it is its turn."""
        self.calls[call] += 1
        late, self._late = self._late, []
        for calls_to_come, apply in late:
            if calls_to_come:
                self._late.append((calls_to_come - 1, apply))
            else:
                apply()
        fault = self.faults.popleft() if self.faults else ""
        if fault == "throttled" or (fault and call == "read"):
            raise HostTrouble(retry_after=self.retry_after)
        return fault

    def _all_there(self, sheet: Sheet, anchors: Iterable[str]) -> None:
        for anchor in anchors:
            if anchor not in sheet.columns:
                raise SheetUnknown(column=anchor)

    def _sheet(self, ref: SheetRef) -> Sheet:
        return self.documents.sheet(ref.document, ref.sheet)

    def _info(self, document: str, sheet: Sheet) -> SheetInfo:
        rows, columns = sheet.used()
        return SheetInfo(
            ref=SheetRef(self.name, document, sheet.id),
            title=sheet.title,
            document_title=self.documents.titles[document],
            rows=rows,
            columns=columns,
            hidden_rows=tuple(spans(at for at, row in enumerate(sheet.rows) if row.hidden)),
        )


def _seen(row: Row, anchor: str) -> Cell:
    cell = row.cells.get(anchor, EMPTY)
    return replace(cell, obstacles=cell.obstacles | {Obstacle.HIDDEN}) if row.hidden else cell


def _column(cells: Sequence[Cell]) -> CellColumn:
    values: list[CellValue] = [cell.value for cell in cells]
    details = {
        at: cell for at, cell in enumerate(cells) if cell.formula or cell.number_format or cell.obstacles
    }
    return CellColumn(values, details)

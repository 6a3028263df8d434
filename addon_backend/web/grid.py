"""What a person sees and does in the sandbox's grid, over the `Documents` port."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from addon_backend.domain.cells import EMPTY, CellValue, DateValue, ErrorValue, is_blank
from addon_backend.domain.errors import SheetUnknown
from addon_backend.domain.sheet import column_letter, spans
from addon_backend.ports.documents import Documents, RowChange, StoredRow, StoredSheet
from addon_backend.web.cells import CellJson, cell_json

_TRIES = 5
_ORDERS_KEPT = 2_000


@dataclass(frozen=True, slots=True)
class Place:
    """One sheet of one opened document, and where it is kept."""

    documents: Documents
    workspace: str
    document: str
    sheet: str

    def now(self) -> StoredSheet:
        """Return the sheet as it stands. Raises `FileUnknown` or `SheetUnknown`."""
        for sheet in self.documents.sheets(self.workspace, self.document):
            if sheet.id == self.sheet:
                return sheet
        raise SheetUnknown

    def order(self) -> Sequence[int]:
        """Return the row ids by position."""
        return self.documents.order(self.workspace, self.document, self.sheet)

    def rows(self, top: int, bottom: int, since: int = -1) -> Sequence[StoredRow]:
        """Return rows by position."""
        return self.documents.rows(self.workspace, self.document, self.sheet, top, bottom, since)


@dataclass(frozen=True, slots=True)
class CellEdit:
    """A person types into one cell."""

    row: int
    column: str
    value: CellValue


class OrderMemory:
    """Remembers in which order this process showed a sheet at a revision: only a new order is sent."""

    def __init__(self) -> None:
        self._shown: OrderedDict[tuple[str, str, int], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def is_news(self, sheet: StoredSheet, since: int, order: Sequence[int]) -> bool:
        """Say whether whoever saw the sheet at ``since`` must be told this order; True where unknown."""
        digest = hashlib.sha256(repr(list(order)).encode()).digest()
        with self._lock:
            self._shown[sheet.document, sheet.id, sheet.revision] = digest
            while len(self._shown) > _ORDERS_KEPT:
                self._shown.popitem(last=False)
            return self._shown.get((sheet.document, sheet.id, since)) != digest


def changes(place: Place, memory: OrderMemory, since: int, top: int, bottom: int | None) -> dict[str, object]:
    """Return what the browser must change to show rows ``top … bottom-1`` as they are, as JSON.

    The revision is read first: a change that comes in between is in the rows now and told again next time.
    """
    sheet = place.now()
    columns = sorted(sheet.columns, key=lambda column: column.index)
    seen: dict[str, object] = {
        "revision": sheet.revision,
        "rows_total": sheet.rows,
        "protected": sheet.protected,
        "columns": [
            {"id": column.id, "index": column.index, "letter": column_letter(column.index)}
            for column in columns
        ],
        "rows": [],
    }
    if sheet.revision > since:
        order = place.order()
        if memory.is_news(sheet, since, order):
            seen["order"] = list(order)
        ids = [column.id for column in columns]
        found = place.rows(top, sheet.rows if bottom is None else bottom, since)
        seen["rows"] = [_row_json(row, ids, [column.index for column in columns]) for row in found]
    return seen


def edit(place: Place, edits: Sequence[CellEdit]) -> list[int]:
    """Set what a person typed, wherever her rows stand now; return the ids of rows that refused.

    A row refuses where it is gone or a cell of it is a formula. A write of a run that comes in between is
    overwritten: the person wins.
    """
    wanted: dict[int, dict[str, CellValue]] = defaultdict(dict)
    for one in edits:
        wanted[one.row][one.column] = one.value
    for _ in range(_TRIES):
        refused = _edit_once(place, wanted)
        if not refused:
            return []
        wanted = {row: wanted[row] for row in refused}
    return sorted(wanted)


def sort(place: Place, column: str, header_rows: int, *, descending: bool) -> None:
    """Sort as a sheet does: numbers, text, true and false, errors; blank cells last in either direction."""
    if column not in {known.id for known in place.now().columns}:
        raise SheetUnknown(column=1)
    known = list(place.rows(0, place.now().rows))
    head, body = known[:header_rows], known[header_rows:]
    values = {row.id: row.cells.get(column, EMPTY).value for row in body}
    filled = [row.id for row in body if not is_blank(values[row.id])]
    blank = [row.id for row in body if is_blank(values[row.id])]
    filled.sort(key=lambda row: _sort_key(values[row]), reverse=descending)
    place.documents.reorder(
        place.workspace, place.document, place.sheet, [*(row.id for row in head), *filled, *blank]
    )


def _edit_once(place: Place, wanted: dict[int, dict[str, CellValue]]) -> list[int]:
    positions = {row: position for position, row in enumerate(place.order()) if row in wanted}
    now = {
        row.id: row
        for top, bottom in spans(positions.values())
        for row in place.rows(top, bottom)
        if row.id in wanted
    }
    found = [row for row in wanted if row in now]
    asked = [
        RowChange(
            now[row].position,
            {column: now[row].cells.get(column, EMPTY).value for column in wanted[row]},
            wanted[row],
        )
        for row in found
    ]
    refused = (
        place.documents.change(place.workspace, place.document, place.sheet, asked) if asked else frozenset()
    )
    return [row for row in wanted if row not in now] + [found[index] for index in sorted(refused)]


def _row_json(row: StoredRow, ids: Sequence[str], indices: Sequence[int]) -> dict[str, object]:
    cells: list[CellJson] = []
    obstacles: dict[str, list[int]] = {}
    for column, index in zip(ids, indices, strict=True):
        cell = row.cells.get(column)
        cells.append(None if cell is None else cell_json(cell.value))
        for obstacle in () if cell is None else sorted(cell.in_the_way):
            obstacles.setdefault(obstacle.value, []).append(index)
    return {
        "id": row.id,
        "position": row.position,
        "hidden": row.hidden,
        "cells": cells,
        "obstacles": obstacles,
    }


def _sort_key(value: CellValue) -> tuple[int, float, str]:
    match value:
        case bool():
            return 2, float(value), ""
        case int() | float():
            return 0, float(value), ""
        case DateValue():
            return 0, value.serial, ""
        case ErrorValue():
            return 3, 0.0, value.code
        case _:
            return 1, 0.0, (value or "").casefold()

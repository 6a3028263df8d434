"""The command line's panel: read the columns of a selection through the host, for inspect and preview."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank
from addon_backend.domain.errors import RangeOutside, SelectionEmpty, SheetUnknown
from addon_backend.domain.sheet import GridRange
from addon_backend.engine.inspect import find_header
from addon_backend.engine.plan.rows import spread
from addon_backend.services.runs.selection.reading import HEADER_SEARCH_ROWS
from addon_backend.services.runs.selection.views import Above, Selection, Table, TableColumn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue, Obstacle
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.sheet_host import CellColumn, SheetHost, SheetInfo
    from addon_backend.services.house import House

WHOLE_UP_TO = 20_000
HEAD = 30
"""Rows at the top that every sample holds, so that a header is found."""


def select(
    house: House,
    caller: Caller,
    host_name: str,
    document: str,
    *,
    sheet: str | None = None,
    area: GridRange | None = None,
    limit: int | None = None,
    whole: bool = False,
) -> Selection:
    """Return the selection of a range, or of everything used, in a sheet by name (or the first one).

    The header is the range's own, or the one above it. ``limit`` keeps so many filled rows below the header;
    hidden ones do not count. Without ``whole``, a long selection is a sample. Raises `SheetUnknown`,
    `RangeOutside`, `SelectionEmpty`.
    """
    host = house.host(host_name, caller.workspace, caller.member)
    sheets = host.sheets(document)
    info = _sheet_named(sheets, sheet)
    if not info.rows or not info.columns:
        raise SelectionEmpty
    wanted = area or GridRange(0, 0, None, None)
    if wanted.top >= info.rows or wanted.left >= info.columns:
        raise RangeOutside
    clipped = wanted.clip(info.rows, info.columns)
    if clipped.empty:
        raise SelectionEmpty
    indices = list(range(clipped.left, clipped.right or 0))
    columns = host.read(info.ref, host.anchors(info.ref, indices), 0, clipped.bottom or 0)
    seen = _Seen(columns, {row for first, last in info.hidden_rows for row in range(first, last)})
    above = seen.above(_list_begins(host, info, clipped.top), clipped.top)
    header = seen.header(clipped.top, above)
    bottom = seen.bottom(clipped.top if header is None else max(clipped.top, header + 1), limit)
    return Selection(
        sheet=info.ref,
        title=info.document_title if len(sheets) == 1 else f"{info.document_title} · {info.title}",
        range=GridRange(clipped.top, clipped.left, bottom, clipped.right),
        table=seen.table(indices, above, clipped.top, bottom, whole=whole),
        header_row=None if header is None else header + 1,
        hidden_rows=_hidden(info, clipped.top, bottom),
        protected=info.protected,
    )


class _Seen:
    """A sheet's columns from its first row down to the end of a range, without what is hidden."""

    def __init__(self, columns: Sequence[CellColumn], hidden: set[int]) -> None:
        self._columns = columns
        self._hidden = hidden
        self._height = len(columns[0].values)

    def above(self, begins: int, top: int) -> Above | None:
        """Return the first rows of the list that the range is cut from, where it begins above the range."""
        rows = self._rows(begins, min(begins + HEADER_SEARCH_ROWS, top))
        return Above(begins, rows) if rows else None

    def header(self, top: int, above: Above | None) -> int | None:
        """Return the header's row: of the list that the range is cut from, or among its own first rows."""
        found = None if above is None else find_header(above.rows)
        if above is not None and found is not None:
            return above.top + found
        found = find_header(self._rows(top, min(top + HEADER_SEARCH_ROWS, self._height)))
        return None if found is None else top + found

    def bottom(self, first: int, limit: int | None) -> int:
        """Return where the range ends when it holds at most ``limit`` filled rows from ``first`` on."""
        if limit is None:
            return self._height
        filled = (row for row in range(first, self._height) if row not in self._hidden and self._filled(row))
        return next((row + 1 for count, row in enumerate(filled, 1) if count == limit), self._height)

    def table(
        self, indices: Sequence[int], above: Above | None, top: int, bottom: int, *, whole: bool
    ) -> Table:
        """Return the range; a row that is hidden is blank: positions stay true.

        Above `WHOLE_UP_TO` rows, unless ``whole``, it is the head and a spread sample of the rest.
        """
        rows = list(range(top, bottom))
        shown = set(rows) - self._hidden
        sampled = not whole and len(shown) > WHOLE_UP_TO
        if sampled:
            rest = [row for row in rows[HEAD:] if row in shown]
            rows = rows[:HEAD] + [rest[at] for at in spread(len(rest), WHOLE_UP_TO - HEAD)]
        position = {row: at for at, row in enumerate(rows) if row in shown}
        return Table(
            top=top,
            columns=[
                TableColumn(
                    index,
                    [column.values[row] if row in shown else None for row in rows],
                    _obstacles(column, position),
                )
                for index, column in zip(indices, self._columns, strict=True)
            ],
            rows_total=len(shown),
            sampled=sampled,
            above=above,
        )

    def _rows(self, top: int, bottom: int) -> list[list[CellValue]]:
        return [
            [None if row in self._hidden else column.values[row] for column in self._columns]
            for row in range(top, bottom)
        ]

    def _filled(self, row: int) -> bool:
        return any(not is_blank(column.values[row]) for column in self._columns)


def _obstacles(column: CellColumn, position: Mapping[int, int]) -> Mapping[Obstacle, Sequence[int]]:
    """Return where something stands in the way; ``position`` holds those of the rows that are shown."""
    found: dict[Obstacle, list[int]] = defaultdict(list)
    for row, cell in column.details.items():
        if row in position:
            for obstacle in cell.in_the_way:
                found[obstacle].append(position[row])
    return found


def _list_begins(host: SheetHost, info: SheetInfo, top: int) -> int:
    """Return the first of the rows that stand right above a range without a blank one between."""
    if not top:
        return top
    columns = host.read(info.ref, host.anchors(info.ref, list(range(info.columns))), 0, top)
    hidden = {row for first, last in info.hidden_rows for row in range(first, last)}
    while top and (top - 1 in hidden or any(not is_blank(column.values[top - 1]) for column in columns)):
        top -= 1
    return top


def whole_sheet(
    house: House, caller: Caller, host_name: str, document: str, sheet: str | None
) -> tuple[list[int], Sequence[str], Sequence[CellColumn], int]:
    """Read everything used in a sheet: indices, anchors, columns, and how many rows.

    Raises `SheetUnknown`, `SelectionEmpty`.
    """
    host = house.host(host_name, caller.workspace, caller.member)
    info = _sheet_named(host.sheets(document), sheet)
    if not info.rows or not info.columns:
        raise SelectionEmpty
    indices = list(range(info.columns))
    anchors = host.anchors(info.ref, indices)
    return indices, anchors, host.read(info.ref, anchors, 0, info.rows), info.rows


def _sheet_named(sheets: Sequence[SheetInfo], name: str | None) -> SheetInfo:
    for info in sheets:
        if name is None or info.title == name:
            return info
    raise SheetUnknown


def _hidden(info: SheetInfo, top: int, bottom: int) -> int:
    return sum(max(0, min(last, bottom) - max(first, top)) for first, last in info.hidden_rows)

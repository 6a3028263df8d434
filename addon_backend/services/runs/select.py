"""The command line's panel: read the columns of a selection through the host, for inspect and preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import Obstacle
from addon_backend.domain.errors import RangeOutside, SelectionEmpty, SheetUnknown
from addon_backend.domain.sheet import GridRange
from addon_backend.engine.plan.rows import spread
from addon_backend.services.runs.views import Selection, Table, TableColumn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.sheet_host import CellColumn, SheetInfo
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
    header_row: int | None = -1,
) -> Selection:
    """Return the selection of a range, or of everything used, in a sheet by name (or the first one).

    ``limit`` keeps the first rows below the header. Raises `SheetUnknown`, `RangeOutside`, `SelectionEmpty`.
    """
    host = house.host(host_name, caller.workspace)
    info = _sheet_named(host.sheets(document), sheet)
    if not info.rows or not info.columns:
        raise SelectionEmpty
    wanted = area or GridRange(0, 0, None, None)
    if wanted.top >= info.rows or wanted.left >= info.columns:
        raise RangeOutside
    clipped = wanted.clip(info.rows, info.columns)
    if clipped.empty:
        raise SelectionEmpty
    bottom = clipped.bottom or 0
    if limit is not None:
        bottom = min(bottom, clipped.top + limit + 1)
    clipped = GridRange(clipped.top, clipped.left, bottom, clipped.right)
    indices = list(range(clipped.left, clipped.right or 0))
    columns = host.read(info.ref, host.anchors(info.ref, indices), clipped.top, bottom)
    return Selection(
        sheet=info.ref,
        title=info.document_title
        if len(host.sheets(document)) == 1
        else f"{info.document_title} · {info.title}",
        range=clipped,
        table=_table(clipped.top, indices, columns, info),
        header_row=header_row,
        hidden_rows=_hidden(info, clipped.top, bottom),
    )


def whole_sheet(
    house: House, caller: Caller, host_name: str, document: str, sheet: str | None
) -> tuple[list[int], Sequence[str], Sequence[CellColumn], int]:
    """Read everything used in a sheet: indices, anchors, columns, and how many rows.

    Raises `SheetUnknown`, `SelectionEmpty`.
    """
    host = house.host(host_name, caller.workspace)
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


def _table(top: int, indices: Sequence[int], columns: Sequence[CellColumn], info: SheetInfo) -> Table:
    """Leave hidden rows out; above `WHOLE_UP_TO` rows, keep the head and a spread sample of the rest."""
    height = len(columns[0].values)
    hidden = {row - top for first, last in info.hidden_rows for row in range(first, last)}
    seen = [row for row in range(height) if row not in hidden]
    sampled = len(seen) > WHOLE_UP_TO
    if sampled:
        rest = seen[HEAD:]
        seen = seen[:HEAD] + [rest[i] for i in spread(len(rest), WHOLE_UP_TO - HEAD)]
    position = {row: i for i, row in enumerate(seen)}
    return Table(
        top=top,
        columns=[
            TableColumn(
                index,
                [column.values[row] for row in seen],
                [
                    position[row]
                    for row, cell in column.details.items()
                    if row in position and (cell.formula is not None or Obstacle.FORMULA in cell.obstacles)
                ],
            )
            for index, column in zip(indices, columns, strict=True)
        ],
        rows_total=height - len([row for row in hidden if 0 <= row < height]),
        sampled=sampled,
    )

"""The names of our columns, in the row where the list's header stands now: it moves like any row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text, is_blank, same_value
from addon_backend.domain.sheet import column_letter
from addon_backend.ports.sheet_host import WriteBatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Run
    from addon_backend.ports.sheet_host import Leave, SheetHost

SEARCHED = 200
"""Rows below its old place in which a header that moved is looked for."""


def header_row_now(host: SheetHost, run: Run) -> int | None:
    """Return the row (from 0) that names the run's columns as they were read; None where none does."""
    if run.header_row is None:
        return None
    at = run.header_row - 1
    columns = host.read(run.sheet, [column.anchor for column in run.keys], 0, at + SEARCHED)
    for row in sorted(range(at + SEARCHED), key=lambda row: abs(row - at)):
        if all(
            (as_text(cells.values[row]).strip() or column_letter(column.index)) == column.header
            for cells, column in zip(columns, run.keys, strict=True)
        ):
            return row
    return None


def settle_headers(host: SheetHost, run: Run) -> None:
    """Clear the names of columns that we made and that are empty now; name those that a redo has filled."""
    at = header_row_now(host, run)
    if at is None:
        return
    made = {output.target: output for output in run.outputs if output.made and output.target}
    located = host.locate(run.sheet, list(made))
    there = [anchor for anchor, index in zip(made, located, strict=True) if index is not None]
    if not there:
        return
    seen: dict[str, Sequence[CellValue]] = {}
    names: dict[str, Sequence[CellValue | Leave]] = {}
    for anchor, column in zip(there, host.read(run.sheet, there, 0, None), strict=True):
        empty = all(is_blank(value) for row, value in enumerate(column.values) if row != at)
        now = column.values[at] if at < len(column.values) else None
        if (empty and same_value(now, made[anchor].header)) or (not empty and is_blank(now)):
            seen[anchor], names[anchor] = [now], [None if empty else made[anchor].header]
    if names:
        host.write(run.sheet, WriteBatch([at], seen, names))

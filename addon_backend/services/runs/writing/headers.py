"""The names of our columns, in the row where the list's header stands now: it moves like any row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text, is_blank, same_value
from addon_backend.domain.sheet import column_letter
from addon_backend.ports.sheet_host import WriteBatch

if TYPE_CHECKING:
    from addon_backend.domain.runs import Run
    from addon_backend.ports.sheet_host import SheetHost

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
    rows = host.describe(run.sheet).rows
    made = [output for output in run.outputs if output.made]
    located = host.locate(run.sheet, [output.target or "" for output in made])
    for output, index in zip(made, located, strict=True):
        if index is None or output.target is None:
            continue
        column = host.read(run.sheet, [output.target], 0, rows)[0]
        empty = all(is_blank(value) for row, value in enumerate(column.values) if row != at)
        now = column.values[at]
        if (empty and same_value(now, output.header)) or (not empty and is_blank(now)):
            name = None if empty else output.header
            host.write(run.sheet, WriteBatch([at], {output.target: [now]}, {output.target: [name]}))

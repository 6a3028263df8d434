"""By what a selection is known again when a worker reads it: kept with the quote, then with the run.

Digests under the workspace's key, of headers and of two rows: no value is stored for this.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from addon_backend.domain.cells import as_text
from addon_backend.domain.runs import Stage
from addon_backend.engine.plan.shifts import Marks
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.blocks import pack_data
from addon_backend.services.runs.selection.inspect import header_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Run
    from addon_backend.ports.sheet_host import SheetInfo
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.runs.selection.reading import Reading
    from addon_backend.services.runs.selection.views import Selection

_DIGEST = "mark"
_LENGTH = 16


def digests(unit: UnitOfWork, workspace: str, texts: Sequence[str]) -> list[str]:
    """Return a short keyed digest of each text; "" of none."""
    found = unit.blocks.digests(workspace, _DIGEST, texts)
    return [digest[:_LENGTH] if text else "" for text, digest in zip(texts, found, strict=True)]


def row_texts(columns: Sequence[Sequence[CellValue]]) -> list[str]:
    """Return what each row's digest is taken of; "" for a blank row."""
    return ["\x1f".join(map(as_text, cells)).rstrip("\x1f") for cells in zip(*columns, strict=True)]


def marks_at(
    unit: UnitOfWork,
    workspace: str,
    selection: Selection,
    read: Selection,
    reading: Reading,
    sheet: SheetInfo,
) -> Marks:
    """Return the marks of what the panel read of a sheet; ``read`` is the part that a run will read."""
    table = read.table
    header = header_cells(selection, reading)
    rows = row_texts([column.values for column in table.columns])
    texts = [as_text(cell).strip() for cell in header] if header else [""] * len(selection.table.columns)
    first, last = reading.rows[0], reading.rows[-1]
    *heads, first_digest, last_digest = digests(unit, workspace, [*texts, rows[first], rows[last]])
    bottom = selection.range.bottom or sheet.rows
    columns = [column.index for column in selection.table.columns]
    return Marks(
        height=sheet.rows,
        width=sheet.columns,
        headers=dict(zip(columns, heads, strict=True)),
        first=first_digest,
        last=last_digest,
        first_at=table.top + first,
        last_at=bottom - 1 if table.sampled else table.top + last,
        rows=0 if table.sampled else len(reading.rows),
        unread=tuple(sorted({*columns} - {column.index for column in table.columns})),
    )


def marks_data(marks: Marks) -> dict[str, object]:
    """Return marks as plain JSON data."""
    return {**asdict(marks), "headers": [[column, digest] for column, digest in marks.headers.items()]}


def marks_of(data: Mapping[str, object]) -> Marks:
    """Read `marks_data` back."""
    told: dict[str, Any] = {**data}
    return Marks(**told | {"headers": dict(told["headers"]), "unread": tuple(told.get("unread", ()))})


def keep_marks(unit: UnitOfWork, run: Run, data: Mapping[str, object]) -> None:
    """Keep the quote's marks, if it has any, with the run that it has started."""
    if data:
        unit.blocks.put(_key(run), pack_data(dict(data)))


def read_marks(unit: UnitOfWork, run: Run) -> Marks | None:
    """Return a run's marks; None where it has none."""
    packed = unit.blocks.get(_key(run))
    return None if packed is None else marks_of(json.loads(packed))


def _key(run: Run) -> BlockKey:
    return BlockKey(run.workspace, run.id, "marks", Stage.PREPARE, 0, "")

"""Duplicates of a whole sheet, without a run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.engine.plan.duplicates import duplicate_groups
from addon_backend.services.runs.selection.reading import FIND_HEADER, read_table
from addon_backend.services.runs.selection.select import whole_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.facts import DuplicateGroup
    from addon_backend.domain.workspaces import Caller
    from addon_backend.services.house import House


@dataclass(frozen=True, slots=True)
class FoundDuplicates:
    """Groups in a sheet of ``rows`` rows; ``first_row`` is the sheet's row number (from 1) of row 0."""

    rows: int
    first_row: int
    groups: Sequence[DuplicateGroup]


def find_in_sheet(house: House, caller: Caller, document: str, sheet: str | None) -> FoundDuplicates:
    """Compare all rows of a sheet, hidden ones too. Rows of a group count from 0 below the header."""
    indices, anchors, columns, height = whole_sheet(house, caller, "local", document, sheet)
    reading = read_table([column.values for column in columns], indices, anchors, header=FIND_HEADER)
    first = 0 if reading.header is None else reading.header + 1
    groups = [
        type(group)(
            tuple(reading.rows[row] - first for row in group.rows), group.score, group.band, group.reasons
        )
        for group in duplicate_groups(reading.frame)
    ]
    return FoundDuplicates(height - first, first + 1, groups)

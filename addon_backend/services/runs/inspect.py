"""What does this selection hold? Nothing is stored, nothing is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.sheet import column_letter
from addon_backend.engine.organise import quality_score
from addon_backend.engine.plan.duplicates import duplicate_groups
from addon_backend.services.runs.reading import FIND_HEADER, Reading, read_table
from addon_backend.services.runs.views import InspectedColumn, Inspection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.facts import DuplicateGroup
    from addon_backend.services.runs.views import Selection


def inspect_selection(selection: Selection) -> Inspection:
    """Name the columns of a selection. Raises `SelectionEmpty` or `NothingToRead`."""
    reading = read_selection(selection)
    return Inspection(
        rows=rows_in_play(selection, reading),
        header_row=sheet_header_row(selection, reading),
        sampled=selection.table.sampled,
        quality=quality_of(reading, duplicate_groups(reading.frame)),
        columns=inspected_columns(reading),
    )


def read_selection(selection: Selection) -> Reading:
    """Read the panel's table with the header where the person says it is."""
    table = selection.table
    header = selection.header_row
    if header is not None and header != FIND_HEADER:
        header = header - 1 - table.top
        header = header if 0 <= header < len(table.columns[0].values) else None
    return read_table(
        [column.values for column in table.columns],
        [column.index for column in table.columns],
        [f"c{column.index}" for column in table.columns],
        header=header,
        kinds=selection.kinds,
    )


def rows_in_play(selection: Selection, reading: Reading) -> int:
    """Count the rows a run would take; for a sample, by its share of filled rows."""
    table = selection.table
    seen = len(table.columns[0].values)
    if not table.sampled or not seen:
        return len(reading.rows)
    return round(len(reading.rows) * table.rows_total / seen)


def sheet_header_row(selection: Selection, reading: Reading) -> int | None:
    """Return the header's row number in the sheet, from 1."""
    return None if reading.header is None else selection.table.top + reading.header + 1


def quality_of(reading: Reading, groups: Sequence[DuplicateGroup]) -> int:
    """Score the table from 0 to 100."""
    doubled = sum(len(group.rows) - 1 for group in groups)
    return quality_score(reading.profiles, reading.frame.rows, doubled)


def inspected_columns(reading: Reading) -> list[InspectedColumn]:
    """Return one line per column."""
    return [
        InspectedColumn(
            index=column.index,
            letter=column_letter(column.index),
            header=column.header,
            kind=column.kind,
            confidence=round(profile.confidence, 3),
            filled=profile.filled,
            distinct=profile.distinct,
            problems=profile.problems,
        )
        for column, profile in zip(reading.frame.columns, reading.profiles, strict=True)
    ]

"""What does this selection hold? Nothing is stored, nothing is spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.sheet import column_letter
from addon_backend.engine.inspect import find_header
from addon_backend.engine.organise import quality_score
from addon_backend.engine.plan.duplicates import duplicate_groups
from addon_backend.services.runs.selection.reading import FIND_HEADER, Reading, read_table
from addon_backend.services.runs.selection.views import InspectedColumn, Inspection

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.facts import DuplicateGroup
    from addon_backend.services.runs.selection.views import Selection


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
    table, header = selection.table, selection.header_row
    above = _header_above(selection)
    if header is not None and header != FIND_HEADER:
        header = header - 1 - table.top
        header = header if 0 <= header < len(table.columns[0].values) else None
    return read_table(
        [column.values for column in table.columns],
        [column.index for column in table.columns],
        [column.anchor for column in table.columns],
        header=header,
        names=None if above is None else above[1],
        kinds=selection.kinds,
    )


def _header_above(selection: Selection) -> tuple[int, Sequence[CellValue]] | None:
    """Return the sheet row (from 0) and the cells of a header that stands above the selected rows."""
    above = selection.table.above
    if above is None or selection.header_row is None:
        return None
    at = (
        find_header(above.rows)
        if selection.header_row == FIND_HEADER
        else selection.header_row - 1 - above.top
    )
    return (above.top + at, above.rows[at]) if at is not None and 0 <= at < len(above.rows) else None


def rows_in_play(selection: Selection, reading: Reading) -> int:
    """Count the rows a run would take; for a sample, by its share of filled rows."""
    table = selection.table
    seen = len(table.columns[0].values)
    if not table.sampled or not seen:
        return len(reading.rows)
    return round(len(reading.rows) * table.rows_total / seen)


def sheet_header_row(selection: Selection, reading: Reading) -> int | None:
    """Return the header's row number in the sheet, from 1."""
    above = _header_above(selection)
    if above is not None:
        return above[0] + 1
    return None if reading.header is None else selection.table.top + reading.header + 1


def header_cells(selection: Selection, reading: Reading) -> Sequence[CellValue]:
    """Return the header's cells, one per column of the table; none where the list has no header."""
    above = _header_above(selection)
    if above is not None:
        return above[1]
    if reading.header is None:
        return ()
    return [column.values[reading.header] for column in selection.table.columns]


def quality_of(
    reading: Reading, groups: Sequence[DuplicateGroup], anchors: Collection[str] | None = None
) -> int:
    """Score the table from 0 to 100, or only the columns of these anchors: those that a run would use."""
    profiles = [
        profile
        for profile, column in zip(reading.profiles, reading.frame.columns, strict=True)
        if not anchors or column.anchor in anchors
    ]
    doubled = sum(len(group.rows) - 1 for group in groups)
    return quality_score(profiles, reading.frame.rows, doubled)


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

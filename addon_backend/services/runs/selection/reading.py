"""From a selected table to the engine's frame: header, rows in play, kinds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import CellValue, as_text
from addon_backend.domain.errors import NothingToRead, SelectionEmpty
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.runs import InputColumn
from addon_backend.domain.sheet import column_letter
from addon_backend.engine.inspect import context_of, find_header, inspect_table
from addon_backend.engine.plan.frame import Frame, frame_of
from addon_backend.engine.plan.rows import filled_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from addon_backend.domain.columns import ColumnProfile

FIND_HEADER = -1
HEADER_SEARCH_ROWS = 25


@dataclass(frozen=True, slots=True)
class Reading:
    """A table with its header found: ``rows[i]`` is the table position of frame row ``i``.

    ``header`` is the table position of the header row; None where the table holds none.
    """

    header: int | None
    rows: list[int]
    profiles: tuple[ColumnProfile, ...]
    frame: Frame

    def at(self, rows: Sequence[int]) -> Reading:
        """Return the reading with only the rows at these table positions, all of which it has."""
        if len(rows) == len(self.rows):
            return self
        place = {row: at for at, row in enumerate(self.rows)}
        return replace(self, rows=list(rows), frame=self.frame.rows_at([place[row] for row in rows]))


def read_table(
    values: Sequence[Sequence[CellValue]],
    indices: Sequence[int],
    anchors: Sequence[str],
    *,
    header: int | None,
    names: Sequence[CellValue] | None = None,
    hidden: Collection[int] = (),
    kinds: Mapping[int, ColumnKind] | None = None,
) -> Reading:
    """Inspect a table given by columns. ``header`` is a table position, None, or `FIND_HEADER`.

    ``names`` are the cells of a header that stands above the table.

    Raises `SelectionEmpty` where there is no column or no row, `NothingToRead` where nothing is filled.
    """
    if not values or not len(values[0]):
        raise SelectionEmpty
    if names is not None:
        header = None
    elif header == FIND_HEADER:
        height = min(HEADER_SEARCH_ROWS, len(values[0]))
        header = find_header([[column[row] for column in values] for row in range(height)])
    first = 0 if header is None else header + 1
    below = [column[first:] for column in values]
    rows = filled_rows(below, {row - first for row in hidden})
    if not rows:
        raise NothingToRead
    data = [[column[row] for row in rows] for column in below]
    if header is not None:
        names = [column[header] for column in values]
    headers = None if names is None else [as_text(name).strip() for name in names]
    profiles = _corrected(inspect_table(headers, data), data, indices, kinds or {})
    columns = tuple(
        InputColumn(anchor, index, profile.header or column_letter(index), profile.kind)
        for anchor, index, profile in zip(anchors, indices, profiles, strict=True)
    )
    return Reading(header, [row + first for row in rows], profiles, frame_of(profiles, columns, data))


def guarded_rows(
    rows: Sequence[int], positions: Mapping[str, Collection[int]]
) -> list[frozenset[str]] | None:
    """Return for each row of a reading the anchors whose cells nobody may write to; None where all are free.

    ``rows`` are the table positions of the reading's rows, ``positions`` those of such cells by anchor.
    """
    found: dict[int, set[str]] = {}
    for anchor, guarded in positions.items():
        for position in guarded:
            found.setdefault(position, set()).add(anchor)
    if not found:
        return None
    return [frozenset(found.get(position, ())) for position in rows]


def _corrected(
    profiles: Sequence[ColumnProfile],
    data: Sequence[Sequence[CellValue]],
    indices: Sequence[int],
    kinds: Mapping[int, ColumnKind],
) -> tuple[ColumnProfile, ...]:
    """Return the profiles with the kinds that a person chose, each column read as such a column is."""
    country = next((profile.context.country for profile in profiles if profile.context.country), None)
    corrected = list(profiles)
    for position, index in enumerate(indices):
        profile = profiles[position]
        if index not in kinds:
            continue
        corrected[position] = replace(profile, kind=kinds[index], confidence=1.0)
        if kinds[index] is not profile.kind:
            context = context_of(kinds[index], data[position], header=profile.header, country=country)
            corrected[position] = replace(corrected[position], context=context)
    return tuple(corrected)

"""What the look after a write has seen: for a moment it is as good as the guard read before the next one."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

from addon_backend.ports.sheet_host import CellColumn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue

JUST_SEEN_SECONDS = 0.3
"""How long ago the host may have answered: so much later than after a read of its own the next write is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """The columns in play between two rows of the sheet, or to its end, as the host told them at a moment."""

    columns: Mapping[str, CellColumn]
    top: int
    bottom: int | None
    at: float

    @property
    def whole(self) -> bool:
        """Say whether it is the whole sheet."""
        return self.top == 0 and self.bottom is None

    @property
    def is_fresh(self) -> bool:
        """Say whether it was told a moment ago."""
        return monotonic() - self.at < JUST_SEEN_SECONDS

    def between(self, top: int, bottom: int | None) -> Mapping[str, CellColumn] | None:
        """Return the columns between two rows, as a read would; None where not all of that was seen."""
        if (top, bottom) == (self.top, self.bottom):
            return self.columns
        if bottom is None or self.bottom is None or top < self.top or bottom > self.bottom:
            return None
        first, last = top - self.top, bottom - self.top
        return {anchor: _cut(column, first, last) for anchor, column in self.columns.items()}


def values_of(columns: Mapping[str, CellColumn]) -> dict[str, Sequence[CellValue]]:
    """Return what the cells of columns hold."""
    return {anchor: column.values for anchor, column in columns.items()}


def _cut(column: CellColumn, first: int, last: int) -> CellColumn:
    details = {at - first: cell for at, cell in column.details.items() if first <= at < last}
    return CellColumn(column.values[first:last], details)

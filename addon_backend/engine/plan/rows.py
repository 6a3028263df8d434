"""Which rows of a selection are worked on, and in which order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from addon_backend.domain.cells import CellValue


def filled_rows(columns: Sequence[Sequence[CellValue]], hidden: Collection[int] = ()) -> list[int]:
    """Return the positions of rows that hold anything in these columns and are not hidden."""
    if not columns:
        return []
    return [
        position
        for position in range(len(columns[0]))
        if position not in hidden and any(not is_blank(column[position]) for column in columns)
    ]


def spread(count: int, wanted: int) -> list[int]:
    """Return ``wanted`` positions spread evenly over ``range(count)``, first and last included."""
    if wanted >= count:
        return list(range(count))
    if wanted <= 1:
        return list(range(wanted))
    return [round(step * (count - 1) / (wanted - 1)) for step in range(wanted)]


def trial_first(count: int, trial: int) -> list[int]:
    """Return an order of ``range(count)`` whose first ``trial`` entries are spread over the whole list.

    The trial is a part of the same run, so a run's ordinals follow this order and chunks stay slices.
    """
    chosen = spread(count, trial)
    taken = set(chosen)
    return chosen + [position for position in range(count) if position not in taken]

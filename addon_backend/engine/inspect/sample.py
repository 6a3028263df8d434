"""The values that inspection looks at: distinct, spread over the column, tidied once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.domain.cells import DateValue, ErrorValue, is_blank
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import readable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue

LARGEST_SAMPLE = 300
"""Distinct values; more do not change what a column is (`facts`: FTA samples likewise)."""
LONGEST_LOOK = 300
"""Characters of a value that matter for its kind."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A column's distinct values, spread: ``texts`` are the tidied ones that are text or numbers.

    ``dates``, ``ticks`` and ``numbers`` are shares of the sampled values by type (0 to 1).
    """

    texts: tuple[str, ...]
    size: int
    dates: float
    ticks: float
    numbers: float
    filled: int
    distinct: int


def take_sample(values: Sequence[CellValue]) -> Sample:
    """Return the sample of a column; blank cells and sheet errors do not count as filled values."""
    seen: dict[tuple[type, CellValue], None] = {}
    filled = 0
    for value in values:
        if not is_blank(value) and not isinstance(value, ErrorValue):
            filled += 1
            seen[(type(value), value)] = None
    distinct = [value for _, value in seen]
    step = max(1.0, len(distinct) / LARGEST_SAMPLE)
    spread = [distinct[int(at * step)] for at in range(min(LARGEST_SAMPLE, len(distinct)))]
    size = len(spread) or 1
    texts = (
        tidy(readable(value)[:LONGEST_LOOK]) for value in spread if not isinstance(value, bool | DateValue)
    )
    return Sample(
        texts=tuple(text for text in texts if text),
        size=len(spread),
        dates=sum(isinstance(value, DateValue) for value in spread) / size,
        ticks=sum(isinstance(value, bool) for value in spread) / size,
        numbers=sum(isinstance(value, int | float) and not isinstance(value, bool) for value in spread)
        / size,
        filled=filled,
        distinct=len(distinct),
    )

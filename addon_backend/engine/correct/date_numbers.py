"""Numbers in a date column that may be dates whose format was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import DateValue
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.correct.suggestion import suggest

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.facts import Cleaned

FIRST, LAST = 7_306.0, 73_050.0
"""Serials of 1 January 1920 and 31 December 2099: beyond them a number is hardly a date of business."""


def meant_date(value: CellValue, verdict: Cleaned) -> Cleaned | None:
    """Return the date a bare number stands for, to be offered, or None."""
    if verdict.reason != Reason.NUMBER_MAYBE_DATE or not isinstance(value, int | float):
        return None
    if not FIRST <= value <= LAST:
        return None
    date = DateValue(float(value))
    return suggest(date, Reason.NUMBER_MAYBE_DATE, {"iso": date.isoformat()})

"""Corrections that a prepared selection suggests: each is offered to a person, none is applied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank, same_value
from addon_backend.domain.facts import Fact
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_column
from addon_backend.engine.correct import correct_column

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.facts import Cleaned
    from addon_backend.engine.plan.frame import Frame

LIKELY = 0.6
"""The score of a correction: likely, not sure."""


def corrections(frame: Frame, anchor: str) -> dict[int, Fact]:
    """Return what the cells of one column were probably meant to hold, by row. Takes the column whole."""
    position = next(i for i, column in enumerate(frame.columns) if column.anchor == anchor)
    column, context, values = frame.columns[position], frame.contexts[position], frame.values[position]
    countries = frame.countries if column.kind is not ColumnKind.COUNTRY else None
    cleaned = clean_column(column.kind, values, context, countries)
    corrected = correct_column(column.kind, values, cleaned, context)
    rule = f"correct.{column.kind.value}.v1"
    return {
        row: Fact(one.value, one.reason, LIKELY, rule=rule, review=True)
        for row, (value, one) in enumerate(zip(values, corrected, strict=True))
        if _offers(value, one)
    }


def _offers(value: CellValue, one: Cleaned) -> bool:
    return one.review and not is_blank(one.value) and not same_value(one.value, value)

"""Why is this value here? (law 7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from addon_backend.domain.errors import NotVisible, RangeUnclear
from addon_backend.domain.sheet import GridRange, column_letter, parse_a1
from addon_backend.security.limits import Rate
from addon_backend.services.runs.explain import explain as explain_cell
from addon_backend.services.runs.views import ExplainOrder, Explanation
from addon_backend.web.cells import CellIn, read_cell
from addon_backend.web.contract import Answer, Call, endpoint
from addon_backend.web.selection import MOST_COLUMNS, ColumnKey, SheetShape
from addon_backend.web.shapes import Shape


class ExplainShape(Shape):
    """Which cell. ``keys`` are that row's other cells by column index, so that a moved row is found."""

    sheet: SheetShape
    cell: Annotated[str, Field(min_length=1, max_length=12, examples=["D12"])]
    keys: Annotated[dict[ColumnKey, CellIn], Field(max_length=MOST_COLUMNS)] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explained:
    """What runs did to a cell, newest first; no entry where none touched it."""

    cell: str
    entries: Sequence[Explanation]


@endpoint(
    "POST",
    "/v1/cells/explain",
    asks=ExplainShape,
    replies=Explained,
    errors=(RangeUnclear, NotVisible),
    rate=Rate.LOOK,
)
def explain(call: Call[ExplainShape]) -> Answer[Explained]:
    """Explain one cell: source, date, score, rule, licence, previous value."""
    asked = call.asked
    place = parse_a1(asked.cell)
    if place != GridRange(place.top, place.left, place.top + 1, place.left + 1):
        raise RangeUnclear
    keys = {int(index): read_cell(cell) for index, cell in asked.keys.items()}
    order = ExplainOrder(asked.sheet.ref(), place.top, place.left, keys)
    return Answer(
        Explained(f"{column_letter(place.left)}{place.top + 1}", explain_cell(call.house, call.caller, order))
    )

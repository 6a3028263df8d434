"""Cells as JSON: null, true, a number, text, ``{"date": serial}`` or ``{"error": "#N/A"}``."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Annotated, TypeAlias

from pydantic import Field, PlainSerializer, WithJsonSchema

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue
from addon_backend.web.shapes import Shape

LONGEST_TEXT = 50_000  # Google's limit for one cell; Excel's is 32,767
_EXACT = 2**53
_LARGEST = 10**308


class DateCell(Shape):
    """A date: days since 1899-12-30, the fraction is the time of day."""

    date: float = Field(ge=-1e7, le=1e7)


class ErrorCell(Shape):
    """What the host shows when a formula failed."""

    error: str = Field(pattern=r"^#[A-Za-z0-9_/!?]{1,30}$")


CellIn: TypeAlias = (
    bool
    | Annotated[int, Field(ge=-_LARGEST, le=_LARGEST)]
    | float
    | Annotated[str, Field(max_length=LONGEST_TEXT)]
    | DateCell
    | ErrorCell
    | None
)

CellJson: TypeAlias = "bool | int | float | str | dict[str, float] | dict[str, str] | None"


def read_cell(cell: CellIn) -> CellValue:
    """Return the value that a cell's JSON stands for."""
    match cell:
        case DateCell():
            return DateValue(cell.date)
        case ErrorCell():
            return ErrorValue(cell.error)
        case bool():
            return cell
        case int() if abs(cell) > _EXACT:
            return float(cell)  # a sheet's numbers are doubles: it never held more digits
        case _:
            return cell


def read_cells(cells: Sequence[CellIn]) -> list[CellValue]:
    """Return the values of many cells."""
    return [cell if cell is None or type(cell) is str else read_cell(cell) for cell in cells]


def cell_json(value: CellValue) -> CellJson:
    """Return a value's JSON."""
    match value:
        case DateValue():
            return {"date": value.serial}
        case ErrorValue():
            return {"error": value.code}
        case float() if not math.isfinite(value):
            return None
        case _:
            return value


CellOut = Annotated[
    CellValue,
    PlainSerializer(cell_json),
    WithJsonSchema(
        {
            "title": "Cell",
            "description": "null, true or false, a number, text, a date as a serial, or a host's error.",
            "anyOf": [
                {"type": ["null", "boolean", "number", "string"]},
                {"type": "object", "properties": {"date": {"type": "number"}}, "required": ["date"]},
                {"type": "object", "properties": {"error": {"type": "string"}}, "required": ["error"]},
            ],
        }
    ),
]

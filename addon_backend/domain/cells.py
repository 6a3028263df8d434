"""One cell as every host can tell it: a typed value, and what stands in the way of writing to it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

SERIAL_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - spreadsheet dates have no time zone


@dataclass(frozen=True, slots=True, order=True)
class DateValue:
    """A spreadsheet date: days since 1899-12-30, the fraction is the time of day; no time zone.

    Both hosts store dates so (Sheets: ``SERIAL_NUMBER``; Excel: the 1900 date system after February 1900).
    Comparing serials compares what the host compares.
    """

    serial: float

    @classmethod
    def of(cls, moment: date | datetime) -> DateValue:
        """Return the serial of a calendar date or a naive date-time."""
        if not isinstance(moment, datetime):
            moment = datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 - see SERIAL_EPOCH
        days = (moment - SERIAL_EPOCH) / timedelta(days=1)
        return cls(round(days, 9))

    def isoformat(self) -> str:
        """Return ``2026-02-20``, or ``2026-02-20T09:30:00`` where a time of day is set; "" out of range."""
        try:
            moment = SERIAL_EPOCH + timedelta(seconds=round(self.serial * 86_400))
        except OverflowError:
            return ""
        return moment.date().isoformat() if self.serial == math.floor(self.serial) else moment.isoformat()


@dataclass(frozen=True, slots=True, order=True)
class ErrorValue:
    """What a host shows when a formula failed, such as ``#N/A`` or ``#REF!``."""

    code: str


CellValue: TypeAlias = bool | int | float | str | DateValue | ErrorValue | None
"""``None`` is the empty cell. A number is not its text and ``True`` is not 1: see `same_value`."""


class Obstacle(StrEnum):
    """Why a cell must be left alone. The protection table in ``engine/plan`` says what follows."""

    FORMULA = "formula"
    SPILL = "spill"
    MERGED = "merged"
    VALIDATED = "validated"
    PROTECTED = "protected"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as read: its value, its formula (with the leading ``=``) and number format where it has one."""

    value: CellValue = None
    formula: str | None = None
    number_format: str | None = None
    obstacles: frozenset[Obstacle] = frozenset()

    @property
    def empty(self) -> bool:
        """True when a person sees nothing here and no formula stands behind it."""
        return self.formula is None and is_blank(self.value)

    @property
    def in_the_way(self) -> frozenset[Obstacle]:
        """Every obstacle, a formula among them."""
        return self.obstacles if self.formula is None else self.obstacles | {Obstacle.FORMULA}


EMPTY = Cell()


def is_blank(value: CellValue) -> bool:
    """Return True for the empty cell and for text that shows nothing (spaces, no-break spaces)."""
    return value is None or (isinstance(value, str) and not value.strip(" \t\r\n\u00a0\u200b\ufeff"))


def same_value(left: CellValue, right: CellValue) -> bool:
    """Compare as a careful person would: typed, so 1 is not ``"1"`` and not ``True``; 1 is 1.0.

    The empty cell and the empty string are the same: no host lets a person tell them apart.
    """
    if left is None or left == "":
        return right is None or right == ""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, int | float) and isinstance(right, int | float):
        return left == right
    return type(left) is type(right) and left == right


def as_text(value: CellValue) -> str:
    """Return the value as the text that the engine reads; never raises, never localised."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case int():
            return str(value)
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case DateValue():
            return value.isoformat()
        case ErrorValue():
            return ""
        case _:
            return value

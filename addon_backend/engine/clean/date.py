"""Dates typed as text become spreadsheet dates where the order of day and month is proven; never by guess."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale

from addon_backend.domain.cells import DateValue
from addon_backend.domain.facts import Cleaned
from addon_backend.engine.clean.country import LANGUAGES, fold
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import invalid, is_placeholder, ok, readable, unknown

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext

LONGEST_DATE = 60
FIRST_YEAR = 1900
"""Neither host shows a date before (Excel: 1 January 1900)."""
PIVOT = 30
"""Both hosts read two-digit years below as 20xx (Excel: 1930–2029)."""
_MONTHS = 12
_NOON = 12

_TIME = (
    r"(?:(?:[T\s,]|\s(?:at|à|um|a las)\s)\s*(?P<hour>[01]?\d|2[0-3])[:h](?P<minute>[0-5]\d)"
    r"(?::(?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d\d:?\d\d)?)?"
)
_YMD = re.compile(rf"(?P<year>\d{{4}})(?P<sep>[-/. ])(?P<month>\d{{1,2}})(?P=sep)(?P<day>\d{{1,2}}){_TIME}")
_COMPACT = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])")
_NUMERIC = re.compile(
    rf"(?P<a>\d{{1,2}})(?P<sep>[-/. ])(?P<b>\d{{1,2}})(?P=sep)(?P<c>\d{{4}}|\d{{2}}){_TIME}"
)
_WEEKDAY = r"(?:[^\W\d_]{2,12}\.?,?\s+)?"
_DAY_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}})(?:st|nd|rd|th|er|\.|º|ª)?[\s-]*(?:of\s|de\s)?(?P<name>[^\W\d_]{{3,12}})\.?,?[\s-]*"
    rf"(?:de\s|of\s)?(?P<year>\d{{4}}|'?\d{{2}}){_TIME}"
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<name>[^\W\d_]{{3,12}})\.?[\s-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?[\s-]+(?P<year>\d{{4}}|'\d{{2}}){_TIME}"
)
_YEAR_NAME = re.compile(rf"(?P<year>\d{{4}})[\s-](?P<name>[^\W\d_]{{3,12}})[\s-](?P<day>\d{{1,2}}){_TIME}")
_PARTIAL = re.compile(
    r"(?:19|20)\d\d|\d{1,2}[/.-](?:19|20)\d\d|(?:19|20)\d\d[/.-]\d{1,2}|[^\W\d_]{3,12}\.?\s+(?:19|20)\d\d|Q[1-4]\s*(?:19|20)\d\d"
)
_ORDERS = {"dmy": (0, 1, 2), "mdy": (1, 0, 2), "ymd": (2, 1, 0)}
"""Where day, month and year stand among three numbers."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read as a date: the moment, or why there is none; ``proof`` is the order it proves, if any."""

    moment: datetime | None
    reason: Reason = Reason.TEXT_TO_DATE
    proof: str | None = None


def clean_date(value: CellValue, context: ColumnContext) -> Cleaned:
    """Return a `DateValue`; part ``iso``. Times of day are kept, time-zone marks are not (cells have none).

    Three numbers are read in ``context.date_order``, or when only one order makes a date of them
    (``25/12/2024``); otherwise ``unknown``. Month names in seven languages prove themselves.
    """
    if isinstance(value, DateValue):
        return ok(value, {"iso": value.isoformat()} if readable(value) else {})
    if isinstance(value, bool):
        return invalid(value, Reason.IS_A_TICK)
    text = tidy(readable(value))
    reading = read_date(text, context.date_order)
    if reading.moment is not None:
        found = DateValue.of(reading.moment)
        return Cleaned(found, "changed", Reason.TEXT_TO_DATE, {"iso": found.isoformat()})
    if isinstance(value, int | float):
        return unknown(value, Reason.NUMBER_MAYBE_DATE)
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    return (invalid if reading.reason in _NO_DATE else unknown)(value, reading.reason)


_NO_DATE = frozenset({Reason.NOT_A_DATE, Reason.DATE_IMPOSSIBLE})


def read_date(text: str, order: str | None) -> Reading:
    """Read a tidy text as a date in ``order`` (``dmy``, ``mdy``, ``ymd`` or None for not known)."""
    if len(text) > LONGEST_DATE:
        return Reading(None, Reason.NOT_A_DATE)
    if found := _YMD.fullmatch(text) or _COMPACT.fullmatch(text):
        return _reading(found, found["year"], found["month"], found["day"], "ymd")
    if found := _NUMERIC.fullmatch(text):
        return _numeric(found, order)
    for shape in (_DAY_FIRST, _MONTH_FIRST, _YEAR_NAME):
        if (found := shape.fullmatch(text)) and (month := _month_names().get(fold(found["name"]))):
            return _reading(found, found["year"].lstrip("'"), str(month), found["day"], None)
    return Reading(None, Reason.DATE_INCOMPLETE if _PARTIAL.fullmatch(text) else Reason.NOT_A_DATE)


def _numeric(found: re.Match[str], order: str | None) -> Reading:
    numbers = (found["a"], found["b"], found["c"])
    year_last = len(found["c"]) == len("2024") or found["sep"] == "."
    orders = ("dmy", "mdy") if year_last else ("dmy", "mdy", "ymd")
    readings = {name: _in_order(found, numbers, name) for name in orders}
    good = {name: reading for name, reading in readings.items() if reading.moment is not None}
    moments = {reading.moment for reading in good.values()}
    if not good:
        return Reading(None, next(iter(readings.values())).reason)
    if len(moments) == 1:
        name, reading = next(iter(good.items()))
        return Reading(reading.moment, reading.reason, name if len(good) == 1 else None)
    return good[order] if order in good else Reading(None, Reason.DATE_ORDER_UNKNOWN)


def _in_order(found: re.Match[str], numbers: tuple[str, str, str], order: str) -> Reading:
    day, month, year = (numbers[at] for at in _ORDERS[order])
    return _reading(found, year, month, day, None)


def _reading(found: re.Match[str], year: str, month: str, day: str, proof: str | None) -> Reading:
    full = int(year) if len(year) > 2 else int(year) + (2000 if int(year) < PIVOT else 1900)
    if full < FIRST_YEAR:
        return Reading(None, Reason.DATE_TOO_OLD)
    clock = found.groupdict()
    try:
        hour = _hour(int(clock.get("hour") or 0), (clock.get("half") or "").lower())
        moment = datetime(  # noqa: DTZ001 - spreadsheet dates have no time zone
            full, int(month), int(day), hour, int(clock.get("minute") or 0), int(clock.get("second") or 0)
        )
    except ValueError:
        return Reading(None, Reason.DATE_IMPOSSIBLE)
    return Reading(moment, Reason.TEXT_TO_DATE, proof)


def _hour(hour: int, half: str) -> int:
    if not half:
        return hour
    if hour > _NOON:
        raise ValueError
    return hour % _NOON + (_NOON if half.startswith("p") else 0)


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    """Month names and their abbreviations in our languages, folded; CLDR through Babel."""
    names: dict[str, int] = {"sept": 9, "juill": 7, "aout": 8, "maerz": 3, "mrz": 3}
    for language in LANGUAGES:
        months = Locale(language).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    names.setdefault(fold(name), int(number))
    return {name: number for name, number in names.items() if number <= _MONTHS and name.isalpha()}

"""How numbers and dates show, and what typed text becomes: a modest part of the locale en_US."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from tests.fakes.google_sheets.errors import Message

DATES = frozenset({"DATE", "TIME", "DATE_TIME"})
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet's dates have no time zone
_DEFAULTS = {"DATE": "yyyy-mm-dd", "TIME": "h:mm:ss", "DATE_TIME": "yyyy-mm-dd h:mm:ss"}
_TOKENS = re.compile(r"yyyy|yy|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|am/pm|\"[^\"]*\"|.", re.IGNORECASE)

_NUMBER = re.compile(
    r"[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]*)?(?:[eE][+-]?[0-9]+)?|[+-]?\.[0-9]+"
)
_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_AMERICAN_DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def shown_number(value: float, number_format: Message) -> str:
    """Return a number as it shows; a pattern counts for its thousands, decimals and percent sign only."""
    pattern = number_format.get("pattern") or {"PERCENT": "0.00%"}.get(number_format.get("type", ""), "")
    places = re.search(r"[0#]\.(0+)", pattern)
    if not re.search(r"[0#]", pattern):
        return _general(value)
    if pattern.endswith("%"):
        return f"{value * 100:.{len(places[1]) if places else 0}f}%"
    comma = "," if "," in pattern else ""
    return f"{value:{comma}.{len(places[1]) if places else 0}f}"


def _general(value: float) -> str:
    if isinstance(value, int) or (value.is_integer() and abs(value) < 1e15):
        return str(int(value))
    short = f"{value:.15g}"
    return short if "e" not in short else f"{value:.5E}"


def shown_date(serial: float, number_format: Message) -> str:
    """Return a date as it shows."""
    pattern = number_format.get("pattern") or _DEFAULTS[number_format["type"]]
    moment = _EPOCH + timedelta(seconds=round(serial * 86_400))
    told: list[str] = []
    after_hour = False
    for token in _TOKENS.findall(pattern):
        told.append(
            _date_token(token.lower(), moment, minutes=after_hour, short_day="am/pm" in pattern.lower())
        )
        if token[0].isalpha():
            after_hour = token[0] in "hH"
    return "".join(told)


def _date_token(token: str, moment: datetime, *, minutes: bool, short_day: bool) -> str:
    hour = (moment.hour - 1) % 12 + 1 if short_day else moment.hour
    if minutes and token in {"m", "mm"}:
        return f"{moment.minute:02d}"
    told = {
        "yyyy": f"{moment.year:04d}",
        "yy": f"{moment.year % 100:02d}",
        "mmmm": f"{moment:%B}",
        "mmm": f"{moment:%b}",
        "mm": f"{moment.month:02d}",
        "m": str(moment.month),
        "dddd": f"{moment:%A}",
        "ddd": f"{moment:%a}",
        "dd": f"{moment.day:02d}",
        "d": str(moment.day),
        "hh": f"{hour:02d}",
        "h": str(hour),
        "ss": f"{moment.second:02d}",
        "s": str(moment.second),
        "am/pm": f"{moment:%p}",
    }
    return told.get(token, token.strip('"'))


def typed(text: str) -> tuple[bool | float | str, Message | None]:
    """Return what text becomes when a person types it, and the number format that comes with it."""
    if text.startswith("'"):
        return text[1:], None
    if text.upper() in {"TRUE", "FALSE"}:
        return text.upper() == "TRUE", None
    if _NUMBER.fullmatch(text.strip()):
        return _typed_number(text.strip())
    if text.endswith("%") and _NUMBER.fullmatch(text[:-1]):
        decimals = "0.00%" if "." in text else "0%"
        return float(text[:-1].replace(",", "")) / 100, {"type": "PERCENT", "pattern": decimals}
    return _typed_day(text.strip()) or (text, None)


def _typed_number(text: str) -> tuple[float, Message | None]:
    number = float(text.replace(",", ""))
    value = int(number) if number.is_integer() and abs(number) < 1e15 else number
    if "," not in text:
        return value, None
    return value, {"type": "NUMBER", "pattern": "#,##0.00" if "." in text else "#,##0"}


def _typed_day(text: str) -> tuple[float, Message] | None:
    if found := _DAY.fullmatch(text):
        year, month, day, pattern = *map(int, found.groups()), "yyyy-mm-dd"
    elif found := _AMERICAN_DAY.fullmatch(text):
        month, day, year, pattern = *map(int, found.groups()), "m/d/yyyy"
    else:
        return None
    try:
        days = (date(year, month, day) - _EPOCH.date()).days
    except ValueError:
        return None
    return days, {"type": "DATE", "pattern": pattern}

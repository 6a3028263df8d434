"""Numbers, amounts and yes/no answers that were typed as text."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from addon_backend.domain.cells import DateValue
from addon_backend.domain.facts import Cleaned
from addon_backend.engine.clean.country import fold
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import invalid, is_placeholder, ok, readable, settle, unknown

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext

LONGEST_AMOUNT = 40
_EXACT_DIGITS = 15
"""Both hosts keep 15 significant digits; longer digit strings are identifiers."""
_THOUSAND = 3

_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:(?P<sep>[, '’])\d{3})(?:(?P=sep)\d{3})*(?:\.\d+)?"),
    ",": re.compile(r"[+-]?\d{1,3}(?:(?P<sep>[. '’])\d{3})(?:(?P=sep)\d{3})*(?:,\d+)?"),
}
_CURRENCIES = dict(
    pair.split("=")
    for pair in """
    €=EUR $=USD £=GBP ¥=JPY ₹=INR ₽=RUB ₩=KRW ₺=TRY zł=PLN kč=CZK r$=BRL us$=USD a$=AUD c$=CAD ca$=CAD
    chf=CHF fr.=CHF euro=EUR euros=EUR k€=EUR m€=EUR hk$=HKD s$=SGD nz$=NZD mx$=MXN kr= kr.=
    """.split()
)
"""Signs and words for ISO 4217 codes; "kr" is the money of three countries."""
_CODES = frozenset(
    """
        EUR USD GBP JPY CHF CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH INR CNY HKD SGD KRW BRL
        MXN ARS CLP COP PEN ZAR AED SAR QAR ILS EGP MAD TND DZD XOF XAF NGN KES THB IDR MYR PHP VND TWD ISK
    """.split()
)
_SIGN = r"(?P<{0}>[€$£¥₹₽₩₺]|[A-Za-z]{{0,2}}\$|[kKmM]€|zł|Kč|kr\.?|fr\.|[A-Za-z]{{3,5}})"
_AMOUNT = re.compile(
    rf"(?P<minus>-?)(?:{_SIGN.format('before')}\s*)?"
    rf"(?P<number>[+-]?\d[\d.,'’ ]*)(?:\s*{_SIGN.format('after')})?"
)
_NUMERIC = re.compile(r"[+-]?[\d.,'’ ]*\d[\d.,'’ ]*")
_PERCENT = re.compile(r"[+-]?\d[\d.,]*\s?%")
_YES = frozenset("yes y true t oui o vrai v ja j si s sim wahr verdadero vero waar on x ok 1".split())
_NO = frozenset("no n false f non faux nein nee nao falsch falso onwaar off 0".split())


def parse_number(text: str, decimal: str | None) -> float | None:
    """Return the number a tidy text spells, or None where ``decimal`` is needed to tell, and not known."""
    if len(text) > LONGEST_AMOUNT or not text.replace("’", "'").isascii():
        return None
    if _PLAIN.fullmatch(text):
        whole, mark, after = text.replace(",", ".").partition(".")
        if not mark or _is_decimal(text, whole, after, decimal):
            return float(f"{whole}.{after or 0}")
        if decimal is None:
            return None
    found = [_grouped(text, mark) for mark in ((decimal,) if decimal else ".,")]
    return next((number for number in found if number is not None), None)


def _is_decimal(text: str, whole: str, after: str, decimal: str | None) -> bool:
    """Tell whether the only mark is a decimal one: ``1,234`` may be a thousand, ``1,2`` and ``0,234`` not."""
    if decimal is None:
        return len(after) != _THOUSAND or whole.strip("+-") == "0"
    return decimal in text


def _grouped(text: str, decimal: str) -> float | None:
    if not _GROUPED[decimal].fullmatch(text):
        return None
    thousands = "," if decimal == "." else "."
    return float(re.sub(r"[ '’]", "", text).replace(thousands, "").replace(",", "."))


def clean_number(value: CellValue, context: ColumnContext) -> Cleaned:
    """Return a number for text that spells one unmistakably or by ``context.decimal``; else leave it alone.

    Digit strings with leading zeros or more than 15 digits are identifiers and stay text.
    """
    if refused := _not_text(value):
        return refused
    text = tidy(readable(value))
    digits = re.sub(r"\D", "", text)
    if len(digits) > _EXACT_DIGITS or (text.isdigit() and text.startswith("0") and len(text) > 1):
        return unknown(value, Reason.LOOKS_LIKE_ID)
    if (number := parse_number(text, context.decimal)) is not None:
        exact = int(number) if number.is_integer() else number
        return Cleaned(exact, "changed", Reason.TEXT_TO_NUMBER, {"number": repr(exact)})
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    if _PERCENT.fullmatch(text):
        return ok(value)
    if _NUMERIC.fullmatch(text):
        return unknown(value, Reason.DECIMAL_UNKNOWN)
    return invalid(value, Reason.NOT_A_NUMBER)


def clean_currency(value: CellValue, context: ColumnContext) -> Cleaned:
    """Leave amounts as they are typed; parts ``amount``, ``currency`` (ISO 4217) where they can be told."""
    if refused := _not_text(value):
        return refused
    text = tidy(readable(value))
    found = _AMOUNT.fullmatch(text.strip("()")) if len(text) <= LONGEST_AMOUNT else None
    if not found:
        if text.upper() in _CODES:
            return settle(value, text.upper(), Reason.NORMALISED, {"currency": text.upper()})
        return invalid(value, Reason.PLACEHOLDER if is_placeholder(text) else Reason.NOT_AN_AMOUNT)
    sign = found["before"] or found["after"] or ""
    currency = _CURRENCIES.get(sign.lower(), sign.upper() if sign.upper() in _CODES else None)
    if sign and currency is None:
        return invalid(value, Reason.NOT_AN_AMOUNT)
    amount = parse_number(found["number"].strip(), context.decimal)
    parts = {"currency": currency} if currency else {}
    if amount is not None:
        parts["amount"] = repr(-amount if found["minus"] else amount)
    return settle(value, text, Reason.NORMALISED, parts)


def clean_boolean(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Accept yes and no in seven languages as they are typed; part ``value`` is ``true`` or ``false``."""
    if isinstance(value, bool):
        return ok(value, {"value": "true" if value else "false"})
    if isinstance(value, DateValue):
        return invalid(value, Reason.IS_A_DATE)
    text = tidy(readable(value))
    word = fold(text)
    if word in _YES or word in _NO or text in {"✓", "✔", "✗", "✘"}:
        meant = word in _YES or text in {"✓", "✔"}
        return settle(value, text, Reason.NORMALISED, {"value": "true" if meant else "false"})
    return invalid(value, Reason.PLACEHOLDER if is_placeholder(text) else Reason.NOT_YES_OR_NO)


def _not_text(value: CellValue) -> Cleaned | None:
    if isinstance(value, bool):
        return invalid(value, Reason.IS_A_TICK)
    if isinstance(value, DateValue):
        return invalid(value, Reason.IS_A_DATE)
    if isinstance(value, int | float):
        return (
            ok(value)
            if not isinstance(value, float) or math.isfinite(value)
            else invalid(value, Reason.NOT_A_NUMBER)
        )
    return None

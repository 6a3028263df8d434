"""Parts of postal addresses: white space, case where there was none, and zeros that a spreadsheet dropped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import at_rest, tidy, tidy_lines
from addon_backend.engine.clean.verdict import invalid, is_placeholder, readable, settle, wrong_type

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

LONGEST_POSTCODE = 12
_SHAPES = {
    country: re.compile(shape)
    for shape, countries in (
        (r"\d{5}(?:-\d{4})?", "US"),
        (r"\d{5}", "FR DE ES IT FI MX EE HR TR MA RE GP MQ GF KR"),
        (r"\d{4}", "BE CH AT AU DK NO HU NZ SI BG ZA TN CY"),
        (r"(?:L-)?\d{4}", "LU"),
        (r"\d{4} ?[A-Z]{2}", "NL"),
        (r"\d{4}(?:-\d{3})?", "PT"),
        (r"\d{2}-\d{3}", "PL"),
        (r"\d{3} ?\d{2}", "CZ SK SE GR"),
        (r"[A-Z]\d[A-Z] ?\d[A-Z]\d", "CA"),
        (r"\d{3} ?\d{3}", "IN"),
        (r"\d{3}-?\d{4}", "JP"),
        (r"(?:[A-Z]{1,2}\d[A-Z\d]?|GIR) ?\d[A-Z]{2}", "GB"),
        (r"\d{5}-?\d{3}", "BR"),
        (r"\d{6}", "RO CN SG RU"),
        (r"[A-Z]\d[\dW] ?[A-Z\d]{4}", "IE"),
        (r"(?:LT-)?\d{5}", "LT"),
        (r"(?:LV-)?\d{4}", "LV"),
    )
    for country in countries.split()
}
"""What a postcode looks like, in capitals; source: the countries' postal operators, as in UPU S42."""
_ANY = re.compile(r"(?=[^\W_ -]*(?:[ -]?[^\W_]+)*\d)[A-Z0-9](?:[A-Z0-9 -]{1,9}[A-Z0-9])")
_SPACED = {"GB": -3, "CA": 3, "NL": 4, "SE": 3, "CZ": 3, "SK": 3, "GR": 3, "IE": 3}
_DROPPED_ZERO = frozenset("US FR DE ES IT FI MX EE HR TR MA RE GP MQ GF KR LT".split())
_SMALL = frozenset(
    "de du des la le les sur sous en et aux of the upon on by am an der im bei del y da do dos di und".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ELIDED = re.compile(r".['’](?=..)")


def clean_postcode(value: CellValue, context: ColumnContext) -> Cleaned:
    """Return the postcode in capitals, spaced as its country does; part ``postcode``.

    Where the country is known to use five digits, a number that lost its leading zero gets it back.
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value)).upper()
    country = context.country or ""
    reason = Reason.NORMALISED
    if country in _DROPPED_ZERO and re.fullmatch(r"\d{4}(?:-\d{4})?", text):
        text, reason = "0" + text, Reason.ZEROS_RESTORED
    if shape := _SHAPES.get(country):
        if shape.fullmatch(text):
            clean = _spaced(text, country)
            return settle(value, clean, reason, {"postcode": clean})
    elif text.isascii() and len(text) <= LONGEST_POSTCODE and _ANY.fullmatch(text):
        return settle(value, text, Reason.NORMALISED, {"postcode": text})
    return invalid(value, Reason.PLACEHOLDER if is_placeholder(text) else Reason.NOT_A_POSTCODE)


def has_postcode_shape(text: str, country: str) -> bool:
    """Tell whether a text looks like a postcode of the country; False where we know no shape."""
    shape = _SHAPES.get(country)
    return bool(shape and shape.fullmatch(text.upper()))


def clean_place(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Clean a city or region: one line, case repaired where all capitals or all small; short codes stay."""
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    if "@" in text or not any(map(str.isalpha, text)):
        return invalid(value, Reason.NOT_A_PLACE)
    return settle(value, at_rest(_place_case, text), Reason.NORMALISED, {})


def clean_street(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Clean a street or a whole address: white space only, line breaks kept; case is left as typed."""
    if refused := wrong_type(value):
        return refused
    text = tidy_lines(readable(value))
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    return settle(value, text, Reason.NORMALISED, {})


def _spaced(text: str, country: str) -> str:
    if at := _SPACED.get(country):
        bare = text.replace(" ", "")
        return f"{bare[:at]} {bare[at:]}"
    return text


def _place_case(text: str) -> str:
    if len(text) <= 3 or not (text.isupper() or text.islower()):
        return text
    return _WORD.sub(lambda found: _place_word(found[0], first=found.start() == 0), text.lower())


def _place_word(word: str, *, first: bool) -> str:
    if word in _SMALL and not first:
        return word
    elided = _ELIDED.match(word)
    if elided is None:
        return _capital(word)
    before, after = elided[0], word[elided.end() :]
    return (_capital(before) if first else before) + _capital(after)


def _capital(word: str) -> str:
    upper = word[0].upper()
    return (upper if len(upper) == 1 else upper.title()) + word[1:]

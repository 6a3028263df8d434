"""VAT, company registration, IBAN and LEI: compact canonical forms, check digits by python-stdnum."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import stdnum.iban
import stdnum.lei
from stdnum.util import get_cc_module

from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.registration_rules import ANYWHERE, RULES, Rule
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import (
    invalid,
    is_placeholder,
    readable,
    settle,
    unknown,
    wrong_type,
)

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

LONGEST_NUMBER = 80

VAT_COUNTRIES = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GB GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK CH NO".split()
)
_PREFIX_OF = {"GR": "EL", "CH": "CHE"}
_COUNTRY_OF = {"EL": "GR", "XI": "GB", "CHE": "CH"}
_SEPARATORS = re.compile(r"[\s.,:/_\-–]+")
_VAT_LABEL = re.compile(
    r"(?i)^(?:vat|tva|ust-?id(?:nr)?|iva|btw|p\.?\s?iva|nif|cif|tax id|mwst)"
    r"\s*(?:n[°o.]*|number|nr)?\s*[.:#]*\s*(?=\w)"
)
_VAT_SHAPE = re.compile(r"(CHE|[A-Z]{2})([0-9A-Z+*]{2,15})")
_IBAN_SHAPE = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")
_LEI_SHAPE = re.compile(r"[A-Z0-9]{18}\d{2}")


def clean_vat(value: CellValue, context: ColumnContext) -> Cleaned:
    """Return the VAT number with its country prefix and no separators; parts ``country``, ``number``.

    A number without prefix is read as one of ``context.country``; without one it is ``unknown``.
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    if is_placeholder(text) or len(text) > LONGEST_NUMBER:
        return invalid(value, Reason.PLACEHOLDER if is_placeholder(text) else Reason.NOT_A_VAT)
    compact = _SEPARATORS.sub("", _VAT_LABEL.sub("", text)).upper()
    if read := read_vat(compact, context.country):
        prefix, number = read
        parts = {"country": _COUNTRY_OF.get(prefix, prefix), "number": number}
        return settle(value, prefix + number, Reason.NORMALISED, parts)
    shape = _VAT_SHAPE.fullmatch(compact)
    if shape and _country_of(shape[1]) in VAT_COUNTRIES:
        return invalid(value, Reason.WRONG_CHECK_DIGIT)
    if not any(map(str.isdigit, compact)):
        return invalid(value, Reason.NOT_A_VAT)
    if context.country in VAT_COUNTRIES:
        return invalid(value, Reason.WRONG_CHECK_DIGIT)
    return unknown(value, Reason.COUNTRY_NEEDED)


def read_vat(compact: str, country: str | None) -> tuple[str, str] | None:
    """Return prefix and number of a valid VAT number in capitals without separators, or None."""
    shape = _VAT_SHAPE.fullmatch(compact)
    if shape and (found := _vat_number(_country_of(shape[1]), compact)):
        return shape[1], found
    if country in VAT_COUNTRIES and (found := _vat_number(country, compact)):
        return _PREFIX_OF.get(country, country), found
    return None


def prefix_country(text: str) -> str | None:
    """Return the country whose VAT prefix a tidy text begins with, or None; the number is not checked."""
    shape = _VAT_SHAPE.fullmatch(_SEPARATORS.sub("", text).upper())
    country = _country_of(shape[1]) if shape else None
    return country if country in VAT_COUNTRIES else None


def _country_of(prefix: str) -> str:
    return _COUNTRY_OF.get(prefix, prefix)


def _vat_number(country: str, compact: str) -> str | None:
    """Return the number without its prefix if the country's check accepts it."""
    if country not in VAT_COUNTRIES or not compact.isascii():
        return None
    number = compact.removeprefix("XI") if country == "GB" else compact
    if country == "CH":
        number = f"CHE{number}" if number.isdigit() else number
        number = re.sub(r"(?:MWST|TVA|IVA|TPV)$", "", number) + "MWST"
    if country == "NO" and not number.endswith("MVA"):
        number += "MVA"
    module = get_cc_module(country.lower(), "vat")
    if module is None or not module.is_valid(number):
        return None
    found: str = module.compact(number)
    found = found.removeprefix(_PREFIX_OF.get(country, country))
    if country == "CH":
        return found.removeprefix("E").removesuffix("MWST")
    return found.removesuffix("MVA") + "MVA" if country == "NO" else found


def clean_registration(value: CellValue, context: ColumnContext) -> Cleaned:
    """Return the company's register number, compact; parts ``country``, ``type`` (``siren``, ``siret`` …).

    ``context.country`` says whose register; without it only numbers that exactly one checked register
    accepts are read. Zeros that a spreadsheet dropped are put back where the country is known.
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    if is_placeholder(text) or len(text) > LONGEST_NUMBER:
        return invalid(value, Reason.PLACEHOLDER if is_placeholder(text) else Reason.NOT_A_REGISTRATION)
    if not any(map(str.isdigit, text)):
        return invalid(value, Reason.NOT_A_REGISTRATION)
    country = context.country or ""
    for rule in RULES.get(country, ()):
        if found := rule.read(text):
            return _registered(value, rule, found, text)
    if country in RULES:
        shaped = any(rule.shaped(text) for rule in RULES[country])
        return invalid(value, Reason.WRONG_CHECK_DIGIT if shaped else Reason.NOT_A_REGISTRATION)
    sure = [(rule, found) for rule in ANYWHERE if (found := rule.read(text, restore=False))]
    if len(sure) == 1:
        return _registered(value, *sure[0], text)
    return unknown(value, Reason.COUNTRY_NEEDED)


def _registered(value: CellValue, rule: Rule, found: str, text: str) -> Cleaned:
    parts = {"country": rule.country, "type": rule.type}
    if rule.type == "siret":
        parts["siren"] = found[:9]
    digits = sum(map(str.isdigit, text))
    reason = Reason.ZEROS_RESTORED if sum(map(str.isdigit, found)) > digits else Reason.NORMALISED
    return settle(value, found, reason, parts)


def clean_iban(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Return the IBAN without spaces (ISO 13616), length, structure and MOD 97 checked; part ``country``."""
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    compact = re.sub(r"(?i)^iban\s*:?\s*", "", text)
    compact = _SEPARATORS.sub("", compact).upper() if len(text) <= LONGEST_NUMBER else ""
    if compact.isascii() and _IBAN_SHAPE.fullmatch(compact):
        if stdnum.iban.is_valid(compact):
            return settle(value, compact, Reason.NORMALISED, {"country": compact[:2]})
        return invalid(value, Reason.WRONG_CHECK_DIGIT)
    return invalid(value, Reason.PLACEHOLDER if is_placeholder(text) else Reason.NOT_AN_IBAN)


def clean_lei(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Return the LEI in capitals without spaces (ISO 17442); MOD 97 is checked."""
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    compact = re.sub(r"(?i)^lei\s*:?\s*", "", text)
    compact = _SEPARATORS.sub("", compact).upper() if len(text) <= LONGEST_NUMBER else ""
    if compact.isascii() and _LEI_SHAPE.fullmatch(compact):
        if stdnum.lei.is_valid(compact):
            return settle(value, compact, Reason.NORMALISED, {"lei": compact})
        return invalid(value, Reason.WRONG_CHECK_DIGIT)
    return invalid(value, Reason.PLACEHOLDER if is_placeholder(text) else Reason.NOT_A_LEI)

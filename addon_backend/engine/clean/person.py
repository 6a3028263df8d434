"""Names of persons and salutations: white space, letter case where there was none, and their pieces."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from addon_backend.engine.clean.person_case import repair_case
from addon_backend.engine.clean.person_parts import shows_its_order, split_name
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import at_rest, tidy
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

LONGEST_NAME = 200
_MOST_DIGITS = 2
_REAL_NAMES = frozenset({"null", "nil", "nd", "nc", "nan", "x", "tba", "sans"})
"""Placeholders elsewhere, names of people here."""
_EITHER_ORDER = frozenset("CN HK HU JP KH KP KR MO SG TW VN".split())
"""Where Latin letters leave open which name comes first: at home the family's, abroad often the given one."""

_SALUTATIONS = {
    word.casefold().rstrip("."): word
    for word in (
        *(
            "Mr",
            "Mrs",
            "Ms",
            "Miss",
            "Mx",
            "Dr",
            "Prof",
            "Sir",
            "Madam",
            "Rev",
            "M",
            "Mme",
            "Mlle",
            "Monsieur",
        ),
        *(
            "Madame",
            "Mademoiselle",
            "Me",
            "Maître",
            "Pr",
            "Herr",
            "Frau",
            "Sr",
            "Sra",
            "Srta",
            "Señor",
            "Señora",
        ),
        *(
            "Don",
            "Doña",
            "Sig",
            "Sig.ra",
            "Signor",
            "Signora",
            "Dott",
            "Dott.ssa",
            "Dhr",
            "Mevr",
            "Mw",
            "Meneer",
        ),
        *(
            "Mevrouw",
            "Senhor",
            "Senhora",
            "Dra",
            "Exmo",
            "Exma",
            "MM",
            "Mmes",
            "Mlles",
            "Messrs",
            "Lord",
            "Lady",
        ),
    )
}


def clean_full_name(value: CellValue, context: ColumnContext) -> Cleaned:
    """Repair spaces and case, keep the order; parts ``salutation given middle family suffix nickname``.

    ``context.name_order`` says how names without comma or capitals are read. Where it is not known, the
    given name comes first, but for countries whose people write it last at home: there parts are left out.
    """
    clean = _name(value, context, family=context.name_order == "family_first")
    if not isinstance(clean, str):
        return clean
    if context.name_order is None and context.country in _EITHER_ORDER and not shows_its_order(clean):
        return settle(value, clean, Reason.NORMALISED)
    parts = split_name(clean, family_first=context.name_order == "family_first", country=context.country)
    return settle(value, clean, Reason.NORMALISED, parts.as_mapping())


def clean_first_name(value: CellValue, context: ColumnContext) -> Cleaned:
    """Repair spaces and case; part ``given``."""
    clean = _name(value, context, family=False)
    return settle(value, clean, Reason.NORMALISED, {"given": clean}) if isinstance(clean, str) else clean


def clean_last_name(value: CellValue, context: ColumnContext) -> Cleaned:
    """Repair spaces and case; part ``family``."""
    clean = _name(value, context, family=True)
    return settle(value, clean, Reason.NORMALISED, {"family": clean}) if isinstance(clean, str) else clean


def clean_salutation(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Write a known salutation as its language does, its full stop kept; others are ``unknown``."""
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    stop = "." if text.endswith(".") else ""
    known = _SALUTATIONS.get(text.casefold().rstrip("."))
    if known is None:
        return (
            invalid(value, Reason.PLACEHOLDER)
            if is_placeholder(text)
            else unknown(value, Reason.NOT_A_SALUTATION)
        )
    return settle(value, known + stop, Reason.NORMALISED, {"salutation": known + stop})


def is_salutation(text: str) -> bool:
    """Tell whether a tidy text is a salutation we know."""
    return text.casefold().rstrip(".") in _SALUTATIONS


def _name(value: CellValue, context: ColumnContext, *, family: bool) -> str | Cleaned:
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    if is_placeholder(text) and text.casefold() not in _REAL_NAMES:
        return invalid(value, Reason.PLACEHOLDER)
    if len(text) > LONGEST_NAME or "@" in text or "://" in text or not any(map(str.isalpha, text)):
        return invalid(value, Reason.NOT_A_NAME)
    if not text.isalpha() and sum(map(str.isdigit, text)) > _MOST_DIGITS:
        return invalid(value, Reason.NOT_A_NAME)
    lead, rest = _led_by_salutation(text)
    repair = partial(repair_case, family=family or "," in rest, country=context.country)
    return lead + at_rest(repair, rest)


def _led_by_salutation(text: str) -> tuple[str, str]:
    """Split ``Mr JOHN SMITH`` before the name, whose case is judged without the salutation's."""
    first, space, rest = text.partition(" ")
    return (
        (first + space, rest)
        if is_salutation(first) and not text.isupper() and not text.islower()
        else ("", text)
    )

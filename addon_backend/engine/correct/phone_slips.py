"""Phone numbers that lost their plus, or stand among other words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import phonenumbers

from addon_backend.engine.clean.phone import as_phone, describe, parse_phone
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import readable
from addon_backend.engine.correct.suggestion import suggest

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

_FEWEST_DIGITS = 11
"""With fewer digits than country code and number have together, a plus would be a guess."""
_LONGEST_TEXT = 200
_CORRECTABLE = frozenset(
    {Reason.REGION_UNKNOWN, Reason.NOT_A_PHONE, Reason.PHONE_TOO_LONG, Reason.PHONE_NOT_IN_USE}
)


def meant_phone(value: CellValue, verdict: Cleaned, context: ColumnContext) -> Cleaned | None:
    """Return the valid number that a plus in front, or dropping the words around it, makes; or None."""
    if verdict.reason not in _CORRECTABLE:
        return None
    text = tidy(readable(value))[:_LONGEST_TEXT]
    digits = re.sub(r"\D", "", text)
    if (
        not any(map(str.isalpha, text))
        and len(digits) >= _FEWEST_DIGITS
        and "+" not in text
        and digits[0] != "0"
    ):
        number = parse_phone(f"+{digits}", None)
        return suggest(*describe(number, Reason.COUNTRY_CODE_ADDED)) if number else None
    region = context.country if context.country in phonenumbers.SUPPORTED_REGIONS else None
    inside = [match.number for match in phonenumbers.PhoneNumberMatcher(text, region)]
    phone = as_phone(inside[0]) if len(inside) == 1 else None
    return suggest(*describe(phone, Reason.FOUND_INSIDE)) if phone else None

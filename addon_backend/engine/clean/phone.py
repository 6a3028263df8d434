"""Telephone numbers to E.164 with libphonenumber's metadata; without a known country they are left alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import phonenumbers
from phonenumbers import (
    NumberParseException,
    PhoneNumber,
    PhoneNumberFormat,
    PhoneNumberType,
    ValidationResult,
)

from addon_backend.engine.clean.reasons import Reason
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

LONGEST_PHONE = 80

_TYPES = {
    PhoneNumberType.FIXED_LINE: "fixed",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_or_mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "company_wide",
    PhoneNumberType.VOICEMAIL: "voicemail",
}
_LABEL = re.compile(
    r"(?i)^(?:t[ée]l[ée]?(?:phone|fono|fon)?|phone|ph|mobile?|mob|cell(?:ulare?)?|port(?:able)?|gsm|fixe|fax|"
    r"standard|bureau|office|work|home|direct|ligne directe|handy|whatsapp|tlf|tfno|m[oó]vil|[tmpfchw])"
    r"[\s.:]*(?:n[°o.]|no\.?|number|num[ée]ro)?[\s.:]*(?=[+(0-9])"
)
_EXTENSION = re.compile(r"(?i)(?:ext(?:n|ension)?|x|poste|p|#|durchwahl|dw|int)\.?\s*:?\s*\d{1,7}$")
_VANITY = re.compile(r"(?i)(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?(?=[0-9A-Z-]*[A-Z])[0-9A-Z-]{7,9}")
_SEPARATOR = re.compile(r"\s*(?:[/;|,]|\bou\b|\bor\b|\boder\b|\bet\b|\band\b|&)\s*")
_LETTER = re.compile(r"[^\W\d_]")
_MIN_DIGITS, _MAX_DIGITS = 4, 24
"""Fewer is an extension; more is not a number of 15 digits (ITU-T E.164) with prefix and extension."""


@dataclass(frozen=True, slots=True)
class Phone:
    """A valid number and its type (``mobile``, ``fixed`` …)."""

    number: PhoneNumber
    type: str

    @property
    def region(self) -> str:
        """The ISO 3166-1 code of the region whose number it is; "" for numbers of no country."""
        region = phonenumbers.region_code_for_number(self.number) or ""
        return region if region.isalpha() else ""


def clean_phone(value: CellValue, context: ColumnContext) -> Cleaned:
    """Return E.164 (``+33612345678``, an extension kept as ``+16502530000 ext. 12``).

    Parts: ``national``, ``international``, ``region`` (ISO 3166-1), ``type`` (``mobile``, ``fixed`` …) and
    ``extension``. ``context.country`` is the region for numbers without ``+``; without one they are
    ``unknown``. Source of all numbering facts: libphonenumber metadata.
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    if len(text) > LONGEST_PHONE:
        return invalid(value, Reason.NOT_A_PHONE)
    phone = _read(text, context.country)
    if isinstance(phone, Phone):
        return settle(value, *describe(phone, Reason.NORMALISED))
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    if _several(text, context.country):
        return unknown(value, Reason.SEVERAL_PHONES)
    return (unknown if phone is Reason.REGION_UNKNOWN else invalid)(value, phone)


def parse_phone(text: str, country: str | None) -> Phone | None:
    """Return the valid number that a tidy text spells, or None."""
    phone = _read(text, country) if len(text) <= LONGEST_PHONE else None
    return phone if isinstance(phone, Phone) else None


def as_phone(number: PhoneNumber) -> Phone | None:
    """Return a parsed number with its type, or None where no country's numbering plan has it.

    libphonenumber calls a number valid exactly when it knows its type; asked once, both are known.
    """
    kind = phonenumbers.number_type(number)
    return None if kind == PhoneNumberType.UNKNOWN else Phone(number, _TYPES.get(kind, "other"))


def describe(phone: Phone, reason: Reason) -> tuple[str, Reason, dict[str, str]]:
    """Return the clean value of a number, ``reason``, and its parts: what a verdict is made of."""
    number = phone.number
    parts = {
        "national": phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
        "international": phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
        "region": phone.region,
        "type": phone.type,
    }
    clean = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    if number.extension:
        parts["extension"] = number.extension
        clean = f"{clean} ext. {number.extension}"
    return clean, reason, parts


@lru_cache(maxsize=32_768)
def _read(text: str, country: str | None) -> Phone | Reason:
    """Return the valid number, or the reason why there is none."""
    bare = _LABEL.sub("", text)
    digits = sum(map(str.isdigit, bare))
    if not _MIN_DIGITS <= digits <= _MAX_DIGITS or not _only_a_number(bare):
        return Reason.NOT_A_PHONE
    region = country if country in phonenumbers.SUPPORTED_REGIONS else None
    number = _parsed(bare, region)
    if number and (phone := as_phone(number)):
        return phone
    dialled = bare.lstrip("(")
    abroad = _parsed("+" + dialled[2:], None) if dialled.startswith("00") else None
    if abroad and (phone := as_phone(abroad)):
        return phone
    if number:
        return _why_not(number)
    return Reason.REGION_UNKNOWN if region is None and "+" not in bare else Reason.NOT_A_PHONE


def _only_a_number(bare: str) -> bool:
    """Refuse texts with words in them: libphonenumber would dial their letters."""
    if not _LETTER.search(bare):
        return bool(re.match(r"[+＋(\d\[*#.\s-]", bare))
    return bool(_VANITY.fullmatch(bare)) or not _LETTER.search(_EXTENSION.sub("", bare))


def _parsed(bare: str, region: str | None) -> PhoneNumber | None:
    try:
        return phonenumbers.parse(bare, region)
    except NumberParseException:
        return None


_WHY_NOT = {
    ValidationResult.TOO_SHORT: Reason.PHONE_TOO_SHORT,
    ValidationResult.IS_POSSIBLE_LOCAL_ONLY: Reason.PHONE_TOO_SHORT,
    ValidationResult.TOO_LONG: Reason.PHONE_TOO_LONG,
}


def _why_not(number: PhoneNumber) -> Reason:
    return _WHY_NOT.get(phonenumbers.is_possible_number_with_reason(number), Reason.PHONE_NOT_IN_USE)


def _several(text: str, country: str | None) -> bool:
    pieces = [piece for piece in _SEPARATOR.split(text) if piece]
    return len(pieces) > 1 and sum(isinstance(_read(piece, country), Phone) for piece in pieces) > 1

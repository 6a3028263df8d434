"""What a phone number tells without being called: its country, its type, its time zone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import phonenumbers
from babel.core import get_global
from phonenumbers import PhoneNumberType

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean.phone import parse_phone
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.enrich.clues import Clues, found, nothing

if TYPE_CHECKING:
    from addon_backend.domain.facts import Fact

_TYPES: dict[int, str] = {
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.FIXED_LINE: "fixed_line",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_line_or_mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium_rate",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal_number",
    PhoneNumberType.PAGER: "pager",
    PhoneNumberType.UAN: "company_number",
    PhoneNumberType.VOICEMAIL: "voicemail",
}

_SAME_CLOCK = frozenset(
    {"Europe/Busingen", "Asia/Kuching", "Asia/Samarkand", "Asia/Hebron", "Asia/Famagusta"}
)
"""Zones that keep the same clock as their country's main zone today (IANA tz 2025b)."""


@dataclass(frozen=True, slots=True)
class PhoneFacts:
    """A valid number. ``stated`` is True when the number itself carries the country code."""

    region: str
    type: str
    stated: bool


@lru_cache(maxsize=32_768)
def read_phone(text: str, country: str | None) -> PhoneFacts | None:
    """Read a number, national ones as numbers of ``country``; None where it is not a valid number."""
    text = tidy(text)
    number = parse_phone(text, country)
    region = phonenumbers.region_code_for_number(number) if number else None
    if number is None or region is None:
        return None
    return PhoneFacts(region, _TYPES.get(phonenumbers.number_type(number), ""), is_international(text))


def is_international(text: str) -> bool:
    """Tell whether a number is written with its country code."""
    digits = text.lstrip("( ")
    return "+" in digits or digits.startswith("00")


def phone_of(clues: Clues) -> PhoneFacts | None:
    """Read the row's phone with the row's country, else with the column's."""
    country = clues.country or clues.context(ColumnKind.PHONE).country
    return read_phone(clues.text(ColumnKind.PHONE), country)


def phone_type(clues: Clues) -> Fact:
    """Return ``mobile``, ``fixed_line`` … by the numbering plan; a ported number keeps its old type."""
    text = clues.text(ColumnKind.PHONE)
    if not text:
        return nothing("no_input")
    phone = phone_of(clues)
    if phone is None:
        return _unreadable(clues)
    if not phone.type:
        return nothing("not_recognised")
    return found(phone.type, "derived_from_phone", 0.95 if phone.stated else 0.9, "numbering_plan")


def phone_time_zone(clues: Clues) -> Fact:
    """Return the IANA time zone where the number's country has one clock.

    Zones per country: Unicode CLDR through Babel's ``territory_zones``.
    """
    text = clues.text(ColumnKind.PHONE)
    if not text:
        return nothing("no_input")
    phone = phone_of(clues)
    if phone is None:
        return _unreadable(clues)
    zones = [zone for zone in get_global("territory_zones").get(phone.region, ()) if zone not in _SAME_CLOCK]
    if len(zones) > 1:
        return nothing("ambiguous_time_zone")
    if not zones or not phone.region.isalpha():
        return nothing("not_recognised")
    return found(zones[0], "derived_from_phone", 0.9 if phone.stated else 0.8, "single_zone_country")


def _unreadable(clues: Clues) -> Fact:
    text = clues.text(ColumnKind.PHONE).strip()
    known = clues.country or clues.context(ColumnKind.PHONE).country
    return nothing("invalid_phone" if known or is_international(text) else "no_country_code")

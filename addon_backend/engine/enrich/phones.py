"""What a phone number tells without being called: its country, its type, its time zone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.core import get_global

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value
from addon_backend.engine.enrich.clues import Clues, found, nothing

if TYPE_CHECKING:
    from addon_backend.domain.facts import Fact

_SAME_CLOCK = frozenset(
    {"Europe/Busingen", "Asia/Kuching", "Asia/Samarkand", "Asia/Hebron", "Asia/Famagusta"}
)
"""Zones that keep the same clock as their country's main zone today (IANA tz 2025b)."""


@dataclass(frozen=True, slots=True)
class PhoneFacts:
    """A valid number: its country ("" for +800 and the like), its type, and whether it states its country."""

    region: str
    type: str
    stated: bool


def read_phone(text: str, country: str | None) -> PhoneFacts | None:
    """Read a number, national ones as numbers of ``country``; None where it is not a valid number."""
    cleaned = clean_value(ColumnKind.PHONE, text, ColumnContext(country=country))
    if cleaned.status not in {"ok", "changed"}:
        return None
    return PhoneFacts(
        cleaned.parts.get("region", ""), cleaned.parts.get("type", "other"), is_international(text)
    )


def is_international(text: str) -> bool:
    """Tell whether a number is written with its country code."""
    return "+" in text or text.lstrip("( ").startswith("00")


def phone_of(clues: Clues) -> PhoneFacts | None:
    """Read the row's phone with the row's country, else with the column's."""
    country = clues.country or clues.context(ColumnKind.PHONE).country
    return read_phone(clues.text(ColumnKind.PHONE), country)


def phone_type(clues: Clues) -> Fact:
    """Return ``mobile``, ``fixed`` … by the numbering plan; a ported number keeps its old type."""
    text = clues.text(ColumnKind.PHONE)
    if not text:
        return nothing("no_input")
    phone = phone_of(clues)
    if phone is None:
        return _unreadable(clues)
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
    if not zones:
        return nothing("not_recognised")
    return found(zones[0], "derived_from_phone", 0.9 if phone.stated else 0.8, "single_zone_country")


def _unreadable(clues: Clues) -> Fact:
    text = clues.text(ColumnKind.PHONE).strip()
    known = clues.country or clues.context(ColumnKind.PHONE).country
    return nothing("invalid_phone" if known or is_international(text) else "no_country_code")

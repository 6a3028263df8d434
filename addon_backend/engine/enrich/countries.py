"""The country of a row, from VAT number, phone number or the country's own domain ending."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from babel import Locale

from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.enrich.clues import Clues, found, nothing
from addon_backend.engine.enrich.mailboxes import host_of, read_mailbox, registrable_domain
from addon_backend.engine.enrich.phones import is_international, phone_of

if TYPE_CHECKING:
    from addon_backend.domain.facts import Fact

GENERIC_ENDINGS = frozenset(
    """
    ac ad ag ai am as bz cc cd co dj fm gg gl io la li ly me mn ms nu pw sc sh sr st sx tk to tv vc vg vu ws
    """.split()
)
"""Country endings that are sold to the whole world as words (``.io``, ``.tv``): they say nothing."""

_VAT_PREFIX = re.compile(
    r"(?P<country>AT|BE|BG|CHE|CY|CZ|DE|DK|EE|EL|ES|FI|FR|GB|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL"
    r"|NO|PL|PT|RO|SE|SI|SK|XI)(?P<rest>[0-9A-Z+*]{7,14})"
)
_VAT_COUNTRIES = {"EL": "GR", "XI": "GB", "CHE": "CH"}
_ENDINGS = {"uk": "GB", "su": "RU", "eu": ""}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    territories = Locale("en").territories
    return {code: str(name) for code, name in territories.items() if len(code) == 2}


def country_name(code: str) -> str | None:
    """Return the English name of an ISO 3166-1 alpha-2 code as Unicode CLDR spells it; None for others."""
    name = _names().get(code.upper())
    return name if code.upper() not in {"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"} else None


def country(clues: Clues) -> Fact:
    """Return the country's English name. A VAT prefix or a phone's country code beats a domain ending.

    Where phone and ending contradict each other, the phone's country is offered for review.
    """
    if (code := _of_vat(clues.text(ColumnKind.VAT))) and (name := country_name(code)):
        return found(name, "derived_from_vat", 0.95, "vat_prefix")
    ending, rule, reason = _of_domains(clues)
    phone = phone_of(clues) if clues.text(ColumnKind.PHONE) else None
    if phone and (name := country_name(phone.region)):
        if ending and ending != phone.region:
            return found(name, "countries_disagree", 0.6, "phone_region", review=True)
        if phone.stated:
            return found(name, "derived_from_phone", 0.95 if ending else 0.9, "phone_region")
        if not ending:
            return found(name, "guessed_from_column_country", 0.5, "national_number", review=True)
    if ending and (name := country_name(ending)):
        return found(name, reason, 0.6, rule)
    return nothing(reason or _why_not(clues))


def _of_vat(text: str) -> str:
    match = _VAT_PREFIX.fullmatch(re.sub(r"[\s.\-/]", "", text.upper()))
    if not match or not any(char.isdigit() for char in match["rest"]):
        return ""
    return _VAT_COUNTRIES.get(match["country"], match["country"])


def _of_domains(clues: Clues) -> tuple[str, str, str]:
    """Return country code, rule and reason of the first domain with a telling end; ("", "", why not) else."""
    why = ""
    for kind, reason in (
        (ColumnKind.URL, "derived_from_website"),
        (ColumnKind.COMPANY_DOMAIN, "derived_from_domain"),
        (ColumnKind.EMAIL, "derived_from_email"),
    ):
        text = clues.text(kind)
        if not text:
            continue
        domain = _domain(text, kind)
        if domain is None:
            continue
        code = _of_ending(domain)
        if code:
            return code, "country_ending", reason
        why = "generic_domain"
    return "", "", why


def _domain(text: str, kind: ColumnKind) -> str | None:
    if kind is ColumnKind.EMAIL:
        mailbox = read_mailbox(text)
        return mailbox.registrable if mailbox and not mailbox.disposable else None
    host = host_of(text)
    return registrable_domain(host) if host else None


def _of_ending(domain: str) -> str:
    ending = domain.rpartition(".")[2].lower()
    if len(ending) != 2 or ending in GENERIC_ENDINGS:
        return ""
    code = _ENDINGS.get(ending, ending.upper())
    return code if country_name(code) else ""


def _why_not(clues: Clues) -> str:
    if not any(clues.texts.values()):
        return "no_input"
    if text := clues.text(ColumnKind.PHONE).strip():
        known = clues.country or clues.context(ColumnKind.PHONE).country
        return "invalid_phone" if known or is_international(text) else "no_country_code"
    return "not_recognised"

"""Values that are perfectly good, in another column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.facts import Cleaned
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.email_address import parse_address
from addon_backend.engine.clean.linkedin import read_profile
from addon_backend.engine.clean.phone import describe, parse_phone
from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.web import has_path, host_of

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue

_ANYTHING_GOES = frozenset({Kind.TEXT, Kind.NOTES, Kind.ID, Kind.ADDRESS_LINE, Kind.ADDRESS_STREET})
_NUMERIC = frozenset(
    {Kind.NUMBER, Kind.CURRENCY, Kind.REGISTRATION, Kind.VAT, Kind.IBAN, Kind.ADDRESS_POSTCODE, Kind.BOOLEAN}
)
_WEB = frozenset({Kind.URL, Kind.COMPANY_DOMAIN, Kind.LINKEDIN_PERSON, Kind.LINKEDIN_COMPANY})
_NO_CONTEXT = ColumnContext()


def misplaced(
    kind: Kind, value: CellValue, verdict: Cleaned, context: ColumnContext = _NO_CONTEXT
) -> Cleaned | None:
    """Say that a refused value belongs to a column of another kind, or None. The value stays as it is."""
    if verdict.status not in {"invalid", "unknown"} or kind in _ANYTHING_GOES or not isinstance(value, str):
        return None
    text = tidy(value)
    if kind is not Kind.EMAIL and "@" in text and (address := parse_address(text)):
        return _belongs(value, Reason.BELONGS_TO_EMAIL, "email", "@".join(address))
    if profile := read_profile(text):
        return None if kind in _WEB else _belongs(value, Reason.BELONGS_TO_LINKEDIN, "linkedin", profile.url)
    if kind not in _WEB and "." in text and "@" not in text and has_path(text) and host_of(text):
        return _belongs(value, Reason.BELONGS_TO_URL, "url", text)
    if kind not in _NUMERIC and kind is not Kind.PHONE and (number := parse_phone(text, context.country)):
        return _belongs(value, Reason.BELONGS_TO_PHONE, "phone", describe(number, Reason.NORMALISED)[0])
    return None


def _belongs(value: str, reason: Reason, part: str, clean: str) -> Cleaned:
    return Cleaned(value, "invalid", reason, {part: clean})

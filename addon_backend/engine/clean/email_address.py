"""E-mail addresses: business syntax only (no quoted local parts, no literals), never a DNS question."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

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

LONGEST_ADDRESS = 254
"""RFC 5321 §4.5.3.1.3 less the angle brackets (RFC 3696 erratum 1690)."""

_LABEL = r"(?!..--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PLAIN = re.compile(
    rf"(?=.{{1,64}}@)([A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*)@((?:{_LABEL}\.)+(?!..--)[A-Za-z]{{2,63}})"
)
_SPECIAL_TOPS = frozenset(name.rpartition(".")[2] for name in SPECIAL_USE_DOMAIN_NAMES)
_CANDIDATE = re.compile(r"[^\s<>(),;:\"\[\]|\\]+@[^\s<>(),;:\"\[\]|\\/?]+")
_QUOTES = "'`´‘’“”*"
_AROUND_AT = re.compile(r"\s*@\s*")
_LABELS = re.compile(r"(?i)(?:mailto|e-?mail|mail|courriel|adresse|correo|address)(?:\s*:|\b)")
_MAILTO_QUERY = re.compile(r"(?i)^(mailto:[^?]*)\?.*$")


def clean_email(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Return the bare address with a lower-case domain; parts ``local``, ``domain``, ``name``.

    ``mailto:``, ``<…>``, ``Name <a@b.com>``, quotes and trailing punctuation are taken off. The local part
    keeps the case it was typed in, except when the whole address is in capitals. Two different addresses in
    one cell are left alone (``several_emails``).
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value))
    parsed = parse_address(text)
    if parsed:
        return _settled(value, *parsed, {})
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    return _unwrapped(value, text)


def parse_address(text: str) -> tuple[str, str] | None:
    """Return local part and readable domain as email-validator normalises them, or None if not valid.

    The regular expression answers for plain ASCII addresses; the library for all others. That both agree is
    a property test.
    """
    plain = parse_plain(text)
    return plain or (parse_by_library(text) if "@" in text and len(text) <= LONGEST_ADDRESS else None)


def parse_plain(text: str) -> tuple[str, str] | None:
    """Answer for plain ASCII addresses only; None means "ask the library"."""
    found = _PLAIN.fullmatch(text)
    if not found or len(text) > LONGEST_ADDRESS:
        return None
    domain = found[2].lower()
    return None if domain.rpartition(".")[2] in _SPECIAL_TOPS else (found[1], domain)


def parse_by_library(text: str) -> tuple[str, str] | None:
    """Ask email-validator, without DNS."""
    try:
        seen = validate_email(text, check_deliverability=False)
    except (EmailNotValidError, ValueError):
        return None
    return seen.local_part, seen.domain


def _settled(value: CellValue, local: str, domain: str, parts: dict[str, str]) -> Cleaned:
    text = readable(value)
    if local.isupper() and text.isupper():
        local = local.lower()
    return settle(
        value,
        f"{local}@{domain}",
        Reason.WRAPPER_REMOVED if _has_wrapper(text) else Reason.NORMALISED,
        parts | {"local": local, "domain": domain},
    )


def _has_wrapper(text: str) -> bool:
    return any(sign in text for sign in '<>():"[]') or "mailto" in text.lower()


def _unwrapped(value: CellValue, text: str) -> Cleaned:
    if "@" not in text or len(text) > 4 * LONGEST_ADDRESS:
        return invalid(value, Reason.NOT_AN_EMAIL)
    bare = _AROUND_AT.sub("@", _MAILTO_QUERY.sub(r"\1", text))
    found = [part.strip(_QUOTES).rstrip(".") for part in _CANDIDATE.findall(bare)]
    addresses = {
        f"{parsed[0]}@{parsed[1]}".casefold(): parsed for part in found if (parsed := parse_address(part))
    }
    if len(addresses) > 1:
        return unknown(value, Reason.SEVERAL_EMAILS)
    if not addresses or len(found) != bare.count("@"):
        return invalid(value, Reason.NOT_AN_EMAIL)
    rest = bare
    for part in found:
        rest = rest.replace(part, " ")
    name = _LABELS.sub(" ", rest).strip(" <>()[]\"'`´‘’“”.,;:*|\\/-")
    local, domain = next(iter(addresses.values()))
    if name and "<" not in bare:
        return invalid(value, Reason.NOT_AN_EMAIL)
    return _settled(value, local, domain, {"name": name} if name else {})

"""What kind of mailbox an address is, and whose domain it stands on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import idna
from publicsuffixlist import PublicSuffixList

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.clean import clean_value
from addon_backend.engine.enrich.given_names import is_given_name
from addon_backend.engine.enrich.mail_lists import DISPOSABLE_DOMAINS, FREE_DOMAINS, FREE_LABELS, ROLE_PARTS

_NO_CONTEXT = ColumnContext()
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?://)?", re.IGNORECASE)


class MailboxType(StrEnum):
    """Who answers a mailbox. `VALUE_LABELS` says what stands in the cell."""

    WORK = "work"
    ROLE = "role"
    FREE = "free"
    DISPOSABLE = "disposable"


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A well-formed address in lower case. ``registrable`` is the domain that somebody registered.

    ``free`` and ``disposable`` domains tell nothing about a company; behind ``role`` a desk answers.
    """

    local: str
    domain: str
    registrable: str
    free: bool
    disposable: bool
    role: bool

    @property
    def type(self) -> MailboxType:
        """What a salesperson calls the mailbox; a throw-away address is one whatever stands before the @."""
        if self.disposable:
            return MailboxType.DISPOSABLE
        if self.role:
            return MailboxType.ROLE
        return MailboxType.FREE if self.free else MailboxType.WORK


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def registrable_domain(host: str) -> str | None:
    """Return the part of a host name that somebody registered, in Unicode; None for an address or a suffix.

    By the public suffix list (https://publicsuffix.org), its private section included, so that two shops on
    one shop builder stay two companies.
    """
    host = host.strip().strip(".").lower()
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode()
        except (idna.IDNAError, UnicodeError):
            return None
    if not _HOST.fullmatch(host):
        return None
    domain = _suffixes().privatesuffix(host)
    if domain is None or "xn--" not in domain:
        return domain
    try:
        return idna.decode(domain)
    except (idna.IDNAError, UnicodeError):
        return domain


def host_of(address: str) -> str | None:
    """Return the host of a web address or bare domain as people write them; None where there is none."""
    text = _SCHEME.sub("", address.strip(), count=1) if "://" in address[:12] else address.strip()
    text = re.split(r"[/?#\s]", text, maxsplit=1)[0].rpartition("@")[2].partition(":")[0]
    return text.lower() or None


def read_mailbox(text: str) -> Mailbox | None:
    """Read the one address in a cell as cleaning does; None where there is none, or several."""
    parts = clean_value(ColumnKind.EMAIL, text, _NO_CONTEXT).parts
    local, domain = parts.get("local", "").lower(), parts.get("domain", "").lower()
    registrable = registrable_domain(domain)
    if not local or registrable is None:
        return None
    return Mailbox(
        local,
        domain,
        registrable,
        free=is_free(domain) or is_free(registrable),
        disposable=is_disposable(domain) or is_disposable(registrable),
        role=is_role(local),
    )


def is_role(local: str) -> bool:
    """Tell whether a local part names a desk, not a person: ``info``, ``sales-emea``, ``team.press``."""
    plain = local.partition("+")[0].rstrip("0123456789")
    if plain in ROLE_PARTS:
        return True
    parts = [part for part in re.split(r"[._-]", plain) if part]
    if len(parts) < 2 or not {parts[0], parts[-1]} & ROLE_PARTS:
        return False
    if len(parts[0]) <= 2:  # ``it.support`` is a desk, ``it.rossi`` may be a person
        return parts[-1] in ROLE_PARTS or len(parts[-1]) <= 2
    return not any(is_given_name(part) for part in parts)


def is_free(domain: str) -> bool:
    """Tell whether anybody can have an address there."""
    if domain in FREE_DOMAINS:
        return True
    label, _, suffix = domain.partition(".")
    return label in FREE_LABELS and _national_or_com(suffix)


def is_disposable(domain: str) -> bool:
    """Tell whether addresses there are made to be thrown away."""
    return domain in DISPOSABLE_DOMAINS


def _national_or_com(suffix: str) -> bool:
    first, _, last = suffix.rpartition(".")
    return suffix in {"com", "net"} or (len(last) == 2 and first in {"", "co", "com"})

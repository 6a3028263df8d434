"""Domains and web addresses: readable, lower-case hosts under a real public suffix; nothing is looked up."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import idna
from publicsuffixlist import PublicSuffixList

from addon_backend.engine.clean.reasons import Reason
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.clean.verdict import invalid, is_placeholder, readable, settle, wrong_type

if TYPE_CHECKING:
    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.columns import ColumnContext
    from addon_backend.domain.facts import Cleaned

LONGEST_URL = 2_000
LONGEST_HOST = 253
"""RFC 1035 §2.3.4, without the final dot."""

_ADDRESS = re.compile(
    r"(?:(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):/{1,3}|//)?(?:[^\s/?#@]*@)?(?P<host>[^\s/?#:@\\\[\]]+)"
    r"(?::(?P<port>\d{1,5}))?(?P<rest>[/?#]\S*)?"
)
_ASCII_HOST = re.compile(r"(?:(?!..--)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
_IPV4 = re.compile(r"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)")
_DEFAULT_PORTS = {"http": "80", "https": "443"}
_DOCUMENTATION = ".example"
_WRAPPERS = "<>()[]\"'“”‘’,;"


@lru_cache(maxsize=2)
def _suffixes(*, only_icann: bool) -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False, only_icann=only_icann)


def readable_host(host: str) -> str | None:
    """Return the host in lower case, internationalised labels as letters; None if it cannot be a host name.

    IDNA 2008 with UTS 46 mapping (idna); the host must end in a registry's suffix (``com``, ``co.uk``) and
    be more than one.
    """
    host = host.rstrip(".").lower()
    if not _ASCII_HOST.fullmatch(host):
        try:
            host = idna.decode(idna.encode(host, uts46=True))
        except (idna.IDNAError, UnicodeError, ValueError):
            return None
    known = host.endswith(_DOCUMENTATION) or _suffixes(only_icann=True).privatesuffix(host) is not None
    if len(host) > LONGEST_HOST or not known:
        return None
    return host


def registrable(host: str) -> str:
    """Return the part of a host that somebody registered: ``shop.acme.co.uk`` → ``acme.co.uk``; "" if none.

    Source: the public suffix list, its private section included (``acme.github.io`` is one owner's). The
    owner of such a section has a domain too: ``www.github.io`` is at ``github.io``. RFC 2606 keeps
    ``.example`` for manuals and demonstrations, whose lists are cleaned like others.
    """
    if host.endswith(_DOCUMENTATION):
        return host.removesuffix(_DOCUMENTATION).rpartition(".")[2] + _DOCUMENTATION
    bare = host.removeprefix("www.")
    for name in (bare, host):
        for only_icann in (False, True):
            if found := _suffixes(only_icann=only_icann).privatesuffix(name):
                return found
    return ""


def clean_domain(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Return the registrable domain of a host or web address; parts ``domain``, ``host``, ``suffix``."""
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value)).strip(_WRAPPERS).removeprefix("@")
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST_URL and "@" not in text else None
    host = readable_host(found["host"]) if found and _is_web(found["scheme"]) else None
    if host is None:
        return invalid(value, Reason.NOT_A_DOMAIN)
    domain = registrable(host)
    parts = {"domain": domain, "host": host, "suffix": domain.partition(".")[2]}
    return settle(value, domain, Reason.SHORTENED_TO_DOMAIN, parts)


def clean_url(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Return an ``http(s)`` address with lower-case scheme and host; parts ``host``, ``domain``.

    A missing scheme becomes ``https://``; the path, query and fragment stay as they were typed, except that
    a lone final ``/`` after the host goes.
    """
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value)).strip(_WRAPPERS + " ")
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST_URL else None
    if (
        not found
        or not _is_web(found["scheme"])
        or "@" in text[: found.start("host")]
        or _is_mail(found, text)
    ):
        return invalid(value, Reason.NOT_A_URL)
    host = found["host"] if _IPV4.fullmatch(found["host"]) else readable_host(found["host"])
    if host is None:
        return invalid(value, Reason.NOT_A_URL)
    scheme = (found["scheme"] or "https").lower()
    port = "" if found["port"] in (None, _DEFAULT_PORTS[scheme]) else f":{found['port']}"
    rest = "" if found["rest"] in (None, "/") else found["rest"]
    reason = Reason.NORMALISED if found["scheme"] else Reason.SCHEME_ADDED
    return settle(
        value, f"{scheme}://{host}{port}{rest}", reason, {"host": host, "domain": registrable(host)}
    )


def host_of(text: str) -> str | None:
    """Return the readable host of a domain or web address, else None."""
    found = _ADDRESS.fullmatch(text) if len(text) <= LONGEST_URL and "@" not in text else None
    return readable_host(found["host"]) if found and _is_web(found["scheme"]) else None


def has_path(text: str) -> bool:
    """Tell whether a web address says more than a host: a scheme, a path, a query."""
    found = _ADDRESS.fullmatch(text)
    return bool(found and (found["scheme"] or found["rest"]))


def _is_web(scheme: str | None) -> bool:
    return scheme is None or scheme.lower() in _DEFAULT_PORTS


def _is_mail(found: re.Match[str], text: str) -> bool:
    return "@" in text and not found["scheme"] and not found["rest"]

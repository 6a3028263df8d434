"""LinkedIn addresses of persons and companies in one spelling, so that equal profiles are equal text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

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

LONGEST_LINK = 1_000
_SITE = re.compile(
    r"(?i)(?:https?:/{1,3}|//)?(?:[a-z0-9-]{1,12}\.)?linkedin\.com(?P<path>/[^\s?#]*)?(?:[?#]\S*)?"
)
_MOBILE = re.compile(r"(?i)^/(?:mwlite|m|comm|mynetwork)(?=/)")
_PERSON = re.compile(r"(?i)/in/+(?P<slug>[^/]+)(?:/.*)?")
_OLD_PERSON = re.compile(
    r"(?i)/pub/(?P<slug>[^/]+)(?:/(?P<b>[0-9a-f]{1,3})/(?P<c>[0-9a-f]{1,3})(?:/(?P<d>[0-9a-f]{1,3}))?)?/?"
)
_COMPANY = re.compile(
    r"(?i)/(?P<kind>company|school|showcase|organization)(?:-beta)?/+(?P<slug>[^/]+)(?:/.*)?"
)
_PRIVATE = re.compile(
    r"(?i)/(?:sales|talent|recruiter|profile/view|search|feed|posts|groups|jobs|learning)(?:/.*)?"
)
_URN = re.compile(r"(?i)urn:li:\S+")
_ESCAPE = re.compile(r"%[0-9a-f]{2}")
_OPAQUE = re.compile(r"A[A-Z][\w-]AA[\w-]{10,}")
"""Member ids inside profile links (``ACoAAA…``) are case-sensitive, vanity names are not."""
_PERSONAL = frozenset({"in", "pub"})
_SLUG = re.compile(r"(?:[\w.'’&–-]|%[0-9A-Fa-f]{2}){1,150}")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a LinkedIn link points to: ``kind`` is ``in``, ``pub``, ``company``, ``school``, ``showcase``."""

    kind: str
    slug: str

    @property
    def personal(self) -> bool:
        """True for a person's page."""
        return self.kind in _PERSONAL

    @property
    def url(self) -> str:
        """The canonical address."""
        return f"https://www.linkedin.com/{self.kind}/{self.slug}"


def read_profile(text: str) -> Profile | None:
    """Return the profile a tidy text links to, or None (not LinkedIn, or no public profile)."""
    found = _SITE.fullmatch(text) if len(text) <= LONGEST_LINK else None
    if not found or not found["path"]:
        return None
    path = _MOBILE.sub("", found["path"])
    if person := _PERSON.fullmatch(path):
        return _profile("in", person["slug"])
    if old := _OLD_PERSON.fullmatch(path):
        return _old_profile(old)
    if company := _COMPANY.fullmatch(path):
        kind = company["kind"].lower()
        return _profile("company" if kind == "organization" else kind, company["slug"])
    return None


def is_linkedin(text: str) -> bool:
    """Tell whether a text points to LinkedIn at all, public profile or not."""
    return bool(_SITE.fullmatch(text) or _URN.fullmatch(text)) if len(text) <= LONGEST_LINK else False


def clean_linkedin_person(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Return ``https://www.linkedin.com/in/slug``; part ``slug``. Old ``/pub/`` links become ``/in/`` ones.

    Sales Navigator links and URNs name a person that only LinkedIn can resolve: they are ``unknown``.
    """
    return _clean(value, persons=True)


def clean_linkedin_company(value: CellValue, _context: ColumnContext) -> Cleaned:
    """Return ``https://www.linkedin.com/company/slug`` (or ``school`` …); parts ``slug``, ``page``."""
    return _clean(value, persons=False)


def _clean(value: CellValue, *, persons: bool) -> Cleaned:
    if refused := wrong_type(value):
        return refused
    text = tidy(readable(value)).strip("<>\"'(),;")
    if is_placeholder(text):
        return invalid(value, Reason.PLACEHOLDER)
    text = (
        ("linkedin.com" + text)
        if re.match(r"(?i)/?(?:in|company|school)/", text) and text[0] == "/"
        else text
    )
    text = f"linkedin.com/{text}" if re.match(r"(?i)(?:in|company|school)/[^/\s]+/?$", text) else text
    profile = read_profile(text)
    if profile is None:
        if is_linkedin(text) and (_URN.fullmatch(text) or _is_private(text)):
            return unknown(value, Reason.LINKEDIN_NOT_PUBLIC)
        return invalid(value, Reason.NOT_A_LINKEDIN_PERSON if persons else Reason.NOT_A_LINKEDIN_COMPANY)
    if profile.personal != persons:
        return invalid(value, Reason.NOT_A_LINKEDIN_PERSON if persons else Reason.NOT_A_LINKEDIN_COMPANY)
    parts = {"slug": profile.slug} | ({} if persons else {"page": profile.kind})
    return settle(value, profile.url, Reason.NORMALISED, parts)


def _is_private(text: str) -> bool:
    found = _SITE.fullmatch(text)
    return bool(found and found["path"] and _PRIVATE.fullmatch(_MOBILE.sub("", found["path"])))


def _profile(kind: str, slug: str) -> Profile | None:
    if not _SLUG.fullmatch(slug):
        return None
    if not _OPAQUE.fullmatch(slug):
        slug = _ESCAPE.sub(lambda found: found[0].upper(), slug.lower())
    return Profile(kind, slug)


def _old_profile(old: re.Match[str]) -> Profile | None:
    """Turn ``/pub/name/b/c/d`` into ``/in/name-dcb``, as LinkedIn does; ``c`` and ``d`` fill three places.

    Shorter ``/pub/`` links name no id and stay what they are.
    """
    if old["d"]:
        return _profile("in", f"{old['slug']}-{old['d'].zfill(3)}{old['c'].zfill(3)}{old['b']}")
    known = _profile("pub", old["slug"])
    return known and Profile("pub", "/".join(filter(None, (known.slug, old["b"], old["c"]))))

"""The address of a Google sheet, as people copy it from their browser."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from addon_backend.domain.errors import RangeUnclear, SheetAddressWrong
from addon_backend.domain.sheet import GridRange, parse_a1

HOME = "docs.google.com"
_PATH = re.compile(r"/(?:a/[^/]+/)?spreadsheets/(?:u/[0-9]+/)?d/(?P<document>[^/]+)(?:/.*)?")
_DOCUMENT = re.compile(r"[A-Za-z0-9_-]{20,200}")
_NUMBER = re.compile(r"[0-9]{1,10}")
_PUBLISHED = "e"
"""What stands in a document's place in the address of a published copy."""


@dataclass(frozen=True, slots=True)
class SheetAddress:
    """A document, and where it is told, the tab by its id and the range."""

    document: str
    sheet: str | None = None
    range: GridRange | None = None


def is_address(text: str) -> bool:
    """Tell an address on the web from the name of a file."""
    return text.strip().lower().startswith(("https://", "http://", f"{HOME}/"))


def parse_sheet_address(text: str) -> SheetAddress:
    """Read ``https://docs.google.com/spreadsheets/d/<id>/edit?gid=7#gid=7&range=A1:C9``.

    The fragment counts before the query, which Google keeps for programs that drop fragments. Raises
    `SheetAddressWrong`, and `RangeUnclear` for a range that is none.
    """
    text = text.strip()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    found = _PATH.fullmatch(parts.path)
    if (parts.hostname or "").lower() != HOME or found is None:
        raise SheetAddressWrong
    if found["document"] == _PUBLISHED:
        raise SheetAddressWrong(reason="published")
    if not _DOCUMENT.fullmatch(found["document"]):
        raise SheetAddressWrong
    told = parse_qs(parts.query) | parse_qs(parts.fragment)
    sheet, area = told.get("gid", [""])[-1], told.get("range", [""])[-1]
    if sheet and not _NUMBER.fullmatch(sheet):
        raise SheetAddressWrong
    return SheetAddress(found["document"], sheet or None, _range(area) if area else None)


def _range(text: str) -> GridRange:
    """Read a range; Google writes the tab's name before it when the range has a name of its own."""
    if "," in text:
        raise RangeUnclear
    return parse_a1(text.rpartition("!")[2])

"""Where rows and cells stand in the bytes of a sheet part: what the reader and the splice go by alike."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from addon_backend.domain.errors import FileUnreadable, RangeUnclear
from addon_backend.domain.sheet import GridRange, column_index, parse_a1
from addon_backend.local.opened import Why
from addon_backend.local.xlsx.markup import ATTRIBUTES

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Tags:
    """The expressions that find rows and cells where tags carry this prefix."""

    prefix: bytes
    row: re.Pattern[bytes]
    row_end: bytes
    cell: re.Pattern[bytes]
    formula: re.Pattern[bytes]
    value: re.Pattern[bytes]
    inline: re.Pattern[bytes]


@functools.cache
def tags(prefix: bytes) -> Tags:
    """Compile the expressions for a prefix (with its colon, or empty).

    ``cell`` has the groups letters, digits, other attributes, value, text, and the whole content where it is
    neither one value nor one plain text. An attribute ``r`` that is not the first stays among the others.
    """
    p, a = re.escape(prefix), ATTRIBUTES
    return Tags(
        prefix=prefix,
        row=re.compile(rb"<%brow(?=[\s/>])(%b)>" % (p, a)),
        row_end=b"</%brow" % prefix,
        cell=re.compile(
            rb'<%bc(?=[\s/>])(?: r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?=[\s/>]))?(%b)>'
            rb"(?:(?<=/>)|<%bv>([^<]*)</%bv></%bc>"
            rb"|<%bis><%bt(?:\s[^>/]*)?>([^<]*)</%bt></%bis></%bc>|(.*?)</%bc\s*>)"
            % (p, a, p, p, p, p, p, p, p, p, p),
            re.DOTALL,
        ),
        formula=re.compile(rb"<%bf(?=[\s/>])(%b)>(?:(?<=/>)|([^<]*)</)" % (p, a)),
        value=re.compile(rb"<%bv(?:\s[^>]*)?>([^<]*)</" % p),
        inline=re.compile(rb"<%bis(?:\s[^>]*)?>(.*?)</%bis\s*>" % (p, p), re.DOTALL),
    )


def cell_position(letters: bytes, digits: bytes, rest: dict[bytes, bytes]) -> tuple[bytes, bytes]:
    """Return column letters and row digits of a cell, both empty where it does not say where it is."""
    if letters:
        return letters, digits
    reference = rest.get(b"r")
    if reference is None:
        return b"", b""
    found = re.fullmatch(rb"([A-Z]{1,3})([1-9][0-9]{0,6})", reference)
    if found is None:
        raise FileUnreadable(reason=Why.DAMAGED)
    return found[1], found[2]


def row_end(data: bytes, tag: re.Match[bytes], found: Tags, end: int) -> int:
    """Return the offset behind the last cell of the row whose start tag this is."""
    if tag[1].endswith(b"/"):
        return tag.end()
    closes = data.find(found.row_end, tag.end(), end)
    if closes < 0:
        raise FileUnreadable(reason=Why.DAMAGED)
    return closes


def next_row(number: bytes | None, previous: int) -> int:
    """Return a row's index from its ``r``, or the one after the previous; rows must ascend."""
    if number is None:
        row = previous + 1
    elif number.isdigit():
        row = int(number) - 1
    else:
        raise FileUnreadable(reason=Why.DAMAGED)
    if not previous < row < MOST_ROWS:
        raise FileUnreadable(reason=Why.DAMAGED)  # Excel, too, asks to repair such a file
    return row


def next_column(letters: bytes, previous: int) -> int:
    """Return a cell's column from its letters, or the one after the previous; columns must ascend."""
    column = _column(letters) if letters else previous + 1
    if not previous < column < MOST_COLUMNS:
        raise FileUnreadable(reason=Why.DAMAGED)
    return column


def read_range(text: str) -> GridRange:
    """Read a range of the file; one that is no range makes the file damaged."""
    try:
        return parse_a1(text)
    except RangeUnclear:
        raise FileUnreadable(reason=Why.DAMAGED) from None


@functools.cache
def _column(letters: bytes) -> int:
    return column_index(letters.decode())

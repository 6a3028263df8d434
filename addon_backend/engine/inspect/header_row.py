"""Where the header is: below titles and blank rows, above the data, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank
from addon_backend.domain.kinds import ColumnKind as Kind
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.inspect.evidence import value_shares
from addon_backend.engine.inspect.header_phrases import MAYBE
from addon_backend.engine.inspect.header_words import header_hints
from addon_backend.engine.inspect.sample import take_sample

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue

LAST_ROW = 25
"""Rows that are looked at: whoever puts more above a list has made a form, not a list."""
_LONGEST_HEADER = 60
_WIDTH = 0.6
"""A header names at least this share of the widest row's cells; titles and group headings name fewer."""
_VALUES = frozenset(
    {
        *(Kind.EMAIL, Kind.URL, Kind.PHONE, Kind.DATE, Kind.IBAN, Kind.LEI, Kind.VAT, Kind.LINKEDIN_PERSON),
        *(Kind.LINKEDIN_COMPANY, Kind.NUMBER, Kind.ADDRESS_POSTCODE, Kind.COMPANY_DOMAIN, Kind.CURRENCY),
    }
)
"""Kinds whose values nobody writes into a header."""


def find_header(rows: Sequence[Sequence[CellValue]]) -> int | None:
    """Return the index of the header row within ``rows``, or None when the first full row is data.

    Titles, group headings and blank rows above a header are skipped. Only the first 25 rows are read. A row
    is a header when its texts name kinds of columns, or when they are unlike what stands below them; where
    neither shows, it is data: a lost name costs less than a lost row.
    """
    rows = rows[:LAST_ROW]
    widths = [sum(not is_blank(cell) for cell in row) for row in rows]
    enough = min(max(widths, default=0), max(2, _WIDTH * max(widths, default=0)))
    full = [at for at, width in enumerate(widths) if width and width >= enough]
    if not full:
        return None
    first, second = full[0], full[1] if len(full) > 1 else None
    if second is not None and _outdone(rows[first], rows[second], apart=second - first > 1):
        return second
    return first if _is_header(rows[first], rows[first + 1 :]) else None


def _outdone(upper: Sequence[CellValue], lower: Sequence[CellValue], *, apart: bool) -> bool:
    """Tell whether the lower row is the header and the upper one a title or a heading of groups."""
    texts = _texts(lower)
    if len(texts) < len(_filled(lower)) or len(set(texts)) < len(texts) or _valued(texts):
        return False
    margin = 0.0 if apart else 1.0
    return _named(texts) >= max(1.0, _named(_texts(upper)) + margin)


def _is_header(row: Sequence[CellValue], below: Sequence[Sequence[CellValue]]) -> bool:
    texts, filled = _texts(row), _filled(row)
    named = _named(texts)
    if len(texts) < len(filled) and (not named or len(texts) < _WIDTH * len(filled)):
        return False
    if not named and any(len(text) > _LONGEST_HEADER for text in texts):
        return False
    if _valued(texts) > named or any(Kind.EMAIL in value_shares(take_sample([text])) for text in texts):
        return False
    if named >= max(1, len(texts) // 3):
        return True
    return len(set(texts)) == len(texts) and _differs(row, below)


def _filled(row: Sequence[CellValue]) -> list[CellValue]:
    return [cell for cell in row if not is_blank(cell)]


def _texts(row: Sequence[CellValue]) -> list[str]:
    return [tidy(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]


def _named(texts: Sequence[str]) -> float:
    """Count the texts that name a kind; words that are as often values (``Manager``) count half."""
    best = [max(header_hints(text).values(), default=0.0) for text in texts]
    return sum(1.0 if hint > MAYBE else 0.5 if hint else 0.0 for hint in best)


def _valued(texts: Sequence[str]) -> int:
    """Count the texts that can only be values: e-mails, phones, links, dates, digits."""
    return sum(not _VALUES.isdisjoint(value_shares(take_sample([text]))) for text in texts)


def _differs(row: Sequence[CellValue], below: Sequence[Sequence[CellValue]]) -> bool:
    """Tell whether texts stand above cells of another type or make-up, and are not repeated there."""
    votes = 0
    for at, cell in enumerate(row):
        under = [line[at] for line in below if at < len(line) and not is_blank(line[at])]
        if not under or not isinstance(cell, str) or is_blank(cell):
            continue
        if cell in under:
            votes -= 1
        elif _shape(cell) not in map(_shape, under):
            votes += 1
    return votes > 0


def _shape(cell: CellValue) -> tuple[bool, bool, bool] | type:
    if not isinstance(cell, str):
        return type(cell)
    return (any(map(str.isdigit, cell)), "@" in cell, "." in cell)

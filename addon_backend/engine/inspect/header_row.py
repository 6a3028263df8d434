"""Where the header is: below titles and blank rows, above the data, or nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank
from addon_backend.engine.clean.text import tidy
from addon_backend.engine.inspect.evidence import value_shares
from addon_backend.engine.inspect.header_words import header_hints
from addon_backend.engine.inspect.sample import take_sample
from addon_backend.engine.inspect.verdicts import RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue

LAST_ROW = 25
"""Rows that are looked at: whoever puts more above a list has made a form, not a list."""
_LONGEST_HEADER = 60
_WIDTH = 0.6


def find_header(rows: Sequence[Sequence[CellValue]]) -> int | None:
    """Return the index of the header row within ``rows``, or None when the first filled row is data.

    Titles and blank rows above a header are skipped. Only the first 25 rows are read. A row is a header when
    its cells are short distinct texts that either name kinds of columns or differ from what stands below.
    """
    rows = rows[:LAST_ROW]
    widths = [sum(not is_blank(cell) for cell in row) for row in rows]
    widest = max(widths, default=0)
    for at, row in enumerate(rows):
        if widths[at] == 0 or widths[at] < min(widest, max(2, _WIDTH * widest)):
            continue
        return at if _is_header(row, rows[at + 1 :]) else None
    return None


def _is_header(row: Sequence[CellValue], below: Sequence[Sequence[CellValue]]) -> bool:
    filled = [cell for cell in row if not is_blank(cell)]
    if not all(isinstance(cell, str) for cell in filled):
        texts = [cell for cell in filled if isinstance(cell, str)]
        if not _named(texts) or len(texts) < _WIDTH * len(filled):
            return False
    texts = [tidy(cell) for cell in filled if isinstance(cell, str)]
    if any(len(text) > _LONGEST_HEADER for text in texts) and not _named(texts):
        return False
    named = _named(texts)
    if _data_like(texts) > named:
        return False
    if named >= max(1, len(texts) // 3):
        return True
    repeated = len(set(texts)) < len(texts)
    return not repeated and bool(below) and _differs(row, below)


def _named(texts: Sequence[str]) -> int:
    return sum(bool(header_hints(text)) for text in texts)


def _data_like(texts: Sequence[str]) -> int:
    """Count cells that can only be values: e-mails, phones, links, dates, long digits."""
    return sum(
        any(share > 0 for kind, share in value_shares(take_sample([text])).items() if kind in _ONLY_VALUES)
        for text in texts
    )


_ONLY_VALUES = frozenset(
    kind
    for kind, rule in RULES.items()
    if kind.value
    in {
        "email",
        "url",
        "phone",
        "date",
        "iban",
        "lei",
        "vat",
        "linkedin.person",
        "linkedin.company",
        "number",
        "address.postcode",
        "company.domain",
        "currency",
    }
    and rule
)


def _differs(row: Sequence[CellValue], below: Sequence[Sequence[CellValue]]) -> bool:
    """Tell whether texts stand above columns of another type or make-up."""
    votes = 0
    for at, cell in enumerate(row):
        under = [line[at] for line in below if at < len(line) and not is_blank(line[at])]
        if is_blank(cell) or not under or not isinstance(cell, str):
            continue
        if all(not isinstance(value, str) for value in under) or _shape(cell) not in {_shape(value) for value in under if isinstance(value, str)}:
            votes += 1
        elif cell in under:
            votes -= 1
        else:
            votes -= 0
    return votes > 0


def _shape(text: str) -> tuple[bool, bool, bool]:
    return (any(map(str.isdigit, text)), "@" in text, "." in text)

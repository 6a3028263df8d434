"""Where a selection stands now, if rows or columns were inserted, deleted or moved since it was shown. Pure.

Between the preview and the moment at which a worker reads the sheet, people go on working. All that is known
of the selection then are digests: of its headers, and of its first and last row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


HALF = 0.5


@dataclass(frozen=True, slots=True)
class Marks:
    """By what a selection is known again; rows and columns count from 0, in the sheet as it was.

    ``height`` and ``width`` are how many rows and columns the sheet had. ``headers`` has a digest per
    selected column, "" for a blank header; all are blank where the list has none. ``first`` and ``last`` are
    digests of the first and the last filled row, which stood at ``first_at`` and ``last_at``, without the
    columns that are ``unread``. ``rows`` are filled, 0 where only a sample was seen.
    """

    height: int
    width: int
    headers: Mapping[int, str]
    first: str
    last: str
    first_at: int
    last_at: int
    unread: tuple[int, ...] = ()
    rows: int = 0


def share_of_headers(marks: Marks, row: Sequence[str]) -> float:
    """Return which share of the headers stands in a row; nothing where there are none."""
    wanted = {digest for digest in marks.headers.values() if digest}
    return len(wanted.intersection(row)) / len(wanted) if wanted else 0.0


def header_now(marks: Marks, rows: Mapping[int, Sequence[str]], expected: int) -> int:
    """Return which of these rows holds half of the headers at least, the nearest to ``expected``."""
    found = {at: share_of_headers(marks, row) for at, row in rows.items()}
    most = max(found.values(), default=0.0)
    if most < HALF:
        return expected
    return min((at for at, share in found.items() if share == most), key=lambda at: abs(at - expected))


def columns_now(marks: Marks, header: Sequence[str]) -> dict[int, int]:
    """Return where each selected column stands now; one that was deleted is left out.

    A column whose header is blank or was renamed has moved as far as those around it; where they disagree,
    it may as well have been deleted, unless the sheet is as wide as it was.
    """
    found: dict[int, int] = {}
    for column, digest in marks.headers.items():
        places = [at for at, other in enumerate(header) if digest and other == digest]
        if column in places:
            found[column] = column
        elif len(places) == 1:
            found[column] = places[0]
    known = sorted(found)
    for column in sorted(marks.headers.keys() - found.keys()):
        left = next((found[one] - one for one in reversed(known) if one < column), None)
        right = next((found[one] - one for one in known if one > column), None)
        shift = left if left is not None else right or 0
        between = left is not None and left == right
        at = column + shift
        if (between or len(header) >= marks.width) and 0 <= at < len(header) and at not in found.values():
            found[column] = at
    return dict(sorted(found.items()))


def rows_now(
    marks: Marks, top: int, bottom: int, rows: Sequence[str], header_shift: int | None
) -> tuple[int, int]:
    """Return the first row and the one after the last of a selection that was ``top … bottom-1``.

    ``rows`` are the digests of the sheet's rows as they are. ``header_shift`` says how far a header among
    the selected rows has moved; None where it stands above them, or nowhere. While the sheet is as high as it
    was, rows may have been sorted, and none has left the selection.
    """
    grown = len(rows) - marks.height
    moved = range(min(0, grown, header_shift or 0), max(0, grown, header_shift or 0) + 1)
    if len(moved) == 1:
        return top, bottom
    if header_shift is None:
        first = _near(marks.first, rows, marks.first_at, moved)
        header_shift = 0 if first is None else first - marks.first_at
    last = _near(marks.last, rows, marks.last_at, moved)
    if last is not None:
        ends = bottom + last - marks.last_at
    else:
        ends = len(rows) if bottom >= marks.height else bottom + header_shift
    begins = max(0, top + header_shift)
    return begins, max(begins, min(ends, len(rows)))


def _near(digest: str, rows: Sequence[str], was_at: int, moved: Sequence[int]) -> int | None:
    """Return where a row stands that may have moved so far; the lowest of such rows."""
    places = [was_at + by for by in moved if 0 <= was_at + by < len(rows)]
    return next((at for at in reversed(places) if rows[at] == digest), None)

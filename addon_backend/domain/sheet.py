"""Where cells are: documents, sheets, grid ranges and A1 notation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.domain.errors import RangeUnclear

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_COLUMNS = 18_278  # ZZZ: more than either host allows

_CORNER = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]{0,7})?")


@dataclass(frozen=True, slots=True)
class SheetRef:
    """One sheet in one document of one host. ``sheet`` is the host's stable id, never its name."""

    host: str
    document: str
    sheet: str

    @property
    def lease_key(self) -> str:
        """The name under which one writer at a time holds this sheet (DESIGN §4.4)."""
        return f"{self.host}:{self.document}:{self.sheet}"


@dataclass(frozen=True, slots=True)
class GridRange:
    """Half-open rows and columns counted from 0, as Google's GridRange counts them.

    ``bottom`` or ``right`` is None where the person selected whole columns or whole rows.
    """

    top: int
    left: int
    bottom: int | None
    right: int | None

    def clip(self, rows: int, columns: int) -> GridRange:
        """Return the part that lies inside a used area of ``rows`` × ``columns``; may be empty."""
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return GridRange(self.top, self.left, max(bottom, self.top), max(right, self.left))

    @property
    def empty(self) -> bool:
        """True when no cell lies inside."""
        return (self.bottom is not None and self.bottom <= self.top) or (
            self.right is not None and self.right <= self.left
        )

    @property
    def a1(self) -> str:
        """The range as a person writes it: ``A2:L51``, ``B:D`` or ``3:7``."""
        left, right = column_letter(self.left), column_letter((self.right or self.left + 1) - 1)
        if self.bottom is None:
            return f"{left}:{right}"
        if self.right is None:
            return f"{self.top + 1}:{self.bottom}"
        return f"{left}{self.top + 1}:{right}{self.bottom}"


def column_letter(index: int) -> str:
    """Return ``A`` for 0, ``AA`` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return 0 for ``A``, 26 for ``AA``."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def parse_a1(text: str) -> GridRange:
    """Read ``A2:L51``, ``B:D``, ``3:7``, ``C5`` or ``$A$1:B2``, corners in any order.

    Raises `RangeUnclear` for anything else; a sheet name before ``!`` is not read here.
    """
    first, colon, second = text.strip().partition(":")
    corners = [_CORNER.fullmatch(first), _CORNER.fullmatch(second if colon else first)]
    if not all(corners) or not first.strip():
        raise RangeUnclear
    (letters_a, row_a), (letters_b, row_b) = (corner.groups() for corner in corners if corner)
    if bool(letters_a) != bool(letters_b) or bool(row_a) != bool(row_b) or not (letters_a or row_a):
        raise RangeUnclear
    if not colon and not (letters_a and row_a):
        raise RangeUnclear
    rows = sorted((int(row_a), int(row_b))) if row_a else None
    columns = sorted((column_index(letters_a), column_index(letters_b))) if letters_a else None
    return GridRange(
        top=rows[0] - 1 if rows else 0,
        left=columns[0] if columns else 0,
        bottom=rows[1] if rows else None,
        right=columns[1] + 1 if columns else None,
    )


def spans(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Return sorted half-open runs of consecutive numbers: ``1 2 3 7`` → ``(1, 4) (7, 8)``."""
    runs: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if runs and runs[-1][1] == number:
            runs[-1] = (runs[-1][0], number + 1)
        else:
            runs.append((number, number + 1))
    return runs

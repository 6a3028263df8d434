"""How good a list is, in one number that a run can raise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.kinds import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.columns import ColumnProfile

COMPLETENESS, VALIDITY, UNIQUENESS = 0.35, 0.45, 0.20
"""What each part weighs; a wrong value harms more than a missing one."""

_OPTIONAL = frozenset(
    {ColumnKind.TEXT, ColumnKind.NOTES, ColumnKind.BOOLEAN, ColumnKind.NUMBER, ColumnKind.CURRENCY}
)
"""Nobody expects a note or an amount on every row: these columns do not count as incomplete."""


def quality_score(profiles: Sequence[ColumnProfile], rows: int, duplicate_rows: int) -> int:
    """Return 0 (nothing usable) to 100 (full, valid, each row once); the same formula before and after.

    * completeness: filled cells ÷ cells of the columns whose kind is known and expected on every row;
    * validity: 1 - problems ÷ filled cells, over all columns;
    * uniqueness: 1 - ``duplicate_rows`` ÷ rows, where ``duplicate_rows`` counts the rows that are too many
      (a group of three counts two).

    A part without cells counts as perfect: there is nothing to be wrong.
    """
    if rows <= 0:
        return 100
    expected = [profile for profile in profiles if profile.kind not in _OPTIONAL]
    complete = _share(sum(min(profile.filled, rows) for profile in expected), rows * len(expected))
    filled = sum(profile.filled for profile in profiles)
    valid = _share(filled - sum(min(profile.problems, profile.filled) for profile in profiles), filled)
    unique = _share(rows - min(max(duplicate_rows, 0), rows), rows)
    return round(100 * (COMPLETENESS * complete + VALIDITY * valid + UNIQUENESS * unique))


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0

"""Labels for rows that are one and the same: stable words, never row numbers (DESIGN §4.7)."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank
from addon_backend.domain.kinds import ColumnKind
from addon_backend.engine.organise import IDENTIFYING, find_duplicates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.facts import DuplicateGroup
    from addon_backend.domain.runs import InputColumn
    from addon_backend.engine.plan.frame import Frame

NO_LABEL = ""
"""What clears a label of ours from a row that is nobody's double any more."""

_WORDS = {
    "en": {"sure": "Duplicate {n}", "check": "Duplicate {n} (check)"},
    "fr": {"sure": "Doublon {n}", "check": "Doublon {n} (à vérifier)"},
}
_LABEL = re.compile(r"(?:Duplicate|Doublon) ([1-9][0-9]{0,8})(?: \((?:check|à vérifier)\))?")


def duplicate_groups(frame: Frame) -> tuple[DuplicateGroup, ...]:
    """Return the groups of a whole frame, by the columns that `compared` names."""
    anchors = compared(frame.columns)
    partial = frame.unread or len(anchors) < len(frame.columns)
    frame = frame.only(anchors)
    first = frame.by_kind(anchors)
    others = [
        (column.kind, values)
        for column, values in zip(frame.columns, frame.values, strict=True)
        if first[column.kind] is not values
    ]
    return find_duplicates(first, frame.contexts_by_kind(anchors), others, partial=partial)


def compared(columns: Sequence[InputColumn]) -> list[str]:
    """Return the anchors of the columns by which rows are compared.

    Notes are left out where another column says who a row is about: they may be all else that a row is.
    """
    identified = any(column.kind in IDENTIFYING for column in columns)
    return [column.anchor for column in columns if not (identified and column.kind is ColumnKind.NOTES)]


def duplicate_labels(
    groups: Sequence[DuplicateGroup],
    rows: int,
    language: str,
    there: Sequence[CellValue] | None = None,
    elsewhere: Sequence[CellValue] = (),
) -> list[str | None]:
    """Return the same label for all rows of a group, and another one for each group.

    ``there`` is what the rows hold in the column of labels: a group keeps the number that most of its rows
    have, and a row with a label that is in no group gets `NO_LABEL`. New groups get numbers that stand
    nowhere in the column, ``elsewhere`` (outside the selection) included, in the order of their first rows.
    """
    words = _WORDS["fr" if language.startswith("fr") else "en"]
    old = [None] * rows if there is None else [_number(value) for value in there]
    labels: list[str | None] = [None if number is None else NO_LABEL for number in old]
    others = [number for number in map(_number, elsewhere) if number is not None]
    taken = {*others}
    fresh = max([0, *others, *(number for number in old if number is not None)])
    in_order = sorted(groups, key=lambda group: min(group.rows))
    numbers: dict[int, int] = {}
    votes = [
        (count, -number, -at)
        for at, group in enumerate(in_order)
        for number, count in Counter(old[row] for row in group.rows).items()
        if number is not None
    ]
    for _, number, at in sorted(votes, reverse=True):
        if -at not in numbers and -number not in taken:
            numbers[-at] = -number
            taken.add(-number)
    for at, group in enumerate(in_order):
        if at not in numbers:
            fresh += 1
            numbers[at] = fresh
        for row in group.rows:
            labels[row] = words[group.band].format(n=numbers[at])
    return labels


def _number(value: CellValue) -> int | None:
    if is_blank(value) or not isinstance(value, str):
        return None
    found = _LABEL.fullmatch(value.strip())
    return int(found[1]) if found else None

"""Labels for rows that are one and the same: stable words, never row numbers (DESIGN §4.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.engine.organise import find_duplicates

if TYPE_CHECKING:
    from addon_backend.domain.facts import DuplicateGroup
    from addon_backend.engine.plan.frame import Frame

_WORDS = {
    "en": {"sure": "Duplicate {n}", "check": "Duplicate {n} (check)"},
    "fr": {"sure": "Doublon {n}", "check": "Doublon {n} (à vérifier)"},
}


def duplicate_groups(frame: Frame) -> tuple[DuplicateGroup, ...]:
    """Return the groups of a whole frame."""
    anchors = [column.anchor for column in frame.columns]
    first = frame.by_kind(anchors)
    others = [
        (column.kind, values)
        for column, values in zip(frame.columns, frame.values, strict=True)
        if first[column.kind] is not values
    ]
    return find_duplicates(first, frame.contexts_by_kind(anchors), others)


def duplicate_labels(groups: tuple[DuplicateGroup, ...], rows: int, language: str) -> list[str | None]:
    """Return the same label for all rows of a group, numbered in the order of their first rows."""
    words = _WORDS["fr" if language.startswith("fr") else "en"]
    labels: list[str | None] = [None] * rows
    for number, group in enumerate(sorted(groups, key=lambda group: min(group.rows)), 1):
        for row in group.rows:
            labels[row] = words[group.band].format(n=number)
    return labels

"""What one row offers to a derivation: its texts by kind, and what is known about their columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.domain.columns import ColumnContext
from addon_backend.domain.facts import Fact
from addon_backend.engine.enrich.reasons import REASONS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from addon_backend.domain.kinds import ColumnKind

_NO_CONTEXT = ColumnContext()


@dataclass(frozen=True, slots=True)
class Clues:
    """The inputs of one row. ``country`` is the row's own ISO 3166-1 alpha-2 code, where a column says it."""

    texts: Mapping[ColumnKind, str]
    contexts: Mapping[ColumnKind, ColumnContext]
    country: str | None = None

    def text(self, kind: ColumnKind) -> str:
        """Return the cell's text, "" where the column is missing or the cell is blank."""
        return self.texts.get(kind, "")

    def context(self, kind: ColumnKind) -> ColumnContext:
        """Return what is known about a column; an empty context where nothing is."""
        return self.contexts.get(kind, _NO_CONTEXT)


def found(value: str, reason: str, score: float, rule: str, *, review: bool = False) -> Fact:
    """Return a fact with a value; the reason must stand in the table."""
    return _fact(value, reason, score, rule, review=review)


def nothing(reason: str, rule: str = "") -> Fact:
    """Return a fact that says why there is no value."""
    return _fact(None, reason, 0.0, rule, review=False)


def _fact(value: str | None, reason: str, score: float, rule: str, *, review: bool) -> Fact:
    if reason not in REASONS:
        raise KeyError(reason)
    return Fact(value, reason, score=score, rule=rule, review=review)

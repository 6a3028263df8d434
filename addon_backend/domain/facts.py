"""A value and why we believe it; and the closed list of what can become of a cell."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue


BLANK = ""
"""What clears a cell: a value like another, while None would be no value to put."""


class Outcome(StrEnum):
    """What became of one output cell. Closed: they sum to rows × outputs (DESIGN §4.6)."""

    WRITTEN = "written"
    ALREADY_THERE = "already_there"
    KEPT = "kept"
    REVIEW = "review"
    NOT_FOUND = "not_found"
    NOT_ASKED = "not_asked"
    FAILED = "failed"


UNCONFIRMED = "unconfirmed"
"""The reason of a failed cell that was being set when its run had to end: nobody saw whether it was."""


def may_stand(outcome: str, reason: str) -> bool:
    """Tell whether a value of ours may stand in a cell that was settled so: an undo looks there."""
    return outcome == Outcome.WRITTEN.value or (outcome, reason) == (Outcome.FAILED.value, UNCONFIRMED)


@dataclass(frozen=True, slots=True)
class Fact:
    """A result for one cell, before anything is written.

    ``value`` is None where nothing was found; ``reason`` is a stable code either way (``normalised``,
    ``derived_from_email``, ``no_input``, ``ambiguous`` …). ``score`` runs from 0 to 1. A fact with
    ``review`` set holds a candidate that a person must choose. ``source`` names who said it
    (``engine``, ``demo`` …), ``rule`` the rule or record, ``licence`` under what terms, ``seen_on`` an ISO
    date where the source knows one.
    """

    value: CellValue
    reason: str
    score: float = 1.0
    source: str = "engine"
    rule: str = ""
    review: bool = False
    licence: str = ""
    seen_on: str = ""

    @property
    def put(self) -> CellValue:
        """What the cell is to hold: None where it is to be cleared."""
        return None if self.value == BLANK else self.value


@dataclass(frozen=True, slots=True)
class FactColumn:
    """Facts for a run of rows, each distinct fact once: row ``i`` holds ``facts[at[i]]``."""

    facts: Sequence[Fact]
    at: Sequence[int]

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.at)

    def __getitem__(self, row: int) -> Fact:
        """Return the fact of one row."""
        return self.facts[self.at[row]]

    @classmethod
    def of(cls, facts: Sequence[Fact]) -> FactColumn:
        """Pack one fact per row."""
        known: dict[Fact, int] = {}
        at = [known.setdefault(fact, len(known)) for fact in facts]
        return cls(tuple(known), tuple(at))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What cleaning makes of one value. ``status`` is the CLI's: ok, changed, invalid or unknown.

    ``value`` is what should stand in the cell (the input itself unless ``status`` is ``changed``).
    ``parts`` are a kind's pieces by name (``given``, ``family``, ``national``, ``region`` …).
    ``review`` marks a correction that is likely, not sure: it is offered, never applied.
    """

    value: CellValue
    status: str
    reason: str
    parts: Mapping[str, str] = field(default_factory=dict)
    review: bool = False


@dataclass(frozen=True, slots=True)
class DuplicateGroup:
    """Rows that are one and the same, counted from 0 below the header; ``band`` is ``sure`` or ``check``."""

    rows: tuple[int, ...]
    score: float
    band: str
    reasons: tuple[str, ...]

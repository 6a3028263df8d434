"""What is left to decide, and what a person answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.services.runs.views import RunView


@dataclass(frozen=True, slots=True)
class DecisionGroup:
    """Identical rows with one offer. ``row`` names the first of them; neither label is a row number.

    ``kind`` is review, conflict, differs or correction; ``reason`` is a sentence. ``now`` stands in the cell;
    for a column cleaned beside, ``read`` is what stood in the original. ``who`` says which row a single one
    is, by other cells of it as they were read.
    """

    id: str
    kind: str
    header: str
    rows: int
    row: str
    now: CellValue
    read: CellValue
    offered: CellValue
    reason: str
    who: str | None = None


@dataclass(frozen=True, slots=True)
class Decisions:
    """A page of the decisions list, largest group first; ``next`` asks for more, null at the end."""

    decisions: int
    rows: int
    headline: str
    groups: Sequence[DecisionGroup]
    next: int | None


@dataclass(frozen=True, slots=True)
class Take:
    """What is offered is to be set: for all rows of a group that are open, or for one."""

    group: str
    row: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerOrder:
    """What a person decided: groups to take, groups to leave as they are, and whether to leave all others."""

    take: Sequence[Take]
    leave: Sequence[str] = ()
    leave_rest: bool = False
    take_rest: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """What is still open after an answer; ``run`` sets what was taken, null where nothing was."""

    run: RunView | None
    decisions: int
    rows: int
    headline: str


@dataclass(frozen=True, slots=True)
class RowPlace:
    """One row of a group by its labels, and the number (from 1) that it has in the sheet now."""

    group: str
    row: str
    number: int


@dataclass(frozen=True, slots=True)
class RowsNow:
    """Where open rows of some groups stand now, from the top down; ``rows`` counts those that are open.

    A row that is gone, or cannot be told from another, is left out.
    """

    rows: int
    places: Sequence[RowPlace]

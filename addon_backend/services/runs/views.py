"""What the run use cases take and give: frozen shapes that the web edge and the command line print.

Sentences are already in the caller's language. No shape carries a token; those that carry cell values
(`Explanation`, `Table` and `Example` of ``selection/``, `DecisionGroup` of ``following/``) are for who may
open the file (DESIGN §5).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.recipes import Recipe
    from addon_backend.domain.sheet import GridRange, SheetRef


@dataclass(frozen=True, slots=True)
class StartOrder:
    """Press Enrich: the quote, and the same document, range and recipe that it was made for."""

    quote_id: str
    sheet: SheetRef
    range: GridRange
    recipe: Recipe
    trial: bool = False
    spend_at_most: int | None = None


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """Why cells ended as they did: a code, how many, a sentence, and what a person can do ("" if nothing)."""

    code: str
    count: int
    sentence: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class OutputView:
    """Progress of one output column: counts by outcome sum to the rows done.

    ``can_swap`` says that this is a column cleaned beside, whose values may be put in place.
    """

    name: str
    header: str
    operation: str
    field: str
    letter: str | None
    counts: Mapping[str, int]
    reasons: Mapping[str, Sequence[ReasonCount]]
    can_swap: bool


@dataclass(frozen=True, slots=True)
class Money:
    """The run's reservation in both currencies."""

    quoted: int
    reserved: int
    spent: int
    released: int
    provider_units_quoted: int
    provider_units_spent: int
    provider_units_possibly_spent: int


@dataclass(frozen=True, slots=True)
class RunView:
    """A run as its panel shows it. Times are seconds since 1970.

    ``on_their_way`` is what a stopping run may still spend, in credits and at most: providers had accepted
    it before the Stop.
    ``actions`` is a subset of stop, continue, undo, take_over; ``mine`` says that the caller is its member.
    ``kind`` is enrich, undo, redo (an undo that was undone), decide or swap; ``parent`` is the run that this
    one follows up.
    ``decisions`` counts what it has left open; its headline is "37 decisions settle 412 rows".
    """

    id: str
    state: str
    reason: str
    sentence: str
    version: int
    document: str
    sheet: str
    title: str
    range: str
    recipe: str
    rows: int
    rows_done: int
    fraction: float
    ready_in: int | None
    counts: Mapping[str, int]
    outputs: Sequence[OutputView]
    money: Money
    on_their_way: int
    decisions: int
    decisions_headline: str
    actions: Sequence[str]
    mine: bool
    kind: str
    parent: str | None
    trial: bool
    quality_before: int | None
    quality_after: int | None
    created_at: float
    finished_at: float | None
    erase_at: float | None


@dataclass(frozen=True, slots=True)
class Unspent:
    """What was *not* spent, and why: one line of the report."""

    code: str
    count: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Report:
    """The end of a run, for a person."""

    run: RunView
    not_spent: Sequence[Unspent]
    explained: Sequence[ReasonCount]


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history.

    ``mine`` says that the caller is its member, ``unseen`` that it ended or waits and she has not looked.
    """

    id: str
    title: str
    range: str
    recipe: str
    state: str
    sentence: str
    rows: int
    written: int
    credits: int
    created_at: float
    finished_at: float | None
    mine: bool
    unseen: bool


@dataclass(frozen=True, slots=True)
class ExplainOrder:
    """Which cell. ``keys`` are that row's input cells by column index, so that a moved row is found."""

    sheet: SheetRef
    row: int
    column: int
    keys: Mapping[int, CellValue]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One thing that a run did, or chose not to do, to a cell (law 7); newest first."""

    run: str
    header: str
    outcome: str
    sentence: str
    value: CellValue
    previous: CellValue
    source: str
    rule: str
    score: float
    licence: str
    decided_at: float
    inputs: Sequence[tuple[str, CellValue]]

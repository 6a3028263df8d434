"""What the run use cases take and give: frozen shapes that the web edge and the command line print.

Sentences are already in the caller's language. No shape carries a token; only `Example`, `Explanation` and
`Table` carry cell values, and those are for who may open the file (DESIGN §5).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue, Obstacle
    from addon_backend.domain.kinds import ColumnKind
    from addon_backend.domain.recipes import Recipe
    from addon_backend.domain.sheet import GridRange, SheetRef


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column as the panel read it: sheet column ``index`` from 0, one value per row of the table.

    ``obstacles`` lists, by what stands in the way of writing there, the positions of such cells.
    """

    index: int
    values: Sequence[CellValue]
    obstacles: Mapping[Obstacle, Sequence[int]] = field(default_factory=dict)

    @property
    def anchor(self) -> str:
        """Name the column in a preview, where no host is asked for its own name."""
        return f"c{self.index}"


@dataclass(frozen=True, slots=True)
class Above:
    """The first rows of the list that a selection is cut from, its header among them. ``top`` counts from 0.

    Each row has one cell per column of the selection.
    """

    top: int
    rows: Sequence[Sequence[CellValue]]


@dataclass(frozen=True, slots=True)
class Table:
    """The selected columns, row ``top`` (from 0) first; ``rows_total`` is larger where this is a sample."""

    top: int
    columns: Sequence[TableColumn]
    rows_total: int
    sampled: bool = False
    above: Above | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What the person selected. ``header_row`` is the sheet row from 1, None for "none", -1 for "find it"."""

    sheet: SheetRef
    title: str
    range: GridRange
    table: Table
    header_row: int | None = -1
    hidden_rows: int = 0
    protected: bool = False
    kinds: Mapping[int, ColumnKind] = field(default_factory=dict)
    """Corrections by the person: sheet column index → kind."""


@dataclass(frozen=True, slots=True)
class InspectedColumn:
    """One line of the panel's "columns we recognised"."""

    index: int
    letter: str
    header: str
    kind: ColumnKind
    confidence: float
    filled: int
    distinct: int
    problems: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What the selection holds."""

    rows: int
    header_row: int | None
    sampled: bool
    quality: int
    columns: Sequence[InspectedColumn]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the run would do. ``count`` cells of ``rows`` change or are filled; "about" when sampled.

    ``operation`` is clean, fill or duplicates; ``mode`` is beside, in_place, new_column or fill_empty.
    ``label`` names the thing, ``header`` the column that is written to. ``to_ask`` counts cells that only a
    priced source may know; ``price`` is credits for each that it finds.
    """

    name: str
    operation: str
    field: str
    label: str
    header: str
    letter: str | None
    mode: str
    count: int
    to_ask: int
    price: int
    source: str | None


@dataclass(frozen=True, slots=True)
class ExampleCell:
    """Before and after of one cell. ``reason`` is a sentence."""

    label: str
    before: CellValue
    after: CellValue
    reason: str


@dataclass(frozen=True, slots=True)
class Example:
    """One representative row; ``row`` is the sheet's row number from 1."""

    row: int
    cells: Sequence[ExampleCell]


@dataclass(frozen=True, slots=True)
class PreflightLine:
    """Something that will be left alone, before the price: ``code``, how many, a sentence."""

    code: str
    count: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Price:
    """A ceiling in two currencies: our credits, and units on the customer's own provider keys."""

    credits: int
    provider_units: int


@dataclass(frozen=True, slots=True)
class Known:
    """What is new in a list since the caller's earlier runs, the newest of which had this recipe.

    ``range`` holds exactly the new rows; None where they stand between others, or in a sample. Who runs them
    alone should send the kinds of the whole list's columns along, and not look for duplicates, most of which
    would be in the rest of the list.
    """

    run: str
    recipe: Mapping[str, object]
    new_rows: int
    range: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """The one screen before a run. ``headline`` is "Fix 812 phones, fill 340 countries, …" as a sentence."""

    quote_id: str
    expires_in: int
    rows: int
    sampled: bool
    headline: str
    quality: int
    steps: Sequence[Step]
    examples: Sequence[Example]
    preflight: Sequence[PreflightLine]
    price: Price
    trial: bool
    trial_rows: int
    columns: Sequence[InspectedColumn]
    header_row: int | None
    known: Known | None


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

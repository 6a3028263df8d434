"""What a person selected, and what she is shown before a run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from addon_backend.domain.cells import CellValue, Obstacle
    from addon_backend.domain.kinds import ColumnKind
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
    sheet_rows: int = 0
    sheet_columns: int = 0
    """How large the sheet's used area is, where the panel knows."""


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

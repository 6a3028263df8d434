"""A selection as the panel sends it, and what the use cases make of it."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import FailFast, Field, model_validator

from addon_backend.domain.cells import Obstacle
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import Recipe, recipe_named, refuse_unknown_fields
from addon_backend.domain.sheet import MAX_COLUMNS, SheetRef, parse_a1
from addon_backend.services.runs.selection.reading import FIND_HEADER, HEADER_SEARCH_ROWS
from addon_backend.services.runs.selection.views import Above, Selection, Table, TableColumn
from addon_backend.web.cells import CellIn, read_cells
from addon_backend.web.shapes import Shape

MOST_ROWS = 20_000
MOST_COLUMNS = 500

Name = Annotated[str, Field(min_length=1, max_length=500, pattern=r"^[^\x00-\x1f\x7f]+$")]
Count = Annotated[int, Field(ge=0, le=100_000_000)]
ColumnIndex = Annotated[int, Field(ge=0, lt=MAX_COLUMNS)]
ColumnKey = Annotated[str, Field(pattern=r"^(0|[1-9][0-9]{0,4})$", description="A column's index from 0.")]
Range = Annotated[
    str,
    Field(min_length=1, max_length=40, description="A1 notation: A2:L51, B:D or 3:7.", examples=["A2:L51"]),
]
Kind = Annotated[ColumnKind, Field(strict=False)]


class SheetShape(Shape):
    """One sheet: the host's own ids, never names."""

    host: Literal["google", "excel", "local"]
    document: Name
    sheet: Name

    def ref(self) -> SheetRef:
        """Return the reference it stands for."""
        return SheetRef(self.host, self.document, self.sheet)


class ColumnShape(Shape):
    """One column: the values of all rows of the table, and what stands in the way of writing, by position."""

    index: ColumnIndex
    values: Annotated[list[CellIn], Field(max_length=MOST_ROWS), FailFast()]
    obstacles: dict[
        Literal["formula", "spill", "merged", "validated", "protected", "hidden"],
        Annotated[list[Annotated[int, Field(ge=0, lt=MOST_ROWS)]], Field(max_length=MOST_ROWS), FailFast()],
    ] = Field(default_factory=dict)

    def column(self) -> TableColumn:
        """Return the column it stands for."""
        obstacles = {Obstacle(code): tuple(positions) for code, positions in self.obstacles.items()}
        return TableColumn(self.index, read_cells(self.values), obstacles)


class AboveShape(Shape):
    """The first rows of a list that the selection is cut from, where its header stands: ``top`` is the first.

    One cell per selected column.
    """

    top: Count
    rows: Annotated[
        list[Annotated[list[CellIn], Field(max_length=MOST_COLUMNS)]],
        Field(min_length=1, max_length=HEADER_SEARCH_ROWS),
        FailFast(),
    ]


class TableShape(Shape):
    """The selected columns; ``top`` counts rows from 0, ``rows_total`` is larger where this is a sample."""

    top: Count
    rows_total: Count
    sampled: bool = False
    columns: Annotated[list[ColumnShape], Field(min_length=1, max_length=MOST_COLUMNS), FailFast()]
    above: AboveShape | None = None

    @model_validator(mode="after")
    def _is_a_table(self) -> Self:
        rows = len(self.columns[0].values)
        if any(len(column.values) != rows for column in self.columns):
            raise ValueError("all columns must have the same number of values")
        if len({column.index for column in self.columns}) != len(self.columns):
            raise ValueError("a column is given twice")
        told = (positions for column in self.columns for positions in column.obstacles.values())
        if any(position >= rows for positions in told for position in positions):
            raise ValueError("the position of an obstacle lies past the last row")
        if self.above is not None and any(len(row) != len(self.columns) for row in self.above.rows):
            raise ValueError("each row above must have one cell per column")
        if self.above is not None and self.above.top + len(self.above.rows) > self.top:
            raise ValueError("the rows above must end where the table begins, or before")
        if self.rows_total < rows:
            raise ValueError("rows_total is less than the rows given")
        return self

    def table(self) -> Table:
        """Return the table it stands for."""
        columns = [column.column() for column in self.columns]
        above = None
        if self.above is not None:
            above = Above(self.above.top, [read_cells(row) for row in self.above.rows])
        return Table(self.top, columns, self.rows_total, self.sampled, above)


class SelectionShape(Shape):
    """What the person selected. ``header_row`` is a sheet row from 1, null for none, or ``find``.

    ``protected`` says that nothing can be written to the sheet; ``sheet_rows`` and ``sheet_columns`` how
    large its used area is, where the host is not asked before a run.
    """

    sheet: SheetShape
    title: Annotated[str, Field(max_length=500)] = ""
    range: Range
    table: TableShape
    header_row: Annotated[int, Field(ge=1, le=100000000)] | Literal["find"] | None = "find"
    hidden_rows: Count = 0
    protected: bool = False
    kinds: Annotated[dict[ColumnKey, Kind], Field(max_length=MOST_COLUMNS)] = Field(default_factory=dict)
    sheet_rows: Count = 0
    sheet_columns: Count = 0

    def selection(self) -> Selection:
        """Return the selection it stands for. Raises `RangeUnclear`."""
        return Selection(
            sheet=self.sheet.ref(),
            title=self.title,
            range=parse_a1(self.range),
            table=self.table.table(),
            header_row=FIND_HEADER if self.header_row == "find" else self.header_row,
            hidden_rows=self.hidden_rows,
            protected=self.protected,
            kinds={int(index): kind for index, kind in self.kinds.items()},
            sheet_rows=self.sheet_rows,
            sheet_columns=self.sheet_columns,
        )


class RecipeShape(Shape):
    """A recipe in full: what to clean, what to fill, whom to ask."""

    name: Name
    clean_default: Literal["off", "beside", "in_place"] = "beside"
    clean: Annotated[dict[Kind, Literal["off", "beside", "in_place"]], Field(max_length=50)] = Field(
        default_factory=dict
    )
    fill: Annotated[list[Name], Field(max_length=100)] = Field(default_factory=list)
    sources: Annotated[list[Name], Field(max_length=50)] = Field(default_factory=list)
    duplicates: bool = True

    @model_validator(mode="before")
    @classmethod
    def _knows_its_fields(cls, sent: object) -> object:
        """Raise `RecipeUnknown`; pydantic would say that neither a name nor a recipe in full fits."""
        if isinstance(sent, dict):
            refuse_unknown_fields(sent)
        return sent


RecipeIn = Annotated[str, Field(min_length=1, max_length=100)] | RecipeShape


def read_recipe(recipe: RecipeIn) -> Recipe:
    """Return the bundled recipe of that name, or the one that is spelt out. Raises `RecipeUnknown`."""
    return (
        recipe_named(recipe) if isinstance(recipe, str) else Recipe.from_data(recipe.model_dump(mode="json"))
    )

"""A sheet in memory: lines (rows, columns) with what sticks to them, cells, and the areas laid over them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, field, replace

from tests.fakes.google_sheets.areas import Area, Axis
from tests.fakes.google_sheets.cells import BROKEN, EMPTY, Cell
from tests.fakes.google_sheets.errors import Message


@dataclass(frozen=True, slots=True)
class Metadata:
    """A piece of developer metadata. ``project`` made it: no other sees it where it is ``PROJECT``."""

    id: int
    key: str
    value: str | None
    visibility: str
    project: str

    @property
    def size(self) -> int:
        """How many characters it takes of its sheet's 30,000."""
        return len(self.key) + len(self.value or "")


@dataclass(frozen=True, slots=True)
class Traits:
    """What sticks to a line and moves with it."""

    metadata: tuple[Metadata, ...] = ()
    hidden_by_user: bool = False
    hidden_by_filter: bool = False
    size: int | None = None

    @property
    def hidden(self) -> bool:
        """True where a person does not see the line."""
        return self.hidden_by_user or self.hidden_by_filter


@dataclass(eq=False)
class Line:
    """A row or a column: the same one wherever it is moved."""

    traits: Traits = Traits()


@dataclass(eq=False)
class Column(Line):
    """One column."""


@dataclass(eq=False)
class Row(Line):
    """One row: its cells by column."""

    cells: dict[Column, Cell] = field(default_factory=dict)


@dataclass
class Protection:
    """A protected range. ``editors`` may edit it, the document's owner always may."""

    id: int
    area: Area
    warning_only: bool = False
    description: str = ""
    unprotected: tuple[Area, ...] = ()
    editors: frozenset[str] = frozenset()

    def stops(self, area: Area, user: str, owner: str) -> bool:
        """Return True where a person's write into the area is refused."""
        if self.warning_only or user == owner or user in self.editors or not self.area.meets(area):
            return False
        return not any(area.inside(free) for free in self.unprotected)


@dataclass(eq=False)
class Sheet:
    """One sheet. Rows and columns are objects: what is said of one moves with it and dies with it."""

    id: int
    title: str
    rows: list[Row]
    columns: list[Column]
    kind: str = "GRID"
    hidden: bool = False
    metadata: tuple[Metadata, ...] = ()
    merges: list[Area] = field(default_factory=list)
    protections: list[Protection] = field(default_factory=list)
    filter: tuple[Area, Message] | None = None
    spills: list[Area] = field(default_factory=list)
    groups: list[tuple[Axis, int, int]] = field(default_factory=list)
    look: Message = field(default_factory=dict)

    @property
    def everything(self) -> Area:
        """The whole grid."""
        return Area(0, len(self.rows), 0, len(self.columns))

    def lines(self, axis: Axis) -> Sequence[Line]:
        """Return the rows or the columns."""
        return self.rows if axis == "ROWS" else self.columns

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; an empty one outside the grid."""
        if row >= len(self.rows) or column >= len(self.columns):
            return EMPTY
        return self.rows[row].cells.get(self.columns[column], EMPTY)

    def put(self, row: int, column: int, cell: Cell) -> None:
        """Set a cell of the grid."""
        if cell == EMPTY:
            self.rows[row].cells.pop(self.columns[column], None)
        else:
            self.rows[row].cells[self.columns[column]] = cell

    def enter(self, row: int, column: int, cell: Cell) -> None:
        """Set a cell as an entry does: one that stands in an array formula's way breaks it."""
        at = Area(row, row + 1, column, column + 1)
        broken = [area for area in self.spills if area.meets(at)] if cell.filled else []
        for area in broken:
            self.spills.remove(area)
            origin = self.cell(area.top, area.left)
            for place in self.each(area):
                self.put(*place, self.cell(*place).entered(None))
            if (area.top, area.left) != (row, column):
                self.put(area.top, area.left, origin.entered(BROKEN, origin.formula))
        self.put(row, column, cell)

    def each(self, area: Area) -> Iterator[tuple[int, int]]:
        """Name the places of an area that lie in the grid."""
        closed = area.within(len(self.rows), len(self.columns))
        for row in range(closed.top, closed.bottom or 0):
            for column in range(closed.left, closed.right or 0):
                yield row, column

    def insert(self, axis: Axis, at: int, count: int, traits: Traits = Traits()) -> None:
        """Insert empty lines; what lies over the sheet makes room."""
        if axis == "ROWS":
            self.rows[at:at] = [Row(traits) for _ in range(count)]
        else:
            self.columns[at:at] = [Column(traits) for _ in range(count)]
        self._each_area(lambda area: area.inserted(axis, at, count))

    def append(self, axis: Axis, count: int) -> None:
        """Add empty lines at the end; what lies over the sheet stays as it is."""
        if axis == "ROWS":
            self.rows.extend(Row() for _ in range(count))
        else:
            self.columns.extend(Column() for _ in range(count))

    def delete(self, axis: Axis, at: int, count: int) -> None:
        """Delete lines with all that sticks to them."""
        if axis == "ROWS":
            del self.rows[at : at + count]
        else:
            gone = self.columns[at : at + count]
            del self.columns[at : at + count]
            for row in self.rows:
                for column in gone:
                    row.cells.pop(column, None)
        self._each_area(lambda area: area.deleted(axis, at, count))

    def reorder(self, axis: Axis, order: Sequence[int]) -> None:
        """Move whole lines, with all that sticks to them: the one at ``order[n]`` comes to stand at n."""
        if axis == "ROWS":
            self.rows = [self.rows[at] for at in order]
        else:
            self.columns = [self.columns[at] for at in order]
        self._each_area(lambda area: area.moved(axis, order))

    def sort(self, order: Sequence[int], area: Area) -> None:
        """Sort an area's rows: the cells that stood at ``order[n]`` come to stand at its row n.

        A row's metadata goes with its cells. Hidden by hand are places, so those stay; what a filter hid
        follows its cells, because a filter looks at them.
        """
        closed = area.within(len(self.rows), len(self.columns))
        columns = self.columns[closed.left : closed.right]
        before = [(dict(self.rows[at].cells), self.rows[at].traits) for at in order]
        for at, (cells, traits) in enumerate(before, closed.top):
            row = self.rows[at]
            for column in columns:
                row.cells.pop(column, None)
                if column in cells:
                    row.cells[column] = cells[column]
            row.traits = replace(traits, hidden_by_user=row.traits.hidden_by_user, size=row.traits.size)

    def used(self, axis: Axis) -> int:
        """Return how many lines hold the sheet's values."""
        if axis == "ROWS":
            used = (at for at in range(len(self.rows), 0, -1) if _any_filled(self.rows[at - 1]))
            return next(used, 0)
        held = {column for row in self.rows for column, cell in row.cells.items() if cell.filled}
        return max((at + 1 for at, column in enumerate(self.columns) if column in held), default=0)

    def all_metadata(self) -> Iterator[tuple[Metadata, Axis | None, int]]:
        """Name what is attached to the sheet and its lines: the piece, the axis (None: the sheet), where."""
        for piece in self.metadata:
            yield piece, None, 0
        axes: tuple[Axis, ...] = ("ROWS", "COLUMNS")
        for axis in axes:
            for at, line in enumerate(self.lines(axis)):
                for piece in line.traits.metadata:
                    yield piece, axis, at

    def remember(self) -> Callable[[], None]:
        """Return what puts the sheet back as it is now."""
        mine = {name: list(told) if isinstance(told, list) else told for name, told in vars(self).items()}
        mine["protections"] = [copy(protection) for protection in self.protections]
        rows = [(row, row.traits, dict(row.cells)) for row in self.rows]
        columns = [(column, column.traits) for column in self.columns]

        def back() -> None:
            vars(self).update(mine)
            for row, traits, cells in rows:
                row.traits, row.cells = traits, cells
            for column, traits in columns:
                column.traits = traits

        return back

    def _each_area(self, change: Callable[[Area], Area | None]) -> None:
        one = Area(0, 1, 0, 1)
        changed = [area for merge in self.merges if (area := change(merge))]
        self.merges = [area for area in changed if area.sized() != one]
        self.spills = [area for spill in self.spills if (area := change(spill))]
        for protection in self.protections:
            protection.area = change(protection.area) or Area(0, 0, 0, 0)
            protection.unprotected = tuple(area for free in protection.unprotected if (area := change(free)))
        empty = Area(0, 0, 0, 0)
        self.protections = [protection for protection in self.protections if protection.area != empty]
        if self.filter:
            area = change(self.filter[0])
            self.filter = (area, self.filter[1]) if area else None


def _any_filled(row: Row) -> bool:
    return any(cell.filled for cell in row.cells.values())

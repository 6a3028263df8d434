"""Blocks of values: how they are read, and how a write is checked before any of its cells is set."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.fakes.google_sheets.areas import Area, a1, letters
from tests.fakes.google_sheets.cells import MOST_CHARACTERS, Cell
from tests.fakes.google_sheets.errors import Message, invalid
from tests.fakes.google_sheets.formats import typed
from tests.fakes.google_sheets.model import Document, Grant
from tests.fakes.google_sheets.ranges import in_grid
from tests.fakes.google_sheets.sheets import Sheet


@dataclass(frozen=True)
class Rendering:
    """How values of an answer are told."""

    option: str = "FORMATTED_VALUE"
    dates: str = "SERIAL_NUMBER"
    major: str = "ROWS"


def read(sheet: Sheet, area: Area, how: Rendering) -> Message:
    """Return the ``ValueRange`` of an area: empty ends dropped, no ``values`` where all is empty."""
    closed = in_grid(sheet, area)
    columns = sheet.columns[closed.left : closed.right]
    block = []
    for row in sheet.rows[closed.top : closed.bottom]:
        cells = (row.cells.get(column) for column in columns) if row.cells else ()
        block.append([cell.rendered(how.option, how.dates) if cell else "" for cell in cells])
    if how.major == "COLUMNS":
        block = [[line[at] if line else "" for line in block] for at in range(len(columns))]
    for line in block:
        while line and line[-1] == "":
            line.pop()
    while block and not block[-1]:
        block.pop()
    told: Message = {"range": a1(sheet.title, closed), "majorDimension": how.major}
    return told | ({"values": block} if block else {})


@dataclass(frozen=True)
class Input:
    """One block to write. ``asked`` is the range as the caller wrote it, if he did."""

    sheet: Sheet
    area: Area
    values: list[list[object]]
    major: str
    entered: bool
    asked: str | None = None
    exact: bool = False
    """Whether one cell is a range, too, and not only where to begin."""


@dataclass
class Writing:
    """A checked block: its cells to be, and what of the sheet it spans."""

    sheet: Sheet
    span: Area
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def apply(self) -> None:
        """Set the cells."""
        for (row, column), cell in self.cells.items():
            if not _covered(self.sheet, row, column):
                self.sheet.enter(row, column, cell)

    def told(self) -> Message:
        """Return what was done; a count of nothing goes unsaid."""
        counts = {
            "updatedRows": len({row for row, _ in self.cells}),
            "updatedColumns": len({column for _, column in self.cells}),
            "updatedCells": len(self.cells),
        }
        counts = {name: count for name, count in counts.items() if count}
        return {"updatedRange": a1(self.sheet.title, self.span)} | counts


def checked(document: Document, grant: Grant, block: Input) -> Writing:
    """Return a write that will succeed. Raises the `Refused` that Google answers with; sets nothing."""
    closed = in_grid(block.sheet, block.area)
    single = closed.bottom == closed.top + 1 and closed.right == closed.left + 1
    rows = block.values if block.major != "COLUMNS" else _turned(block.values)
    height, width = len(rows), max(map(len, rows), default=0)
    span = Area(closed.top, closed.top + max(1, height), closed.left, closed.left + max(1, width))
    start = single and not block.exact
    _inside(block, block.sheet.everything if start else closed, span)
    writing = Writing(block.sheet, span)
    for down, line in enumerate(rows):
        for right, given in enumerate(line):
            if given is not None:
                place = closed.top + down, closed.left + right
                writing.cells[place] = _cell(block.sheet.cell(*place), given, block, down, right)
    for row, column in writing.cells:
        guarded(document, grant, block.sheet, Area(row, row + 1, column, column + 1))
    return writing


def guarded(document: Document, grant: Grant, sheet: Sheet, area: Area) -> None:
    """Refuse a write into what this caller may not edit. Raises `Refused`."""
    if any(one.stops(area, grant.user, document.owner) for one in sheet.protections):
        raise invalid(document.protected_wording)


def _inside(block: Input, room: Area, span: Area) -> None:
    """Refuse values that stick out of their room: the range, or the grid if the range only says a start."""
    assert room.bottom is not None
    assert room.right is not None
    asked = block.asked or a1(block.sheet.title, block.area.within(room.bottom, room.right))
    if not span.with_span("COLUMNS", 0, 1).inside(room.with_span("COLUMNS", 0, 1)):
        over = f"row [{room.bottom + 1}]"
    elif not span.inside(room):
        over = f"column [{letters(room.right)}]"
    else:
        return
    raise invalid(f"Requested writing within range [{asked}], but tried writing to {over}")


def _cell(before: Cell, given: object, block: Input, down: int, right: int) -> Cell:
    if isinstance(given, dict | list):
        kind = "struct_value" if isinstance(given, dict) else "list_value"
        raise invalid(f"Invalid values[{down}][{right}]: {kind}")
    if isinstance(given, str) and len(given) > MOST_CHARACTERS:
        raise invalid(
            f"Your input contains more than the maximum of {MOST_CHARACTERS} characters in a single cell."
        )
    assert isinstance(given, bool | int | float | str)
    if not block.entered or not isinstance(given, str):
        return before.entered(given)
    if given.startswith("=") and len(given) > 1:
        return before.with_formula(given)
    if before.number_format.get("type") == "TEXT":
        return before.entered(given)
    value, number_format = typed(given)
    cell = before.entered(value)
    return cell if number_format is None or cell.number_format else cell.formatted(number_format)


def _turned(columns: list[list[object]]) -> list[list[object]]:
    """Return rows for columns; what a shorter column lacks is left alone."""
    height = max(map(len, columns), default=0)
    return [[line[at] if at < len(line) else None for line in columns] for at in range(height)]


def _covered(sheet: Sheet, row: int, column: int) -> bool:
    """Tell whether a merge hides the cell: what is written there is lost."""
    at = Area(row, row + 1, column, column + 1)
    return any(merge.meets(at) and (merge.top, merge.left) != (row, column) for merge in sheet.merges)

"""Read what was selected, where it stands now: people have worked in the sheet since the preview."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import as_text
from addon_backend.domain.errors import RangeOutside, SelectionEmpty, SheetProtected
from addon_backend.domain.sheet import GridRange
from addon_backend.engine.plan.shifts import HALF, columns_now, header_now, rows_now, share_of_headers
from addon_backend.services.runs.selection.marks import digests, read_marks, row_texts
from addon_backend.services.runs.selection.reading import guarded_rows, read_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Run
    from addon_backend.engine.plan.frame import Frame
    from addon_backend.engine.plan.shifts import Marks
    from addon_backend.ports.sheet_host import CellColumn, SheetHost, SheetInfo
    from addon_backend.services.house import House
    from addon_backend.services.runs.selection.reading import Reading

HEADER_WINDOW = 25
"""A header is looked for so many rows further than rows were added or deleted."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the selection stands: columns by the index that they had; rows ``top … bottom-1``, from 0."""

    columns: Mapping[int, int]
    top: int
    bottom: int
    header: int | None
    unread: frozenset[int] = frozenset()

    @property
    def read(self) -> Mapping[int, int]:
        """The columns without those that are left unread."""
        return {was: at for was, at in self.columns.items() if was not in self.unread}

    @property
    def first(self) -> int:
        """The first row to read: the header may stand above the selection."""
        return self.top if self.header is None else min(self.top, self.header)

    @property
    def empty(self) -> bool:
        """Whether no cell lies in it."""
        return not self.read or self.bottom <= self.top


def read_selected(
    house: House, run: Run, when_read: Callable[[], None]
) -> tuple[Run, Reading, Frame, Sequence[int]]:
    """Return the run with its range as it is now, the table, its frame, and the sheet row of each frame row.

    Raises `SheetProtected`, `RangeOutside`, `SelectionEmpty` or `NothingToRead`.
    """
    host = house.host(run.sheet.host, run.workspace, run.member)
    info = host.describe(run.sheet)
    if info.protected:
        raise SheetProtected
    with house.store.reading() as unit:
        marks = read_marks(unit, run)
    place = _as_shown(run, info, marks)
    if marks is None and place.empty:
        outside = run.range.top >= info.rows or run.range.left >= info.columns
        raise RangeOutside if outside else SelectionEmpty
    anchors = () if place.empty else host.anchors(run.sheet, list(place.read.values()))
    lost = place.empty or (marks is not None and not _may_be_read(house, run, marks, info, place, anchors))
    columns = () if lost else host.read(run.sheet, anchors, place.first, place.bottom)
    if marks is not None and (lost or not _is_known(house, run, marks, info, place, columns)):
        place = _look_for(house, run, marks, info, place)
        run = _moved(run, place)
        anchors = host.anchors(run.sheet, list(place.read.values()))
        columns = host.read(run.sheet, anchors, place.first, place.bottom)
    when_read()
    reading, frame = _table(run, info, place, anchors, columns)
    return run, reading, frame, [place.first + row for row in reading.rows]


def _as_shown(run: Run, info: SheetInfo, marks: Marks | None) -> _Place:
    area = run.range.clip(info.rows, info.columns)
    header = None if run.header_row is None else run.header_row - 1
    columns = range(area.left, area.right or 0)
    unread = frozenset(() if marks is None else marks.unread)
    return _Place(dict(zip(columns, columns, strict=True)), area.top, area.bottom or 0, header, unread)


def _may_be_read(
    house: House, run: Run, marks: Marks, info: SheetInfo, place: _Place, anchors: Sequence[str]
) -> bool:
    """Tell by the headers alone whether what is left unread cannot stand where another column stood."""
    if place.header is None or not marks.unread:
        return True
    if place.header >= info.rows:
        return False
    host = house.host(run.sheet.host, run.workspace, run.member)
    heads = _read_heads(house, run, host, anchors, range(place.header, place.header + 1))
    return heads[place.header] == [marks.headers.get(column) for column in place.read]


def _read_heads(
    house: House, run: Run, host: SheetHost, anchors: Sequence[str], rows: range
) -> dict[int, list[str]]:
    """Read these rows of these columns, and return the digests of their texts by row."""
    cells = [column.values for column in host.read(run.sheet, anchors, rows.start, rows.stop)]
    return {
        row: _digests_of(house, run, [as_text(values[at]).strip() for values in cells])
        for at, row in enumerate(rows)
    }


def _heads_around(
    house: House, run: Run, host: SheetHost, marks: Marks, info: SheetInfo, place: _Place
) -> dict[int, list[str]]:
    """Read all columns in the row of the headers; around it only where that cannot be found otherwise."""
    at = place.header or 0
    far = HEADER_WINDOW + abs(info.rows - marks.height)
    near = range(max(0, at - far), min(info.rows, at + far + 1))
    everywhere = host.anchors(run.sheet, range(info.columns))

    def heads(anchors: Sequence[str], rows: range) -> dict[int, list[str]]:
        return _read_heads(house, run, host, anchors, rows) if rows and anchors else {}

    found = heads(everywhere, range(at, min(at + 1, info.rows)))
    if any(share_of_headers(marks, texts) == 1 for texts in found.values()):
        return found
    if place.unread:
        known = {column: digest for column, digest in marks.headers.items() if column not in place.unread}
        told = replace(marks, headers=known)
        around = heads([everywhere[column] for column in place.read.values() if column < info.columns], near)
        row = header_now(told, around, at)
        if share_of_headers(told, around.get(row, ())) >= HALF:
            return heads(everywhere, range(row, row + 1))
    return heads(everywhere, near)


def _is_known(
    house: House, run: Run, marks: Marks, info: SheetInfo, place: _Place, columns: Sequence[CellColumn]
) -> bool:
    """Tell whether the headers and the last row stand where they stood, and as many rows before it."""
    values = dict(zip(place.read, (column.values for column in columns), strict=True))
    heads = {column: digest for column, digest in marks.headers.items() if column not in place.unread}
    if not heads.keys() <= values.keys():
        return False
    hidden = _hidden(info)
    rows = row_texts([values[column] for column in heads])
    shown = {row: text for row, text in enumerate(rows, place.first) if text and row not in hidden}
    if sum(row >= place.top and row != place.header for row in shown) < marks.rows:
        return False
    header: list[str] = []
    if place.header is not None:
        at = place.header - place.first
        header = [as_text(values[column][at]).strip() for column in heads]
    last = shown[max(shown)] if shown else ""
    found = _digests_of(house, run, [*header, last])
    return found == [*(heads.values() if header else ()), marks.last]


def _look_for(house: House, run: Run, marks: Marks, info: SheetInfo, place: _Place) -> _Place:
    """Find the columns by their headers, and in them the rows; what cannot be found is where it was.

    Of columns that are left unread the header's cell is read, and those around it where its row has moved.
    """
    host = house.host(run.sheet.host, run.workspace, run.member)
    shift: int | None = None
    columns: Mapping[int, int] = {column: column for column in marks.headers if column < info.columns}
    if place.header is not None and any(marks.headers.values()):
        heads = _heads_around(house, run, host, marks, info, place)
        header = header_now(marks, heads, place.header)
        columns = columns_now(marks, heads.get(header, []))
        if place.header >= place.top:
            shift = header - place.header
        place = replace(place, header=header)
    place = replace(place, columns=columns)
    if not place.read:
        raise RangeOutside
    blank: list[CellValue] = [None] * info.rows
    anchors = host.anchors(run.sheet, list(place.read.values()))
    values = dict(zip(place.read, host.read(run.sheet, anchors, 0, info.rows), strict=True))
    told = [column for column in marks.headers if column not in place.unread]
    selected = [values[column].values if column in values else blank for column in told]
    rows = _digests_of(house, run, row_texts(selected))
    was = run.range.clip(marks.height, marks.width)
    top, bottom = rows_now(marks, was.top, was.bottom or 0, rows, shift)
    if top >= bottom:
        raise SelectionEmpty
    if (was.bottom or 0) >= marks.height <= info.rows and _filled(rows[top:bottom], place, top) < marks.rows:
        bottom = info.rows  # the last row of the list was sorted away from its end
    return replace(place, top=top, bottom=bottom)


def _filled(rows: Sequence[str], place: _Place, top: int) -> int:
    """Count the rows that hold anything, without the header's."""
    return sum(bool(digest) for row, digest in enumerate(rows, top) if row != place.header)


def _digests_of(house: House, run: Run, texts: Sequence[str]) -> list[str]:
    with house.store.reading() as unit:
        return digests(unit, run.workspace, texts)


def _moved(run: Run, place: _Place) -> Run:
    """Return the run with the range, the header and the corrected kinds at the places where they are now."""
    at = place.columns.values()
    return replace(
        run,
        range=GridRange(place.top, min(at), place.bottom, max(at) + 1),
        header_row=None if place.header is None else place.header + 1,
        kinds=tuple((place.columns[index], kind) for index, kind in run.kinds if index in place.columns),
    )


def _table(
    run: Run, info: SheetInfo, place: _Place, anchors: Sequence[str], columns: Sequence[CellColumn]
) -> tuple[Reading, Frame]:
    """Inspect the columns that are not blank, without hidden rows."""
    told = sorted(zip(place.read.values(), anchors, columns, strict=True), key=lambda one: one[0])
    filled = [one for one in told if any(as_text(value) for value in one[2].values)]
    top = place.first
    hidden = {row - top for row in _hidden(info)}
    if place.header is not None:
        hidden |= set(range(place.header - top + 1, place.top - top))
    reading = read_table(
        [column.values for _, _, column in filled],
        [index for index, _, _ in filled],
        [anchor for _, anchor, _ in filled],
        header=None if place.header is None else place.header - top,
        hidden=hidden,
        kinds=dict(run.kinds),
    )
    guards = {
        anchor: [at for at, cell in column.details.items() if cell.in_the_way] for _, anchor, column in filled
    }
    guarded = guarded_rows(reading.rows, guards)
    return reading, replace(reading.frame, guarded=guarded, unread=bool(place.unread))


def _hidden(info: SheetInfo) -> set[int]:
    return {row for first, last in info.hidden_rows for row in range(first, last)}

"""Google Sheets as a sheet host: columns by developer metadata, rows by number, nothing compared."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from addon_backend.domain.cells import EMPTY, is_blank
from addon_backend.domain.errors import (
    AnswerUncertain,
    ColumnsProtected,
    HostRefused,
    HostTrouble,
    RangeOutside,
    Refused,
    SheetFull,
    SheetUnknown,
)
from addon_backend.domain.sheet import SheetRef, column_letter
from addon_backend.google.changes import (
    COLUMN,
    area_of,
    as_cells,
    formats_needed,
    making,
    naming,
    neighbours,
    spread,
)
from addon_backend.google.grid import CELLS, SHEETS, SIZE, Grid, grids
from addon_backend.ports.sheet_host import CellColumn, NewColumn, SheetInfo, WriteBatch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from addon_backend.domain.cells import Cell
    from addon_backend.google.client import SheetsClient

    Json: TypeAlias = Mapping[str, Any]

Places: TypeAlias = dict[tuple[str, str], dict[str, int]]
"""Where columns stood when somebody looked last, by document and sheet: a read tells if they still do."""

_READS_AROUND = 3
"""Reads that a write may need: before it, after it, and one more for columns that were moved."""
_SHEETS_REMEMBERED = 1_000
"""Of so many sheets a process remembers where their columns stood."""
_LOOKS = 3
"""How often columns are looked for that somebody moves while they are read."""


class GoogleSheets:
    """`SheetHost` over one member's client; a column's anchor is the id of its developer metadata.

    A read is one call, unless a column was moved since it was seen last. A write is one call.
    """

    name = "google"
    compares = False
    rows_per_write = 500

    def __init__(self, client: SheetsClient, places: Places | None = None) -> None:
        """Take the client, and where hosts like this one saw columns last; nothing is asked yet."""
        self._client = client
        self._stood: Places = {} if places is None else places
        self._read: dict[tuple[str, str], _Read] = {}
        """What the last read has seen: a write right after it need not look for its columns again."""

    def sheets(self, document: str) -> tuple[SheetInfo, ...]:
        """List the document's sheets that are grids. Raises `FileUnknown` or `AccessLost`."""
        answer = self._client.spreadsheet(document, SHEETS)
        return tuple(
            _info(document, answer, name, grid) for name, grid in grids(answer).items() if _is_grid(grid)
        )

    def describe(self, ref: SheetRef) -> SheetInfo:
        """Return the sheet's used area now."""
        answer = self._whole(ref, SHEETS)
        return _info(ref.document, answer, ref.sheet, _only(answer, ref))

    def anchors(self, ref: SheetRef, indices: Sequence[int]) -> tuple[str, ...]:
        """Name these columns; one that has no name yet is given one. Raises `RangeOutside`."""
        named = self._by_index(ref)
        missing = [index for index in dict.fromkeys(indices) if index not in named]
        if missing:
            try:
                self._client.change(ref.document, [naming(ref, index, "") for index in missing])
            except HostRefused:
                self._size(ref)
                raise RangeOutside(column=column_letter(missing[-1])) from None
            named = self._by_index(ref)
        return tuple(named[index] for index in indices)

    def locate(self, ref: SheetRef, anchors: Sequence[str]) -> tuple[int | None, ...]:
        """Return where these columns stand now; None for one that was deleted."""
        places = self._look(ref)
        return tuple(places.get(anchor) for anchor in anchors)

    def read(
        self, ref: SheetRef, anchors: Sequence[str], top: int, bottom: int | None
    ) -> tuple[CellColumn, ...]:
        """Read rows ``top … bottom-1`` of these columns, and of no others."""
        if not anchors:
            return ()
        places = self._places(ref, anchors)
        for _ in range(_LOOKS):
            indices = [places[anchor] for anchor in anchors]
            grid = self._cells(ref, indices, top, bottom)
            carried = grid.ids(COLUMN)
            if all(anchor in carried.get(places[anchor], ()) for anchor in anchors):
                columns = tuple(grid.columns(indices, top, bottom))
                stood = {anchor: places[anchor] for anchor in anchors}
                self._read[ref.document, ref.sheet] = _Read(
                    top, dict(zip(anchors, columns, strict=True)), stood
                )
                return columns
            self._look(ref)
            places = self._places(ref, anchors)
        raise HostTrouble(retry_after=1.0)

    def add_columns(
        self, ref: SheetRef, wishes: Sequence[NewColumn], header_row: int | None
    ) -> tuple[str, ...]:
        """Return the anchors of these columns, made where missing, in one change of all or none.

        They go right of all that is filled, and of columns that are protected. Raises `ColumnsProtected`
        where cells of theirs are all the same, such as the header's, `SheetFull` where there is no room.
        """
        made = self._made(ref)
        missing = [wish for wish in dict.fromkeys(wishes) if wish.key not in made]
        if missing:
            grid = _only(self._whole(ref, SHEETS), ref)
            used = max([grid.used()[1], *(column.at + 1 for column in made.values())])
            first = grid.free_from(used, len(missing))
            try:
                replies = self._client.change(ref.document, making(ref, grid, first, missing, header_row))
            except HostRefused:
                self._size(ref)
                raise _no_columns(grid, range(first, first + len(missing))) from None
            named = [one["createDeveloperMetadata"] for one in replies if "createDeveloperMetadata" in one]
            ours = _named_columns(ref, (one["developerMetadata"] for one in named))
            self._note(ref, {**self._places_known(ref), **{one.anchor: one.at for one in ours}})
            made |= {one.key: one for one in ours}
        headers = {made[wish.key].anchor: wish.header for wish in wishes if wish not in missing}
        if headers and header_row is not None:
            self._name_again(ref, headers, header_row)
        return tuple(made[wish.key].anchor for wish in wishes)

    def busy(self) -> float:
        """Return how long to wait for the quota of a guard read, a write, and the read after it."""
        return self._client.room(_READS_AROUND, 1)

    def write(self, ref: SheetRef, batch: WriteBatch) -> frozenset[int]:
        """Set the cells, whoever stands in their rows by now. Raises `SheetUnknown` for a deleted column.

        A column that is deleted between a read of it and the write is written to no more, the others are. A
        date is a number that is shown as one: where a cell must be shown otherwise than now, values and
        formats are set in one change, by the columns' places.
        """
        if not batch.rows or not batch.put:
            return frozenset()
        read = self._read.pop((ref.document, ref.sheet), _Read(0, {}, {}))
        places = read.places
        if not batch.put.keys() <= places.keys():
            self._look(ref)
            places = self._places(ref, list(batch.put))
        formats = formats_needed(batch, read.cell)
        if formats:
            changes = [
                one for anchor in batch.put for one in as_cells(ref, places[anchor], batch, anchor, formats)
            ]
            with self._telling_what_is_gone(ref, batch):
                self._client.change(ref.document, changes)
            return frozenset()
        data = [
            {
                "dataFilter": {"developerMetadataLookup": {"metadataId": int(anchor)}},
                "majorDimension": "COLUMNS",
                "values": [spread(batch.rows, values)],
            }
            for anchor, values in batch.put.items()
        ]
        with self._telling_what_is_gone(ref, batch):
            found = self._client.set_values(ref.document, data)
        if found < len(data):
            self._all_there(ref, batch)
            raise AnswerUncertain
        return frozenset()

    @contextmanager
    def _telling_what_is_gone(self, ref: SheetRef, batch: WriteBatch) -> Iterator[None]:
        """Say it closer where a write was refused because one of its columns is gone."""
        try:
            yield
        except HostRefused:
            self._all_there(ref, batch)
            raise

    def _all_there(self, ref: SheetRef, batch: WriteBatch) -> None:
        """Look for the columns of a write that went wrong. Raises `SheetUnknown`, naming one that is gone."""
        self._size(ref)
        self._look(ref)
        self._places(ref, list(batch.put))

    def _cells(self, ref: SheetRef, indices: Iterable[int], top: int, bottom: int | None) -> Grid:
        """Ask for some columns' cells: there is nothing below the last row, nor right of the last column."""
        areas = [area_of(ref, columns, top, bottom) for columns in neighbours(indices)]
        try:
            return _only(self._client.by_filter(ref.document, areas, CELLS), ref)
        except HostRefused:  # the sheet has fewer rows or columns than it had, or is gone
            size = self._size(ref)
        grid = size.sheet["properties"]["gridProperties"]
        rows = grid["rowCount"]
        bottom = rows if bottom is None else min(bottom, rows)
        there = neighbours(index for index in indices if index < grid["columnCount"])
        if not there:
            return size
        areas = [area_of(ref, columns, min(top, rows - 1), bottom) for columns in there]
        return _only(self._client.by_filter(ref.document, areas, CELLS), ref)

    def _size(self, ref: SheetRef) -> Grid:
        return _only(self._whole(ref, SIZE), ref)

    def _whole(self, ref: SheetRef, fields: str) -> Json:
        """Ask something of a whole sheet. Raises `SheetUnknown` where there is no such sheet any more."""
        try:
            return self._client.by_filter(ref.document, [area_of(ref)], fields)
        except HostRefused:
            raise SheetUnknown from None

    def _name_again(self, ref: SheetRef, headers: Mapping[str, str], row: int) -> None:
        """Set the headers that somebody has cleared; one that she has changed is hers."""
        columns = self.read(ref, list(headers), row, row + 1)
        cleared = [a for a, column in zip(headers, columns, strict=True) if is_blank(column.values[0])]
        if cleared:
            self.write(ref, WriteBatch([row], {}, {anchor: [headers[anchor]] for anchor in cleared}))

    def _places(self, ref: SheetRef, anchors: Sequence[str]) -> Mapping[str, int]:
        """Return where these columns were seen last. Raises `SheetUnknown` naming one that is gone."""
        places: Mapping[str, int] = self._places_known(ref)
        if any(anchor not in places for anchor in anchors):
            places = self._look(ref)
        for anchor in anchors:
            if anchor not in places:
                raise SheetUnknown(column=anchor)
        return places

    def _look(self, ref: SheetRef) -> dict[str, int]:
        return {one.anchor: one.at for one in self._named(ref)}

    def _by_index(self, ref: SheetRef) -> dict[int, str]:
        """Return the name of each column that has one: the first, should two have been given at once."""
        named = self._named(ref)
        return {one.at: one.anchor for one in sorted(named, key=_age, reverse=True)}

    def _made(self, ref: SheetRef) -> dict[str, _Named]:
        """Return our columns by key."""
        return {one.key: one for one in sorted(self._named(ref), key=_age, reverse=True) if one.key}

    def _named(self, ref: SheetRef) -> list[_Named]:
        """Ask which columns have names, and remember where they stand."""
        named = _named_columns(ref, self._client.metadata(ref.document, COLUMN))
        self._note(ref, {one.anchor: one.at for one in named})
        return named

    def _places_known(self, ref: SheetRef) -> dict[str, int]:
        return self._stood.get((ref.document, ref.sheet), {})

    def _note(self, ref: SheetRef, places: dict[str, int]) -> None:
        if len(self._stood) >= _SHEETS_REMEMBERED:
            self._stood.clear()
        self._stood[ref.document, ref.sheet] = places


def _no_columns(grid: Grid, columns: range) -> Refused:
    return ColumnsProtected() if grid.forbids(columns) else SheetFull()


class _Read(NamedTuple):
    """Some columns of a sheet from a row on, as they were read last, and where they stood."""

    top: int
    columns: Mapping[str, CellColumn]
    places: Mapping[str, int]

    def cell(self, anchor: str, row: int) -> Cell:
        column = self.columns.get(anchor)
        inside = column is not None and 0 <= row - self.top < len(column.values)
        return column.cell(row - self.top) if column is not None and inside else EMPTY


class _Named(NamedTuple):
    anchor: str
    at: int
    key: str


def _named_columns(ref: SheetRef, told: Iterable[Json]) -> list[_Named]:
    """Return the columns of one sheet that developer metadata name."""
    named = []
    for one in told:
        place = one.get("location", {}).get("dimensionRange", {})
        if str(place.get("sheetId", 0)) == ref.sheet:
            named.append(
                _Named(str(one["metadataId"]), place.get("startIndex", 0), one.get("metadataValue", ""))
            )
    return named


def _age(column: _Named) -> int:
    return int(column.anchor)


def _info(document: str, answer: Json, name: str, grid: Grid) -> SheetInfo:
    rows, columns = grid.used()
    return SheetInfo(
        ref=SheetRef(GoogleSheets.name, document, name),
        title=grid.sheet["properties"]["title"],
        document_title=answer.get("properties", {}).get("title", ""),
        rows=rows,
        columns=columns,
        hidden_rows=tuple((first, min(last, rows)) for first, last in grid.hidden() if first < rows),
        protected=grid.protected(),
    )


def _only(answer: Json, ref: SheetRef) -> Grid:
    """Return the one sheet that was asked for. Raises `SheetUnknown`."""
    grid = grids(answer).get(ref.sheet)
    if grid is None or not _is_grid(grid):
        raise SheetUnknown
    return grid


def _is_grid(grid: Grid) -> bool:
    kind: str = grid.sheet.get("properties", {}).get("sheetType", "GRID")
    return kind == "GRID"

"""Developer metadata: where it is attached, how it is told, and how lookups and data filters match."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.fakes.google_sheets.areas import Area, Axis, area_of
from tests.fakes.google_sheets.errors import Message, invalid
from tests.fakes.google_sheets.model import Document, Grant
from tests.fakes.google_sheets.ranges import beyond, resolved, sheet_of
from tests.fakes.google_sheets.sheets import Metadata, Sheet

_EXACT = "EXACT_LOCATION"
_INTERSECTING = "INTERSECTING_LOCATION"
_TYPES: dict[Axis | None, str] = {"ROWS": "ROW", "COLUMNS": "COLUMN", None: "SHEET"}


@dataclass(frozen=True)
class Place:
    """A location: the spreadsheet (no sheet), a sheet (no axis), or one of its lines."""

    sheet: Sheet | None = None
    axis: Axis | None = None
    at: int = 0

    @property
    def kind(self) -> str:
        """Its ``locationType``."""
        return "SPREADSHEET" if self.sheet is None else _TYPES[self.axis]

    @property
    def area(self) -> Area:
        """What it covers of its sheet."""
        if self.axis is None:
            return Area()
        return Area().with_span(self.axis, self.at, self.at + 1)

    def told(self) -> Message:
        """Return it as ``DeveloperMetadataLocation``."""
        if self.sheet is None:
            return {"locationType": self.kind, "spreadsheet": True}
        if self.axis is None:
            return {"locationType": self.kind, "sheetId": self.sheet.id}
        line: Message = {} if self.sheet.id == 0 else {"sheetId": self.sheet.id}
        line |= {"dimension": self.axis, "startIndex": self.at, "endIndex": self.at + 1}
        return {"locationType": self.kind, "dimensionRange": line}


def every_piece(document: Document, grant: Grant) -> Iterator[tuple[Metadata, Place]]:
    """Name the metadata that a caller's project may see, with its place."""
    for piece in document.metadata:
        if _visible(piece, grant):
            yield piece, Place()
    for sheet in document.sheets:
        for piece, axis, at in sheet.all_metadata():
            if _visible(piece, grant):
                yield piece, Place(sheet, axis, at)


def pieces_at(place: Place, document: Document, grant: Grant) -> list[Message]:
    """Return what a caller's project may see at one place, as ``DeveloperMetadata``."""
    if place.sheet is None:
        held = document.metadata
    elif place.axis is None:
        held = place.sheet.metadata
    else:
        held = place.sheet.lines(place.axis)[place.at].traits.metadata
    return [told(piece, place) for piece in held if _visible(piece, grant)]


def told(piece: Metadata, place: Place) -> Message:
    """Return a piece as ``DeveloperMetadata``."""
    message: Message = {"metadataId": piece.id, "metadataKey": piece.key}
    if piece.value:
        message["metadataValue"] = piece.value
    return message | {"location": place.told(), "visibility": piece.visibility}


def place_of(document: Document, location: Message) -> Place:
    """Read a ``DeveloperMetadataLocation``. Raises `Refused`."""
    if location.get("spreadsheet"):
        return Place()
    line = location.get("dimensionRange")
    if line is None:
        if "sheetId" not in location:
            raise invalid("Developer metadata must always have a location specified.")
        return Place(_any_sheet(document, location["sheetId"]))
    sheet = _any_sheet(document, line.get("sheetId", 0))
    axis: Axis = line.get("dimension", "ROWS")
    start, end = line.get("startIndex"), line.get("endIndex")
    if start is None or end is None:
        raise invalid("DimensionRange must specify both a startIndex and an endIndex.")
    if end - start != 1:
        raise invalid("DimensionRange must represent a single row or column.")
    if end > len(sheet.lines(axis)) or start < 0:
        raise beyond(sheet, Area().with_span(axis, start, end))
    return Place(sheet, axis, start)


def _any_sheet(document: Document, sheet_id: int) -> Sheet:
    sheet = document.sheet(sheet_id)
    if sheet is None:
        raise invalid(f"No sheet with id: {sheet_id}")
    return sheet


def looked_up(document: Document, grant: Grant, lookup: Message) -> list[tuple[Metadata, Place]]:
    """Return what a ``DeveloperMetadataLookup`` matches, in the document's order."""
    location = lookup.get("metadataLocation")
    strategy = lookup.get("locationMatchingStrategy")
    if strategy and location is None:
        raise invalid("locationMatchingStrategy is set, but metadataLocation is not.")
    if strategy == _EXACT and lookup.get("locationType"):
        raise invalid("locationType must not be specified with the EXACT_LOCATION strategy.")
    if location is not None and location.get("spreadsheet") and strategy == _INTERSECTING:
        told_place = "DeveloperMetadataLookup.spreadsheet is true"
        raise invalid(f"{told_place}, but locationMatchingStrategy was specified as INTERSECTING.")
    wanted = None if location is None else place_of(document, location)
    return [
        (piece, place)
        for piece, place in every_piece(document, grant)
        if _alike(piece, place, lookup) and (wanted is None or _there(place, wanted, strategy))
    ]


def matched(document: Document, grant: Grant, data_filter: Message) -> list[tuple[Metadata, Place]]:
    """Return the metadata that a ``DataFilter`` matches: by lookup, or by what lies across a range."""
    if (lookup := data_filter.get("developerMetadataLookup")) is not None:
        return looked_up(document, grant, lookup)
    return [
        (piece, place)
        for sheet, area in ranges_of(document, grant, data_filter)
        for piece, place in every_piece(document, grant)
        if place.sheet is sheet and place.area.meets(area)
    ]


def ranges_of(document: Document, grant: Grant, data_filter: Message) -> list[tuple[Sheet, Area]]:
    """Return the parts of sheets that a ``DataFilter`` selects. Raises `Refused`."""
    if (grid := data_filter.get("gridRange")) is not None:
        return [(sheet_of(document, grid.get("sheetId", 0)), area_of(grid))]
    if (notation := data_filter.get("a1Range")) is not None:
        return [resolved(document, notation)]
    if (lookup := data_filter.get("developerMetadataLookup")) is not None:
        found = looked_up(document, grant, lookup)
        return [(place.sheet, place.area) for _, place in found if place.sheet is not None]
    raise invalid("No filter set in the DataFilter.")


def _visible(piece: Metadata, grant: Grant) -> bool:
    return piece.visibility == "DOCUMENT" or piece.project == grant.project


def _alike(piece: Metadata, place: Place, lookup: Message) -> bool:
    wanted = {
        "metadataId": piece.id,
        "metadataKey": piece.key,
        "metadataValue": piece.value,
        "visibility": piece.visibility,
        "locationType": place.kind,
    }
    return all(lookup.get(name) in {None, held} for name, held in wanted.items())


def _there(place: Place, wanted: Place, strategy: str | None) -> bool:
    if strategy == _EXACT or wanted.sheet is None:
        return place == wanted
    return place.sheet is wanted.sheet and place.area.meets(wanted.area)

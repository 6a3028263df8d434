"""Requests about developer metadata."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.fakes.google_sheets.changes import Change, Kinds
from tests.fakes.google_sheets.errors import Message, invalid
from tests.fakes.google_sheets.metadata import Place, matched, place_of, told
from tests.fakes.google_sheets.model import MOST_METADATA, Document
from tests.fakes.google_sheets.sheets import Metadata


def _create(change: Change) -> Message:
    wish = change.wish.get("developerMetadata") or {}
    if not wish.get("metadataKey"):
        raise invalid("Developer metadata must always have a key specified.")
    if wish.get("visibility") not in {"DOCUMENT", "PROJECT"}:
        raise invalid("Developer metadata must always have visibility specified.")
    if not wish.get("location"):
        raise invalid("Developer metadata must always have a location specified.")
    place = place_of(change.document, wish["location"])
    taken = {piece.id for piece in change.document.all_metadata()}
    wanted = wish.get("metadataId")
    if wanted in taken:
        told_id = f"Cannot add developer metadata with ID [{wanted}]"
        raise invalid(f"{told_id} because developer metadata with that ID already exists.")
    if wanted is not None and wanted < 1:
        raise invalid("Developer metadata must have a positive ID.")
    piece = Metadata(
        id=change.document.new_id() if wanted is None else wanted,
        key=wish["metadataKey"],
        value=wish.get("metadataValue"),
        visibility=wish["visibility"],
        project=change.grant.project,
    )
    _room(change.document, place, piece.size)
    _set(change.document, place, lambda held: (*held, piece))
    return {"developerMetadata": told(piece, place)}


def _update(change: Change) -> Message:
    wish = change.wish.get("developerMetadata") or {}
    fields = {field.partition(".")[0] for field in change.fields()}
    if unknown := fields - {"metadataKey", "metadataValue", "visibility", "location", "*"}:
        raise invalid(f"Invalid field: {min(unknown)}")
    entries = []
    for piece, place in _matches(change):
        changed = piece
        if fields & {"metadataKey", "*"}:
            changed = replace(changed, key=wish.get("metadataKey") or changed.key)
        if fields & {"metadataValue", "*"}:
            changed = replace(changed, value=wish.get("metadataValue"))
        if fields & {"visibility", "*"}:
            changed = replace(changed, visibility=wish.get("visibility") or changed.visibility)
        target = place_of(change.document, wish["location"]) if "location" in fields else place
        _remove(change.document, piece, place)
        _room(change.document, target, changed.size)
        _set(change.document, target, lambda held, one=changed: (*held, one))  # type: ignore[misc]
        entries.append(told(changed, target))
    return {"developerMetadata": entries} if entries else {}


def _delete(change: Change) -> Message:
    if not change.wish.get("dataFilter"):
        raise invalid("dataFilter is required.")
    found = list(matched(change.document, change.grant, change.wish["dataFilter"]))
    for piece, place in found:
        _remove(change.document, piece, place)
    deleted = [told(piece, place) for piece, place in found]
    return {"deletedDeveloperMetadata": deleted} if deleted else {}


def _matches(change: Change) -> list[tuple[Metadata, Place]]:
    found: dict[int, tuple[Metadata, Place]] = {}
    for one in change.wish.get("dataFilters") or ():
        for piece, place in matched(change.document, change.grant, one):
            found[piece.id] = (piece, place)
    return list(found.values())


def _remove(document: Document, piece: Metadata, place: Place) -> None:
    _set(document, place, lambda held: tuple(one for one in held if one.id != piece.id))


def _room(document: Document, place: Place, size: int) -> None:
    """Refuse more than 30,000 characters for a spreadsheet, and as many for each of its sheets."""
    held = document.metadata if place.sheet is None else [piece for piece, _, _ in place.sheet.all_metadata()]
    if sum(piece.size for piece in held) + size > MOST_METADATA:
        raise invalid(f"The developer metadata would be larger than the limit of {MOST_METADATA} characters.")


_Change = Callable[[tuple[Metadata, ...]], tuple[Metadata, ...]]


def _set(document: Document, place: Place, change: _Change) -> None:
    if place.sheet is None:
        document.metadata = change(document.metadata)
    elif place.axis is None:
        place.sheet.metadata = change(place.sheet.metadata)
    else:
        line = place.sheet.lines(place.axis)[place.at]
        line.traits = replace(line.traits, metadata=change(line.traits.metadata))


METADATA: Kinds = {
    "createDeveloperMetadata": _create,
    "updateDeveloperMetadata": _update,
    "deleteDeveloperMetadata": _delete,
}

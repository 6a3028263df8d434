"""The sandbox's grid over HTTP: what changed since the browser last asked, and what a person does."""

from __future__ import annotations

import gzip
import json
from typing import Annotated

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from pydantic import FailFast, Field

from addon_backend.web import edge, grid
from addon_backend.web.cells import CellIn, read_cell
from addon_backend.web.contract import SELECTION_BYTES, checked, json_sent, query_sent
from addon_backend.web.sandbox import guard, sandbox_caller
from addon_backend.web.selection import Name
from addon_backend.web.shapes import Query, Shape

RowId = Annotated[int, Field(ge=0, le=2**62)]

MOST_CHANGES = 100_000
MOST_INSERTED = 10_000
_GZIP_FROM = 1024
_ORDERS = "addon_backend.sandbox.orders"


def register(app: Flask) -> None:
    """Serve the sheets, to this machine."""
    blueprint = Blueprint(
        "sandbox_sheets", __name__, url_prefix="/sandbox/documents/<document>/sheets/<sheet>"
    )
    blueprint.add_url_rule("/rows", "rows", rows)
    for work in (edit, sort, insert, delete):
        blueprint.add_url_rule(f"/{work.__name__}", work.__name__, work, methods=["POST"])
    guard(blueprint)
    app.register_blueprint(blueprint)
    app.extensions[_ORDERS] = grid.OrderMemory()


class RowsQuery(Query):
    """What the browser knows (``since``: a revision, absent: nothing) and which rows it shows."""

    since: Annotated[int, Field(ge=-1, le=2**62)] = -1
    top: Annotated[int, Field(ge=0, le=10_000_000)] = 0
    bottom: Annotated[int, Field(ge=0, le=10_000_000)] | None = None


def rows(document: str, sheet: str) -> Response:
    """Return what changed; ``order`` is there only when it is not the order of ``since``."""
    asked = checked(RowsQuery, query_sent())
    memory: grid.OrderMemory = current_app.extensions[_ORDERS]
    seen = grid.changes(_place(document, sheet), memory, asked.since, asked.top, asked.bottom)
    body = json.dumps(seen, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode(
        "utf-8", "replace"
    )
    answer = Response(body, content_type="application/json")
    if len(body) >= _GZIP_FROM and request.accept_encodings.quality("gzip") > 0:
        answer.set_data(gzip.compress(body, compresslevel=1))
        answer.headers["Content-Encoding"] = "gzip"
    answer.vary.add("Accept-Encoding")
    return answer


class ChangeShape(Shape):
    """One cell: the row's id, the column's id, the new value."""

    row: int
    column: Name
    value: CellIn


class EditShape(Shape):
    """What a person typed or pasted."""

    changes: Annotated[list[ChangeShape], Field(min_length=1, max_length=MOST_CHANGES), FailFast()]


def edit(document: str, sheet: str) -> Response:
    """Set cells; ``refused`` names the rows that are gone or hold a formula there."""
    asked = checked(EditShape, json_sent(SELECTION_BYTES))
    edits = [grid.CellEdit(change.row, change.column, read_cell(change.value)) for change in asked.changes]
    place = _place(document, sheet)
    return jsonify(refused=grid.edit(place, edits), revision=place.now().revision)


class SortShape(Shape):
    """By which column (its id), in which direction, below how many rows of headers."""

    column: Name
    descending: bool = False
    header_rows: Annotated[int, Field(ge=0, le=100)] = 1


def sort(document: str, sheet: str) -> Response:
    """Sort the rows."""
    asked = checked(SortShape, json_sent())
    place = _place(document, sheet)
    grid.sort(place, asked.column, asked.header_rows, descending=asked.descending)
    return jsonify(revision=place.now().revision)


class InsertShape(Shape):
    """Before which position, how many rows."""

    position: Annotated[int, Field(ge=0, le=10_000_000)]
    count: Annotated[int, Field(ge=1, le=MOST_INSERTED)] = 1


def insert(document: str, sheet: str) -> Response:
    """Insert empty rows."""
    asked = checked(InsertShape, json_sent())
    place = _place(document, sheet)
    position = min(asked.position, place.now().rows)
    place.documents.insert_rows(place.workspace, document, sheet, position, asked.count)
    return jsonify(revision=place.now().revision)


class DeleteShape(Shape):
    """Which rows, by id."""

    rows: Annotated[list[RowId], Field(min_length=1, max_length=MOST_CHANGES), FailFast()]


def delete(document: str, sheet: str) -> Response:
    """Delete rows."""
    asked = checked(DeleteShape, json_sent(SELECTION_BYTES))
    place = _place(document, sheet)
    place.documents.delete_rows(place.workspace, document, sheet, asked.rows)
    return jsonify(revision=place.now().revision)


def _place(document: str, sheet: str) -> grid.Place:
    return grid.Place(edge.edge().house.documents, sandbox_caller().workspace, document, sheet)

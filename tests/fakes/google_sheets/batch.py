"""``spreadsheets.batchUpdate``: all of its requests, or none."""

from __future__ import annotations

from tests.fakes.google_sheets.batch_areas import AREAS
from tests.fakes.google_sheets.batch_cells import CELLS
from tests.fakes.google_sheets.batch_lines import LINES
from tests.fakes.google_sheets.batch_metadata import METADATA
from tests.fakes.google_sheets.batch_sheets import SHEETS
from tests.fakes.google_sheets.calls import Call
from tests.fakes.google_sheets.changes import Change
from tests.fakes.google_sheets.errors import Message, NotEmulated, Refused, at, invalid
from tests.fakes.google_sheets.fields import Mask
from tests.fakes.google_sheets.shapes import View, spreadsheet

_KINDS = {**SHEETS, **LINES, **CELLS, **AREAS, **METADATA}


def batch_update(call: Call) -> Message:
    """Apply the requests in their order and answer each; a refusal of one leaves the document as it was."""
    document = call.document
    requests = call.listed("requests")
    if not requests:
        raise invalid("Must specify at least one request.")
    back = document.remember()
    try:
        replies = [_apply(call, number, request) for number, request in enumerate(requests)]
    except Refused:
        back()
        raise
    told: Message = {"spreadsheetId": document.id, "replies": replies}
    if call.body.get("includeSpreadsheetInResponse"):
        told["updatedSpreadsheet"] = spreadsheet(
            document, View(call.grant, Mask.read("properties,sheets.properties"))
        )
    return told


def _apply(call: Call, number: int, request: Message) -> Message:
    kinds = [name for name, held in request.items() if held is not None]
    if len(kinds) != 1:
        raise invalid(
            f"Invalid requests[{number}]: {'No request set.' if not kinds else 'More than one set.'}"
        )
    where = f"Invalid requests[{number}].{kinds[0]}: "
    apply = _KINDS.get(kinds[0])
    if apply is None:
        raise NotEmulated(400, "INVALID_ARGUMENT", f"{where}The emulator does not know this request.")
    with at(where):
        reply = apply(Change(call.document, call.grant, request[kinds[0]]))
    return {kinds[0]: reply} if reply is not None else {}

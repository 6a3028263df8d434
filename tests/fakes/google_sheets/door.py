"""What a call must pass before it is done: address, token, scopes, quota, schema, the document's access."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from werkzeug import Request
from werkzeug.datastructures import MultiDict

from tests.fakes.google_sheets import spreadsheet_routes, values_routes
from tests.fakes.google_sheets.calls import Call, Handler
from tests.fakes.google_sheets.discovery import (
    Discovery,
    Method,
    Violation,
    discovery,
    parameter,
    wrong_parameter,
)
from tests.fakes.google_sheets.drive import DRIVE, no_caller
from tests.fakes.google_sheets.errors import (
    Message,
    NotEmulated,
    Refused,
    invalid,
    malformed,
    narrow,
    unauthenticated,
)
from tests.fakes.google_sheets.fields import Mask, wrong_fields
from tests.fakes.google_sheets.model import Documents, Grant
from tests.fakes.google_sheets.quota import Quota

_READS = {**values_routes.READS, **spreadsheet_routes.READS}
_WRITES = {**values_routes.WRITES, **spreadsheet_routes.WRITES}
_ROUTES = {**_READS, **_WRITES, **DRIVE}
_BODY_AT = {"sheets.spreadsheets.values.update": "data", "sheets.spreadsheets.values.append": "data"}
"""Where Google binds the body: so begins a field's path in refusals. Elsewhere the body is the request."""
Windows = deque[Callable[[], object] | None]


class House(Protocol):
    """What the door needs of the emulator."""

    documents: Documents
    tokens: dict[str, Grant]
    quota: Quota

    def note_call(self, name: str, fields: str) -> None:
        """Count a call, and its field mask if it has one."""
        ...


@dataclass
class Admitted:
    """A call that may be done. ``quota`` is what it counts as; None for Drive, which has other quotas."""

    call: Call
    method: Method
    handler: Handler
    quota: str | None

    def perform(self, windows: Windows, batch_windows: Windows) -> Message | bytes:
        """Do it under the document's lock, after the person of the next window. Raises `Refused`."""
        document_id = self.call.params.get("spreadsheetId")
        if document_id is None:
            return self.handler(self.call)
        document = self.call.documents.find(document_id)
        writes = self.method.id in _WRITES
        document.may(self.call.grant, write=writes)
        with document.lock:
            if writes:
                _open(windows if self.method.id in values_routes.WRITES else batch_windows)
            told = self.handler(self.call)
            if writes:
                document.touch()
            return told


def admit(house: House, request: Request) -> Admitted:
    """Return the call if it may be done. Raises `Refused`."""
    service, method, path = _route(request)
    name = method.id.removeprefix("sheets.")
    house.note_call(name, request.args.get("fields", ""))
    grant = _caller(house, request, service, method)
    quota = "Read" if method.id in _READS else "Write" if method.id in _WRITES else None
    if quota:
        house.quota.spend(grant, quota)
    params, mask = _parameters(service, method, path, request.args)
    body = _body(service, method, request)
    handler = _ROUTES.get(method.id)
    if handler is None:
        raise NotEmulated(501, "UNIMPLEMENTED", f"The emulator does not know {method.id}.")
    return Admitted(Call(name, grant, house.documents, params, body, mask), method, handler, quota)


def answer_checked(method: Method, told: Message) -> list[str]:
    """Return what Google's discovery document has against an answer."""
    if method.response is None:
        return []
    service = discovery(_name(method.id.startswith("drive.")))
    return [f"{method.id}: {field}: {wrong}" for field, wrong in service.check(method.response, told)]


def _name(drive: bool) -> str:
    return "drive.v3" if drive else "sheets.v4"


def _route(request: Request) -> tuple[Discovery, Method, dict[str, str]]:
    path = request.environ["REQUEST_URI"].partition("?")[0]
    service = discovery(_name(path.startswith("/drive/")))
    found = service.find(request.method, path)
    if found is None:
        raise Refused(404, "NOT_FOUND", "Method not found.")
    return service, *found


def _caller(house: House, request: Request, service: Discovery, method: Method) -> Grant:
    host = "sheets.googleapis.com" if method.id.startswith("sheets.") else "drive.googleapis.com"
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    grant = house.tokens.get(token)
    if (scheme.lower() != "bearer" or grant is None) and method.id.startswith("drive."):
        raise no_caller()
    if scheme.lower() != "bearer" or grant is None:
        raise unauthenticated(host, missing=not token)
    if not grant.scopes & method.scopes:
        raise narrow(host)
    return grant


def _parameters(
    service: Discovery, method: Method, path: dict[str, str], query: MultiDict[str, str]
) -> tuple[Message, Mask | None]:
    """Read path and query by their schema. Raises `Refused`."""
    known = service.known(method)
    params: Message = {}
    wrong: list[Violation] = []
    for name, texts in [*((name, [text]) for name, text in path.items()), *query.lists()]:
        schema = known.get(name)
        if schema is None and method.id.startswith("drive."):
            continue  # Drive passes over what it does not know
        if schema is None:
            told = f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query parameter. '
            wrong.append(("", f"{told}Field '{name}' could not be found in request message."))
            continue
        values = [parameter(schema, text) for text in texts]
        wrong += [entry for value in values for entry in wrong_parameter(schema, name, value)]
        params[name] = values if schema.get("repeated") else values[-1]
    if wrong:
        raise malformed(wrong)
    fields = params.get("fields")
    mask = Mask.read(fields) if fields else None
    for field in mask.paths() if mask and method.response else ():
        if service.unknown_field(method.response or "", field):
            raise wrong_fields(field)
    return params, mask


def _body(service: Discovery, method: Method, request: Request) -> Message:
    """Read the body by its schema. Raises `Refused`."""
    text = request.get_data(as_text=True)
    if method.request is None or not text.strip():
        return {}
    try:
        body = json.loads(text)
    except ValueError:
        raise invalid("Invalid JSON payload received. Unexpected token.\n" + text[:60]) from None
    at = _BODY_AT.get(method.id, "")
    if not isinstance(body, dict):
        raise invalid('Invalid JSON payload received. Unknown name "": Root element must be a message.')
    if wrong := service.check(method.request, body, at):
        raise malformed(wrong)
    return service.tidy(method.request, body)


def _open(windows: Windows) -> None:
    """Let the next person act, if there is one."""
    act = windows.popleft() if windows else None
    if act is not None:
        act()

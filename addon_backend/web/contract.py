"""One decorator that makes a function an endpoint, and keeps the contract's promises for it.

In this order: the ticket is read (401), the rate is counted (429), the body is read and checked (413, 415,
400, 422), the host of somebody else's run is asked about the caller, the work is done, the reply is written
from its shape. Where a ticket is what is asked for, nobody has one yet: the work finds out who asks, counts
the rate and says so (`asked_by`).

What `Endpoint` knows is also what the OpenAPI document says, so the two cannot differ.
"""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Concatenate, Generic, TypeVar

from flask import Response, g, request
from pydantic import BaseModel, TypeAdapter, ValidationError

from addon_backend.domain.errors import AddonError
from addon_backend.domain.workspaces import Caller
from addon_backend.security.limits import Rate
from addon_backend.services.house import House
from addon_backend.services.runs.access import admit
from addon_backend.telemetry import logs
from addon_backend.web import edge
from addon_backend.web.json_body import Json, read_json
from addon_backend.web.problems import BodyMismatch, BodyTooLarge, FieldError, MediaTypeWrong
from addon_backend.web.replies import reply_adapter
from addon_backend.web.shapes import Nothing

Asked = TypeVar("Asked", bound=BaseModel)
Reply = TypeVar("Reply")

SELECTION_BYTES = 4 * 1024 * 1024
BODY_BYTES = 64 * 1024
NOBODY = Caller("", "")


@dataclass(frozen=True, slots=True)
class Call(Generic[Asked]):
    """One request, checked: who asks for what. ``asked`` is the body, or the query string of a GET."""

    house: House
    caller: Caller
    asked: Asked
    digest: str


@dataclass(frozen=True, slots=True)
class Answer(Generic[Reply]):
    """What an endpoint answers; without a value the body is empty."""

    value: Reply | None
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)


Work = Callable[Concatenate[Call[Asked], ...], Answer[Reply]]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A route and its contract; calling it answers the current request."""

    method: str
    rule: str
    name: str
    promise: str
    asks: type[BaseModel]
    replies: type[object]
    errors: Sequence[type[AddonError]]
    rate: Rate
    status: int
    longest: int
    headers: Mapping[str, str]
    ticket: bool
    answer: Callable[..., Response]

    def __call__(self, **path: str) -> Response:
        """Answer the current request."""
        return self.answer(**path)


def endpoint(  # noqa: PLR0913 - a contract has these parts
    method: str,
    rule: str,
    *,
    asks: type[Asked],
    replies: type[Reply],
    rate: Rate,
    errors: Sequence[type[AddonError]] = (),
    status: int = 200,
    longest: int = BODY_BYTES,
    headers: Mapping[str, str] | None = None,
    ticket: bool = True,
) -> Callable[[Work[Asked, Reply]], Endpoint]:
    """Make a function an `Endpoint`. ``headers`` documents request headers by name.

    Without ``ticket`` anybody may ask: the caller of its work is `NOBODY`.
    """
    writer = reply_adapter(replies)

    def make(work: Work[Asked, Reply]) -> Endpoint:
        def answer(**path: str) -> Response:
            here, caller = edge.edge(), NOBODY
            if ticket:
                caller = asked_by(edge.caller())
                here.limits.spend(rate, caller)
            data = query_sent() if method == "GET" else json_sent(longest, may_be_absent=asks is Nothing)
            call = Call(here.house, caller, checked(asks, data), _digest(data))
            if "run_id" in path:
                admit(here.house, caller, path["run_id"])
            return _response(writer, work(call, **path))

        return Endpoint(
            method=method,
            rule=rule,
            name=work.__name__,
            promise=inspect.getdoc(work) or "",
            asks=asks,
            replies=replies,
            errors=errors,
            rate=rate,
            status=status,
            longest=longest,
            headers=headers or {},
            ticket=ticket,
            answer=answer,
        )

    return make


def asked_by(caller: Caller) -> Caller:
    """Answer in her language from here on, and name her in every line of the log."""
    g.language = caller.language
    logs.bind(workspace=caller.workspace, member=caller.member)
    return caller


def _response(writer: TypeAdapter[Reply], answer: Answer[Reply]) -> Response:
    if answer.value is None:
        response = Response(status=answer.status)
        del response.headers["Content-Type"]
    else:
        body = writer.dump_json(answer.value)
        response = Response(body, status=answer.status, content_type="application/json")
    response.headers.update(answer.headers)
    return response


def query_sent() -> Json:
    """Return the query string's parameters. Raises `BodyMismatch` where one is given twice."""
    repeated = [name for name, values in request.args.lists() if len(values) > 1]
    if repeated:
        raise BodyMismatch([FieldError("", "A parameter is given more than once.")])
    return dict(request.args.items())


def json_sent(longest: int = BODY_BYTES, *, may_be_absent: bool = False) -> Json:
    """Return the JSON of this request. Raises `BodyTooLarge`, `MediaTypeWrong` or `BodyUnreadable`."""
    if (request.content_length or 0) > longest:
        raise BodyTooLarge(bytes=longest)
    request.max_content_length = longest + 1  # Werkzeug cuts a chunked body off there and says nothing
    body = request.get_data(cache=False)
    if len(body) > longest:
        raise BodyTooLarge(bytes=longest)
    if not body and may_be_absent:
        return {}
    if (
        request.mimetype != "application/json"
        or request.headers.get("Content-Encoding", "identity") != "identity"
    ):
        raise MediaTypeWrong
    return read_json(body)


def _digest(data: Json) -> str:
    """Return the same digest for the same content, however it was written."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()


def checked(asks: type[Asked], data: Json) -> Asked:
    """Return the data in its shape. Raises `BodyMismatch`."""
    try:
        return asks.model_validate(data)
    except ValidationError as wrong:
        raise BodyMismatch(_field_errors(wrong, _field_names(asks))) from None


def _field_errors(wrong: ValidationError, names: frozenset[str]) -> list[FieldError]:
    """Say where and what, by our own names only: the rest of a location may be what was sent."""
    found: dict[str, str] = {}
    for error in wrong.errors(include_url=False, include_context=False, include_input=False):
        pointer = ""
        for part in error["loc"]:
            if not isinstance(part, int) and part not in names:
                break
            pointer += f"/{part}"
        detail = _DETAILS.get(error["type"], error["msg"])
        found[pointer] = (
            detail if found.get(pointer, detail) == detail else "None of the allowed shapes fits."
        )
    return [FieldError(pointer, detail) for pointer, detail in found.items()]


_DETAILS = {"extra_forbidden": "There is a field that is not known here."}


def _field_names(shape: type[BaseModel]) -> frozenset[str]:
    schema = shape.model_json_schema()
    models = [schema, *schema.get("$defs", {}).values()]
    return frozenset(name for model in models for name in model.get("properties", {}))

"""The OpenAPI 3.1 document, built from the endpoints; ``python -m addon_backend.web.openapi`` prints it."""

from __future__ import annotations

import json
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from pydantic import TypeAdapter
from pydantic.json_schema import JsonSchemaMode

import addon_backend
from addon_backend.domain.errors import (
    AddonError,
    BodyInvalid,
    EngineUnavailable,
    NotSignedIn,
    TooManyRequests,
)
from addon_backend.web import problems
from addon_backend.web.contract import Endpoint
from addon_backend.web.replies import reply_adapter
from addon_backend.web.shapes import Nothing
from addon_backend.web.v1 import ENDPOINTS

Part: TypeAlias = Mapping[str, object]

_ALWAYS: Sequence[type[AddonError]] = (NotSignedIn, TooManyRequests, BodyInvalid, EngineUnavailable)
_WITH_BODY: Sequence[type[AddonError]] = (
    problems.BodyUnreadable,
    problems.BodyTooLarge,
    problems.MediaTypeWrong,
)
_PROBLEM: Part = {
    "title": "Problem",
    "description": "RFC 9457: `title` says what happened, `detail` the one thing to do.",
    "type": "object",
    "required": ["type", "title", "status", "detail", "code", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string", "description": "Stable; what a program should look at."},
        "request_id": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["pointer", "detail"],
                "properties": {"pointer": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}


def document(endpoints: Sequence[Endpoint] = ENDPOINTS) -> Part:
    """Return the whole document as plain data."""
    asked, replied, definitions = _schemas(endpoints)
    paths: dict[str, dict[str, Part]] = defaultdict(dict)
    for one in endpoints:
        path = re.sub(r"<(\w+)>", r"{\1}", one.rule)
        paths[path][one.method.lower()] = _operation(one, asked[one.name], replied[one.name])
    return {
        "openapi": "3.1.0",
        "info": {"title": "addon-backend", "version": "1", "description": addon_backend.__doc__},
        "security": [{"ticket": []}],
        "paths": paths,
        "components": {
            "schemas": {**definitions, "Problem": _PROBLEM},
            "securitySchemes": {"ticket": {"type": "http", "scheme": "bearer"}},
        },
    }


def text() -> str:
    """Return the document as it is committed."""
    return json.dumps(document(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def _schemas(endpoints: Sequence[Endpoint]) -> tuple[dict[str, Part], dict[str, Part], Part]:
    """Return what each endpoint asks and replies, by its name, and what these refer to."""
    asks: JsonSchemaMode = "validation"
    replies: JsonSchemaMode = "serialization"
    found, shared = TypeAdapter.json_schemas(
        [(one.name, asks, TypeAdapter(one.asks)) for one in endpoints]
        + [(one.name, replies, reply_adapter(one.replies)) for one in endpoints],
        ref_template="#/components/schemas/{model}",
    )
    by_name = {(name, mode): schema for (name, mode), schema in found.items()}
    return (
        {one.name: by_name[one.name, asks] for one in endpoints},
        {one.name: by_name[one.name, replies] for one in endpoints},
        shared.get("$defs", {}),
    )


def _operation(one: Endpoint, asked: Part, replied: Part) -> Part:
    summary, _, rest = one.promise.partition("\n")
    with_body = one.method in {"POST", "PATCH"}
    operation: dict[str, object] = {
        "operationId": one.name,
        "summary": summary,
        "parameters": [*_path_parameters(one), *_header_parameters(one), *([] if with_body else _query(one))],
        "responses": {
            str(one.status): {"description": "Done.", "content": {"application/json": {"schema": replied}}},
            **_refusals([*_ALWAYS, *one.errors, *(_WITH_BODY if with_body else ())]),
        },
    }
    if rest.strip():
        operation["description"] = " ".join(rest.split())
    if not one.ticket:
        operation["security"] = []
    if with_body:
        operation["requestBody"] = {
            "required": one.asks is not Nothing,
            "content": {"application/json": {"schema": asked}},
            "description": f"At most {one.longest // 1024} KB.",
        }
    return operation


def _path_parameters(one: Endpoint) -> list[Part]:
    names = re.findall(r"<(\w+)>", one.rule)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]


def _header_parameters(one: Endpoint) -> list[Part]:
    return [
        {
            "name": name,
            "in": "header",
            "required": name == "Idempotency-Key",
            "description": promise,
            "schema": {"type": "string"},
        }
        for name, promise in one.headers.items()
    ]


def _query(one: Endpoint) -> list[Part]:
    properties = one.asks.model_json_schema().get("properties", {})
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]


def _refusals(errors: Sequence[type[AddonError]]) -> dict[str, Part]:
    codes: dict[int, list[str]] = defaultdict(list)
    for error in dict.fromkeys(errors):
        codes[error.status].append(error.code)
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {
        str(status): {"description": ", ".join(f"`{code}`" for code in known), "content": content}
        for status, known in sorted(codes.items())
    }


if __name__ == "__main__":
    sys.stdout.write(text())

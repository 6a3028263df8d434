"""Google's own discovery documents: which calls there are, and what their requests and answers may hold."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

from tests.fakes.google_sheets.errors import Message

_FOLDER = files("googleapiclient") / "discovery_cache" / "documents"
_RANGES = {"int32": (-(2**31), 2**31 - 1), "uint32": (0, 2**32 - 1), "int64": (-(2**63), 2**63 - 1)}
_WIRE_TYPES = {
    "boolean": "TYPE_BOOL",
    "string": "TYPE_STRING",
    "number": "TYPE_DOUBLE",
    "integer": "TYPE_INT32",
}
_LIST = "type.googleapis.com/google.protobuf.ListValue"

Violation = tuple[str, str]
"""The path of a field, "" for the message itself, and what is wrong there, in Google's words."""


@dataclass(frozen=True)
class Method:
    """One call that Google documents. ``id`` is such as ``sheets.spreadsheets.values.get``."""

    id: str
    verb: str
    path: re.Pattern[str]
    literals: int
    parameters: Message
    request: str | None
    response: str | None
    scopes: frozenset[str]


class Discovery:
    """One service as its discovery document tells it."""

    def __init__(self, name: str) -> None:
        text = (_FOLDER / f"{name}.json").read_text(encoding="utf-8")
        self._document: Message = json.loads(text)
        self._schemas: Message = self._document["schemas"]
        self._methods = sorted(self._walk(self._document), key=lambda method: -method.literals)

    def find(self, verb: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """Return the call that an undecoded path names, with its decoded path parameters."""
        for method in self._methods:
            found = method.path.fullmatch(path) if method.verb == verb else None
            if found:
                return method, {name: unquote(value) for name, value in found.groupdict().items()}
        return None

    def known(self, method: Method) -> Message:
        """Return the parameters that a call takes, by name."""
        told: Message = self._document["parameters"] | method.parameters
        return told

    def check(self, schema: str, value: object, at: str = "") -> list[Violation]:
        """Return what is wrong with a message; an empty list where nothing is."""
        return list(self._check_object(self._schemas[schema], value, at))

    def tidy(self, schema: str, value: Message) -> Message:
        """Return a checked message without what is null, and with every number as one."""
        told: Message = _tidy_object(self._schemas, self._schemas[schema], value)
        return told

    def unknown_field(self, schema: str, path: str) -> bool:
        """Return True where a dotted path of a mask leads to no field of a message."""
        at: Message = self._schemas[schema]
        for name in path.split("."):
            if name == "*":
                return False
            properties = at.get("properties", {})
            if name not in properties:
                return "additionalProperties" not in at and at.get("type") != "any"
            at = properties[name]
            at = at.get("items", at)
            at = self._schemas[at["$ref"]] if "$ref" in at else at
        return False

    def _check_object(self, schema: Message, value: object, at: str) -> Iterator[Violation]:
        if not isinstance(value, dict):
            yield at, f"Invalid value at '{at}' ({_type_url(schema)}), {json.dumps(value)}"
            return
        properties = schema.get("properties", {})
        for name, held in value.items():
            inside = properties.get(name) or schema.get("additionalProperties")
            if inside is None:
                where = f" at '{at}'" if at else ""
                yield at, f'Invalid JSON payload received. Unknown name "{name}"{where}: Cannot find field.'
            elif held is not None:
                yield from self._check(inside, held, f"{at}.{_snake(name)}" if at else _snake(name))

    def _check(self, schema: Message, value: object, at: str) -> Iterator[Violation]:
        if "$ref" in schema:
            yield from self._check_object(self._schemas[schema["$ref"]] | {"id": schema["$ref"]}, value, at)
        elif schema["type"] == "array":
            yield from self._check_array(schema, value, at)
        elif schema["type"] == "object":
            yield from self._check_object(schema, value, at)
        elif not _fits(schema, value):
            yield (
                at,
                f"Invalid value at '{at}' ({_type_of(schema, at)}), {json.dumps(value, ensure_ascii=False)}",
            )

    def _check_array(self, schema: Message, value: object, at: str) -> Iterator[Violation]:
        items = schema["items"]
        if isinstance(value, list):
            for number, held in enumerate(value):
                yield from self._check(items, held, f"{at}[{number}]")
        elif items.get("type") in {"array", "any"}:
            yield at, f"Invalid value at '{at}' ({_LIST}), {json.dumps(value, ensure_ascii=False)}"
        elif isinstance(value, dict) or items.get("type") not in _WIRE_TYPES:
            yield (
                at,
                f"Invalid value at '{at}' ({_type_of(items, at)}), {json.dumps(value, ensure_ascii=False)}",
            )
        else:
            yield from self._check(
                items, value, f"{at}[0]"
            )  # protobuf's JSON lets one stand for a list of one

    def _walk(self, resource: Message) -> Iterator[Method]:
        for method in resource.get("methods", {}).values():
            path = f"/{self._document['servicePath']}{method['path']}"
            pattern = re.sub(r"\\\{\+?(\w+)\\\}", r"(?P<\1>[^/]+?)", re.escape(path))
            yield Method(
                id=method["id"],
                verb=method["httpMethod"],
                path=re.compile(pattern),
                literals=len(re.sub(r"\{[^}]*\}", "", path)),
                parameters=method.get("parameters", {}),
                request=method.get("request", {}).get("$ref"),
                response=method.get("response", {}).get("$ref"),
                scopes=frozenset(method.get("scopes", ())),
            )
        for inside in resource.get("resources", {}).values():
            yield from self._walk(inside)


@cache
def discovery(name: str) -> Discovery:
    """Return ``sheets.v4`` or ``drive.v3``."""
    return Discovery(name)


def parameter(schema: Message, text: str) -> Any:
    """Read a query parameter; what does not fit its type comes back as the text it is."""
    kind = schema["type"]
    if kind == "boolean" and text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if kind == "integer" and re.fullmatch(r"-?[0-9]+", text):
        return int(text)
    return text


def wrong_parameter(schema: Message, name: str, value: object) -> list[Violation]:
    """Return what is wrong with a query parameter's value."""
    if _fits(schema, value):
        return []
    at = _snake(name)
    return [
        (at, f"Invalid value at '{at}' ({_type_of(schema, at)}), {json.dumps(value, ensure_ascii=False)}")
    ]


def _fits(schema: Message, value: object) -> bool:
    """Tell whether a plain value has the type that the schema wants, protobuf's JSON way."""
    if "enum" in schema:
        return value in schema["enum"]
    match schema["type"]:
        case "any":
            return True
        case "boolean":
            return isinstance(value, bool)
        case "integer":
            return _whole(value, *_RANGES.get(schema.get("format", "int32"), _RANGES["int32"]))
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case _:
            number = isinstance(value, int) and not isinstance(value, bool)
            return isinstance(value, str) or (number and schema.get("format") == "int64")


def _tidy_object(schemas: Message, schema: Message, value: Message) -> Message:
    properties = schema.get("properties", {})
    return {
        name: _tidy(schemas, properties.get(name) or schema["additionalProperties"], held)
        for name, held in value.items()
        if held is not None
    }


def _tidy(schemas: Message, schema: Message, value: Any) -> Any:
    if "$ref" in schema:
        return _tidy_object(schemas, schemas[schema["$ref"]], value)
    if schema["type"] == "object":
        return _tidy_object(schemas, schema, value)
    if schema["type"] == "array":
        entries = value if isinstance(value, list) else [value]
        return [_tidy(schemas, schema["items"], held) for held in entries]
    return int(value) if schema["type"] == "integer" else value


def _whole(value: object, least: int, most: int) -> bool:
    if isinstance(value, str) and re.fullmatch(r"-?[0-9]+", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return float(value).is_integer() and least <= value <= most


def _type_of(schema: Message, at: str) -> str:
    if "$ref" in schema:
        return f"type.googleapis.com/google.apps.sheets.v4.{schema['$ref']}"
    if "enum" in schema:
        name = at.rpartition(".")[2].partition("[")[0]
        return "type.googleapis.com/google.apps.sheets.v4." + name.title().replace("_", "")
    return _WIRE_TYPES.get(schema.get("type", ""), "TYPE_MESSAGE")


def _type_url(schema: Message) -> str:
    return f"type.googleapis.com/google.apps.sheets.v4.{schema.get('id', 'Message')}"


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda found: "_" + found[0].lower(), name)

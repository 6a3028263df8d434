"""How bulk data is written into blocks: JSON, whole columns, dates and errors tagged."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from addon_backend.domain.cells import CellValue, DateValue, ErrorValue
from addon_backend.domain.facts import Fact, FactColumn

if TYPE_CHECKING:
    from collections.abc import Sequence


def pack_values(values: Sequence[CellValue]) -> bytes:
    """Write a column of cell values."""
    return json.dumps([_tag(value) for value in values], separators=(",", ":")).encode()


def unpack_values(data: bytes) -> list[CellValue]:
    """Read `pack_values` back."""
    return [_untag(value) for value in json.loads(data)]


def pack_facts(facts: FactColumn) -> bytes:
    """Write a column of facts, each distinct one once."""
    table = [
        [
            _tag(fact.value),
            fact.reason,
            round(fact.score, 4),
            fact.source,
            fact.rule,
            fact.review,
            fact.licence,
            fact.seen_on,
        ]
        for fact in facts.facts
    ]
    return json.dumps({"facts": table, "at": list(facts.at)}, separators=(",", ":")).encode()


def unpack_facts(data: bytes) -> FactColumn:
    """Read `pack_facts` back."""
    body = json.loads(data)
    facts = tuple(
        Fact(_untag(value), reason, score, source, rule, review, licence, seen_on)
        for value, reason, score, source, rule, review, licence, seen_on in body["facts"]
    )
    return FactColumn(facts, tuple(body["at"]))


def pack_data(data: object) -> bytes:
    """Write plain JSON data."""
    return json.dumps(data, separators=(",", ":")).encode()


def unpack_data(data: bytes) -> dict[str, object]:
    """Read an object back."""
    found = json.loads(data)
    if not isinstance(found, dict):
        raise TypeError
    return found


def unpack_outcomes(data: bytes | None) -> list[tuple[str, str] | None]:
    """Read what became of each cell of a chunk: (outcome, reason), None where its stage settles nothing."""
    return [tuple(one) if one else None for one in json.loads(data)] if data else []


def unpack_ints(data: bytes) -> list[int]:
    """Read a list of numbers back."""
    return [int(number) for number in json.loads(data)]


def unpack_texts(data: bytes) -> list[str | None]:
    """Read a list of texts back."""
    return [None if text is None else str(text) for text in json.loads(data)]


def tag(value: CellValue) -> object:
    """Return a cell value as plain JSON data."""
    return _tag(value)


def untag(value: object) -> CellValue:
    """Read `tag` back."""
    return _untag(value)


def _tag(value: CellValue) -> object:
    if isinstance(value, DateValue):
        return {"d": value.serial}
    if isinstance(value, ErrorValue):
        return {"e": value.code}
    return value


def _untag(value: object) -> CellValue:
    if isinstance(value, dict):
        return DateValue(float(value["d"])) if "d" in value else ErrorValue(str(value["e"]))
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise TypeError

"""JSON as strangers send it, read so that nothing later is surprised.

Refused: anything but UTF-8, a field given twice, ``NaN`` and ``Infinity``, digits and nesting without end.
Mended: half a surrogate pair and NUL, which sheets do hold and no store of ours can, become U+FFFD.
"""

from __future__ import annotations

import json
import re
from typing import NoReturn, TypeAlias

from addon_backend.web.problems import BodyUnreadable

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_SUSPECT = re.compile(rb"\\u(?:[dD][89a-fA-F]|0000)")
_UNSTORABLE = re.compile("[\ud800-\udfff\x00]")


def read_json(body: bytes) -> Json:
    """Return the parsed body. Raises `BodyUnreadable`."""
    try:
        data: Json = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_refuse)
    except (ValueError, RecursionError):  # ValueError covers broken UTF-8, broken JSON and digits without end
        raise BodyUnreadable from None
    return _mended(data) if _SUSPECT.search(body) else data


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise BodyUnreadable
    return data


def _refuse(_: str) -> NoReturn:
    raise BodyUnreadable


def _mended(data: Json) -> Json:
    match data:
        case str():
            return _UNSTORABLE.sub("\ufffd", data)
        case list():
            return [_mended(entry) for entry in data]
        case dict():
            return {_UNSTORABLE.sub("\ufffd", name): _mended(entry) for name, entry in data.items()}
        case _:
            return data

"""What may be written to a log (law 10): named fields of safe shapes, and nothing a person typed.

A log line is an allow-list, not a search for secrets: a field that is not in `FIELDS` is left out and only
its name is told, text that does not look like one of our own codes or ids becomes ``[redacted]``, and an
exception is told by its type and where it was raised, never by its message (a database driver's quotes
values).
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Mapping
from types import TracebackType

FIELDS = frozenset(
    """
    attempt bytes cells chunk code count credits endpoint engine event exception fence host kind left_out
    level logger member method ms number pid port reason request_id retry_after rows run run_id seconds source
    stage state status task timestamp trace_id version worker workspace
    """.split()
)
REDACTED = "[redacted]"

_CODE = re.compile(r"[A-Za-z0-9_.:/<>*+\-]{1,120}")
_TOKEN = re.compile(
    r"[A-Za-z0-9_\-]{12,}\.[A-Za-z0-9_\-]{4,}\.[A-Za-z0-9_\-]{12,}|(?<![0-9a-f-])[A-Za-z0-9_\-]{41,}"
)
_FOREIGN = re.compile(r"\S*[@=?&]\S*|'[^']*'|\"[^\"]*\"|\S{25,}|\S*\d{5,}\S*|[^\x20-\x7e]+")

Fields = Mapping[str, object]


def redact(fields: Fields) -> dict[str, object]:
    """Return what may be logged of these fields; ``left_out`` names the fields that may not."""
    kept = {name: _shaped(value) for name, value in fields.items() if name in FIELDS}
    left_out = sorted(name for name in fields if name not in FIELDS and _CODE.fullmatch(name))
    return {**kept, "left_out": left_out} if left_out else kept


def foreign_sentence(template: str) -> str:
    """Return another library's message without its arguments and without words that may carry a value."""
    return _FOREIGN.sub(REDACTED, template)[:300]


def exception_facts(error: BaseException | None) -> list[str]:
    """Return ``Type module:line function`` for the innermost frames, then the same of its causes."""
    facts: list[str] = []
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        code = getattr(error, "code", "")
        name = f"{type(error).__module__}.{type(error).__qualname__}"
        facts.append(f"{name} {code}" if isinstance(code, str) and _CODE.fullmatch(code) else name)
        facts += _frames(error.__traceback__)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return facts


def _frames(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-12:]
    return [f"  {'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}" for frame in frames]


def _shaped(value: object) -> object:
    match value:
        case None | bool() | int() | float():
            return value
        case str() if _CODE.fullmatch(value) and not _TOKEN.search(value):
            return value
        case _:
            return REDACTED

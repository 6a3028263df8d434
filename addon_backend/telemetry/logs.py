"""Structured logs: one JSON object per line on stderr, with who and which run bound to every line.

``bind(request_id=…)`` at an edge (a request, a job) and `clear` when it is over; `logger` in between. Events
are names (``run_started``), facts are fields; `redaction` decides what of it is written.
"""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import MutableMapping
from datetime import UTC, datetime
from typing import TextIO

import structlog

from addon_backend.telemetry.redaction import REDACTED, exception_facts, foreign_sentence, redact

_EVENT = re.compile(r"[a-z][a-z0-9_.]{0,80}")
_QUIET = ("urllib3", "rq", "alembic", "werkzeug", "gunicorn.access")


def set_up_logs(level: str = "info", stream: TextIO | None = None) -> None:
    """Send our lines and every library's to ``stream`` (stderr) as JSON; calling it again replaces it."""
    out = stream or sys.stderr
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            _render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(_ForeignFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(max(number, logging.INFO))
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)


def logger() -> structlog.typing.FilteringBoundLogger:
    """Return the logger; its lines carry what was bound."""
    known: structlog.typing.FilteringBoundLogger = structlog.get_logger()
    return known


def bind(**fields: str | int) -> None:
    """Add fields to every line of this thread from now on, until `clear`."""
    structlog.contextvars.bind_contextvars(**fields)


def clear() -> None:
    """Forget what was bound: the request or job is over."""
    structlog.contextvars.clear_contextvars()


def _render(_: object, __: str, fields: MutableMapping[str, object]) -> str:
    event = fields.pop("event", "")
    raised = fields.pop("exc_info", None)
    line = _line(event if isinstance(event, str) and _EVENT.fullmatch(event) else REDACTED, fields)
    if raised:
        line["exception"] = exception_facts(raised if isinstance(raised, BaseException) else sys.exception())
    return json.dumps(line)


def _line(event: str, fields: MutableMapping[str, object]) -> dict[str, object]:
    # structlog.contextvars is what a foreign line shares with ours: the request or run it belongs to
    return {
        "timestamp": datetime.now(UTC).isoformat(timespec="milliseconds"),
        "event": event,
        **redact(fields),
    }


class _ForeignFormatter(logging.Formatter):
    """A library's record: its template without arguments, and where it came from."""

    def format(self, record: logging.LogRecord) -> str:
        bound = structlog.contextvars.get_contextvars()
        fields = {**bound, "logger": record.name, "level": record.levelname.lower()}
        line = _line(foreign_sentence(str(record.msg)), fields)
        if record.exc_info:
            line["exception"] = exception_facts(record.exc_info[1])
        return json.dumps(line)

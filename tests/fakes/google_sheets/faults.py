"""What goes wrong, on demand: one fault for one call."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["", "throttled", "unavailable", "internal", "lost", "dropped", "late", "slow"]
"""Refused for quota; a 503 page; a 500; applied, then hung up; hung up, not applied; hung up, applied before
the next call; applied, answered after ``seconds``. "" lets one call pass untroubled."""

UNAVAILABLE_PAGE = (
    "<!DOCTYPE html>\n<html lang=en>\n  <meta charset=utf-8>\n"
    "  <title>Error 503 (Service Unavailable)!!1</title>\n"
    "  <p><b>503.</b> <ins>That’s an error.</ins>\n"
    "  <p>The service is temporarily unavailable. <ins>That’s all we know.</ins>\n"
)


@dataclass(frozen=True)
class Fault:
    """A fault for the next call whose name fits, such as ``spreadsheets.values.batchUpdate*``."""

    kind: Kind
    call: str = "*"
    seconds: float = 0.5


def next_fault(faults: deque[Kind | Fault], call: str) -> Fault:
    """Take the first fault that is meant for this call out of the script; an idle one if there is none."""
    for at, one in enumerate(faults):
        fault = one if isinstance(one, Fault) else Fault(one)
        if fnmatchcase(call, fault.call):
            del faults[at]
            return fault
    return Fault("")

"""Named places where a test may make the process die, to prove that nothing is lost there.

``ADDON_CRASH=after_host_write:3`` ends the process without any clean-up (as ``kill -9`` would) the third
time it passes that place. Without the variable a failpoint does nothing. The names are the ones listed here.
"""

from __future__ import annotations

import os
from collections import Counter

NAMES = (
    "before_claim",
    "after_claim",
    "after_snapshot",
    "after_compute",
    "after_ask",
    "after_answer",
    "after_columns",
    "before_host_write",
    "after_host_write",
    "after_mark_written",
    "before_finish",
    "after_finish",
)

KILLED = 137

_passed: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Die here if ``ADDON_CRASH`` says so."""
    wanted, _, times = os.environ.get("ADDON_CRASH", "").partition(":")
    if wanted != name:
        return
    _passed[name] += 1
    if _passed[name] >= int(times or 1):
        os._exit(KILLED)

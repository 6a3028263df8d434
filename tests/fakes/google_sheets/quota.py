"""Google's quotas: reads and writes, per person and per project, refilled every minute."""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.google_sheets.errors import exhausted
from tests.fakes.google_sheets.model import Grant

MINUTE = 60.0


@dataclass(frozen=True)
class Peak:
    """The most reads, and the most writes, that came within any 60 seconds."""

    reads: int
    writes: int


@dataclass
class Quota:
    """Counts calls on a clock in seconds. A batch is one call; what is refused uses up nothing."""

    clock: Callable[[], float]
    per_user: int = 60
    per_project: int = 300
    _used: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    _came: defaultdict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def spend(self, grant: Grant, kind: str) -> None:
        """Let one ``Read`` or ``Write`` pass. Raises the `Refused` of quota."""
        with self._lock:
            now = self.clock()
            self._came[grant.user, kind].append(now)
            minute = int(now // MINUTE)
            person, project = (minute, f"user {grant.user}", kind), (minute, f"project {grant.project}", kind)
            if self._used[person] >= self.per_user:
                raise exhausted(kind, "PerUser")
            if self._used[project] >= self.per_project:
                raise exhausted(kind, "PerProject")
            self._used[person] += 1
            self._used[project] += 1

    def peak(self, user: str) -> Peak:
        """Return the busiest minute of a person, refused calls included."""
        with self._lock:
            return Peak(_busiest(self._came[user, "Read"]), _busiest(self._came[user, "Write"]))


def _busiest(moments: list[float]) -> int:
    moments = sorted(moments)
    return max((bisect_left(moments, first + MINUTE) - at for at, first in enumerate(moments)), default=0)

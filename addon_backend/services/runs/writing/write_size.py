"""How many rows a write carries, so that the window in which an edit may be overwritten stays short."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean, linear_regression
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from addon_backend.ports.sheet_host import SheetHost
    from addon_backend.services.house import House

WINDOW_SECONDS = 1.0
"""What guard read → acknowledged write is meant to take."""
FEWEST_ROWS = 20
REMEMBERED = 8


@dataclass
class HostPace:
    """What was seen of a host: its last writes, and how long one takes however few rows it carries.

    A write that was slow for once, as somebody else kept the host busy, is outvoted by a quicker one.
    """

    writes: deque[tuple[int, float]] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    fixed: float = 0.0

    def took(self, rows: int, seconds: float) -> None:
        """Take note of one write: writes of two sizes tell what is the call's and what the rows'."""
        self.writes.append((rows, seconds))
        quickest = self._quickest()
        if len(quickest) > 1:
            slope, start = linear_regression(list(quickest), list(quickest.values()))
            self.fixed = max(0.0, start) if slope > 0 else min(quickest.values())
        self.fixed = min(self.fixed, *quickest.values())

    def seconds(self, rows: int) -> float:
        """Return how long a write of so many rows will take, by what was seen."""
        quickest = self._quickest()
        return self.fixed + (fmean(quickest.values()) - self.fixed) / fmean(quickest) * rows

    @property
    def settled(self) -> bool:
        """True when all that is remembered is of one size: what others would take is long forgotten."""
        return len(self.writes) == REMEMBERED and len(self._quickest()) == 1

    def _quickest(self) -> dict[int, float]:
        found: dict[int, float] = {}
        for rows, seconds in self.writes:
            found[rows] = min(seconds, found.get(rows, seconds))
        return found


class WriteSize:
    """How many rows a write carries: fewer where rows make it slow, more where it is quick.

    Where the call itself is slow, smaller writes would only be more of them: then rows may add half a second.
    """

    def __init__(self, house: House, host: SheetHost) -> None:
        """Begin with what this process has learnt, or as many as the host takes at once."""
        self._host = host
        self._pace = house.paces.setdefault(host.name, HostPace())

    @property
    def rows(self) -> int:
        """How many rows the next write may carry."""
        sizes = [*_halved(self._host.rows_per_write)]
        if not self._pace.writes:
            return sizes[0]
        longest = max(1.5 * WINDOW_SECONDS, self._pace.fixed + 0.5 * WINDOW_SECONDS)
        wanted = next((rows for rows in sizes if self._pace.seconds(rows) <= longest), sizes[-1])
        last, _ = self._pace.writes[-1]
        if self._pace.settled or wanted > last:  # one step up at a time: what more rows take is a guess
            return next((more for more, rows in pairwise(sizes) if rows <= last < more), wanted)
        return wanted

    def took(self, rows: int, seconds: float) -> None:
        """Take note of one write; where the host compares, no edit is ever in danger."""
        if not self._host.compares and 2 * rows > self.rows:  # a last short write says little
            self._pace.took(rows, seconds)


def _halved(most: int) -> Iterator[int]:
    rows = most
    while rows > FEWEST_ROWS:
        yield rows
        rows //= 2
    yield min(most, FEWEST_ROWS)

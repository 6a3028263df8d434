"""How many rows a write carries, so that the window in which an edit may be overwritten stays short."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from addon_backend.ports.sheet_host import SheetHost
    from addon_backend.services.house import House

WINDOW_SECONDS = 1.0
"""What guard read → acknowledged write is meant to take."""
FEWEST_ROWS = 20


class WriteSize:
    """How many rows a write carries: fewer where the host is slow, more where it is quick."""

    def __init__(self, house: House, host: SheetHost) -> None:
        """Begin with what this process has learnt, or as many as the host takes at once."""
        self._learnt, self._host = house.rows_per_write, host

    @property
    def rows(self) -> int:
        """How many rows the next write may carry."""
        return min(self._learnt.get(self._host.name, self._host.rows_per_write), self._host.rows_per_write)

    def took(self, rows: int, seconds: float) -> None:
        """Take note of one write; where the host compares, no edit is ever in danger."""
        if self._host.compares:
            return
        if seconds > 1.5 * WINDOW_SECONDS:
            self._learnt[self._host.name] = max(FEWEST_ROWS, min(rows, self.rows) // 2)
        elif seconds < 0.5 * WINDOW_SECONDS and rows >= self.rows:
            self._learnt[self._host.name] = min(self._host.rows_per_write, self.rows * 2)

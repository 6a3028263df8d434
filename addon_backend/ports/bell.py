"""The doorbell: it says "there is work", never what or whose."""

from __future__ import annotations

from typing import Protocol


class Bell(Protocol):
    """Wakes a worker. Losing every ring loses nothing: the sweeper rings again (law 1)."""

    def ring(self, times: int = 1) -> None:
        """Ring; never raises: a bell that cannot ring is logged and left to the sweeper."""
        ...

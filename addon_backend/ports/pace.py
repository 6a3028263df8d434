"""How long a sandbox's sheets take to be written to, so that a person can see what happens meanwhile."""

from __future__ import annotations

from typing import Protocol


class Pace(Protocol):
    """One number for all processes of a home."""

    def seconds(self) -> float:
        """Return how long each write takes; 0 where nobody has slowed them down."""
        ...

    def choose(self, seconds: float) -> None:
        """Let each write take so long from now on."""
        ...

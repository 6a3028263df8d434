"""A sandbox whose sheets answer slowly, as a designer chose: a pause before each small write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from addon_backend.domain.sheet import SheetRef
from addon_backend.local.host import LocalHost
from addon_backend.ports.documents import Documents
from addon_backend.ports.pace import Pace
from addon_backend.ports.sheet_host import WriteBatch

SLOW_ROWS = 40
"""Rows per write while a sheet is slow: a list of a few hundred rows can be watched, and stopped half-way."""


class FilePace:
    """Implements `ports.pace.Pace` in a file of the home, which web and workers share."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def seconds(self) -> float:
        """Return what was chosen last."""
        try:
            return float(self._file.read_text("ascii"))
        except (FileNotFoundError, ValueError):
            return 0.0

    def choose(self, seconds: float) -> None:
        """Keep it; whoever reads meanwhile finds the old number or the new one."""
        fresh = self._file.with_suffix(".new")
        fresh.write_text(str(seconds), "ascii")
        fresh.replace(self._file)


class PacedHost(LocalHost):
    """The local host of a sandbox: between the guard read and the write there is time to do something."""

    def __init__(
        self, documents: Documents, workspace: str, pace: Pace, sleep: Callable[[float], None]
    ) -> None:
        super().__init__(documents, workspace)
        self._pace, self._sleep = pace, sleep
        if pace.seconds():
            self.rows_per_write = SLOW_ROWS

    def write(self, ref: SheetRef, batch: WriteBatch) -> frozenset[int]:
        """Wait, then write as the local host does."""
        self._sleep(self._pace.seconds())
        return super().write(ref, batch)

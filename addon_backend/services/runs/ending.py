"""The end of a run, however it comes: money given back, the decisions list brought up to date, the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.services.runs.following.decide import settle_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from addon_backend.domain.runs import Run, RunState
    from addon_backend.ports.store import UnitOfWork


def end(
    unit: UnitOfWork, run: Run, allowed: Iterable[RunState], to: RunState, reason: str = "", keep: int = 0
) -> Run:
    """End a run in this transaction; ``keep`` credits stay reserved. Raises `RunState` in any other state."""
    unit.runs.release_rest(run.workspace, run.id, keep)
    ended = unit.runs.move(run.workspace, run.id, allowed, to, reason)
    settle_list(unit, ended)
    return ended

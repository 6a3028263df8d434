"""The end of a run, however it comes: money given back, the decisions list brought up to date, the state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.services.runs.decide import settle_list

if TYPE_CHECKING:
    from collections.abc import Iterable

    from addon_backend.domain.runs import Run, RunState
    from addon_backend.ports.store import UnitOfWork


def end(unit: UnitOfWork, run: Run, allowed: Iterable[RunState], to: RunState, reason: str = "") -> Run:
    """End a run in this transaction. Raises `RunState` where it is in none of the allowed states."""
    unit.runs.release_rest(run.workspace, run.id)
    settle_list(unit, run)
    return unit.runs.move(run.workspace, run.id, allowed, to, reason)

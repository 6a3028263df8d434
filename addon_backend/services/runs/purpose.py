"""What a run is for, how that is told, and whether what it wrote is still its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import Purpose

if TYPE_CHECKING:
    from addon_backend.domain.runs import Run
    from addon_backend.ports.store import UnitOfWork

DOING = {"undo": "undoing", "redo": "redoing", "decide": "deciding", "swap": "swapping"}
DONE = {"undo": "undone", "redo": "redone", "decide": "decided", "swap": "swapped"}


def kind_of(unit: UnitOfWork, run: Run) -> str:
    """Say what a run is for; undoing an undo brings back what the first run had done."""
    if run.purpose is not Purpose.UNDO:
        return run.purpose.value
    undoes = kind_of(unit, unit.runs.get(run.workspace, run.parent))
    return "redo" if undoes == "undo" else "undo"


def wrote(unit: UnitOfWork, run: Run) -> bool:
    """Tell whether the run changed any cell."""
    return any(
        Outcome.WRITTEN.value in counts
        for chunk in unit.chunks.of_run(run.workspace, run.id)
        for counts in chunk.tally.values()
    )


def in_effect(unit: UnitOfWork, run: Run) -> bool:
    """Tell whether what the run wrote is still what it left: nobody has undone it, or what it followed up."""
    return wrote(unit, run) and not undone(unit, run) and not undone_with_parent(unit, run)


def undone(unit: UnitOfWork, run: Run, since: float = 0.0) -> bool:
    """Tell whether an undo of the run, started since then, is in effect."""
    return any(
        child.purpose is Purpose.UNDO and child.created_at >= since and in_effect(unit, child)
        for child in unit.runs.following(run.workspace, [run.id])
    )


def undone_with_parent(unit: UnitOfWork, run: Run) -> bool:
    """Tell whether the run that this one followed up was undone since, and this one with it."""
    if run.purpose not in {Purpose.DECIDE, Purpose.SWAP}:
        return False
    return undone(unit, unit.runs.get(run.workspace, run.parent), run.created_at)

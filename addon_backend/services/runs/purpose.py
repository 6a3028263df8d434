"""What a run is for, and how that is told while it goes on and when it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

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

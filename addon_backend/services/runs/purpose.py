"""What a run is for, how that is told, and whether what it wrote is still its own."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome, may_stand
from addon_backend.domain.runs import Purpose, Stage
from addon_backend.ports.store import BlockKey
from addon_backend.services.runs.blocks import pack_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from addon_backend.domain.runs import Run
    from addon_backend.ports.store import UnitOfWork

DOING = {"undo": "undoing", "redo": "redoing", "decide": "deciding", "swap": "swapping"}
UNDONE = "undone"
"""The reason of a cell that an undo has put back, or that holds already what it would put back."""
DONE = {"undo": "undone", "redo": "redone", "decide": "decided", "swap": "swapped"}


def kind_of(unit: UnitOfWork, run: Run) -> str:
    """Say what a run is for; undoing an undo brings back what the first run had done."""
    if run.purpose is not Purpose.UNDO:
        return run.purpose.value
    undoes = kind_of(unit, unit.runs.get(run.workspace, run.parent))
    return "redo" if undoes == "undo" else "undo"


def wrote(unit: UnitOfWork, run: Run) -> bool:
    """Tell whether the run changed any cell, or may have."""
    return any(
        may_stand(outcome, reason)
        for counts in _tallies(unit, run)
        for outcome, reasons in counts.items()
        for reason in reasons
    )


def in_effect(unit: UnitOfWork, run: Run) -> bool:
    """Tell whether what the run did still holds: nobody has undone it, or what it followed up.

    An undo that found every cell as it was before has done its work, too.
    """
    done = wrote(unit, run) or any(
        UNDONE in counts.get(Outcome.ALREADY_THERE.value, ()) for counts in _tallies(unit, run)
    )
    return done and not undone(unit, run) and not undone_with_parent(unit, run)


def _tallies(unit: UnitOfWork, run: Run) -> Iterator[Mapping[str, Mapping[str, int]]]:
    for chunk in unit.chunks.of_run(run.workspace, run.id):
        yield from chunk.tally.values()


def undone(unit: UnitOfWork, run: Run) -> bool:
    """Tell whether an undo of the run is in effect."""
    return any(in_effect(unit, one) for one in _undos(unit, run))


def undone_with_parent(unit: UnitOfWork, run: Run) -> bool:
    """Tell whether an undo of the run that this one followed up has taken it along, and is in effect."""
    if run.purpose not in {Purpose.DECIDE, Purpose.SWAP}:
        return False
    parent = unit.runs.get(run.workspace, run.parent)
    return any(run.id in _along(unit, one) and in_effect(unit, one) for one in _undos(unit, parent))


def take_along(unit: UnitOfWork, undo: Run, others: Sequence[Run]) -> None:
    """Keep which follow-ups an undo takes back beside the run that it undoes."""
    unit.blocks.put(_along_key(undo), pack_data([one.id for one in others]))


def _along(unit: UnitOfWork, undo: Run) -> list[str]:
    packed = unit.blocks.get(_along_key(undo))
    return [] if packed is None else json.loads(packed)


def _along_key(undo: Run) -> BlockKey:
    return BlockKey(undo.workspace, undo.id, "along", Stage.PREPARE, 0, "")


def _undos(unit: UnitOfWork, run: Run) -> list[Run]:
    return [one for one in unit.runs.following(run.workspace, [run.id]) if one.purpose is Purpose.UNDO]

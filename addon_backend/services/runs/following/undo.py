"""Undo: a run that puts back what another one found, wherever its value still stands (DESIGN §4.5).

Which rows and which cells is what the other run stored; of its columns, those that somebody has deleted since
are left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from addon_backend.domain.errors import NothingToUndo, SheetUnknown
from addon_backend.domain.errors import RunState as WrongState
from addon_backend.domain.facts import BLANK, Fact, may_stand
from addon_backend.domain.runs import Operation, Purpose
from addon_backend.services.runs.access import visible_run
from addon_backend.services.runs.blocks import unpack_data, untag
from addon_backend.services.runs.following.follow_up import (
    Puts,
    begin,
    family,
    keep_puts,
    ordinals_of,
    parent_of,
    start_follow_up,
    still_there,
    take_over_all,
)
from addon_backend.services.runs.purpose import UNDONE, in_effect, take_along, undone_with_parent, wrote
from addon_backend.services.runs.snapshot import chunk_key, settled_cells
from addon_backend.services.runs.start import started_before
from addon_backend.services.runs.status import view

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Claim, Output, Run
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.views import RunView

NOTHING = Fact(None, "nothing_to_undo")


def undo(house: House, caller: Caller, run_id: str, key: str) -> tuple[RunView, bool]:
    """Start the run that undoes another, once per key; True says that this key had started it before.

    Raises `NotVisible`, `KeyMissing`, `KeyReused`, `RunState` while the other goes on, `NothingToUndo`, and
    `UndoTooLate` once what it needs has been erased.
    """
    with house.store.unit() as unit:
        body = f"undo {run_id}"
        before = started_before(unit, caller, key, body)
        if before is not None:
            return view(unit, caller, before), True
        other = visible_run(unit, caller, run_id)
        if not other.state.final:
            raise WrongState(state=other.state.value)
        if not wrote(unit, other) or undone_with_parent(unit, other):
            raise NothingToUndo
        run = start_follow_up(unit, caller, other, Purpose.UNDO, key, body)
        shown = view(unit, caller, run)
        unit.commit()
    house.bell.ring()
    return shown, False


def prepare_undo(house: House, claim: Claim, run: Run) -> None:
    """Take over the snapshot of the run that is undone, and turn before-images into what to put.

    With a run that enriched goes what followed it up: choices that were set, columns that were put in place.
    Raises `SheetUnknown` where none of its columns is left.
    """
    other = parent_of(house, run)
    run = replace(run, rows=other.rows, inputs=other.inputs)
    with house.store.unit() as unit:
        undone = _with_what_followed(unit, other)
        take_along(unit, run, undone[1:])
        unit.commit()
    columns: dict[str, Output] = {}
    for output in (output for member in undone for output in member.outputs):
        if output.target is not None:
            columns.setdefault(output.target, output)
    there = still_there(house, run, list(columns.values()))
    if not there:
        raise SheetUnknown
    outputs = [
        replace(output, operation=Operation.UNDO, inputs=(), sources=(), price=0, in_place=False)
        for output in there
    ]
    take_over_all(house, other, run)
    for output in outputs:
        with house.store.reading() as unit:
            puts = _back(unit, undone, output)
        keep_puts(house, claim, run, puts)
    begin(house, claim, run, outputs)


def _with_what_followed(unit: UnitOfWork, other: Run) -> list[Run]:
    """Return the run that is undone, and what followed it up and is in effect, oldest first."""
    if other.purpose is not Purpose.ENRICH:
        return [other]
    kept = {Purpose.DECIDE, Purpose.SWAP}
    later = [
        one for one in family(unit, other) if one.purpose in kept and one.state.final and in_effect(unit, one)
    ]
    return [other, *later]


def _back(unit: UnitOfWork, undone: Sequence[Run], output: Output) -> Puts:
    """Return what is to be put back into one column, and what must still stand there.

    That is what the first of these runs found in a cell, and what the last of them has put.
    """
    back: dict[int, Fact] = {}
    stands: dict[int, CellValue] = {}
    for run in undone:
        ordinals = range(run.rows) if len(undone) == 1 else ordinals_of(unit, run)
        for one in (one for one in run.outputs if one.target == output.target):
            images = _before_images(unit, run, one)
            for row, settled, fact in settled_cells(unit, run, one):
                if may_stand(*settled) and row in images:
                    image = BLANK if images[row] is None else images[row]
                    back.setdefault(ordinals[row], Fact(image, UNDONE, rule="undo"))
                    stands[ordinals[row]] = BLANK if fact.value is None else fact.value
    rows = range(undone[0].rows)
    return Puts(output, [back.get(row, NOTHING) for row in rows], [stands.get(row) for row in rows])


def _before_images(unit: UnitOfWork, run: Run, output: Output) -> dict[int, CellValue]:
    found: dict[int, CellValue] = {}
    for chunk in unit.chunks.of_run(run.workspace, run.id):
        packed = unit.blocks.get(chunk_key(run, "before", chunk.stage, chunk.number, output.name))
        if packed is not None:
            found |= {chunk.first + int(row): untag(image) for row, image in unpack_data(packed).items()}
    return found

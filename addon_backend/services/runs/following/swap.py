"""Swap: a run that puts the values of a column cleaned beside into the column they were cleaned from.

A row is swapped whole or not at all: where its original still holds what was read and ours still holds what
we last put there, the original is set and our cell is cleared. Anything else is somebody's edit and stays.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from addon_backend.domain.cells import is_blank
from addon_backend.domain.errors import NothingToSwap
from addon_backend.domain.errors import RunState as WrongState
from addon_backend.domain.facts import BLANK, Fact
from addon_backend.domain.runs import Operation, Output, Purpose
from addon_backend.services.runs.access import visible_run
from addon_backend.services.runs.following.follow_up import (
    Puts,
    begin,
    keep_puts,
    last_put,
    parent_of,
    start_follow_up,
    still_there,
    take_over_rows,
)
from addon_backend.services.runs.permits import permit_in_place
from addon_backend.services.runs.snapshot import rows_of, settled_cells
from addon_backend.services.runs.start import started_before
from addon_backend.services.runs.status import swappable, view

if TYPE_CHECKING:
    from addon_backend.domain.runs import Claim, Run
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.views import RunView

CLEARED = Fact(BLANK, "moved_in_place", rule="swap")


def swap(house: House, caller: Caller, run_id: str, name: str, key: str) -> tuple[RunView, bool]:
    """Start the run that swaps one cleaned column, once per key; True says that this key had started it.

    Raises `NotVisible`, `KeyMissing`, `KeyReused`, `RunState` while the run goes on, `NothingToSwap`,
    `InPlaceSwitchedOff`, what `permit` refuses, and `UndoTooLate` once what it needs has been erased.
    """
    with house.store.unit() as unit:
        body = f"swap {run_id} {name}"
        before = started_before(unit, caller, key, body)
        if before is not None:
            return view(unit, caller, before), True
        run = visible_run(unit, caller, run_id)
        permit_in_place(unit, caller)
        if not run.state.final:
            raise WrongState(state=run.state.value)
        output = next((one for one in swappable(unit, run) if one.name == name), None)
        if output is None:
            raise NothingToSwap
        started = start_follow_up(unit, caller, run, Purpose.SWAP, key, body, outputs=_pair(run, output))
        shown = view(unit, caller, started)
        unit.commit()
    house.bell.ring()
    return shown, False


def _pair(run: Run, output: Output) -> tuple[Output, Output]:
    """Return the original column, which is set, and ours, which is cleared: in this order."""
    original = next(column for column in run.inputs if column.anchor == output.inputs[0])
    ours = replace(output, name=f"clear:{original.anchor}", operation=Operation.SWAP, inputs=())
    put = Output(
        name=f"swap:{original.anchor}",
        header=original.header,
        operation=Operation.SWAP,
        field=output.field,
        inputs=(),
        target=original.anchor,
    )
    return put, ours


def prepare_swap(house: House, claim: Claim, run: Run) -> None:
    """Take over the rows in which our column holds a value, and turn it into what to put.

    Raises `NothingToSwap` where there is none, or where a column was deleted since.
    """
    parent = parent_of(house, run)
    original, ours = run.outputs
    if len(still_there(house, run, run.outputs)) < len(run.outputs):
        raise NothingToSwap
    with house.store.reading() as unit:
        put = last_put(unit, run, {original.target or "", ours.target or ""})
        clean = {row: value for row, value in put.get(ours.target or "", {}).items() if not is_blank(value)}
        ordinals = sorted(clean)
        if not ordinals:
            raise NothingToSwap
        read = rows_of(unit, parent, ordinals)[0].of(original.target or "")
        facts = _facts(unit, parent, ours)
    set_since = put.get(original.target or "", {})
    stands = [set_since.get(ordinal, cell) for ordinal, cell in zip(ordinals, read, strict=True)]
    values = [replace(facts[ordinal], value=clean[ordinal], reason="swapped") for ordinal in ordinals]
    run = replace(run, rows=len(ordinals), inputs=parent.inputs)
    take_over_rows(house, parent, run, ordinals)
    keep_puts(house, claim, run, Puts(original, values, stands))
    keep_puts(house, claim, run, Puts(ours, [CLEARED] * len(ordinals), [clean[row] for row in ordinals]))
    begin(house, claim, run, run.outputs)


def _facts(unit: UnitOfWork, run: Run, ours: Output) -> dict[int, Fact]:
    """Return where the values of our column come from."""
    output = next(one for one in run.outputs if one.target == ours.target)
    return {row: fact for row, _, fact in settled_cells(unit, run, output)}

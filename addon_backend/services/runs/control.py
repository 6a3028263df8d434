"""Stop that stops; Continue after a trial, a reached ceiling or trouble; taking a run over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.errors import BudgetTooLow, NotVisible, OwnerOnly
from addon_backend.domain.errors import RunState as WrongState
from addon_backend.domain.runs import (
    BUDGET_REACHED,
    HALTED,
    NOT_ADMITTED,
    OWNERLESS,
    ChunkState,
    RunState,
    Stage,
)
from addon_backend.services.runs.access import ask_host, visible_run
from addon_backend.services.runs.ending import end
from addon_backend.services.runs.finish import over_budget
from addon_backend.services.runs.permits import permit
from addon_backend.services.runs.status import view
from addon_backend.services.runs.writing.unconfirmed import leave_unconfirmed

if TYPE_CHECKING:
    from addon_backend.domain.runs import Run
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.views import RunView


def stop(house: House, caller: Caller, run_id: str) -> RunView:
    """Order nothing new from now on; what was bought or begun is still written, the rest released.

    What the engine has worked out costs nothing and can be worked out again: the writer leaves it.

    Stopping a run that is over changes nothing. Raises `NotVisible`.
    """
    with house.store.unit() as unit:
        run = stop_here(unit, visible_run(unit, caller, run_id))
        shown = view(unit, caller, run)
        unit.commit()
    house.bell.ring()
    return shown


def stop_here(unit: UnitOfWork, run: Run) -> Run:
    """Stop a run in this transaction; the bell is still to be rung."""
    closed = run.reason in OWNERLESS and not (run.reason == NOT_ADMITTED and _is_prepared(unit, run))
    if run.state in {RunState.QUEUED, RunState.PREPARING} or closed:
        return _end_here(unit, run)
    if run.state.final or run.state is RunState.STOPPING:
        return run
    unit.chunks.turn(run.workspace, run.id, ChunkState.PLANNED, ChunkState.SKIPPED)
    unit.chunks.turn(run.workspace, run.id, ChunkState.HELD, ChunkState.SKIPPED)
    return unit.runs.move(run.workspace, run.id, {RunState.RUNNING, RunState.PARKED}, RunState.STOPPING)


def _end_here(unit: UnitOfWork, run: Run) -> Run:
    """End a run that has written nothing yet, or that can write no more: its file is closed to it."""
    leave_unconfirmed(unit, run)
    for state in (ChunkState.COMPUTED, ChunkState.PLANNED, ChunkState.HELD):
        unit.chunks.turn(run.workspace, run.id, state, ChunkState.SKIPPED)
    unit.ledger.settle_doubts(run.workspace, run.id)
    return end(unit, run, {run.state}, RunState.STOPPED)


def go_on(house: House, caller: Caller, run_id: str, spend_at_most: int | None) -> RunView:
    """Go on with a parked run; ``reserved`` rises to ``spend_at_most``, never above what was quoted.

    One that had lost its owner's access, or its host, goes on where it was, and reserves nothing more.
    Raises `NotVisible`, `OwnerOnly`, `BudgetTooLow`, `WorkspacePaused`, `NotAdmitted`, or `RunState` where
    the run is not parked.
    """
    with house.store.unit() as unit:
        run = visible_run(unit, caller, run_id)
        if run.member != caller.member:
            raise OwnerOnly
        permit(unit, caller)
        halted = run.reason in OWNERLESS | HALTED
        run = _resume(unit, run) if halted else _go_further(unit, run, spend_at_most)
        shown = view(unit, caller, run)
        unit.commit()
    house.bell.ring(2)
    return shown


def take_over(house: House, caller: Caller, run_id: str) -> RunView:
    """Become the member of a run whose own can no longer open the file, and let it go on within its quote.

    The host is asked now, whatever it said before. Raises `NotVisible` where it does not let the caller in,
    `WorkspacePaused`, `NotAdmitted`, or `RunState` where the run does not need an owner.
    """
    with house.store.reading() as unit:
        run = visible_run(unit, caller, run_id)
    if not ask_host(house, caller, run.sheet.host, run.sheet.document):
        raise NotVisible
    with house.store.unit() as unit:
        permit(unit, caller)
        run = unit.runs.get(caller.workspace, run_id)
        if run.reason not in OWNERLESS:
            raise WrongState(state=run.state.value)
        unit.runs.hand_over(run.workspace, run.id, caller.member)
        run = _resume(unit, run)
        shown = view(unit, caller, run)
        unit.commit()
    house.bell.ring(2)
    return shown


def _resume(unit: UnitOfWork, run: Run) -> Run:
    """Take a run up where it was when it was halted: still to be prepared, or under way."""
    onward = RunState.RUNNING if _is_prepared(unit, run) else RunState.QUEUED
    return unit.runs.move(run.workspace, run.id, {RunState.PARKED}, onward)


def _is_prepared(unit: UnitOfWork, run: Run) -> bool:
    return any(chunk.stage is not Stage.PREPARE for chunk in unit.chunks.of_run(run.workspace, run.id))


def _go_further(unit: UnitOfWork, run: Run, spend_at_most: int | None) -> Run:
    waited_for = run.reason
    run = unit.runs.move(run.workspace, run.id, {RunState.PARKED}, RunState.RUNNING)
    money = unit.runs.reservation(run.workspace, run.id)
    most = money.quoted if spend_at_most is None else spend_at_most
    if waited_for == BUDGET_REACHED and most <= money.reserved:
        raise BudgetTooLow
    unit.runs.reserve(run.workspace, run.id, most)
    unit.chunks.turn(run.workspace, run.id, ChunkState.HELD, ChunkState.PLANNED)
    for chunk in unit.chunks.of_run(run.workspace, run.id):
        if chunk.stage is Stage.SOURCES and chunk.state is ChunkState.WRITTEN and over_budget(chunk):
            unit.chunks.reopen(run.workspace, run.id, chunk.stage, chunk.number)
    return unit.runs.get(run.workspace, run.id)

"""Stop that stops, and Continue after a trial, a reached ceiling or trouble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.runs import ChunkState, RunState, Stage
from addon_backend.services.runs.ending import end
from addon_backend.services.runs.finish import over_budget
from addon_backend.services.runs.status import view, visible_run

if TYPE_CHECKING:
    from addon_backend.domain.workspaces import Caller
    from addon_backend.services.house import House
    from addon_backend.services.runs.views import RunView


def stop(house: House, caller: Caller, run_id: str) -> RunView:
    """Order nothing new from now on; what is computed is still written, the rest released.

    Stopping a run that is over changes nothing. Raises `NotVisible`.
    """
    with house.store.unit() as unit:
        run = visible_run(unit, caller, run_id)
        if run.state in {RunState.QUEUED, RunState.PREPARING}:
            run = end(unit, run, {run.state}, RunState.STOPPED)
        elif not run.state.final and run.state is not RunState.STOPPING:
            unit.chunks.turn(run.workspace, run.id, ChunkState.PLANNED, ChunkState.SKIPPED)
            unit.chunks.turn(run.workspace, run.id, ChunkState.HELD, ChunkState.SKIPPED)
            run = unit.runs.move(
                run.workspace, run.id, {RunState.RUNNING, RunState.PARKED}, RunState.STOPPING
            )
        shown = view(unit, caller, run)
        unit.commit()
    house.bell.ring()
    return shown


def go_on(house: House, caller: Caller, run_id: str, spend_at_most: int | None) -> RunView:
    """Go on with a parked run; ``reserved`` rises to ``spend_at_most``, never above what was quoted.

    Raises `NotVisible`, or `RunState` where the run is not parked.
    """
    with house.store.unit() as unit:
        run = visible_run(unit, caller, run_id)
        run = unit.runs.move(run.workspace, run.id, {RunState.PARKED}, RunState.RUNNING)
        quoted = unit.runs.reservation(run.workspace, run.id).quoted
        unit.runs.reserve(run.workspace, run.id, quoted if spend_at_most is None else spend_at_most)
        unit.chunks.turn(run.workspace, run.id, ChunkState.HELD, ChunkState.PLANNED)
        for chunk in unit.chunks.of_run(run.workspace, run.id):
            if chunk.stage is Stage.SOURCES and chunk.state is ChunkState.WRITTEN and over_budget(chunk):
                unit.chunks.reopen(run.workspace, run.id, chunk.stage, chunk.number)
        shown = view(unit, caller, run)
        unit.commit()
    house.bell.ring(2)
    return shown

"""What a person has run, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import Purpose, RunState
from addon_backend.domain.sentences import state_sentence
from addon_backend.services.runs.access import admit_to_document
from addon_backend.services.runs.purpose import in_effect
from addon_backend.services.runs.status import tally, view
from addon_backend.services.runs.views import HistoryLine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from addon_backend.domain.runs import Run
    from addon_backend.domain.sheet import SheetRef
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.documents import StoredDocument
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.views import RunView

MOST_LINES = 100


def history(
    house: House, caller: Caller, document: str | None, before: float | None, limit: int
) -> Sequence[HistoryLine]:
    """Return this member's runs, on one document or all, created before a moment (for the next page).

    Of a document that she can open now, everybody's: one of them may need a new owner.
    """
    everybody = document is not None and _is_open(house, caller, document)
    member = None if everybody else caller.member
    with house.store.reading() as unit:
        runs = unit.runs.history(caller.workspace, member, document, before, max(1, min(limit, MOST_LINES)))
        return [_line(unit, caller, run) for run in runs]


def unseen(house: House, caller: Caller) -> Sequence[HistoryLine]:
    """Return this member's runs that ended or wait for her and that she has not looked at, newest first."""
    with house.store.reading() as unit:
        runs = unit.runs.unseen(caller.workspace, caller.member, MOST_LINES)
        return [_line(unit, caller, run) for run in runs]


def _is_open(house: House, caller: Caller, document: str) -> bool:
    """Ask the host of a document that was run on; without a run there is nothing to ask."""
    with house.store.reading() as unit:
        newest = unit.runs.history(caller.workspace, None, document, None, 1)
    return any(admit_to_document(house, caller, run.sheet.host, document) for run in newest)


def _line(unit: UnitOfWork, caller: Caller, run: Run) -> HistoryLine:
    chunks = unit.chunks.of_run(run.workspace, run.id)
    counts = [tally(output, run, chunks).get(Outcome.WRITTEN.value) for output in run.outputs]
    mine = run.member == caller.member
    return HistoryLine(
        id=run.id,
        title=run.title,
        range=run.range.a1,
        recipe=run.recipe.name,
        state=run.state.value,
        sentence=state_sentence(run.state.value, run.reason, caller.language),
        rows=run.rows,
        written=sum(counted.total() for counted in counts if counted),
        credits=unit.runs.reservation(run.workspace, run.id).spent,
        created_at=run.created_at,
        finished_at=run.finished_at,
        mine=mine,
        unseen=mine and run.unseen,
    )


def undelivered_run(house: House, caller: Caller, source: str) -> tuple[StoredDocument, RunView] | None:
    """Return the newest run of this member on a file of this path that is still open.

    Who has the result forgets the file: what is open was interrupted, while it ran or while it was exported.
    """
    documents = {one.id: one for one in house.documents.all(caller.workspace) if one.source == source}
    with house.store.reading() as unit:
        for run in unit.runs.history(caller.workspace, caller.member, None, None, MOST_LINES):
            if run.sheet.document in documents and run.state is not RunState.FAILED:
                return documents[run.sheet.document], view(unit, caller, run)
    return None


def open_run(house: House, caller: Caller, sheet: SheetRef) -> RunView | None:
    """Return the newest run of this member on a sheet that has not ended; of one that has, all is there."""
    return _newest(house, caller, sheet, lambda _, run: not run.state.final)


def standing_run(house: House, caller: Caller, sheet: SheetRef) -> RunView | None:
    """Return the newest run of this member on a sheet that filled it and has not been undone."""
    return _newest(
        house, caller, sheet, lambda unit, run: run.purpose is Purpose.ENRICH and in_effect(unit, run)
    )


def _newest(
    house: House, caller: Caller, sheet: SheetRef, wanted: Callable[[UnitOfWork, Run], bool]
) -> RunView | None:
    with house.store.reading() as unit:
        for run in unit.runs.history(caller.workspace, caller.member, sheet.document, None, MOST_LINES):
            if run.sheet == sheet and wanted(unit, run):
                return view(unit, caller, run)
    return None

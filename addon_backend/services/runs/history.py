"""What a person has run, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import RunState
from addon_backend.domain.sentences import state_sentence
from addon_backend.services.runs.status import tally, view
from addon_backend.services.runs.views import HistoryLine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.documents import StoredDocument
    from addon_backend.services.house import House
    from addon_backend.services.runs.views import RunView

MOST_LINES = 100


def history(
    house: House, caller: Caller, document: str | None, before: float | None, limit: int
) -> Sequence[HistoryLine]:
    """Return this member's runs, on one document or all, created before a moment (for the next page)."""
    with house.store.reading() as unit:
        lines = []
        for run in unit.runs.history(
            caller.workspace, caller.member, document, before, max(1, min(limit, MOST_LINES))
        ):
            chunks = unit.chunks.of_run(run.workspace, run.id)
            written = sum(
                tally(output, run, chunks)[Outcome.WRITTEN.value].total()
                for output in run.outputs
                if Outcome.WRITTEN.value in tally(output, run, chunks)
            )
            lines.append(
                HistoryLine(
                    id=run.id,
                    title=run.title,
                    range=run.range.a1,
                    recipe=run.recipe.name,
                    state=run.state.value,
                    sentence=state_sentence(run.state.value, run.reason, caller.language),
                    rows=run.rows,
                    written=written,
                    credits=unit.runs.reservation(run.workspace, run.id).spent,
                    created_at=run.created_at,
                    finished_at=run.finished_at,
                )
            )
    return lines


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

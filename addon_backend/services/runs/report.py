"""The end of a run in a salesperson's words: why cells stayed empty, and what was not spent."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import Operation
from addon_backend.domain.sentences import unspent_sentence
from addon_backend.services.runs.access import visible_run
from addon_backend.services.runs.reasons import explained
from addon_backend.services.runs.status import note_seen, tally, view
from addon_backend.services.runs.views import ReasonCount, Report, Unspent

if TYPE_CHECKING:
    from addon_backend.domain.runs import Chunk, Run
    from addon_backend.domain.workspaces import Caller
    from addon_backend.services.house import House


def report(house: House, caller: Caller, run_id: str) -> Report:
    """Return the run's report as it stands. Raises `NotVisible`."""
    with house.store.reading() as unit:
        run = visible_run(unit, caller, run_id)
        chunks = list(unit.chunks.of_run(run.workspace, run.id))
        shown = view(unit, caller, run)
    note_seen(house, caller, run)
    return Report(
        run=shown,
        not_spent=_not_spent(run, chunks, shown.money.released, caller.language),
        explained=_explained(run, chunks, caller.language),
    )


def _not_spent(run: Run, chunks: list[Chunk], left: int, language: str) -> list[Unspent]:
    if run.parent:
        return []  # following up costs nothing of its own
    counted = [(output, tally(output, run, chunks)) for output in run.outputs]
    counts = {
        "free_engine": sum(
            found[Outcome.WRITTEN.value].total()
            for output, found in counted
            if Outcome.WRITTEN.value in found and not output.price
        ),
        "already_there": sum(
            found[Outcome.ALREADY_THERE.value].total()
            for output, found in counted
            if Outcome.ALREADY_THERE.value in found
        ),
        "released": left,
    }
    return [
        Unspent(code, count, unspent_sentence(code, count, language))
        for code, count in counts.items()
        if count > 0
    ]


def _explained(run: Run, chunks: list[Chunk], language: str) -> list[ReasonCount]:
    """Count why cells were not filled, most frequent first.

    Rows without a double, and blank cells that there was nothing to clean in, are no news.
    """
    reasons: Counter[str] = Counter()
    for output in run.outputs:
        if output.operation is Operation.DUPLICATES:
            continue
        for outcome, found in tally(output, run, chunks).items():
            if outcome not in {Outcome.WRITTEN, Outcome.ALREADY_THERE}:
                reasons.update(found)
    del reasons["empty"]
    return [ReasonCount(code, count, *explained(code, language)) for code, count in reasons.most_common()]

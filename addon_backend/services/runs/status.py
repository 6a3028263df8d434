"""Where a run stands: what the panel polls."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import OWNERLESS, ChunkState, Operation, Purpose, RunState, Stage
from addon_backend.domain.sentences import decisions_headline, state_sentence
from addon_backend.domain.sheet import column_letter
from addon_backend.services.runs.access import visible_run
from addon_backend.services.runs.following.board import Counts, counts
from addon_backend.services.runs.purpose import in_effect, kind_of, undone_with_parent, wrote
from addon_backend.services.runs.reasons import explained
from addon_backend.services.runs.views import Money, OutputView, ReasonCount, RunView
from addon_backend.services.runs.writing.progress import with_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.runs import Chunk, Output, Reservation, Run
    from addon_backend.domain.switches import Switches
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House

LEAST_SHARE_FOR_A_GUESS = 0.02


def run_view(house: House, caller: Caller, run_id: str) -> RunView:
    """Return the run to who may see it; its member has seen it then. Raises `NotVisible`."""
    with house.store.reading() as unit:
        run = visible_run(unit, caller, run_id)
        shown = view(unit, caller, run)
    note_seen(house, caller, run)
    return shown


def note_seen(house: House, caller: Caller, run: Run) -> None:
    """Remember that its member has looked at a run that ended or waits: no e-mail, no badge for it."""
    if run.member == caller.member and run.unseen:
        with house.store.unit() as unit:
            unit.runs.seen(run.workspace, run.id, run.version)
            unit.commit()


def run_version(house: House, caller: Caller, run_id: str) -> int:
    """Return only the version, cheaply: the long-poll's question. Raises `NotVisible`."""
    with house.store.reading() as unit:
        return unit.runs.version(caller.workspace, run_id)


def view(unit: UnitOfWork, caller: Caller, run: Run) -> RunView:
    """Put together what a panel shows; outcomes of a final run sum to rows × outputs."""
    chunks = with_progress(unit, run, unit.chunks.of_run(run.workspace, run.id))
    switches = unit.administration.switches(run.workspace)
    in_place = swappable(unit, run) if switches.in_place else []
    outputs = [
        _output(output, run, chunks, caller.language, can_swap=output in in_place) for output in run.outputs
    ]
    total: Counter[str] = Counter()
    for output in outputs:
        total.update(output.counts)
    done = sum(_rows_done(chunk) for chunk in chunks if chunk.stage is Stage.ENGINE)
    begun, through = _shares(run, chunks)
    reservation = unit.runs.reservation(run.workspace, run.id)
    open_ = counts(unit, run) if run.answerable else Counts()
    return RunView(
        id=run.id,
        state=run.state.value,
        reason=run.reason,
        sentence=state_sentence(run.state.value, _why(run, switches), caller.language),
        version=run.version,
        document=run.sheet.document,
        sheet=run.sheet.sheet,
        title=run.title,
        range=run.range.a1,
        recipe=run.recipe.name,
        rows=run.rows,
        rows_done=done,
        fraction=_fraction(run, begun, through),
        ready_in=_ready_in(run, through, unit.now()),
        counts=dict(total),
        outputs=outputs,
        money=_money(reservation),
        on_their_way=_on_their_way(unit, run, reservation),
        actions=_actions(unit, run, mine=run.member == caller.member),
        mine=run.member == caller.member,
        decisions=open_.decisions,
        decisions_headline=decisions_headline(open_.decisions, open_.rows, caller.language),
        kind=kind_of(unit, run),
        parent=run.parent or None,
        trial=bool(run.trial_rows),
        quality_before=run.quality_before,
        quality_after=run.quality_after,
        created_at=run.created_at,
        finished_at=run.finished_at,
        erase_at=run.erase_at,
    )


def _why(run: Run, switches: Switches) -> str:
    """Return why the run stands where it stands; one of a paused workspace does so because of that."""
    waits = run.state.final or run.state is RunState.PARKED
    return "paused" if switches.paused and not waits else run.reason


def tally(output: Output, run: Run, chunks: Sequence[Chunk]) -> dict[str, Counter[str]]:
    """Count reasons by outcome for one output; what no chunk has counted is ``not_asked`` or ``failed``."""
    found: dict[str, Counter[str]] = {}
    failed = 0
    for chunk in chunks:
        for outcome, reasons in chunk.tally.get(output.name, {}).items():
            found.setdefault(outcome, Counter()).update(reasons)
        if chunk.state is ChunkState.FAILED and chunk.stage in {Stage.ENGINE, Stage.SOURCES}:
            failed += chunk.count
    if run.state.final:
        left = run.rows - sum(counts.total() for counts in found.values())
        lost = min(failed, left)
        if lost:
            found.setdefault(Outcome.FAILED.value, Counter())["row_kills_worker"] += lost
        if left - lost > 0:
            found.setdefault(Outcome.NOT_ASKED.value, Counter())["stopped"] += left - lost
    return found


def swappable(unit: UnitOfWork, run: Run) -> list[Output]:
    """Return the columns cleaned beside whose values may be put in place: written, not swapped already."""
    beside = [output for output in run.outputs if output.operation is Operation.CLEAN and output.own]
    if not run.state.final or run.parent or not beside or unit.now() >= (run.erase_at or 0):
        return []
    if not in_effect(unit, run):
        return []
    swapped = {
        output.target
        for swap in unit.runs.following(run.workspace, [run.id])
        if swap.purpose is Purpose.SWAP and (not swap.state.final or in_effect(unit, swap))
        for output in swap.outputs
    }
    chunks = unit.chunks.of_run(run.workspace, run.id)
    return [
        output
        for output in beside
        if output.target not in swapped and Outcome.WRITTEN.value in tally(output, run, chunks)
    ]


def _output(
    output: Output, run: Run, chunks: Sequence[Chunk], language: str, *, can_swap: bool
) -> OutputView:
    counted = tally(output, run, chunks)
    index = next((column.index for column in run.inputs if column.anchor == output.target), None)
    return OutputView(
        name=output.name,
        header=output.header,
        operation=output.operation.value,
        field=output.field,
        letter=None if index is None else column_letter(index),
        counts={outcome: reasons.total() for outcome, reasons in counted.items()},
        reasons={
            outcome: [
                ReasonCount(code, count, *explained(code, language)) for code, count in reasons.most_common()
            ]
            for outcome, reasons in counted.items()
        },
        can_swap=can_swap,
    )


def _rows_done(chunk: Chunk) -> int:
    """Count the rows of a chunk that were gone through: it is written, or being written."""
    settled = [
        sum(sum(reasons.values()) for reasons in outcomes.values()) for outcomes in chunk.tally.values()
    ]
    return max(settled, default=chunk.count if chunk.state is ChunkState.WRITTEN else 0)


def _shares(run: Run, chunks: Sequence[Chunk]) -> tuple[float, float]:
    """Return how much of the run's work is begun, and how much of it stands in the sheet or is given up."""
    over = {ChunkState.WRITTEN, ChunkState.FAILED, *(() if run.state.final else (ChunkState.SKIPPED,))}
    begun = through = total = 0
    for chunk in chunks:
        if chunk.stage not in {Stage.ENGINE, Stage.SOURCES}:
            continue
        total += chunk.count
        if chunk.state in over:
            begun, through = begun + chunk.count, through + chunk.count
        elif chunk.state is ChunkState.COMPUTED:
            begun, through = begun + chunk.count, through + _rows_done(chunk)
    return (begun / total, through / total) if total else (0.0, 0.0)


def _fraction(run: Run, begun: float, through: float) -> float:
    """Return how far a run is: half of its work is computing, but a follow-up computes nothing."""
    if run.state is RunState.FINISHED:
        return 1.0
    return round(through if run.parent else (begun + through) / 2, 4)


def _ready_in(run: Run, through: float, now: float) -> int | None:
    """Guess by what stands in the sheet already; who computes is ahead of who writes."""
    if run.state is not RunState.RUNNING or run.started_at is None or through < LEAST_SHARE_FOR_A_GUESS:
        return None
    return max(1, round((now - run.started_at) * (1 - through) / through))


def _money(reservation: Reservation) -> Money:
    return Money(
        quoted=reservation.quoted,
        reserved=reservation.reserved,
        spent=reservation.spent,
        released=reservation.released,
        provider_units_quoted=reservation.provider_units_quoted,
        provider_units_spent=reservation.provider_units_spent,
        provider_units_possibly_spent=reservation.provider_units_possibly_spent,
    )


def _on_their_way(unit: UnitOfWork, run: Run, reservation: Reservation) -> int:
    """Return what a stopping run may still spend: its open look-ups, as if each filled all that it can."""
    if run.state is not RunState.STOPPING:
        return 0
    worth = sum(
        count * sum(output.price for output in run.outputs if source in output.sources)
        for source, count in unit.ledger.on_their_way(run.workspace, run.id).items()
    )
    return min(worth, reservation.reserved - reservation.spent)


def _actions(unit: UnitOfWork, run: Run, *, mine: bool) -> list[str]:
    """Say what this person can do: to go on spends, so only its member may; others may take it over."""
    if run.state.final and wrote(unit, run) and unit.now() < (run.erase_at or 0):
        return [] if undone_with_parent(unit, run) else ["undo"]
    if run.state is RunState.PARKED:
        onward = ["continue"] if mine else ["take_over"] if run.reason in OWNERLESS else []
        return [*onward, "stop"]
    return ["stop"] if run.state in {RunState.QUEUED, RunState.PREPARING, RunState.RUNNING} else []

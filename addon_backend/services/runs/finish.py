"""The last step of a run: park it where a person must choose, else verify, settle and end it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from addon_backend.domain.errors import NothingToRead, SelectionEmpty, SheetUnknown
from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import BUDGET_REACHED, ChunkState, Operation, Purpose, RunState
from addon_backend.engine.organise import quality_score
from addon_backend.engine.plan.protection import COLUMN_GONE
from addon_backend.services.runs.earlier import EarlierValues
from addon_backend.services.runs.ending import end
from addon_backend.services.runs.following.board import keep_groups
from addon_backend.services.runs.following.offers import offered
from addon_backend.services.runs.following.shares import held, with_charges
from addon_backend.services.runs.purpose import DONE, kind_of
from addon_backend.services.runs.selection.reading import read_table
from addon_backend.services.runs.snapshot import read_plan
from addon_backend.services.runs.writing.deleted import with_what_is_left
from addon_backend.services.runs.writing.doubts import in_doubt, settle
from addon_backend.services.runs.writing.guard import load_chunk
from addon_backend.services.runs.writing.headers import settle_headers
from addon_backend.services.runs.writing.rows import RunRows
from addon_backend.services.runs.writing.sending import Sender
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.runs import Chunk, Claim, Reservation, Run
    from addon_backend.ports.sheet_host import SheetHost
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House
    from addon_backend.services.runs.following.board import Group


_LEFT = {Outcome.KEPT.value, Outcome.REVIEW.value}
_SET = {Outcome.WRITTEN.value, Outcome.ALREADY_THERE.value}


def finish(house: House, claim: Claim) -> None:
    """End or park the run. Nothing is planned or computed any more, and nobody else writes to the sheet."""
    with house.store.reading() as unit:
        run = unit.runs.get(claim.workspace, claim.run)
        chunks = unit.chunks.of_run(run.workspace, run.id)
        reservation = unit.runs.reservation(run.workspace, run.id)
    reason = "" if run.state is RunState.STOPPING else _waits_for(chunks, reservation)
    if not reason and run.state is RunState.RUNNING:
        with house.store.unit() as unit:
            unit.runs.move(run.workspace, run.id, {RunState.RUNNING}, RunState.RUNNING, "checking")
            unit.commit()
    _settle_sheet(house, claim, run, chunks, ends=not reason)
    half_done = run.state is RunState.STOPPING or run.parent
    quality = None if reason or half_done else _quality(house, run)
    groups = _offered(house, run)
    failpoint("before_finish")
    with house.store.unit() as unit:
        keep = 0
        if groups is not None:
            # A run that waits may need all its credits: what was bought is decided on when it has ended.
            board = keep_groups(unit, run, [one for one in groups if not (reason and one.charge)])
            keep = held(unit, run, board)
        if reason:
            unit.work.hand_back(claim)
            unit.runs.move(run.workspace, run.id, {RunState.RUNNING}, RunState.PARKED, reason)
        else:
            stopped = run.state is RunState.STOPPING
            unit.chunks.turn(run.workspace, run.id, ChunkState.PLANNED, ChunkState.SKIPPED)
            unit.ledger.settle_doubts(run.workspace, run.id)
            settle(unit, run)
            unit.runs.describe(run.workspace, run.id, quality_after=quality)
            unit.chunks.done(claim)
            end(
                unit,
                run,
                {RunState.STOPPING if stopped else RunState.RUNNING},
                RunState.STOPPED if stopped else RunState.FINISHED,
                _done(unit, run, chunks),
                keep,
            )
        unit.commit()
    failpoint("after_finish")


def _settle_sheet(house: House, claim: Claim, run: Run, chunks: Sequence[Chunk], *, ends: bool) -> None:
    """Look at the sheet once more, as far as its columns are there."""
    host = house.host(run.sheet.host, run.workspace, run.member)

    def settle(run: Run) -> None:
        _verify_what_was_in_doubt(house, host, claim, run, chunks)
        if ends and (run.parent or run.state is RunState.STOPPING):
            settle_headers(host, run)

    with suppress(SheetUnknown):  # nothing is left by which anything of ours could be found
        with_what_is_left(house, host, run, settle)


def _verify_what_was_in_doubt(
    house: House, host: SheetHost, claim: Claim, run: Run, chunks: Sequence[Chunk]
) -> None:
    """Look once more at chunks of which a write was never answered: it may have been applied since."""
    with house.store.reading() as unit:
        places = set(in_doubt(unit, run))
        doubted = [chunk for chunk in chunks if (chunk.stage, chunk.number) in places]
        earlier = EarlierValues.of_run(unit, run)
        stored = [load_chunk(unit, run, chunk, earlier) for chunk in doubted]
    if not stored:
        return
    sender = Sender(house, host, claim, run, RunRows(house.store, run, earlier), late=True)
    for one in stored:
        sender.look_again(one)


def _has_written(chunks: Sequence[Chunk]) -> bool:
    return any(Outcome.WRITTEN.value in counts for chunk in chunks for counts in chunk.tally.values())


def _done(unit: UnitOfWork, run: Run, chunks: Sequence[Chunk]) -> str:
    """Say what a follow-up has done, what was left as it is is not called done; or that a Stop came first.

    Of a run that enriched, say whether a column was deleted that it needed, or nothing at all was set.
    """
    if run.state is RunState.STOPPING:
        return "" if _has_written(chunks) else "nothing_done"
    outcomes = {outcome for chunk in chunks for counts in chunk.tally.values() for outcome in counts}
    if not run.parent:
        if any(_lacked_a_column(chunk) for chunk in chunks):
            return COLUMN_GONE
        return "nothing_set" if outcomes & _LEFT and not outcomes & _SET else ""
    if outcomes & _LEFT:
        return "decided_in_part" if run.purpose is Purpose.DECIDE else "done_in_part"
    return DONE.get(kind_of(unit, run), "")


def _lacked_a_column(chunk: Chunk) -> bool:
    return any(COLUMN_GONE in reasons for counts in chunk.tally.values() for reasons in counts.values())


def _offered(house: House, run: Run) -> Sequence[Group] | None:
    """Return what a run leaves to decide, and None for one that follows up another."""
    if run.parent:
        return None
    with house.store.reading() as unit:
        return with_charges(unit, house.sources, run, offered(unit, run))


def _waits_for(chunks: Sequence[Chunk], reservation: Reservation) -> str:
    """Say why the run parks: the trial is done, or cells were left for want of credits; "" if it ends."""
    if any(chunk.state is ChunkState.HELD for chunk in chunks):
        return "trial_done"
    short = any(over_budget(chunk) for chunk in chunks)
    return BUDGET_REACHED if short and reservation.reserved < reservation.quoted else ""


def over_budget(chunk: Chunk) -> bool:
    """Return True for a chunk in which a cell was not asked for want of credits."""
    return any("budget" in reasons for counts in chunk.tally.values() for reasons in counts.values())


def _quality(house: House, run: Run) -> int | None:
    """Score the run's columns as they stand in the sheet now, cleaned ones in place of their originals.

    A run removes no row, so it leaves as many doubles as it found.
    """
    host = house.host(run.sheet.host, run.workspace, run.member)
    cleaned = {
        output.inputs[0]: output.target
        for output in run.outputs
        if output.operation is Operation.CLEAN and output.target is not None
    }
    wanted = [cleaned.get(column.anchor, column.anchor) for column in run.inputs]
    located = host.locate(run.sheet, wanted)
    there = [i for i, index in enumerate(located) if index is not None]
    info = host.describe(run.sheet)
    top = max(run.range.top, run.header_row or 0)
    bottom = run.range.clip(info.rows, info.columns).bottom or top
    if not there or bottom <= top:
        return None
    try:
        reading = read_table(
            [column.values for column in host.read(run.sheet, [wanted[i] for i in there], top, bottom)],
            there,
            [wanted[i] for i in there],
            header=None,
            hidden={row - top for first, last in info.hidden_rows for row in range(first, last)},
            kinds={i: run.inputs[i].kind for i in there},
        )
    except (NothingToRead, SelectionEmpty):
        return None
    with house.store.reading() as unit:
        _, doubled = read_plan(unit, run)
    return quality_score(reading.profiles, reading.frame.rows, doubled)

"""One writer at a time puts stored results into the sheet: guard read, decide, intend, set, record.

The order makes every crash harmless (laws 2 and 3). The *intent* (which cells, and what they held) is kept
before the host is called: a second attempt that finds our value standing knows that the first attempt set
it, so it neither loses nor bills it twice.
"""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from addon_backend.domain.errors import AnswerUncertain, CellsProtected, HostBusy, HostRefused, SheetUnknown
from addon_backend.domain.facts import Outcome
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.runs import Operation, Purpose, RunState, Stage
from addon_backend.engine.plan.protection import Decision
from addon_backend.ports.sheet_host import NewColumn
from addon_backend.services.runs.blocks import pack_data, tag
from addon_backend.services.runs.earlier import EarlierValues
from addon_backend.services.runs.following.shares import bill_first_run
from addon_backend.services.runs.pricing import identities
from addon_backend.services.runs.snapshot import chunk_key
from addon_backend.services.runs.writing.deleted import may_set, told_beyond_doubt, with_what_is_left
from addon_backend.services.runs.writing.doubts import in_doubt, settle
from addon_backend.services.runs.writing.guard import Guard, StoredChunk, decide_all, guard_read, load_chunk
from addon_backend.services.runs.writing.headers import header_row_now
from addon_backend.services.runs.writing.progress import keep_progress
from addon_backend.services.runs.writing.rows import RunRows
from addon_backend.services.runs.writing.sending import Sender
from addon_backend.services.runs.writing.sight import LOOKED_AT
from addon_backend.services.runs.writing.twins import Twins
from addon_backend.services.runs.writing.write_size import WriteSize
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Chunk, Claim, Output, Run
    from addon_backend.ports.sheet_host import CellColumn, SheetHost
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House

Decisions = dict[str, dict[int, Decision]]
Seen = dict[str, dict[int, "CellValue"]]

ATTEMPTS = 5
"""How often rows are tried in which somebody is busy, before they are left to be decided."""


@dataclass(frozen=True, slots=True)
class _Writer:
    """What a writer of one run works with, for as long as it holds the sheet."""

    house: House
    host: SheetHost
    claim: Claim
    run: Run
    rows: RunRows
    sender: Sender
    size: WriteSize


def write(house: House, claim: Claim, may_go_on: Callable[[], bool]) -> None:
    """Write the run's computed chunks, lowest first, while there are any and ``may_go_on`` says yes.

    Raises `Lost` as soon as somebody else holds the sheet, `HostTrouble` when the host does not answer.
    """
    with house.store.reading() as unit:
        run = unit.runs.get(claim.workspace, claim.run)
    host = house.host(run.sheet.host, run.workspace, run.member)
    with_what_is_left(house, host, run, lambda run: _write(house, host, claim, run, may_go_on))


def _write(house: House, host: SheetHost, claim: Claim, run: Run, may_go_on: Callable[[], bool]) -> None:
    """Write with the columns that are there. Raises `SheetUnknown` where another one turns out to be gone."""
    run = _with_own_columns(house, host, run)
    with house.store.reading() as unit:
        earlier = EarlierValues.of_run(unit, run)
    rows = RunRows(house.store, run, earlier)
    writer = _Writer(
        house, host, claim, run, rows, Sender(house, host, claim, run, rows), WriteSize(house, host)
    )
    if not host.compares:
        _look_after_others(writer)
    shift = 0
    while may_go_on():
        if _is_stopping(writer):
            with house.store.unit() as unit:
                unit.chunks.leave_unwritten(claim)
                unit.commit()
        with house.store.reading() as unit:
            chunk = unit.chunks.next_computed(run.workspace, run.id)
            stored = load_chunk(unit, run, chunk, earlier) if chunk else None
        if stored is None:
            return
        if not host.compares:
            writer.sender.look_again(stored)
        if not may_set(run) and not stored.intents:
            raise SheetUnknown(columns=run.keys_gone)
        shift = _write_chunk(writer, stored, shift)


def _with_own_columns(house: House, host: SheetHost, run: Run) -> Run:
    """Make the run's own columns where they are missing; asked again, the host answers the same anchors."""
    missing = [output for output in run.outputs if output.own and output.target is None]
    if not missing:
        return run
    wishes = [
        NewColumn(f"addon:{output.name}", output.header, dates=output.field == ColumnKind.DATE.value)
        for output in missing
    ]
    header_row = header_row_now(host, run)
    if header_row is None and run.header_row is not None:
        header_row = run.header_row - 1  # somebody has renamed a column since
    anchors = host.add_columns(run.sheet, wishes, header_row)
    made = dict(zip((output.name for output in missing), anchors, strict=True))
    failpoint("after_columns")
    with house.store.unit() as unit:
        outputs = [replace(o, target=made[o.name], made=True) if o.name in made else o for o in run.outputs]
        unit.runs.describe(run.workspace, run.id, outputs=outputs)
        unit.commit()
        return unit.runs.get(run.workspace, run.id)


def _look_after_others(writer: _Writer) -> None:
    """Put back what writers of other runs on this sheet, who never told, have set beside other rows.

    Whatever stands there is taken for hers by whoever writes next.
    """
    house, run, claim = writer.house, writer.run, writer.claim
    with house.store.reading() as unit:
        runs = unit.runs.unfinished_on(run.workspace, run.sheet.document, run.sheet.sheet)
    for other in (one for one in runs if one.id != run.id):
        with house.store.reading() as unit:
            chunk = unit.chunks.next_computed(other.workspace, other.id)
            earlier = EarlierValues.of_run(unit, other)
            stored = load_chunk(unit, other, chunk, earlier) if chunk else None
        if stored is not None and stored.intents:
            look = partial(_look_after, house, writer.host, claim, stored, earlier)
            with suppress(SheetUnknown, CellsProtected):  # its own writer ends it, or waits
                with_what_is_left(house, writer.host, other, look)
    if run.purpose is Purpose.UNDO:
        _look_after_undone(writer)


def _look_after_undone(writer: _Writer) -> None:
    """Put back what the run that is undone has set beside other rows, and could not look for any more."""
    house, run = writer.house, writer.run
    with house.store.reading() as unit:
        undone = unit.runs.get(run.workspace, run.parent)
        places = in_doubt(unit, undone)
        chunks = unit.chunks.of_run(undone.workspace, undone.id) if places else ()
        earlier = EarlierValues.of_run(unit, undone)
        doubted = [chunk for chunk in chunks if (chunk.stage, chunk.number) in places]
        stored = [load_chunk(unit, undone, chunk, earlier) for chunk in doubted]
    for one in stored:
        look = partial(_look_after, house, writer.host, writer.claim, one, earlier)
        with suppress(SheetUnknown):  # what is left is found all the same
            with_what_is_left(house, writer.host, undone, look)
    if stored:
        with house.store.unit() as unit:
            settle(unit, undone)
            unit.commit()


def _look_after(
    house: House, host: SheetHost, claim: Claim, stored: StoredChunk, earlier: EarlierValues, run: Run
) -> None:
    Sender(house, host, claim, run, RunRows(house.store, run, earlier)).look_again(stored)


def _write_chunk(writer: _Writer, stored: StoredChunk, shift: int) -> int:
    """Write one chunk in as many parts as the host's pace asks for; return how far its rows have moved."""
    settled: dict[str, dict[int, Decision]] = {output.name: {} for output in stored.outputs}
    seen: dict[str, dict[int, CellValue]] = {output.name: {} for output in stored.outputs}
    passes = writer.sender.passes(stored.outputs)
    first = 0
    while first < stored.chunk.count:
        rows = range(first, min(first + writer.size.rows, stored.chunk.count))
        for outputs in passes:
            ahead = _rows_ahead(writer, stored.chunk, rows) if outputs is passes[-1] else 0
            stored, guard, decisions = _write_part(writer, stored, rows, outputs, shift, ahead)
            for output in outputs:
                settled[output.name].update(decisions[output.name])
                seen[output.name].update(_seen(guard, output, decisions[output.name]))
            shift = _shift(stored, guard, rows, shift)
        first = rows.stop
        if first < stored.chunk.count and stored.chunk.stage is Stage.ENGINE and _is_stopping(writer):
            break  # the rest of the chunk is told as not asked
        if first < stored.chunk.count:
            keep_progress(writer.house.store, writer.run, stored.chunk, _tally(settled))
    _record(writer.house, writer.claim, writer.run, stored, settled, seen)
    failpoint("after_mark_written")
    return shift


def _is_stopping(writer: _Writer) -> bool:
    """Say whether somebody has pressed Stop: what was bought or begun is written, and nothing else."""
    with writer.house.store.reading() as unit:
        return unit.runs.get(writer.run.workspace, writer.run.id).state is RunState.STOPPING


def _rows_ahead(writer: _Writer, chunk: Chunk, rows: range) -> int:
    """Return how many rows will probably be written after these, right below them; a trial's are spread."""
    if writer.run.trial_rows and not chunk.first:
        return 0
    return min(writer.size.rows, writer.run.rows - (chunk.first + rows.stop))


def _write_part(
    writer: _Writer, stored: StoredChunk, rows: range, outputs: Sequence[Output], shift: int, ahead: int
) -> tuple[StoredChunk, Guard, Decisions]:
    """Guard read, decide, intend, send; again where the host refused rows or left us in doubt.

    Returns the chunk with the intents that were added, what the last look saw, and what became of the cells.
    """
    tried = 0
    while True:
        wait = writer.host.busy()
        if wait:
            raise HostBusy(retry_after=wait)
        began = monotonic()
        guard = _look(writer, stored, rows, outputs, shift)
        decisions = decide_all(stored, guard, outputs)
        if tried == ATTEMPTS or not may_set(writer.run):
            return stored, guard, _left_alone(decisions)
        stored = _with_intents(writer.house, writer.run, stored, guard, decisions)
        failpoint("before_host_write")
        tried += 1
        try:
            unsettled = writer.sender.send(stored, guard, decisions, ahead)
        except (AnswerUncertain, HostRefused):  # what forbids it is seen by the next guard read
            if tried == ATTEMPTS:
                raise
            continue
        writer.size.took(len(rows), monotonic() - began)
        if not unsettled:
            writer.rows.wrote(stored, decisions)
            return stored, guard, decisions


def _look(writer: _Writer, stored: StoredChunk, rows: range, outputs: Sequence[Output], shift: int) -> Guard:
    """Find the rows that are to be written; of identical ones, each on a row of its own."""
    look = partial(guard_read, run=writer.run, stored=stored, rows=rows, shift=shift, others=writer.rows)
    guard = _look_around(writer, stored, look)
    if writer.run.keys_gone:
        guard = guard if guard.whole else look(writer.sender.read, whole=True)
        guard = told_beyond_doubt(writer.run, stored, guard, writer.rows)
    twins = _twins(writer, stored, guard, outputs)
    if any(twins) and not guard.whole:
        guard = look(writer.sender.read, whole=True)
        twins = _twins(writer, stored, guard, outputs)
    return replace(guard, apart={name: places for one in twins for name, places in one.apart().items()})


def _twins(writer: _Writer, stored: StoredChunk, guard: Guard, outputs: Sequence[Output]) -> list[Twins]:
    """Return the rows that have twins, by output: a swap alone sets two cells of a row, both or neither."""
    there = [output for output in outputs if not output.gone]
    together = any(output.operation is Operation.SWAP for output in outputs)
    units = [there] if together else [[output] for output in there]
    return [Twins(writer.run, stored, guard, unit, writer.rows) for unit in units]


def _look_around(writer: _Writer, stored: StoredChunk, look: Callable[..., Guard]) -> Guard:
    """Read the rows that are to be written, and, where nothing compares, often enough the whole sheet."""
    sender = writer.sender
    around = not writer.host.compares and sender.lookout.is_due(stored.chunk)
    seen = sender.just_seen()

    def read(top: int, bottom: int | None) -> Mapping[str, CellColumn]:
        known = None if seen is None else seen.between(top, bottom)
        return sender.read(top, bottom) if known is None else known

    whole = around or sender.needs_witnesses or (seen is not None and seen.whole)
    guard = look(read, whole=whole)
    if guard.whole and not writer.host.compares:
        sender.lookout.note(stored, guard)
        if around and guard.bottom > LOOKED_AT:
            return look(sender.read, whole=sender.needs_witnesses)  # a long look makes a long window
    return guard


def _shift(stored: StoredChunk, guard: Guard, rows: range, shift: int) -> int:
    """Guess where the next rows stand: as far from their place when read as the last one of these."""
    for row in reversed(rows):
        now = guard.places[row].row
        if now is not None:
            return now - stored.snapshot.rows[row]
    return shift


def _with_intents(
    house: House, run: Run, stored: StoredChunk, guard: Guard, decisions: Decisions
) -> StoredChunk:
    """Keep what the cells hold that are about to be set; an earlier attempt's image is never replaced."""
    kept = dict(stored.intents)
    with house.store.unit() as unit:
        for output in stored.outputs:
            earlier = kept.get(output.name, {})
            chosen = {row for row, one in decisions.get(output.name, {}).items() if one.set}
            if chosen <= earlier.keys():
                continue
            kept[output.name] = {row: guard.cell(output, row).value for row in chosen} | dict(earlier)
            images = {str(row): tag(value) for row, value in sorted(kept[output.name].items())}
            key = chunk_key(run, "before", stored.chunk.stage, stored.chunk.number, output.name)
            unit.blocks.put(key, pack_data(images))
        unit.commit()
    return replace(stored, intents=kept)


def _left_alone(decisions: Decisions) -> Decisions:
    """What could not be set however often we tried is somebody's busy row: it goes to review."""
    return {
        name: {
            row: Decision(Outcome.REVIEW, "input_changed") if one.set else one for row, one in chosen.items()
        }
        for name, chosen in decisions.items()
    }


def _record(
    house: House, claim: Claim, run: Run, stored: StoredChunk, decisions: Decisions, seen: Seen
) -> None:
    chunk = stored.chunk
    with house.store.unit() as unit:
        for name, chosen in decisions.items():
            outcomes = [
                [chosen[row].outcome.value, chosen[row].reason] if row in chosen else None
                for row in range(chunk.count)
            ]
            unit.blocks.put(chunk_key(run, "outcome", chunk.stage, chunk.number, name), pack_data(outcomes))
        if run.purpose in {Purpose.ENRICH, Purpose.DECIDE}:
            _keep_seen(unit, run, stored.chunk, seen)
        if run.purpose is Purpose.DECIDE:
            bill_first_run(unit, run, chunk, decisions)
        charges = _charges(unit, house, run, stored, decisions)
        unit.chunks.written(claim, chunk, _tally(decisions), charges)
        unit.commit()


def _seen(guard: Guard, output: Output, decisions: Mapping[int, Decision]) -> dict[int, CellValue]:
    """Return what stood in the cells that a person may still decide about: a decision compares with it."""
    return {
        row: guard.cell(output, row).value
        for row, one in decisions.items()
        if guard.place(output, row).row is not None and _undecided(one)
    }


def _keep_seen(unit: UnitOfWork, run: Run, chunk: Chunk, seen: Seen) -> None:
    for name, values in seen.items():
        if values:
            images = {str(row): tag(value) for row, value in values.items()}
            unit.blocks.put(chunk_key(run, "seen", chunk.stage, chunk.number, name), pack_data(images))


def _undecided(decision: Decision) -> bool:
    return decision.outcome is Outcome.REVIEW or decision.reason in {"filled_by_person", "edited_since"}


def _tally(decisions: Decisions) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
    return {name: _counted(chosen.values()) for name, chosen in decisions.items()}


def _counted(decisions: Iterable[Decision]) -> Mapping[str, Mapping[str, int]]:
    counted: dict[str, Counter[str]] = {}
    for decision in decisions:
        counted.setdefault(decision.outcome.value, Counter())[decision.reason] += 1
    return counted


def _charges(
    unit: UnitOfWork, house: House, run: Run, stored: StoredChunk, decisions: Decisions
) -> list[tuple[str, int]]:
    """Bill each (field, identity) once per run, where its cell was written (law 6)."""
    charges: list[tuple[str, int]] = []
    if stored.chunk.stage is not Stage.SOURCES:
        return charges
    for output in stored.outputs:
        facts = stored.facts[output.name]
        written = [row for row, one in decisions[output.name].items() if one.outcome is Outcome.WRITTEN]
        for name in dict.fromkeys(facts[row].source for row in written):
            source = house.sources.get(name)
            if source is None or not output.price:
                continue
            who = identities(source, stored.snapshot.frame, output)
            distinct = dict.fromkeys(who[row] or "" for row in written if facts[row].source == name)
            digests = unit.blocks.digests(run.workspace, f"ask|{name}", list(distinct))
            new = unit.ledger.charge_once(run.workspace, run.id, output.field, name, digests)
            if new:
                charges.append((f"{name}:{output.field}", len(new) * output.price))
    return charges

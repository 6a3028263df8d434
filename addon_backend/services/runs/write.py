"""One writer at a time puts stored results into the sheet: guard read, decide, intend, set, record.

The order makes every crash harmless (laws 2 and 3). The *intent* (which cells, and what they held) is kept
before the host is called: a second attempt that finds our value standing knows that the first attempt set
it, so it neither loses nor bills it twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import Purpose, Stage
from addon_backend.engine.plan.protection import Decision
from addon_backend.ports.sheet_host import Leave, NewColumn, WriteBatch
from addon_backend.services.runs.blocks import pack_data, tag
from addon_backend.services.runs.earlier import EarlierValues
from addon_backend.services.runs.follow_up import BLANK
from addon_backend.services.runs.guard import Guard, StoredChunk, decide_all, guard_read, load_chunk
from addon_backend.services.runs.headers import header_row_now
from addon_backend.services.runs.pricing import identities
from addon_backend.services.runs.shares import bill_first_run
from addon_backend.services.runs.snapshot import chunk_key
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from addon_backend.domain.cells import CellValue
    from addon_backend.domain.runs import Claim, Run
    from addon_backend.ports.sheet_host import SheetHost
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House

Decisions = dict[str, dict[int, Decision]]

ATTEMPTS = 3


def write(house: House, claim: Claim, may_go_on: Callable[[], bool]) -> None:
    """Write the run's computed chunks, lowest first, while there are any and ``may_go_on`` says yes.

    Raises `Lost` as soon as somebody else holds the sheet, `HostTrouble` when the host does not answer.
    """
    with house.store.reading() as unit:
        run = unit.runs.get(claim.workspace, claim.run)
    host = house.host(run.sheet.host, run.workspace)
    run = _with_own_columns(house, host, run)
    with house.store.reading() as unit:
        earlier = EarlierValues(unit, run)
    shift = 0
    while may_go_on():
        with house.store.reading() as unit:
            chunk = unit.chunks.next_computed(run.workspace, run.id)
            stored = load_chunk(unit, run, chunk, earlier) if chunk else None
        if stored is None:
            return
        guard = _write_chunk(house, host, claim, run, stored, shift)
        shift = _shift(stored, guard, shift)


def _with_own_columns(house: House, host: SheetHost, run: Run) -> Run:
    """Make the run's own columns where they are missing; asked again, the host answers the same anchors."""
    missing = [output for output in run.outputs if output.own and output.target is None]
    if not missing:
        return run
    wishes = [NewColumn(f"addon:{output.name}", output.header) for output in missing]
    header_row = header_row_now(host, run)
    if header_row is None and run.header_row is not None:
        header_row = run.header_row - 1  # somebody has renamed a column since
    anchors = host.add_columns(run.sheet, wishes, header_row)
    made = dict(zip((output.name for output in missing), anchors, strict=True))
    failpoint("after_columns")
    with house.store.unit() as unit:
        outputs = [replace(o, target=made[o.name]) if o.name in made else o for o in run.outputs]
        unit.runs.describe(run.workspace, run.id, outputs=outputs)
        unit.commit()
        return unit.runs.get(run.workspace, run.id)


def _write_chunk(
    house: House, host: SheetHost, claim: Claim, run: Run, stored: StoredChunk, shift: int
) -> Guard:
    attempt = 0
    while True:
        attempt += 1
        with house.store.unit() as unit:
            unit.work.renew(claim)
            unit.commit()
        guard = guard_read(host, run, stored, shift)
        decisions = decide_all(stored, guard)
        _keep_intents(house, run, stored, guard, decisions)
        failpoint("before_host_write")
        refused = _send(host, run, stored, guard, decisions)
        failpoint("after_host_write")
        if not refused or attempt == ATTEMPTS:
            break
        with house.store.reading() as unit:
            stored = load_chunk(unit, run, stored.chunk, stored.earlier)
    _record(house, claim, run, stored, guard, _without(refused, decisions))
    failpoint("after_mark_written")
    return guard


def _shift(stored: StoredChunk, guard: Guard, shift: int) -> int:
    """Guess where the next chunk stands: as far from its place when read as the last row of this one."""
    for row in range(stored.chunk.count - 1, -1, -1):
        now = guard.places[row].row
        if now is not None:
            return now - stored.snapshot.rows[row]
    return shift


def _keep_intents(house: House, run: Run, stored: StoredChunk, guard: Guard, decisions: Decisions) -> None:
    """Keep what the cells hold that are about to be set; an earlier attempt's image is never replaced."""
    with house.store.unit() as unit:
        for output in stored.outputs:
            earlier = stored.intents.get(output.name, {})
            chosen = {row for row, one in decisions[output.name].items() if one.set} - earlier.keys()
            if not chosen:
                continue
            images = {str(row): tag(value) for row, value in earlier.items()}
            images.update({str(row): tag(guard.cell(output.target, row).value) for row in sorted(chosen)})
            key = chunk_key(run, "before", stored.chunk.stage, stored.chunk.number, output.name)
            unit.blocks.put(key, pack_data(images))
        unit.commit()


def _send(
    host: SheetHost, run: Run, stored: StoredChunk, guard: Guard, decisions: Decisions
) -> frozenset[int]:
    """Set the chosen cells; return the rows of the chunk that the host refused."""
    rows = sorted({row for chosen in decisions.values() for row, one in chosen.items() if one.set})
    refused: set[int] = set()
    for first in range(0, len(rows), host.rows_per_write):
        part = rows[first : first + host.rows_per_write]
        expect = {anchor: [guard.cell(anchor, row).value for row in part] for anchor in guard.columns}
        put: dict[str, list[CellValue | Leave]] = {}
        for output in stored.outputs:
            chosen, facts = decisions[output.name], stored.facts[output.name]
            column = put.setdefault(output.target or "", [Leave.ALONE] * len(part))
            for i, row in enumerate(part):
                if row in chosen and chosen[row].set:
                    column[i] = None if facts[row].value == BLANK else facts[row].value
        at = [guard.places[row].row or 0 for row in part]
        refused |= {part[i] for i in host.write(run.sheet, WriteBatch(at, expect, put))}
    return frozenset(refused)


def _without(refused: frozenset[int], decisions: Decisions) -> Decisions:
    """What the host refused three times is a person's busy row: it goes to review."""
    return {
        name: {
            row: Decision(Outcome.REVIEW, "input_changed") if one.set and row in refused else one
            for row, one in chosen.items()
        }
        for name, chosen in decisions.items()
    }


def _record(
    house: House, claim: Claim, run: Run, stored: StoredChunk, guard: Guard, decisions: Decisions
) -> None:
    chunk = stored.chunk
    with house.store.unit() as unit:
        for name, chosen in decisions.items():
            outcomes = [
                [chosen[row].outcome.value, chosen[row].reason] if row in chosen else None
                for row in range(chunk.count)
            ]
            unit.blocks.put(chunk_key(run, "outcome", chunk.stage, chunk.number, name), pack_data(outcomes))
        if not run.parent:
            _keep_seen(unit, run, stored, guard, decisions)
        if run.purpose is Purpose.DECIDE:
            bill_first_run(unit, run, chunk, decisions)
        charges = _charges(unit, house, run, stored, decisions)
        tally = {name: _counted(chosen.values()) for name, chosen in decisions.items()}
        unit.chunks.written(claim, chunk, tally, charges)
        unit.commit()


def _keep_seen(unit: UnitOfWork, run: Run, stored: StoredChunk, guard: Guard, decisions: Decisions) -> None:
    """Keep what stood in the cells that a person may still decide about: a decision compares with it."""
    for output in stored.outputs:
        seen = {
            str(row): tag(guard.cell(output.target, row).value)
            for row, one in decisions[output.name].items()
            if guard.places[row].row is not None and _undecided(one)
        }
        if seen:
            key = chunk_key(run, "seen", stored.chunk.stage, stored.chunk.number, output.name)
            unit.blocks.put(key, pack_data(seen))


def _undecided(decision: Decision) -> bool:
    return decision.outcome is Outcome.REVIEW or decision.reason == "filled_by_person"


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

"""Slices of a run, in SQL: every step is a compare-and-set under a fence."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, exists, select, update

from addon_backend.domain.errors import Lost, NotVisible
from addon_backend.domain.facts import Outcome
from addon_backend.domain.runs import Chunk, ChunkState, Claim, Stage
from addon_backend.store.bills import add_lines
from addon_backend.store.claims import claimed, end_sheet_lease, locked_chunk, locked_sheet
from addon_backend.store.clock import read_clock
from addon_backend.store.mapping import Plain, chunk_of, chunk_row, tally_data
from addon_backend.store.models import block as blocks
from addon_backend.store.models import chunk as table
from addon_backend.store.models import run as runs
from addon_backend.store.upsert import insert_into

_CALM: Plain = {"troubled_at": None}
"""The run's host lets something through."""
_FREE: Plain = {"lease_until": 0.0, "worker": ""}


class SqlChunks:
    """Implements `ports.store.Chunks`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, chunks: Sequence[Chunk]) -> None:
        """Add chunks; one that exists already (same run, stage, number) is left as it is."""
        if chunks:
            added = insert_into(self._connection, table).on_conflict_do_nothing()
            self._connection.execute(added, [chunk_row(chunk) for chunk in chunks])

    def of_run(self, workspace: str, run: str) -> Sequence[Chunk]:
        """Return all chunks by stage, then by first ordinal."""
        query = select(table).where(table.c.workspace == workspace, table.c.run == run)
        ordered = query.order_by(table.c.stage, table.c.first, table.c.number)
        return [chunk_of(row) for row in self._connection.execute(ordered).mappings()]

    def get(self, claim: Claim) -> Chunk:
        """Return the claimed chunk, checking the fence."""
        query = select(table).where(claimed(claim), table.c.fence == claim.fence)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise Lost
        return chunk_of(row)

    def next_computed(self, workspace: str, run: str) -> Chunk | None:
        """Return the computed chunk with the lowest stage and first ordinal, if any."""
        query = (
            select(table)
            .where(table.c.workspace == workspace, table.c.run == run)
            .where(table.c.state == ChunkState.COMPUTED.value)
            .order_by(table.c.stage, table.c.first)
            .limit(1)
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else chunk_of(row)

    def computed(self, claim: Claim) -> None:
        """planned → computed, lease ended; its claims are forgiven, for it killed nobody."""
        self._leave(claim, {ChunkState.PLANNED}, {"state": ChunkState.COMPUTED.value, "claims": 0})

    def written(
        self,
        claim: Claim,
        chunk: Chunk,
        tally: Mapping[str, Mapping[str, Mapping[str, int]]],
        charges: Sequence[tuple[str, int]],
    ) -> None:
        """Computed → written under the sheet's fence, with its ledger lines, in this transaction."""
        if (chunk.workspace, chunk.run) != (claim.workspace, claim.run):
            raise Lost
        here = (
            (table.c.workspace == chunk.workspace)
            & (table.c.run == chunk.run)
            & (table.c.stage == int(chunk.stage))
            & (table.c.number == chunk.number)
        )
        held = self._connection.execute(select(table).where(here).with_for_update()).mappings().one_or_none()
        sheet = locked_sheet(self._connection, claim)
        if held is None or held["state"] != ChunkState.COMPUTED or sheet["until"] <= self._now():
            raise Lost
        done = {"state": ChunkState.WRITTEN.value, "tally": tally_data(tally), "allocated": 0, **_FREE}
        self._connection.execute(update(table).where(here).values(done))
        wrote = any(outcomes.get(Outcome.WRITTEN) for outcomes in tally.values())
        self._touch(chunk.workspace, chunk.run, _CALM | ({"wrote": True} if wrote else {}))
        add_lines(self._connection, chunk.run, chunk, held["round"], charges)

    def unconfirmed(self, chunk: Chunk, tally: Mapping[str, Mapping[str, Mapping[str, int]]]) -> None:
        """Computed → written, by nobody's claim: whoever still writes it is told `Lost`."""
        here = (
            (table.c.workspace == chunk.workspace)
            & (table.c.run == chunk.run)
            & (table.c.stage == int(chunk.stage))
            & (table.c.number == chunk.number)
            & (table.c.state == ChunkState.COMPUTED.value)
        )
        done = {"state": ChunkState.WRITTEN.value, "tally": tally_data(tally), "allocated": 0, **_FREE}
        if self._connection.execute(update(table).where(here).values(done)).rowcount:
            self._touch(chunk.workspace, chunk.run, {"wrote": True})

    def done(self, claim: Claim) -> None:
        """Mark a prepare or finish chunk as written, ending its leases."""
        self._leave(claim, {ChunkState.PLANNED}, {"state": ChunkState.WRITTEN.value, "allocated": 0})
        end_sheet_lease(self._connection, claim)
        self._touch(claim.workspace, claim.run, _CALM)

    def failed(self, claim: Claim, reason: str) -> None:
        """Give a chunk up for good, with a reason code; its allocation and its leases end."""
        lost = {"state": ChunkState.FAILED.value, "reason": reason, "allocated": 0}
        self._leave(claim, {ChunkState.PLANNED, ChunkState.COMPUTED}, lost)
        end_sheet_lease(self._connection, claim)
        self._touch(claim.workspace, claim.run)

    def reopen(self, workspace: str, run: str, stage: Stage, number: int) -> None:
        """Plan a written chunk again: written → planned, its tally emptied. Raises `NotVisible`."""
        change = update(table).where(
            table.c.workspace == workspace,
            table.c.run == run,
            table.c.stage == int(stage),
            table.c.number == number,
            table.c.state == ChunkState.WRITTEN.value,
        )
        fresh: Plain = {
            "state": ChunkState.PLANNED.value,
            "tally": {},
            "claims": 0,
            "round": table.c.round + 1,
        }
        if not self._connection.execute(change.values(fresh)).rowcount:
            raise NotVisible
        self._touch(workspace, run)

    def leave_unwritten(self, claim: Claim) -> None:
        """Skip every computed engine chunk of the claim's run of which nothing was about to be set."""
        sheet = locked_sheet(self._connection, claim)
        if sheet["until"] <= self._now():
            raise Lost
        intended = exists().where(
            blocks.c.workspace == table.c.workspace,
            blocks.c.run == table.c.run,
            blocks.c.kind == "before",
            blocks.c.stage == table.c.stage,
            blocks.c.number == table.c.number,
        )
        left = (
            update(table)
            .where(table.c.workspace == claim.workspace, table.c.run == claim.run, ~intended)
            .where(table.c.stage == int(Stage.ENGINE), table.c.state == ChunkState.COMPUTED.value)
            .values(state=ChunkState.SKIPPED.value, allocated=0, due_at=0.0, **_FREE)
        )
        if self._connection.execute(left).rowcount:
            self._touch(claim.workspace, claim.run)

    def turn(self, workspace: str, run: str, old: ChunkState, new: ChunkState) -> int:
        """Turn every engine or sources chunk of one state that nobody holds into another; count them."""
        free = (
            select(table.c.stage, table.c.number)
            .where(table.c.workspace == workspace, table.c.run == run, table.c.state == old.value)
            .where(table.c.stage.in_([int(Stage.ENGINE), int(Stage.SOURCES)]))
            .where(table.c.lease_until <= self._now())
            .with_for_update(skip_locked=True)  # whoever has it locked holds it
        )
        found = self._connection.execute(free).all()
        change = update(table).where(table.c.workspace == workspace, table.c.run == run)
        values: Plain = {"state": new.value, "allocated": 0, "due_at": 0.0, **_FREE}
        for stage in {row.stage for row in found}:
            numbers = [row.number for row in found if row.stage == stage]
            one_stage = change.where(table.c.stage == stage, table.c.number.in_(numbers))
            self._connection.execute(one_stage.values(values))
        if found:
            self._touch(workspace, run)
        return len(found)

    def _leave(self, claim: Claim, states: set[ChunkState], values: Plain) -> None:
        held = locked_chunk(self._connection, claim)
        if held["state"] not in states:
            raise Lost
        self._connection.execute(update(table).where(claimed(claim)).values(**_FREE, **values))

    def _touch(self, workspace: str, run: str, values: Plain | None = None) -> None:
        change = update(runs).where(runs.c.workspace == workspace, runs.c.id == run)
        self._connection.execute(change.values(version=runs.c.version + 1, **values or {}))

    def _now(self) -> float:
        return read_clock(self._connection)

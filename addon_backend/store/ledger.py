"""What was billed and what was asked of providers, in SQL."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, bindparam, func, select, update

from addon_backend.domain.errors import RunState as WrongState
from addon_backend.domain.runs import Chunk, ChunkState, Claim, RunState
from addon_backend.ports.store import ProviderCall
from addon_backend.store.bills import add_lines
from addon_backend.store.claims import locked_chunk
from addon_backend.store.models import charged_identity as charged
from addon_backend.store.models import chunk as chunks
from addon_backend.store.models import ledger, reservation
from addon_backend.store.models import provider_call as calls
from addon_backend.store.models import run as runs
from addon_backend.store.seals import Seals
from addon_backend.store.upsert import insert_into

_BATCH = 1_000


class SqlLedger:
    """Implements `ports.store.Ledger`."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def spent(self, workspace: str, run: str) -> int:
        """Sum the run's ledger lines."""
        lines = select(func.coalesce(func.sum(ledger.c.credits), 0))
        of_run = lines.where(ledger.c.workspace == workspace, ledger.c.run == run)
        total: int = self._connection.execute(of_run).scalar_one()
        return total

    def known(
        self, workspace: str, run: str, source: str, identities: Sequence[str]
    ) -> dict[str, ProviderCall]:
        """Return the calls that this run has recorded for these identities, from whichever chunk."""
        found: dict[str, ProviderCall] = {}
        for batch in _batches(identities):
            query = select(calls).where(
                calls.c.workspace == workspace,
                calls.c.run == run,
                calls.c.source == source,
                calls.c.identity.in_(batch),
            )
            for row in self._connection.execute(query).mappings():
                found[row["identity"]] = self._call_of(row)
        return found

    def ask(
        self, claim: Claim, source: str, identities: Sequence[str], units_each: int
    ) -> dict[str, ProviderCall]:
        """Record look-ups as ``asked``; of two chunks that ask the same at once, one is told of the other.

        The run's row is share-locked: a Stop comes to stand before the whole order or behind it.
        """
        locked_chunk(self._connection, claim)
        self._must_run(claim)
        wanted = sorted(set(identities))  # one order for all, so that two chunks cannot wait for each other
        mine: set[str] = set()
        for batch in _batches(wanted):
            lines = [
                {
                    "workspace": claim.workspace,
                    "run": claim.run,
                    "source": source,
                    "identity": identity,
                    "stage": int(claim.stage),
                    "number": claim.number,
                    "fence": claim.fence,
                    "state": "asked",
                    "units": units_each,
                    "charged": False,
                }
                for identity in batch
            ]
            asked = insert_into(self._connection, calls).on_conflict_do_nothing().returning(calls.c.identity)
            mine.update(self._connection.execute(asked, lines).scalars())
        others = [identity for identity in wanted if identity not in mine]
        return self.known(claim.workspace, claim.run, source, others)

    def on_their_way(self, workspace: str, run: str) -> dict[str, int]:
        """Count by source the uncharged look-ups of chunks that are planned or computed."""
        asker = and_(
            chunks.c.workspace == calls.c.workspace,
            chunks.c.run == calls.c.run,
            chunks.c.stage == calls.c.stage,
            chunks.c.number == calls.c.number,
        )
        query = (
            select(calls.c.source, func.count().label("asked"))
            .join(chunks, asker)
            .where(calls.c.workspace == workspace, calls.c.run == run, ~calls.c.charged)
            .where(calls.c.state.in_(["asked", "answered"]))
            .where(chunks.c.state.in_([ChunkState.PLANNED.value, ChunkState.COMPUTED.value]))
            .group_by(calls.c.source)
        )
        return {row.source: row.asked for row in self._connection.execute(query)}

    def answer(self, claim: Claim, source: str, answers: Mapping[str, tuple[int, bytes]]) -> None:
        """Record units and answers, asked → answered.

        An answer that comes after its lease was lost is kept all the same: it is paid for, and what was
        counted as possibly spent for it becomes spent.
        """
        pending = self._pending(claim, source, list(answers), {"asked", "possibly_spent"})
        if not pending:
            return
        change = update(calls).where(self._of(claim, source), calls.c.identity == bindparam("which"))
        self._connection.execute(
            change.values(state="answered", units=bindparam("cost"), answer=bindparam("sealed")),
            [
                {
                    "which": identity,
                    "cost": answers[identity][0],
                    "sealed": self._seals.pack(
                        claim.workspace, _context(claim.run, source, identity), answers[identity][1]
                    ),
                }
                for identity in sorted(pending)
            ],
        )
        spent = sum(answers[identity][0] for identity in pending)
        no_doubt = sum(row["units"] for row in pending.values() if row["state"] == "possibly_spent")
        self._count(claim.workspace, claim.run, spent=spent, possibly=-no_doubt)

    def in_doubt(self, claim: Claim, source: str, identities: Sequence[str]) -> None:
        """Count look-ups whose answer was lost as possibly spent; they are not asked again."""
        self._doubt(claim, source, self._pending(claim, source, identities, {"asked"}))

    def abandon(self, claim: Claim, source: str, identities: Sequence[str]) -> None:
        """Count what earlier claims of this chunk have asked, and not told, as possibly spent."""
        earlier = and_(
            calls.c.stage == int(claim.stage), calls.c.number == claim.number, calls.c.fence < claim.fence
        )
        self._doubt(claim, source, self._pending(claim, source, identities, {"asked"}, earlier))

    def _doubt(self, claim: Claim, source: str, pending: Mapping[str, RowMapping]) -> None:
        for batch in _batches(sorted(pending)):
            change = update(calls).where(self._of(claim, source), calls.c.identity.in_(batch))
            self._connection.execute(change.values(state="possibly_spent"))
        if pending:
            self._count(claim.workspace, claim.run, possibly=sum(row["units"] for row in pending.values()))

    def settle_doubts(self, workspace: str, run: str) -> int:
        """Count every look-up of the run that is still ``asked`` as possibly spent; return how many."""
        mine = and_(calls.c.workspace == workspace, calls.c.run == run, calls.c.state == "asked")
        settled = update(calls).where(mine).values(state="possibly_spent").returning(calls.c.units)
        units = self._connection.execute(settled).scalars().all()
        if units:
            self._count(workspace, run, possibly=sum(units))
        return len(units)

    def charge_once(
        self, workspace: str, run: str, field: str, source: str, identities: Sequence[str]
    ) -> frozenset[str]:
        """Mark (field, identity) pairs as charged; return those that had not been charged in this run."""
        fresh: set[str] = set()
        for batch in _batches(sorted(set(identities))):
            lines = [
                {"workspace": workspace, "run": run, "field": field, "identity": identity, "source": source}
                for identity in batch
            ]
            marked = insert_into(self._connection, charged).on_conflict_do_nothing()
            fresh.update(self._connection.execute(marked.returning(charged.c.identity), lines).scalars())
        for batch in _batches(sorted(fresh)):
            mine = and_(calls.c.workspace == workspace, calls.c.run == run, calls.c.source == source)
            paid = update(calls).where(mine, calls.c.identity.in_(batch)).values(charged=True)
            self._connection.execute(paid)
        return frozenset(fresh)

    def bill(self, workspace: str, run: str, chunk: Chunk, charges: Sequence[tuple[str, int]]) -> None:
        """Bill a run for cells that a chunk of a follow-up has written."""
        if charges:
            query = select(reservation.c.run).where(
                reservation.c.workspace == workspace, reservation.c.run == run
            )
            self._connection.execute(query.with_for_update())
            named = [(f"{chunk.run}|{event}", credits_) for event, credits_ in charges]
            add_lines(self._connection, run, chunk, 0, named)

    def charged(
        self, workspace: str, run: str, source: str, identities: Sequence[str]
    ) -> frozenset[tuple[str, str]]:
        """Return the (field, identity) pairs among these identities that this run has been charged for."""
        found: set[tuple[str, str]] = set()
        for batch in _batches(sorted(set(identities))):
            query = select(charged.c.field, charged.c.identity).where(
                charged.c.workspace == workspace,
                charged.c.run == run,
                charged.c.source == source,
                charged.c.identity.in_(batch),
            )
            found.update((row.field, row.identity) for row in self._connection.execute(query))
        return frozenset(found)

    def _pending(
        self,
        claim: Claim,
        source: str,
        identities: Sequence[str],
        states: set[str],
        more: ColumnElement[bool] | None = None,
    ) -> dict[str, RowMapping]:
        found: dict[str, RowMapping] = {}
        for batch in _batches(sorted(set(identities))):
            query = select(calls.c.identity, calls.c.units, calls.c.state).where(
                self._of(claim, source), calls.c.identity.in_(batch), calls.c.state.in_(sorted(states))
            )
            if more is not None:
                query = query.where(more)
            locked = query.order_by(calls.c.identity).with_for_update()
            found |= {row["identity"]: row for row in self._connection.execute(locked).mappings()}
        return found

    def _must_run(self, claim: Claim) -> None:
        state: str = self._connection.execute(
            select(runs.c.state)
            .where(runs.c.workspace == claim.workspace, runs.c.id == claim.run)
            .with_for_update(read=True)
        ).scalar_one()
        if state != RunState.RUNNING.value:
            raise WrongState(state=state)

    def _count(self, workspace: str, run: str, *, spent: int = 0, possibly: int = 0) -> None:
        units = reservation.c
        change = update(reservation).where(units.workspace == workspace, units.run == run)
        self._connection.execute(
            change.values(
                provider_units_spent=units.provider_units_spent + spent,
                provider_units_possibly_spent=units.provider_units_possibly_spent + possibly,
            )
        )

    def _call_of(self, row: RowMapping) -> ProviderCall:
        sealed = row["answer"]
        context = _context(row["run"], row["source"], row["identity"])
        answer = None if sealed is None else self._seals.unpack(row["workspace"], context, sealed)
        return ProviderCall(
            row["source"], row["identity"], row["state"], row["units"], row["charged"], answer
        )

    @staticmethod
    def _of(claim: Claim, source: str) -> ColumnElement[bool]:
        return and_(calls.c.workspace == claim.workspace, calls.c.run == claim.run, calls.c.source == source)


def _batches(identities: Sequence[str]) -> list[Sequence[str]]:
    return [identities[first : first + _BATCH] for first in range(0, len(identities), _BATCH)]


def _context(run: str, source: str, identity: str) -> str:
    return f"{run}|answer|{source}|{identity}"

"""The scheduler, in SQL: the claim query decides who does what next, and leases say until when."""

from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, RowMapping, case, or_, select, update

from addon_backend.domain.errors import Lost
from addon_backend.domain.runs import (
    CHUNK_LEASE_SECONDS,
    SHEET_LEASE_SECONDS,
    ChunkState,
    Claim,
    Stage,
    Task,
)
from addon_backend.store.claims import claimed, end_sheet_lease, held_sheet
from addon_backend.store.clock import db_now, read_clock
from addon_backend.store.due import FIRST, DueTask, count_due, due_tasks, free
from addon_backend.store.mapping import Plain
from addon_backend.store.models import HELD
from addon_backend.store.models import chunk as chunks
from addon_backend.store.models import named_lease as roles
from addon_backend.store.models import sheet_lease as sheets
from addon_backend.store.poison import pause_after, relieve
from addon_backend.store.upsert import insert_into

_LOOKS = 5  # how often a claimer that was overtaken looks again before it leaves the rest to the others


class SqlWork:
    """Implements `ports.store.Work`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def claim(self, worker: str) -> Claim | None:
        """Take the fairest due chunk. A constant number of statements, whatever the number of chunks."""
        for _ in range(_LOOKS):
            now = read_clock(self._connection)
            tasks = due_tasks(self._connection, now)
            if not tasks:
                return None
            relieved = False
            for task in tasks:
                row = self._pick(task, now)
                if row is None:
                    continue  # another claimer has it in hand
                if relieve(self._connection, row, task.task):
                    relieved = True
                    break  # what is due has changed: look again
                claim = self._take(task, row, worker, now)
                if claim is not None:
                    return claim
            if not relieved:
                return None
        return None

    def renew(self, claim: Claim, seconds: float | None = None) -> None:
        """Extend the claim's leases from now; a lease that already lasts longer is left as it is."""
        now = read_clock(self._connection)
        until = now + (CHUNK_LEASE_SECONDS if seconds is None else seconds)
        chunk = update(chunks).where(claimed(claim), chunks.c.fence == claim.fence, _still_at_it(claim))
        longer = case((chunks.c.lease_until > until, chunks.c.lease_until), else_=until)
        held = self._connection.execute(chunk.values(lease_until=longer, worker=claim.worker)).rowcount
        if claim.sheet_key is None:
            if not held:
                raise Lost
            return
        # A writer goes on with other chunks of the run once its own is written: its right is the sheet lease.
        until = now + (SHEET_LEASE_SECONDS if seconds is None else seconds)
        longer = case((sheets.c.until > until, sheets.c.until), else_=until)
        sheet = update(sheets).where(held_sheet(claim)).values(until=longer, worker=claim.worker)
        if not self._connection.execute(sheet).rowcount:
            raise Lost

    def hold_sheet(self, claim: Claim) -> Claim | None:
        """Take the sheet of a lost claim once more; its chunk stays with whoever has it now."""
        fence = self._take_sheet(claim.sheet_key or "", claim.run, claim.worker, read_clock(self._connection))
        return None if fence is None else replace(claim, sheet_fence=fence)

    def hand_back(self, claim: Claim, after: float = 0.0) -> None:
        """End the claim's leases; what is lost or done already is left as it is.

        A writer is told to wait by the sheet's host: all that the run has to write waits with its chunk.
        """
        due = db_now() + after if after > 0 else 0.0
        fewer = case((chunks.c.claims > 0, chunks.c.claims - 1), else_=0)
        change = update(chunks).where(claimed(claim), chunks.c.fence == claim.fence, _still_at_it(claim))
        values: Plain = {"lease_until": 0.0, "worker": "", "claims": fewer, "due_at": due}
        held = self._connection.execute(change.values(values)).rowcount
        if held and after > 0 and claim.task is Task.WRITE:
            of_run = update(chunks).where(chunks.c.workspace == claim.workspace, chunks.c.run == claim.run)
            self._connection.execute(of_run.where(_still_at_it(claim)).values(due_at=due))
        end_sheet_lease(self._connection, claim)

    def end_leases(self, worker: str) -> int:
        """End every lease of a dead worker; should it still be alive, its fences are old now."""
        now = read_clock(self._connection)
        chunk = update(chunks).where(chunks.c.worker == worker, chunks.c.lease_until > now, HELD)
        sheet = update(sheets).where(sheets.c.worker == worker, sheets.c.until > now)
        ended = self._connection.execute(
            chunk.values(lease_until=0.0, worker="", fence=chunks.c.fence + 1)
        ).rowcount
        return (
            ended
            + self._connection.execute(sheet.values(until=0.0, worker="", fence=sheets.c.fence + 1)).rowcount
        )

    def due(self) -> int:
        """Count the chunks that could be claimed now, roughly; 0 exactly when there are none."""
        return count_due(self._connection, read_clock(self._connection))

    def lead(self, role: str, holder: str, seconds: float) -> bool:
        """Take or keep a named lease: True for its one holder."""
        now = read_clock(self._connection)
        values: Plain = {"holder": holder, "until": now + seconds, "taken_at": now}
        taken = insert_into(self._connection, roles).values(role=role, **values)
        mine_or_over = or_(roles.c.holder == holder, roles.c.until <= now)
        kept = taken.on_conflict_do_update(index_elements=["role"], set_=values, where=mine_or_over)
        return self._connection.execute(kept.returning(roles.c.role)).scalar_one_or_none() is not None

    def beat(self, role: str) -> float | None:
        """Return how many seconds ago the role's lease was last taken."""
        query = select(db_now() - roles.c.taken_at).where(roles.c.role == role)
        return self._connection.execute(query).scalar_one_or_none()

    def _pick(self, task: DueTask, now: float) -> RowMapping | None:
        """Lock the first chunk of a task; skip what another transaction has locked."""
        query = select(chunks).where(
            chunks.c.workspace == task.workspace,
            chunks.c.run == task.run,
            chunks.c.state == task.state.value,
            free(now),
        )
        if task.stage is not None:
            query = query.where(chunks.c.stage == int(task.stage))
        query = query.order_by(chunks.c.stage, chunks.c.first).limit(FIRST)
        return self._connection.execute(query.with_for_update(skip_locked=True)).mappings().one_or_none()

    def _take(self, task: DueTask, row: RowMapping, worker: str, now: float) -> Claim | None:
        """Begin the leases of a locked chunk; None when another run took the sheet just before."""
        sheet_fence = None
        if task.task in {Task.WRITE, Task.FINISH}:
            sheet_fence = self._take_sheet(task.sheet_key, task.run, worker, now)
            if sheet_fence is None:
                return None
        claim = Claim(
            task=task.task,
            worker=worker,
            workspace=task.workspace,
            run=task.run,
            stage=Stage(row["stage"]),
            number=row["number"],
            fence=row["fence"] + 1,
            sheet_key=None if sheet_fence is None else task.sheet_key,
            sheet_fence=sheet_fence,
        )
        change = update(chunks).where(claimed(claim), chunks.c.fence == row["fence"])
        self._connection.execute(
            change.values(
                fence=claim.fence,
                claims=chunks.c.claims + 1,
                worker=worker,
                lease_until=now + CHUNK_LEASE_SECONDS,
                due_at=now + pause_after(row["claims"]),
            )
        )
        return claim

    def _take_sheet(self, key: str, run: str, worker: str, now: float) -> int | None:
        lease: Plain = {"worker": worker, "run": run, "until": now + SHEET_LEASE_SECONDS}
        first = insert_into(self._connection, sheets).values(key=key, fence=1, **lease)
        later = first.on_conflict_do_update(
            index_elements=["key"], set_={**lease, "fence": sheets.c.fence + 1}, where=sheets.c.until <= now
        )
        return self._connection.execute(later.returning(sheets.c.fence)).scalar_one_or_none()


def _still_at_it(claim: Claim) -> ColumnElement[bool]:
    """Match while the chunk is in the state in which it was claimed."""
    state = ChunkState.COMPUTED if claim.task is Task.WRITE else ChunkState.PLANNED
    return chunks.c.state == state.value

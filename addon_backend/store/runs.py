"""Runs and their reservations, in SQL."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Connection, Update, case, func, insert, select, update

from addon_backend.domain.errors import NotVisible
from addon_backend.domain.errors import RunState as WrongState
from addon_backend.domain.runs import Chunk, Claim, InputColumn, Output, Reservation, Run, RunState
from addon_backend.domain.sheet import GridRange
from addon_backend.store.claims import locked_chunk
from addon_backend.store.clock import db_now, read_clock
from addon_backend.store.mapping import (
    Plain,
    chunk_row,
    input_data,
    output_data,
    reservation_of,
    run_of,
    run_row,
)
from addon_backend.store.models import chunk as chunks
from addon_backend.store.models import reservation as reservations
from addon_backend.store.models import run as runs
from addon_backend.store.models import workspace as workspaces
from addon_backend.store.notices import put_in, take_out

_DAY = 86_400.0


class SqlRuns:
    """Implements `ports.store.Runs`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, run: Run, reservation: Reservation, chunks: Sequence[Chunk]) -> None:
        """Write run, reservation and first chunks; a run without a moment of creation is created now."""
        values = run_row(run)
        if not run.created_at:
            values["created_at"] = db_now()
        self._connection.execute(insert(runs).values(values))
        self._connection.execute(
            insert(reservations).values(
                workspace=run.workspace,
                run=run.id,
                quoted=reservation.quoted,
                reserved=reservation.reserved,
                spent=reservation.spent,
                released=reservation.released,
                provider_units_quoted=reservation.provider_units_quoted,
                provider_units_spent=reservation.provider_units_spent,
                provider_units_possibly_spent=reservation.provider_units_possibly_spent,
            )
        )
        if chunks:
            self._connection.execute(insert(_chunks), [chunk_row(chunk) for chunk in chunks])

    def get(self, workspace: str, run: str) -> Run:
        """Return a run."""
        query = select(runs).where(runs.c.workspace == workspace, runs.c.id == run)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotVisible
        return run_of(row)

    def version(self, workspace: str, run: str) -> int:
        """Return only the version: one row by its key, one column."""
        query = select(runs.c.version).where(runs.c.workspace == workspace, runs.c.id == run)
        version: int | None = self._connection.execute(query).scalar_one_or_none()
        if version is None:
            raise NotVisible
        return version

    def history(
        self, workspace: str, member: str | None, document: str | None, before: float | None, limit: int
    ) -> Sequence[Run]:
        """Return this person's runs (None: everybody's), newest first, created before a moment."""
        query = select(runs).where(runs.c.workspace == workspace)
        if member is not None:
            query = query.where(runs.c.member == member)
        if document is not None:
            query = query.where(runs.c.document == document)
        if before is not None:
            query = query.where(runs.c.created_at < before)
        query = query.order_by(runs.c.created_at.desc(), runs.c.id.desc()).limit(limit)
        return [run_of(row) for row in self._connection.execute(query).mappings()]

    def unseen(self, workspace: str, member: str, limit: int) -> Sequence[Run]:
        """Return this person's runs that ended or wait and that she has not looked at since, newest first."""
        told = [state.value for state in RunState if state.final or state is RunState.PARKED]
        query = (
            select(runs)
            .where(runs.c.workspace == workspace, runs.c.member == member, runs.c.state.in_(told))
            .where(runs.c.version > func.coalesce(runs.c.seen_version, 0), runs.c.erased_at.is_(None))
            .order_by(runs.c.created_at.desc(), runs.c.id.desc())
            .limit(limit)
        )
        return [run_of(row) for row in self._connection.execute(query).mappings()]

    def seen(self, workspace: str, run: str, version: int) -> None:
        """Remember that its member has looked at this version; an older look changes nothing."""
        older = func.coalesce(runs.c.seen_version, 0) < version
        self._connection.execute(self._change(workspace, run).where(older).values(seen_version=version))

    def hand_over(self, workspace: str, run: str, member: str) -> None:
        """Make somebody else the run's member, who has not seen it yet."""
        values: Plain = {"member": member, "seen_version": None, "version": runs.c.version + 1}
        if not self._connection.execute(self._change(workspace, run).values(values)).rowcount:
            raise NotVisible

    def writing_to(self, workspace: str, document: str, sheet: str, limit: int) -> Sequence[Run]:
        """Return the workspace's runs on a sheet that wrote anything, newest first."""
        query = (
            select(runs)
            .where(runs.c.workspace == workspace, runs.c.document == document, runs.c.sheet == sheet)
            .where(runs.c.wrote)
            .order_by(runs.c.created_at.desc(), runs.c.id.desc())
            .limit(limit)
        )
        return [run_of(row) for row in self._connection.execute(query).mappings()]

    def unfinished_on(self, workspace: str, document: str, sheet: str) -> Sequence[Run]:
        """Return the workspace's runs on a sheet that have not ended, oldest first."""
        query = (
            select(runs)
            .where(runs.c.workspace == workspace, runs.c.document == document, runs.c.sheet == sheet)
            .where(runs.c.state.not_in([state.value for state in RunState if state.final]))
            .order_by(runs.c.created_at, runs.c.id)
        )
        return [run_of(row) for row in self._connection.execute(query).mappings()]

    def following(self, workspace: str, runs: Collection[str]) -> Sequence[Run]:
        """Return the runs that follow up one of these, oldest first."""
        query = select(_runs).where(_runs.c.workspace == workspace, _runs.c.parent.in_(sorted(runs)))
        ordered = query.order_by(_runs.c.created_at, _runs.c.id)
        return [run_of(row) for row in self._connection.execute(ordered).mappings()]

    def move(
        self, workspace: str, run: str, allowed: Iterable[RunState], to: RunState, reason: str = ""
    ) -> Run:
        """Change the state if it is one of ``allowed``, compared and set in one statement."""
        values: Plain = {"state": to.value, "reason": reason, "version": runs.c.version + 1}
        if to in {RunState.PREPARING, RunState.RUNNING}:
            values["started_at"] = func.coalesce(runs.c.started_at, db_now())
        if to is RunState.PARKED:
            values |= {"parked_at": db_now(), "troubled_at": None}
        if to.final:
            days = select(workspaces.c.retention_days).where(workspaces.c.id == workspace).scalar_subquery()
            values |= {"finished_at": db_now(), "erase_at": db_now() + days * _DAY}
        allowed = frozenset(allowed)
        change = self._change(workspace, run).where(runs.c.state.in_([state.value for state in allowed]))
        moved = self._connection.execute(change.values(values)).rowcount
        now = self.get(workspace, run)
        if not moved:
            raise WrongState(state=now.state.value)
        if to.final or to is RunState.PARKED:
            put_in(self._connection, workspace, run)
        elif RunState.PARKED in allowed:
            take_out(self._connection, workspace, run)
        return now

    def describe(
        self,
        workspace: str,
        run: str,
        *,
        rows: int | None = None,
        inputs: Sequence[InputColumn] | None = None,
        outputs: Sequence[Output] | None = None,
        trial_rows: int | None = None,
        quality_before: int | None = None,
        quality_after: int | None = None,
    ) -> None:
        """Set what becomes known while the run goes on; None leaves a field as it is."""
        known: Plain = {
            "rows": rows,
            "inputs": None if inputs is None else [input_data(column) for column in inputs],
            "outputs": None if outputs is None else [output_data(output) for output in outputs],
            "trial_rows": trial_rows,
            "quality_before": quality_before,
            "quality_after": quality_after,
        }
        values = {name: value for name, value in known.items() if value is not None}
        change = self._change(workspace, run).values(version=runs.c.version + 1, **values)
        if not self._connection.execute(change).rowcount:
            raise NotVisible

    def place(self, workspace: str, run: str, area: GridRange, header_row: int | None) -> None:
        """Set where the selection stands: people have worked in the sheet since it was made."""
        now = {"top": area.top, "left": area.left, "bottom": area.bottom, "right": area.right}
        change = self._change(workspace, run).values(version=runs.c.version + 1, header_row=header_row, **now)
        if not self._connection.execute(change).rowcount:
            raise NotVisible

    def troubled(self, workspace: str, run: str) -> float:
        """Take note that the run's host lets nothing through; return for how many seconds by now.

        They begin anew with each chunk that is done or written, and where the run is parked.
        """
        since = func.coalesce(runs.c.troubled_at, db_now())
        change = self._change(workspace, run).values(troubled_at=since)
        began: float | None = self._connection.execute(
            change.returning(runs.c.troubled_at)
        ).scalar_one_or_none()
        if began is None:
            raise NotVisible
        return read_clock(self._connection) - began

    def touch(self, workspace: str, run: str) -> None:
        """Raise the version: progress was made."""
        touched = self._connection.execute(self._change(workspace, run).values(version=runs.c.version + 1))
        if not touched.rowcount:
            raise NotVisible

    def reservation(self, workspace: str, run: str) -> Reservation:
        """Return the run's reservation."""
        query = select(reservations).where(reservations.c.workspace == workspace, reservations.c.run == run)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotVisible
        return reservation_of(row)

    def reserve(self, workspace: str, run: str, up_to: int) -> Reservation:
        """Raise ``reserved`` to ``up_to``, never above ``quoted`` and never lower than it was."""
        self.touch(workspace, run)
        table = reservations.c
        wanted = case((table.quoted < up_to, table.quoted), else_=up_to)
        change = update(reservations).where(table.workspace == workspace, table.run == run)
        self._connection.execute(change.where(table.reserved < wanted).values(reserved=wanted))
        return self.reservation(workspace, run)

    def allocate(self, claim: Claim, wanted: int) -> int:
        """Set credits aside; what this chunk had set aside before a crash is counted as free for it."""
        locked_chunk(self._connection, claim)
        query = select(reservations).where(
            reservations.c.workspace == claim.workspace, reservations.c.run == claim.run
        )
        held = self._connection.execute(query.with_for_update()).mappings().one()
        mine = (_chunks.c.stage == int(claim.stage)) & (_chunks.c.number == claim.number)
        run_chunks = (_chunks.c.workspace == claim.workspace) & (_chunks.c.run == claim.run)
        others = select(func.coalesce(func.sum(_chunks.c.allocated), 0)).where(run_chunks, ~mine)
        set_aside: int = self._connection.execute(others).scalar_one()
        free = held["reserved"] - held["spent"] - held["released"] - set_aside
        granted: int = max(0, min(wanted, free))
        self._connection.execute(update(_chunks).where(run_chunks, mine).values(allocated=granted))
        return granted

    def release_rest(self, workspace: str, run: str, keep: int = 0) -> None:
        """Give back what is reserved and not spent, but for what may still be spent."""
        self.touch(workspace, run)
        table = reservations.c
        rest = table.reserved - table.spent - keep
        change = update(reservations).where(table.workspace == workspace, table.run == run)
        self._connection.execute(change.where(table.released < rest).values(released=rest))

    def _change(self, workspace: str, run: str) -> Update:
        return update(runs).where(runs.c.workspace == workspace, runs.c.id == run)


_chunks, _runs = chunks, runs  # names that ports give to parameters

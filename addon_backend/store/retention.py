"""Nothing is kept for ever, in SQL (law 11)."""

from collections.abc import Sequence

from sqlalchemy import Connection, delete, exists, func, select, tuple_, update

from addon_backend.domain.runs import PARKED_SECONDS, UNDECIDED_SECONDS, RunState
from addon_backend.domain.switches import AUDIT_DAYS, PROOF_SECONDS
from addon_backend.domain.workspaces import ACCESS_SECONDS, REVOKED_SECONDS
from addon_backend.store.clock import read_clock
from addon_backend.store.models import (
    METADATA,
    administrator,
    arrival,
    audit,
    block,
    charged_identity,
    credential,
    document,
    document_access,
    idempotency_key,
    one_time_code,
    provider_call,
    quote,
    reservation,
    run,
    sheet_lease,
)
from addon_backend.store.models import workspace as tenants
from addon_backend.store.seals import Seals

_RUNS_AT_A_TIME = 100
_AT_A_TIME = 100
_DAY = 86_400.0
_WITH_VALUES = (block, provider_call, charged_identity)


class SqlRetention:
    """Implements `ports.store.Retention`."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def erase_due(self) -> int:
        """Erase what is past its time, up to a hundred runs in one transaction; 0 means that none is left.

        Quotes go a day after they expired, so that a late press still hears *expired* and not *unknown*.
        """
        now = read_clock(self._connection)
        self._connection.execute(delete(quote).where(quote.c.expires_at <= now - _DAY))
        self._connection.execute(delete(idempotency_key).where(idempotency_key.c.created_at <= now - _DAY))
        self._connection.execute(
            delete(document_access).where(document_access.c.proven_at <= now - ACCESS_SECONDS)
        )
        self._connection.execute(delete(one_time_code).where(one_time_code.c.expires_at <= now))
        self._connection.execute(delete(credential).where(credential.c.revoked_at <= now - REVOKED_SECONDS))
        self._connection.execute(delete(arrival).where(arrival.c.expires_at <= now))
        self._connection.execute(
            delete(administrator).where(administrator.c.proven_at <= now - PROOF_SECONDS)
        )
        self._connection.execute(delete(audit).where(audit.c.at <= now - AUDIT_DAYS * _DAY))
        past = (
            select(run.c.workspace, run.c.id)
            .where(run.c.erase_at <= now, run.c.erased_at.is_(None))
            .order_by(run.c.erase_at)
            .limit(_RUNS_AT_A_TIME)
        )
        due = [(row.workspace, row.id) for row in self._connection.execute(past)]
        if not due:
            return 0
        for table in _WITH_VALUES:
            self._connection.execute(delete(table).where(tuple_(table.c.workspace, table.c.run).in_(due)))
        erased = update(run).where(tuple_(run.c.workspace, run.c.id).in_(due)).values(erased_at=now)
        return self._connection.execute(erased).rowcount

    def release_due(self) -> int:
        """Give back what undecided cells of runs that ended 30 days ago have kept reserved; count runs."""
        past = select(1).where(
            run.c.workspace == reservation.c.workspace,
            run.c.id == reservation.c.run,
            run.c.finished_at <= read_clock(self._connection) - UNDECIDED_SECONDS,
        )
        rest = reservation.c.reserved - reservation.c.spent
        kept = update(reservation).where(reservation.c.released < rest, past.exists())
        return self._connection.execute(kept.values(released=rest)).rowcount

    def parked_due(self) -> Sequence[tuple[str, str]]:
        """Return runs that nobody has continued for a week."""
        past = run.c.parked_at <= read_clock(self._connection) - PARKED_SECONDS
        waiting = select(run.c.workspace, run.c.id).where(run.c.state == RunState.PARKED.value, past)
        found = self._connection.execute(waiting.order_by(run.c.parked_at).limit(_AT_A_TIME))
        return [(row.workspace, row.id) for row in found]

    def documents_due(self) -> Sequence[tuple[str, str]]:
        """Return opened files past their workspace's retention that no run needs any more."""
        now = read_clock(self._connection)
        kept_for = tenants.c.retention_days * _DAY
        needed = exists().where(
            run.c.workspace == document.c.workspace,
            run.c.document == document.c.id,
            func.coalesce(run.c.erase_at, run.c.created_at + kept_for) > now,
        )
        past = (
            select(document.c.workspace, document.c.id)
            .join(tenants, tenants.c.id == document.c.workspace)
            .where(document.c.opened_at + kept_for <= now, ~needed)
            .order_by(document.c.opened_at)
            .limit(_AT_A_TIME)
        )
        return [(row.workspace, row.id) for row in self._connection.execute(past)]

    def erase_workspace(self, workspace: str) -> None:
        """Erase a workspace with everything in it; its data key goes first.

        The workspace and its runs are locked until then, so that nobody hangs another row on them meanwhile.
        """
        mine = tenants.c.id == workspace
        self._connection.execute(select(tenants.c.id).where(mine).with_for_update())
        self._connection.execute(select(run.c.id).where(run.c.workspace == workspace).with_for_update())
        self._connection.execute(update(tenants).where(mine).values(data_key=b""))
        self._seals.forget(workspace)
        of_tenant = select(run.c.sheet_key).where(run.c.workspace == workspace)
        self._connection.execute(delete(sheet_lease).where(sheet_lease.c.key.in_(of_tenant)))
        for table in reversed(METADATA.sorted_tables):
            if "workspace" in table.c:
                self._connection.execute(delete(table).where(table.c.workspace == workspace))
        self._connection.execute(delete(tenants).where(mine))

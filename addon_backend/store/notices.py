"""The outbox of runs that ended or wait, in SQL."""

from sqlalchemy import Connection, delete, func, literal, select

from addon_backend.domain.runs import NOTICE_SECONDS
from addon_backend.ports.store import Notice
from addon_backend.store.clock import db_now
from addon_backend.store.mapping import Plain
from addon_backend.store.models import notice as notices
from addon_backend.store.upsert import insert_into

_COUNTED = 1_000


class SqlNotices:
    """Implements `ports.store.Notices`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def take(self) -> Notice | None:
        """Take the one that has been due for longest; what another transaction has in hand is skipped."""
        query = (
            select(notices)
            .where(notices.c.due_at <= db_now())
            .order_by(notices.c.due_at)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        take_out(self._connection, row.workspace, row.run)
        return Notice(row.workspace, row.run, row.tries)

    def put_back(self, notice: Notice, after: float) -> None:
        """Tell in some seconds, unless the run has entered the outbox anew."""
        again = insert_into(self._connection, notices).values(
            workspace=notice.workspace, run=notice.run, due_at=db_now() + after, tries=notice.tries + 1
        )
        self._connection.execute(again.on_conflict_do_nothing())

    def due(self) -> int:
        """Count what is due, and no further than some hundreds."""
        waiting = select(literal(1)).where(notices.c.due_at <= db_now()).limit(_COUNTED).subquery()
        return self._connection.execute(select(func.count()).select_from(waiting)).scalar_one()


def put_in(connection: Connection, workspace: str, run: str) -> None:
    """Let a run enter the outbox, in the transaction that ends or parks it."""
    values: Plain = {"due_at": db_now() + NOTICE_SECONDS, "tries": 0}
    entered = insert_into(connection, notices).values(workspace=workspace, run=run, **values)
    connection.execute(entered.on_conflict_do_update(index_elements=["workspace", "run"], set_=values))


def take_out(connection: Connection, workspace: str, run: str) -> None:
    """Let a run leave the outbox: it goes on, or somebody is about to be told."""
    mine = (notices.c.workspace == workspace) & (notices.c.run == run)
    connection.execute(delete(notices).where(mine))

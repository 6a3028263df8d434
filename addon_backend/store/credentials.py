"""Refresh tokens that members have entrusted to us, in SQL, sealed."""

from sqlalchemy import ColumnElement, Connection, delete, select, update

from addon_backend.ports.store import Credential
from addon_backend.store.clock import db_now, read_clock
from addon_backend.store.models import credential as credentials
from addon_backend.store.seals import Seals
from addon_backend.store.upsert import insert_into


class SqlCredentials:
    """Implements `ports.store.Credentials`."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, workspace: str, member: str, provider: str, token: str, scopes: frozenset[str]) -> None:
        """Keep what she has granted just now, in place of what she granted before."""
        values = {
            "token": self._seals.seal(workspace, _context(member, provider), token.encode()),
            "scopes": " ".join(sorted(scopes)),
            "granted_at": read_clock(self._connection),
            "revoked_at": None,
        }
        kept = insert_into(self._connection, credentials).values(
            workspace=workspace, member=member, provider=provider, **values
        )
        keys = [column.name for column in credentials.primary_key]
        self._connection.execute(kept.on_conflict_do_update(index_elements=keys, set_=values))

    def get(self, workspace: str, member: str, provider: str) -> Credential | None:
        """Return what she has granted, also where it has ended since."""
        query = select(credentials).where(*_of(workspace, member, provider))
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        context = _context(member, provider)
        token = self._seals.open(workspace, context, row.token).decode() if row.token else ""
        return Credential(token, frozenset(row.scopes.split()), row.granted_at)

    def revoke(self, workspace: str, member: str, provider: str, granted_at: float) -> None:
        """Remember that it has ended and erase its token, unless she has granted anew since."""
        ended = update(credentials).where(
            *_of(workspace, member, provider),
            credentials.c.granted_at == granted_at,
            credentials.c.revoked_at.is_(None),
        )
        self._connection.execute(ended.values(token=None, revoked_at=db_now()))

    def forget(self, workspace: str, member: str, provider: str) -> None:
        """Keep nothing of it."""
        self._connection.execute(delete(credentials).where(*_of(workspace, member, provider)))


def _of(workspace: str, member: str, provider: str) -> tuple[ColumnElement[bool], ...]:
    return (
        credentials.c.workspace == workspace,
        credentials.c.member == member,
        credentials.c.provider == provider,
    )


def _context(member: str, provider: str) -> str:
    return f"credential|{member}|{provider}"

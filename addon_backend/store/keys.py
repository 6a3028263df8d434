"""Idempotency keys, in SQL."""

from sqlalchemy import Connection, func, select

from addon_backend.domain.errors import KeyReused
from addon_backend.ports.store import KeptAnswer
from addon_backend.store.clock import read_clock
from addon_backend.store.engine import READING
from addon_backend.store.models import idempotency_key as keys
from addon_backend.store.upsert import insert_into


class SqlKeys:
    """Implements `ports.store.Keys`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, workspace: str, member: str, key: str) -> KeptAnswer | None:
        """Return what this key answered; in a unit that may write, whoever asks next waits for its end."""
        self._wait_for_others(workspace, member, key)
        query = select(keys).where(keys.c.workspace == workspace, keys.c.member == member, keys.c.key == key)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else KeptAnswer(row.body_digest, row.status, row.answer)

    def put(self, workspace: str, member: str, key: str, kept: KeptAnswer) -> None:
        """Keep an answer. Raises `KeyReused` where the key has one already."""
        values = {
            "workspace": workspace,
            "member": member,
            "key": key,
            "body_digest": kept.body_digest,
            "status": kept.status,
            "answer": kept.answer,
            "created_at": read_clock(self._connection),
        }
        kept_now = insert_into(self._connection, keys).values(values).on_conflict_do_nothing()
        if self._connection.execute(kept_now.returning(keys.c.key)).scalar_one_or_none() is None:
            raise KeyReused

    def _wait_for_others(self, workspace: str, member: str, key: str) -> None:
        """Hold the key to the end of the transaction, as ``BEGIN IMMEDIATE`` holds everything on SQLite.

        Without it two first requests with one key would both find nothing and both start a run.
        """
        reading = self._connection.get_execution_options().get(READING)
        if self._connection.dialect.name == "postgresql" and not reading:
            name = func.hashtextextended(f"{workspace}|{member}|{key}", 0)
            self._connection.execute(select(func.pg_advisory_xact_lock(name)))

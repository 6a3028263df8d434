"""Secrets that open one door once, in SQL: a digest of each, and what it stands for, sealed."""

import hashlib

from sqlalchemy import Connection, delete

from addon_backend.ports.store import OneTimeCode
from addon_backend.store.clock import db_now, read_clock
from addon_backend.store.models import one_time_code as codes
from addon_backend.store.seals import Seals
from addon_backend.store.upsert import insert_into


class SqlOneTimeCodes:
    """Implements `ports.store.OneTimeCodes`."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def add(
        self, workspace: str, member: str, purpose: str, secret: str, payload: bytes, seconds: float
    ) -> None:
        """Let the secret open its door once, within so many seconds."""
        digest = _digest(secret)
        added = insert_into(self._connection, codes).values(
            workspace=workspace,
            purpose=purpose,
            digest=digest,
            member=member,
            payload=self._seals.seal(workspace, _context(member, purpose, digest), payload),
            expires_at=db_now() + seconds,
        )
        self._connection.execute(added)

    def take(self, workspace: str, purpose: str, secret: str) -> OneTimeCode | None:
        """Return what the secret stands for and let it be gone: of two who take it, one gets it."""
        digest = _digest(secret)
        taken = delete(codes).where(
            codes.c.workspace == workspace, codes.c.purpose == purpose, codes.c.digest == digest
        )
        found = taken.returning(codes.c.member, codes.c.payload, codes.c.expires_at)
        row = self._connection.execute(found).one_or_none()
        if row is None or row.expires_at <= read_clock(self._connection):
            return None
        context = _context(row.member, purpose, digest)
        return OneTimeCode(row.member, self._seals.open(workspace, context, row.payload))


def _digest(secret: str) -> str:
    """A plain digest is enough: the secret is random, and too long to be guessed."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _context(member: str, purpose: str, digest: str) -> str:
    return f"code|{member}|{purpose}|{digest}"

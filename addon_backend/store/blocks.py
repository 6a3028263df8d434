"""Bulk data, in SQL: compressed, sealed, bound to where it belongs."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from addon_backend.domain.runs import Stage
from addon_backend.ports.store import BlockKey
from addon_backend.store.models import block as blocks
from addon_backend.store.seals import Seals
from addon_backend.store.upsert import insert_into


class SqlBlocks:
    """Implements `ports.store.Blocks`."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        self._connection = connection
        self._seals = seals

    def put(self, key: BlockKey, data: bytes) -> None:
        """Keep the bytes; the same key again replaces them."""
        sealed = self._seals.pack(key.workspace, _context(key), data)
        kept = insert_into(self._connection, blocks).values(
            workspace=key.workspace,
            run=key.run,
            kind=key.kind,
            stage=int(key.stage),
            number=key.number,
            column=key.column,
            data=sealed,
        )
        place = list(blocks.primary_key.columns)
        replacing = kept.on_conflict_do_update(index_elements=place, set_={"data": sealed})
        self._connection.execute(replacing)

    def get(self, key: BlockKey) -> bytes | None:
        """Return the bytes, or None where there are none (erased, or never kept)."""
        query = select(blocks.c.data).where(
            blocks.c.workspace == key.workspace,
            blocks.c.run == key.run,
            blocks.c.kind == key.kind,
            blocks.c.stage == int(key.stage),
            blocks.c.number == key.number,
            blocks.c.column == key.column,
        )
        sealed = self._connection.execute(query).scalar_one_or_none()
        return None if sealed is None else self._seals.unpack(key.workspace, _context(key), sealed)

    def columns(self, workspace: str, run: str, kind: str, stage: Stage, number: int) -> dict[str, bytes]:
        """Return every column of one chunk's blocks of this kind."""
        query = select(blocks.c.column, blocks.c.data).where(
            blocks.c.workspace == workspace,
            blocks.c.run == run,
            blocks.c.kind == kind,
            blocks.c.stage == int(stage),
            blocks.c.number == number,
        )
        return {
            row.column: self._seals.unpack(
                workspace, _context(BlockKey(workspace, run, kind, stage, number, row.column)), row.data
            )
            for row in self._connection.execute(query)
        }

    def digests(self, workspace: str, context: str, texts: Sequence[str]) -> list[str]:
        """Return keyed digests that mean nothing outside the workspace, one per text."""
        return [self._seals.digest(workspace, context, text) for text in texts]


def _context(key: BlockKey) -> str:
    """Name the place; the column comes last because it alone may hold any character."""
    return f"{key.run}|{key.kind}|{int(key.stage)}|{key.number}|{key.column}"

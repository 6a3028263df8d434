"""The rows of one opened sheet inside one transaction: kept, read, replaced, moved.

Every method issues a number of statements that does not grow with the number of rows, but for batches.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import Final

from sqlalchemy import Connection, RowMapping, and_, bindparam, delete, insert, select, update

from addon_backend.domain.cells import Cell
from addon_backend.ports.documents import StoredRow
from addon_backend.store.cells import cells_from_bytes, cells_to_bytes
from addon_backend.store.mapping import Plain
from addon_backend.store.models import document_row as table
from addon_backend.store.seals import Seals

_INSERTED_AT_A_TIME: Final = 2_000
_ASKED_AT_A_TIME: Final = 10_000  # SQLite takes 32,766 parameters


class SheetRows:
    """Rows by position and by id; cells are sealed under the workspace's key, bound to their row."""

    def __init__(
        self, connection: Connection, seals: Seals, workspace: str, document: str, sheet: str
    ) -> None:
        self._connection = connection
        self._seals = seals
        self._place: Plain = {"workspace": workspace, "document": document, "sheet": sheet}
        self._workspace = workspace
        self._context = f"{document}|{sheet}|row|"
        self._mine = and_(
            table.c.workspace == workspace, table.c.document == document, table.c.sheet == sheet
        )

    def add(self, rows: Iterable[StoredRow]) -> int:
        """Append rows in order, consuming them as they come; return how many there were."""
        coming = iter(rows)
        count = 0
        while batch := list(islice(coming, _INSERTED_AT_A_TIME)):
            values = [
                self._row(row.id, position, row.revision, row.cells, hidden=row.hidden)
                for position, row in enumerate(batch, count)
            ]
            self._connection.execute(insert(table), values)
            count += len(batch)
        return count

    def insert_empty(self, ids: Sequence[int], position: int, revision: int) -> None:
        """Make room before a position and fill it with empty rows of these ids."""
        below = update(table).where(self._mine, table.c.position >= position)
        self._connection.execute(below.values(position=table.c.position + len(ids), revision=revision))
        for first in range(0, len(ids), _INSERTED_AT_A_TIME):
            batch = ids[first : first + _INSERTED_AT_A_TIME]
            values = [
                self._row(row, at, revision, {}, hidden=False)
                for at, row in enumerate(batch, position + first)
            ]
            self._connection.execute(insert(table), values)

    def between(self, top: int, bottom: int, since: int) -> list[StoredRow]:
        """Return rows by position, changed after a revision."""
        inside = and_(table.c.position >= top, table.c.position < bottom, table.c.revision > since)
        query = select(table).where(self._mine, inside).order_by(table.c.position)
        return [self._stored(row) for row in self._connection.execute(query).mappings()]

    def at(self, positions: Iterable[int]) -> dict[int, StoredRow]:
        """Return the rows that stand at these positions, by position."""
        found: dict[int, StoredRow] = {}
        for batch in _batches(sorted(set(positions))):
            query = select(table).where(self._mine, table.c.position.in_(batch))
            for row in self._connection.execute(query).mappings():
                found[row["position"]] = self._stored(row)
        return found

    def replace(self, rows: Mapping[int, Mapping[str, Cell]], revision: int) -> None:
        """Set the cells of rows by id, whole."""
        change = update(table).where(self._mine, table.c.id == bindparam("which"))
        sealed = [{"which": row, "sealed": self._seal(row, cells)} for row, cells in sorted(rows.items())]
        if sealed:
            self._connection.execute(change.values(cells=bindparam("sealed"), revision=revision), sealed)

    def order(self) -> list[int]:
        """Return row ids by position."""
        query = select(table.c.id).where(self._mine).order_by(table.c.position)
        return list(self._connection.execute(query).scalars())

    def hidden(self) -> list[int]:
        """Return the positions of hidden rows."""
        query = select(table.c.position).where(self._mine, table.c.hidden).order_by(table.c.position)
        return list(self._connection.execute(query).scalars())

    def move(self, before: Sequence[int], after: Sequence[int], revision: int) -> None:
        """Put rows that stood in one order of ids into another."""
        moved = [
            {"which": now, "place": position}
            for position, (was, now) in enumerate(zip(before, after, strict=True))
            if was != now
        ]
        if moved:
            change = update(table).where(self._mine, table.c.id == bindparam("which"))
            self._connection.execute(change.values(position=bindparam("place"), revision=revision), moved)

    def remove(self, rows: Iterable[int], revision: int) -> int:
        """Delete rows by id and close the gaps; return how many there were."""
        gone: list[int] = []
        for batch in _batches(sorted(set(rows))):
            removed = delete(table).where(self._mine, table.c.id.in_(batch)).returning(table.c.position)
            gone += self._connection.execute(removed).scalars()
        if not gone:
            return 0
        gone.sort()
        # From the top: what has moved up already is above every later gap, and is not moved twice.
        gaps = [
            {"above": above, "below": below, "by": by}
            for by, (above, below) in enumerate(pairwise([*gone, 2**31 - 1]), start=1)
            if below > above + 1
        ]
        inside = and_(table.c.position > bindparam("above"), table.c.position < bindparam("below"))
        closing = update(table).where(self._mine, inside)
        self._connection.execute(
            closing.values(position=table.c.position - bindparam("by"), revision=revision), gaps
        )
        return len(gone)

    def _row(
        self, row: int, position: int, revision: int, cells: Mapping[str, Cell], *, hidden: bool
    ) -> Plain:
        own: Plain = {"id": row, "position": position, "revision": revision, "hidden": hidden}
        return {**self._place, **own, "cells": self._seal(row, cells)}

    def _seal(self, row: int, cells: Mapping[str, Cell]) -> bytes:
        return self._seals.seal(self._workspace, f"{self._context}{row}", cells_to_bytes(cells))

    def _stored(self, row: RowMapping) -> StoredRow:
        opened = self._seals.open(self._workspace, f"{self._context}{row['id']}", row["cells"])
        return StoredRow(row["id"], row["position"], row["revision"], row["hidden"], cells_from_bytes(opened))


def _batches(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(numbers), _ASKED_AT_A_TIME):
        yield numbers[first : first + _ASKED_AT_A_TIME]

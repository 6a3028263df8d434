"""What a claim is worth now: the rows behind its fences, locked until the transaction ends.

Everybody takes locks in one order (chunk, sheet lease, run, reservation), so that two transactions never wait
for each other; who holds a run already skips the chunks that others hold.
"""

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, select, update

from addon_backend.domain.errors import Lost
from addon_backend.domain.runs import Claim
from addon_backend.store.models import chunk as chunks
from addon_backend.store.models import sheet_lease as sheets


def claimed(claim: Claim) -> ColumnElement[bool]:
    """Match the claim's chunk, whatever its fence."""
    return and_(
        chunks.c.workspace == claim.workspace,
        chunks.c.run == claim.run,
        chunks.c.stage == int(claim.stage),
        chunks.c.number == claim.number,
    )


def held_sheet(claim: Claim) -> ColumnElement[bool]:
    """Match the claim's sheet lease if nobody took it since; nothing for a claim without one."""
    return and_(sheets.c.key == claim.sheet_key, sheets.c.fence == claim.sheet_fence)


def locked_chunk(connection: Connection, claim: Claim) -> RowMapping:
    """Return the claim's chunk. Raises `Lost` when somebody claimed it since."""
    query = select(chunks).where(claimed(claim), chunks.c.fence == claim.fence).with_for_update()
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise Lost
    return row


def locked_sheet(connection: Connection, claim: Claim) -> RowMapping:
    """Return the claim's sheet lease, over or not. Raises `Lost` when somebody took it since."""
    row = (
        connection.execute(select(sheets).where(held_sheet(claim)).with_for_update()).mappings().one_or_none()
    )
    if row is None:
        raise Lost
    return row


def end_sheet_lease(connection: Connection, claim: Claim) -> None:
    """Let the next writer in, if the lease is still this claim's."""
    if claim.sheet_key is not None:
        connection.execute(update(sheets).where(held_sheet(claim)).values(until=0.0, worker=""))

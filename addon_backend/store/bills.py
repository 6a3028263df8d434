"""Ledger lines and the reservation they draw on, changed together."""

from collections.abc import Sequence

from sqlalchemy import Connection, insert, update

from addon_backend.domain.runs import Chunk
from addon_backend.store.clock import read_clock
from addon_backend.store.models import ledger, reservation


def add_lines(
    connection: Connection, run: str, chunk: Chunk, turn: int, charges: Sequence[tuple[str, int]]
) -> None:
    """Bill a run for what one round of a chunk, of its own or of a follow-up, has written."""
    if not charges:
        return
    now = read_clock(connection)
    lines = [
        {
            "workspace": chunk.workspace,
            "run": run,
            "stage": int(chunk.stage),
            "number": chunk.number,
            "round": turn,
            "event": event,
            "sequence": sequence,
            "credits": credits_,
            "created_at": now,
        }
        for sequence, (event, credits_) in enumerate(charges)
    ]
    connection.execute(insert(ledger), lines)
    mine = (reservation.c.workspace == chunk.workspace) & (reservation.c.run == run)
    spent = reservation.c.spent + sum(credits_ for _, credits_ in charges)
    connection.execute(update(reservation).where(mine).values(spent=spent))

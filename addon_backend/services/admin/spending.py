"""What was spent, by member and month: runs, rows and credits, never a cell value."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from addon_backend.services.admin.proof import demand_proof, desk_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.workspaces import Caller
    from addon_backend.services.house import House

MONTHS = 12


@dataclass(frozen=True, slots=True)
class SpentLine:
    """One member's month; ``month`` is its first day, as ``2026-11-01``, in UTC."""

    month: str
    email: str = field(repr=False)
    runs: int
    rows: int
    credits: int


def spending(house: House, caller: Caller) -> Sequence[SpentLine]:
    """Return the last twelve months, newest first, then who spent most. Raises `NotAdministrator`."""
    desk = desk_of(house)
    with house.store.reading() as unit:
        demand_proof(unit, caller)
        begins = _months(datetime.fromtimestamp(unit.now(), UTC))
        spent = unit.administration.spent(caller.workspace, [month.timestamp() for month in begins])
        who = {seat.member: seat.email for seat in unit.administration.seats(caller.workspace, desk.provider)}
    ordered = sorted(spent, key=lambda one: (-one.month, -one.credits, -one.rows, who.get(one.member, "")))
    return [
        SpentLine(
            begins[one.month].date().isoformat(), who.get(one.member, ""), one.runs, one.rows, one.credits
        )
        for one in ordered
    ]


def _months(now: datetime) -> list[datetime]:
    """Return when the last months began, oldest first."""
    last = now.year * 12 + now.month - 1
    return [datetime(at // 12, at % 12 + 1, 1, tzinfo=UTC) for at in range(last - MONTHS + 1, last + 1)]

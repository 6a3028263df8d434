"""What must happen even when nobody presses: lost bells ring again, old data and old shares go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from addon_backend.services.runs.control import stop_here

if TYPE_CHECKING:
    from addon_backend.services.house import House

LEAD_SECONDS = 10.0
MOST_RINGS = 4


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did; ``leading`` is False where another process sweeps.

    ``due`` counts chunks to work on and people to tell, ``erased`` runs, ``forgotten`` opened files,
    ``released`` runs whose undecided cells have waited too long, ``stopped`` runs that nobody continued.
    """

    leading: bool
    due: int = 0
    erased: int = 0
    forgotten: int = 0
    released: int = 0
    stopped: int = 0


def rewrap(house: House) -> int:
    """Wrap every workspace's data key under the current key-encryption key; return how many there are.

    Doing it again changes nothing that anybody could see. A hundred keys are one transaction: what is done
    stays done where it is interrupted. Raises `EngineUnavailable` where a key's wrapping key is not known.
    """
    count, last = 0, ""
    while True:
        with house.store.unit() as unit:
            done = unit.data_keys.rewrap(last)
            unit.commit()
        if not done:
            return count
        count, last = count + len(done), done[-1]


def sweep(house: House, holder: str) -> Swept:
    """Ring for work that is due, erase and release what has had its time, if this process leads."""
    with house.store.unit() as unit:
        leading = unit.work.lead("sweeper", holder, LEAD_SECONDS)
        waited = unit.retention.parked_due() if leading else ()
        for workspace, run in waited:
            stop_here(unit, unit.runs.get(workspace, run))
        due = unit.work.due() + unit.notices.due() if leading else 0
        erased = unit.retention.erase_due() if leading else 0
        released = unit.retention.release_due() if leading else 0
        past = unit.retention.documents_due() if leading else ()
        unit.commit()
    for workspace, document in past:
        house.workbooks.forget(workspace, document)
    if due:
        house.bell.ring(min(due, MOST_RINGS))
    return Swept(leading, due, erased, len(past), released, len(waited))

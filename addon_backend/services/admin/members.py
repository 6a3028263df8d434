"""Members as their administrator sees them: who is there, who may run, and why somebody is held back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from addon_backend.domain.errors import RunState as RunMoved
from addon_backend.domain.runs import NOT_ADMITTED, RunState
from addon_backend.domain.switches import Admission
from addon_backend.services.admin.proof import demand_proof, desk_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.administration import Seat
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House

_UNDER_WAY = (RunState.QUEUED, RunState.PREPARING, RunState.RUNNING)
_SAID = {
    (Admission.BLOCKED, True): "blocked",
    (Admission.BLOCKED, False): "blocked",
    (Admission.LISTED, True): "listed",
    (Admission.LISTED, False): "listed",
    (Admission.USUAL, True): "unblocked",
    (Admission.USUAL, False): "unlisted",
}


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member; ``held_back`` says why her runs do not go on: codes, none where they do."""

    member: str
    email: str = field(repr=False)
    admission: Admission
    held_back: tuple[str, ...]
    connected: bool
    seen_at: float | None
    since: float


@dataclass(frozen=True, slots=True)
class Members:
    """All members by address, and whether all may run or only those who are listed."""

    lines: Sequence[MemberLine]
    everybody: bool


def members(house: House, caller: Caller) -> Members:
    """Return the caller's workspace's members. Raises `NotAdministrator`."""
    desk = desk_of(house)
    with house.store.reading() as unit:
        demand_proof(unit, caller)
        switches = unit.administration.switches(caller.workspace)
        offered = desk.offers_delegation(unit.accounts.workspace(caller.workspace).key)
        seats = unit.administration.seats(caller.workspace, desk.provider)
    for_all = switches.delegation and offered
    lines = [
        MemberLine(
            member=seat.member,
            email=seat.email,
            admission=seat.admission,
            held_back=_held_back(seat, admitted=switches.admits(seat.admission), for_all=for_all),
            connected=for_all or bool(seat.granted),
            seen_at=seat.seen_at,
            since=seat.created_at,
        )
        for seat in seats
    ]
    return Members(sorted(lines, key=lambda line: (line.email, line.member)), switches.everybody)


def admit(house: House, caller: Caller, member: str, admission: Admission) -> None:
    """Say of a member whether she may run; her runs wait from now on where she may not.

    Raises `NotAdministrator` or `NotVisible`.
    """
    with house.store.unit() as unit:
        demand_proof(unit, caller)
        before = unit.administration.admission(caller.workspace, member)
        if before is not admission:
            unit.administration.set_admission(caller.workspace, member, admission)
            said = _SAID[admission, before is Admission.BLOCKED]
            unit.administration.note(caller.workspace, caller.member, said, about=member)
            park_those_not_admitted(unit, caller.workspace)
        unit.commit()


def park_those_not_admitted(unit: UnitOfWork, workspace: str) -> None:
    """Let the runs of members who may not run any more wait: for them, or for a colleague who may."""
    switches = unit.administration.switches(workspace)
    for run, member in unit.administration.active(workspace):
        if switches.admits(unit.administration.admission(workspace, member)):
            continue
        try:
            unit.runs.move(workspace, run, _UNDER_WAY, RunState.PARKED, NOT_ADMITTED)
        except RunMoved:
            continue  # it has ended meanwhile


def _held_back(seat: Seat, *, admitted: bool, for_all: bool) -> tuple[str, ...]:
    why = []
    if not admitted:
        why.append("blocked" if seat.admission is Admission.BLOCKED else "not_listed")
    if not for_all and not seat.granted:
        why.append("never_connected" if seat.granted is None else "consent_ended")
    return tuple(why)

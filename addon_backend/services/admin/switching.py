"""A workspace's switches: read, set, and who set them when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from addon_backend.domain.errors import BodyInvalid, NotAllowed, NotVisible
from addon_backend.domain.fields import CATALOGUE
from addon_backend.services.admin.members import park_those_not_admitted
from addon_backend.services.admin.proof import demand_proof, desk_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from addon_backend.domain.switches import Switches
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House

SHOWN_TRACES = 50


@dataclass(frozen=True, slots=True)
class Trace:
    """Who switched what, when; ``who`` and ``about`` are addresses, "" where we know none."""

    at: float
    who: str = field(repr=False)
    what: str
    value: str
    about: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """How the switches stand. ``offers_delegation``: this deployment could act for the whole organisation."""

    name: str
    switches: Switches
    retention_days: int
    offers_delegation: bool


@dataclass(frozen=True, slots=True)
class Order:
    """How they are to stand; pausing is a press of its own."""

    everybody: bool
    fields: frozenset[str]
    in_place: bool
    delegation: bool
    retention_days: int


def standing(house: House, caller: Caller) -> Standing:
    """Return how the caller's workspace's switches stand. Raises `NotAdministrator`."""
    desk = desk_of(house)
    with house.store.reading() as unit:
        demand_proof(unit, caller)
        workspace = unit.accounts.workspace(caller.workspace)
        return Standing(
            name=workspace.name or unit.accounts.member(caller.workspace, caller.member).email,
            switches=unit.administration.switches(caller.workspace),
            retention_days=workspace.retention_days,
            offers_delegation=desk.offers_delegation(workspace.key),
        )


def is_paused(house: House, caller: Caller) -> bool:
    """Tell whether everything is paused in the caller's workspace. Raises `NotAdministrator`."""
    with house.store.reading() as unit:
        demand_proof(unit, caller)
        return unit.administration.switches(caller.workspace).paused


def traces(house: House, caller: Caller) -> Sequence[Trace]:
    """Return what was switched last, newest first. Raises `NotAdministrator`."""
    names: dict[str, str] = {"": ""}
    with house.store.reading() as unit:
        demand_proof(unit, caller)
        lines = unit.administration.audit(caller.workspace, SHOWN_TRACES)
        for member in {line.member for line in lines} | {line.about for line in lines} - {""}:
            names[member] = _address(unit, caller.workspace, member)
    return [Trace(line.at, names[line.member], line.what, line.value, names[line.about]) for line in lines]


def switch(house: House, caller: Caller, order: Order) -> None:
    """Let the switches stand as ordered; what differs is kept with the caller's name.

    All fields ticked means the whole catalogue, also as it grows. What runs already goes on as it began, but
    for members who may not run any more. Raises `NotAdministrator`, `BodyInvalid` for an unknown field or a
    number of days that cannot be, `NotAllowed` for delegation where it is not offered.
    """
    desk = desk_of(house)
    if not order.fields <= CATALOGUE.keys():
        raise BodyInvalid
    with house.store.unit() as unit:
        demand_proof(unit, caller)
        workspace = unit.accounts.workspace(caller.workspace)
        before = unit.administration.switches(caller.workspace)
        if order.delegation and not before.delegation and not desk.offers_delegation(workspace.key):
            raise NotAllowed
        after = replace(
            before,
            everybody=order.everybody,
            fields=None if order.fields == CATALOGUE.keys() else order.fields,
            in_place=order.in_place,
            delegation=order.delegation,
        )
        if order.retention_days != workspace.retention_days:
            unit.accounts.set_retention(caller.workspace, order.retention_days)
            _note(unit, caller, "retention", str(order.retention_days))
        if after != before:
            unit.administration.set_switches(caller.workspace, after)
            _note_differences(unit, caller, before, after)
            park_those_not_admitted(unit, caller.workspace)
        unit.commit()


def pause(house: House, caller: Caller, *, paused: bool) -> None:
    """Pause everything or let it go on; saying it again changes nothing. Raises `NotAdministrator`."""
    with house.store.unit() as unit:
        demand_proof(unit, caller)
        before = unit.administration.switches(caller.workspace)
        if before.paused != paused:
            unit.administration.set_switches(caller.workspace, replace(before, paused=paused))
            _note(unit, caller, "paused", _on(on=paused))
            for run, _ in unit.administration.active(caller.workspace):
                unit.runs.touch(caller.workspace, run)  # open panels say so at once
        unit.commit()
    if not paused:
        house.bell.ring(2)


def _note_differences(unit: UnitOfWork, caller: Caller, before: Switches, after: Switches) -> None:
    if after.everybody != before.everybody:
        _note(unit, caller, "everybody", _on(on=after.everybody))
    if after.fields != before.fields:
        off = [] if after.fields is None else sorted(CATALOGUE.keys() - after.fields)
        _note(unit, caller, "fields", " ".join(off))
    if after.in_place != before.in_place:
        _note(unit, caller, "in_place", _on(on=after.in_place))
    if after.delegation != before.delegation:
        _note(unit, caller, "delegation", _on(on=after.delegation))


def _note(unit: UnitOfWork, caller: Caller, what: str, value: str) -> None:
    unit.administration.note(caller.workspace, caller.member, what, value)


def _on(*, on: bool) -> str:
    return "on" if on else "off"


def _address(unit: UnitOfWork, workspace: str, member: str) -> str:
    try:
        return unit.accounts.member(workspace, member).email
    except NotVisible:
        return ""

"""What the workspace's administrator lets a member do now; asked in the transaction that would begin it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from addon_backend.domain.errors import InPlaceSwitchedOff

if TYPE_CHECKING:
    from addon_backend.domain.switches import Switches
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.store import UnitOfWork


def permit(unit: UnitOfWork, caller: Caller) -> Switches:
    """Return the workspace's switches. Raises `WorkspacePaused` or `NotAdmitted`: she may not run now."""
    switches = unit.administration.switches(caller.workspace)
    switches.admit(unit.administration.admission(caller.workspace, caller.member))
    return switches


def permit_in_place(unit: UnitOfWork, caller: Caller) -> None:
    """Raise `InPlaceSwitchedOff` where nothing may be cleaned in place."""
    if not unit.administration.switches(caller.workspace).in_place:
        raise InPlaceSwitchedOff

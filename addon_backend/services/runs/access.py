"""Who may see a run: who started it, and whoever can open its document now (DESIGN §5).

The host is asked outside of any transaction, by `admit`, and its yes is remembered for ten minutes;
`visible_run` goes by that alone. A use case that forgets to admit shows nothing to anybody else.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import structlog

from addon_backend.domain.errors import FileUnknown, HostTrouble, NotAllowed, NotVisible, SheetUnknown

if TYPE_CHECKING:
    from addon_backend.domain.runs import Run
    from addon_backend.domain.sheet import SheetRef
    from addon_backend.domain.workspaces import Caller
    from addon_backend.ports.sheet_host import SheetInfo
    from addon_backend.ports.store import UnitOfWork
    from addon_backend.services.house import House

log = structlog.get_logger(__name__)


def admit(house: House, caller: Caller, run_id: str) -> None:
    """Ask the host of somebody else's run, unless it said yes lately. Decides nothing, raises nothing."""
    with house.store.reading() as unit:
        try:
            run = unit.runs.get(caller.workspace, run_id)
        except NotVisible:
            return
        known = may_see(unit, caller, run)
    if not known:
        ask_host(house, caller, run.sheet.host, run.sheet.document)


def admit_to_document(house: House, caller: Caller, host: str, document: str) -> bool:
    """Return True where the caller can open a document, by what its host says now or said lately."""
    with house.store.reading() as unit:
        if unit.accounts.has_access(caller.workspace, caller.member, host, document):
            return True
    return ask_host(house, caller, host, document)


def admit_to_sheet(house: House, caller: Caller, sheet: SheetRef) -> SheetInfo:
    """Return a sheet on which a run could begin: its host is here, has it and lets the caller in.

    A document that she cannot open is answered like one that never was. Where the host cannot be asked about
    people, a document is its workspace's. Raises `NotVisible`, `FileUnknown` or `SheetUnknown`.
    """
    info: SheetInfo | None = None
    with suppress(SheetUnknown):  # which would tell that there is such a document
        info = house.host(sheet.host, caller.workspace, caller.member).describe(sheet)
    if sheet.host in house.access and not admit_to_document(house, caller, sheet.host, sheet.document):
        raise FileUnknown
    if info is None:
        raise SheetUnknown
    return info


def ask_host(house: House, caller: Caller, host: str, document: str) -> bool:
    """Ask the host now, and remember a yes; a host that cannot be asked or does not answer has not said yes.

    A refusal is not remembered: who was let into the file a moment ago need not wait.
    """
    access = house.access.get(host)
    try:
        if access is None or not access.can_open(caller, document):
            return False
    except (HostTrouble, NotAllowed) as trouble:
        log.warning("access_not_asked", host=host, code=trouble.code)
        return False
    with house.store.unit() as unit:
        unit.accounts.prove_access(caller.workspace, caller.member, host, document)
        unit.commit()
    return True


def visible_run(unit: UnitOfWork, caller: Caller, run_id: str) -> Run:
    """Return a run that the caller may see. Raises `NotVisible`, as for a run that never was."""
    run = unit.runs.get(caller.workspace, run_id)
    if not may_see(unit, caller, run):
        raise NotVisible
    return run


def may_see(unit: UnitOfWork, caller: Caller, run: Run) -> bool:
    """Return True for who started the run, and for whom its host has let into the document lately."""
    return run.member == caller.member or unit.accounts.has_access(
        caller.workspace, caller.member, run.sheet.host, run.sheet.document
    )

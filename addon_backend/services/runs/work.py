"""What a worker does when the bell rings: claim, do, and again, until nothing is due."""

from __future__ import annotations

import random
from contextlib import contextmanager
from threading import Event, Thread
from time import monotonic
from typing import TYPE_CHECKING

import structlog

from addon_backend.domain.errors import (
    AccessLost,
    AddonError,
    CellsProtected,
    ConsentNeeded,
    FileUnknown,
    HostBusy,
    HostTrouble,
    Lost,
    Refused,
)
from addon_backend.domain.errors import (
    RunState as RunMoved,
)
from addon_backend.domain.runs import (
    CELLS_PROTECTED,
    CHUNK_LEASE_SECONDS,
    HOST_TROUBLE,
    HOST_TROUBLE_SECONDS,
    NEEDS_CONSENT,
    NEEDS_OWNER,
    SHEET_LEASE_SECONDS,
    Claim,
    RunState,
    Task,
)
from addon_backend.services.runs.compute import compute
from addon_backend.services.runs.ending import end
from addon_backend.services.runs.finish import finish
from addon_backend.services.runs.prepare import prepare
from addon_backend.services.runs.writing.unconfirmed import leave_unconfirmed
from addon_backend.services.runs.writing.write import write
from addon_backend.telemetry.failpoints import failpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from addon_backend.services.house import House

WRITE_SLICE_SECONDS = 5.0
HEARTBEAT_SECONDS = min(CHUNK_LEASE_SECONDS, SHEET_LEASE_SECONDS) / 3
HOST_PATIENCE = 5.0
"""How long a run waits, in seconds, before its host is asked again when it names no time itself."""
LONGEST_PATIENCE = 300.0
"""How long it waits at most, in seconds, before its host is asked again that has been silent for long."""

_UNDER_WAY = frozenset({RunState.QUEUED, RunState.PREPARING, RunState.RUNNING})

log = structlog.get_logger(__name__)


def advance(house: House, worker: str, should_stop: Callable[[], bool], budget_seconds: float) -> int:
    """Claim and do due work until none is left, ``should_stop`` says yes, or the budget is used.

    Returns how many claims were done. Never raises for a run's own trouble: that is recorded with the run.
    """
    until = monotonic() + budget_seconds
    done = 0
    while not should_stop() and monotonic() < until:
        with house.store.unit() as unit:
            failpoint("before_claim")
            claim = unit.work.claim(worker)
            unit.commit()
        if claim is None:
            break
        failpoint("after_claim")
        _do(house, claim, should_stop)
        done += 1
    return done


def _do(house: House, claim: Claim, should_stop: Callable[[], bool]) -> None:
    try:
        with _heartbeat(house, claim):
            if claim.task is Task.PREPARE:
                prepare(house, claim)
            elif claim.task is Task.COMPUTE:
                compute(house, claim)
            elif claim.task is Task.WRITE:
                slice_ends = monotonic() + WRITE_SLICE_SECONDS
                write(
                    house,
                    claim,
                    lambda: not (should_stop() or monotonic() >= slice_ends or _halted(house, claim)),
                )
                _hand_back(house, claim)
            else:
                finish(house, claim)
    except (Lost, RunMoved):
        log.info("claim_lost", run=claim.run, task=claim.task.value)
        _hand_back(house, claim)
    except (AccessLost, FileUnknown, CellsProtected) as wait:
        # A host says that a file is unknown, too, where she has not let us into it: that can be mended.
        log.info(wait.code, run=claim.run, task=claim.task.value)
        _park_or_end(house, claim, wait)
    except HostTrouble as trouble:
        log.warning("host_trouble", run=claim.run, code=trouble.code)
        _wait_for_host(house, claim, trouble)
    except Refused as refusal:
        log.info("run_refused", run=claim.run, code=refusal.code)
        _end(house, claim, refusal.code)
    except AddonError as error:
        log.error("run_trouble", run=claim.run, code=error.code)  # noqa: TRY400 - the message may hold values
        _hand_back(house, claim, after=HOST_PATIENCE)


def _halted(house: House, claim: Claim) -> bool:
    """Return True once an administrator has paused the workspace, or somebody has parked the run."""
    with house.store.reading() as unit:
        parked = unit.runs.get(claim.workspace, claim.run).state is RunState.PARKED
        return parked or unit.administration.switches(claim.workspace).paused


def _wait_for_host(house: House, claim: Claim, trouble: HostTrouble) -> None:
    """Come back later, and the more rarely the longer the host lets nothing through; park in the end.

    A stopping run ends then, and says that its host was silent. A used quota is no trouble: it comes again.
    """
    told = trouble.retry_after or HOST_PATIENCE
    if isinstance(trouble, HostBusy):
        _hand_back(house, claim, told)
        return
    with house.store.unit() as unit:
        seconds = unit.runs.troubled(claim.workspace, claim.run)
        state = unit.runs.get(claim.workspace, claim.run).state
        over = seconds >= HOST_TROUBLE_SECONDS
        pause = max(told, min(seconds / 4, LONGEST_PATIENCE) * random.uniform(0.8, 1.2))  # noqa: S311 - no secret
        unit.work.hand_back(claim, 0.0 if over else pause)
        if over and state in _UNDER_WAY:
            unit.runs.move(claim.workspace, claim.run, _UNDER_WAY, RunState.PARKED, HOST_TROUBLE)
        unit.commit()
    if over and state is RunState.STOPPING:
        _end(house, claim, trouble.code)


def _park_or_end(house: House, claim: Claim, wait: AccessLost | FileUnknown | CellsProtected) -> None:
    """A run waits for its member's access, her consent or her protections; a stopping one ends.

    So does one whose file is gone from a host that cannot be asked who may open it.
    """
    reason = CELLS_PROTECTED if isinstance(wait, CellsProtected) else NEEDS_OWNER
    with house.store.unit() as unit:
        run = unit.runs.get(claim.workspace, claim.run)
        state = run.state
        if reason == NEEDS_OWNER:
            unit.accounts.lose_access(run.workspace, run.member, run.sheet.host, run.sheet.document)
        unit.work.hand_back(claim)
        for_good = isinstance(wait, FileUnknown) and run.sheet.host not in house.access
        if state in _UNDER_WAY and not for_good:
            waits_for = NEEDS_CONSENT if isinstance(wait, ConsentNeeded) else reason
            unit.runs.move(claim.workspace, claim.run, _UNDER_WAY, RunState.PARKED, waits_for)
        unit.commit()
    if state is RunState.STOPPING or for_good:
        _end(house, claim, wait.code)


def _end(house: House, claim: Claim, code: str) -> None:
    """A run that cannot go on ends with its reason; what is reserved goes back."""
    with house.store.unit() as unit:
        run = unit.runs.get(claim.workspace, claim.run)
        leave_unconfirmed(unit, run)
        end(unit, run, {state for state in RunState if not state.final}, RunState.FAILED, code)
        unit.work.hand_back(claim)
        unit.commit()


def _hand_back(house: House, claim: Claim, after: float = 0.0) -> None:
    with house.store.unit() as unit:
        unit.work.hand_back(claim, after)
        unit.commit()


@contextmanager
def _heartbeat(house: House, claim: Claim) -> Iterator[None]:
    """Renew the claim's leases while it is worked on, however long one step takes."""
    over = Event()

    def beat() -> None:
        while not over.wait(HEARTBEAT_SECONDS):
            try:
                with house.store.unit() as unit:
                    unit.work.renew(claim)
                    unit.commit()
            except AddonError:
                return

    thread = Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()

"""Keeps N workers alive, cleans up after the ones that die, and sweeps."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import structlog

from addon_backend.domain.errors import AddonError
from addon_backend.jobs.nursery import WorkerProcess
from addon_backend.services.house import House
from addon_backend.services.upkeep import sweep

SWEEP_SECONDS = 2.0
PATIENCE = 30.0
"""Seconds that workers get to finish their chunk when we are asked to leave."""

_GLANCE = 0.1  # seconds between two looks at the workers
_YOUNG = 10.0  # seconds: who dies younger is started again later each time
_SHORTEST_PAUSE, _LONGEST_PAUSE = 0.2, 5.0

log = structlog.get_logger(__name__)


@dataclass(slots=True)
class _Place:
    """One of the N places: who has it, and when it may be filled again."""

    child: WorkerProcess | None = None
    worker: str = ""
    since: float = 0.0
    free_at: float = 0.0
    pause: float = 0.0


class Supervisor:
    """N worker processes over one house, until `stop`.

    A worker that dies is seen within a moment; its leases are ended and the bell rings, so that its run goes
    on at once with another worker. Its place is filled again, later each time when workers die young. No
    worker outlives the supervisor.
    """

    def __init__(self, house: House, count: int, environment: Mapping[str, str] | None = None) -> None:
        self._house = house
        self._environment = os.environ if environment is None else environment
        self._host = socket.gethostname()
        self._holder = f"{self._host}:{os.getpid()}:{uuid4().hex[:8]}"
        self._places = [_Place() for _ in range(count)]
        self._dead: list[str] = []  # whose leases are still to be ended
        self._sweep_at = 0.0
        self._stopping = False

    def workers(self) -> list[str]:
        """Return the ids (``host:pid:token``) of the workers that were alive at the last look."""
        return [place.worker for place in self._places if place.child is not None]

    def stop(self) -> None:
        """Let every worker leave after its chunk, then end `run`. May be called from a signal handler."""
        self._stopping = True

    def run(self) -> None:
        """Stay until `stop`, then see the workers off."""
        try:
            self._tidy()
            while not self._stopping:
                for place in self._places:
                    self._look_after(place)
                self._clean_up()
                self._sweep()
                time.sleep(_GLANCE)
        finally:
            self._see_off()

    def _look_after(self, place: _Place) -> None:
        if place.child is None:
            if time.monotonic() >= place.free_at:
                self._fill(place)
            return
        code = place.child.ended()
        if code is None:
            return
        lived = time.monotonic() - place.since
        place.pause = min(_LONGEST_PAUSE, max(_SHORTEST_PAUSE, 2 * place.pause)) if lived < _YOUNG else 0.0
        place.free_at = time.monotonic() + place.pause
        log.warning("worker_ended", worker=place.worker, status=code, seconds=round(lived, 1))
        self._dead.append(place.worker)
        place.child = None

    def _fill(self, place: _Place) -> None:
        token = uuid4().hex[:8]
        place.child = WorkerProcess(token, self._environment)
        place.worker = f"{self._host}:{place.child.pid}:{token}"  # as the worker calls itself
        place.since = time.monotonic()
        log.info("worker_started", worker=place.worker)

    def _clean_up(self) -> None:
        """End the leases of the dead; while the database is away, keep them in mind."""
        while self._dead:
            try:
                with self._house.store.unit() as unit:
                    count = unit.work.end_leases(self._dead[-1])
                    unit.commit()
            except AddonError as trouble:
                log.warning("leases_not_ended", code=trouble.code)
                return
            log.info("leases_ended", worker=self._dead.pop(), count=count)
            self._house.bell.ring()

    def _sweep(self) -> None:
        if time.monotonic() < self._sweep_at:
            return
        try:
            sweep(self._house, self._holder)
        except AddonError as trouble:
            log.warning("not_swept", code=trouble.code)
        except Exception:  # whatever is wrong with the sweep, the workers need not stop for it
            log.exception("not_swept")
        self._sweep_at = time.monotonic() + SWEEP_SECONDS

    def _tidy(self) -> None:
        try:
            self._house.workbooks.tidy()
        except Exception:  # nor for what is left of yesterday's files
            log.exception("not_tidied")

    def _see_off(self) -> None:
        left = [place for place in self._places if place.child is not None]
        for place in left:
            if place.child is not None:
                place.child.ask_to_leave()
        deadline = time.monotonic() + PATIENCE
        for place in left:
            if place.child is not None and place.child.see_off(deadline):
                self._dead.append(place.worker)  # it did not leave in peace
        self._clean_up()


def supervise(house: House, count: int, environment: Mapping[str, str] | None = None) -> None:
    """Run a `Supervisor` in this process's main thread until SIGTERM or SIGINT."""
    supervisor = Supervisor(house, count, environment)
    with on_farewell(supervisor.stop):
        supervisor.run()


@contextmanager
def on_farewell(stop: Callable[[], None]) -> Iterator[None]:
    """Call ``stop`` when this process is asked to leave; a second request changes nothing."""
    before = {signum: signal.getsignal(signum) for signum in (signal.SIGTERM, signal.SIGINT)}
    for signum in before:
        signal.signal(signum, lambda *_: stop())
    try:
        yield
    finally:
        for signum, handler in before.items():
            signal.signal(signum, handler)

"""What one worker process does: answer the bell, for as long as it may stay."""

from __future__ import annotations

import time
from contextlib import suppress

import structlog

from addon_backend.domain.errors import AddonError
from addon_backend.services.house import House
from addon_backend.services.notices import tell
from addon_backend.services.runs.work import advance

BUDGET_SECONDS = 20.0
"""After so long an answer ends and rings again, so that RQ sees its worker from time to time."""

_GLANCE = 0.2  # seconds between two looks at whether to stop, while nothing else is to be done

log = structlog.get_logger(__name__)


class Shift:
    """The work of one process. It does one thing at a time: when an answer is over, it holds no lease."""

    def __init__(self, house: House, worker: str) -> None:
        self._house = house
        self._worker = worker
        self._stopping = False  # no threading.Event: setting one in a signal handler can lock up

    def stop(self) -> None:
        """Take no more work after the current chunk. May be called from a signal handler."""
        self._stopping = True

    def stopping(self) -> bool:
        """Whether to leave."""
        return self._stopping

    def answer_bell(self) -> None:
        """Do what is due; ring again where the time did not suffice. Never raises for what work may raise."""
        try:
            advance(self._house, self._worker, self.stopping, BUDGET_SECONDS)
            tell(self._house, self.stopping)
            if not self._stopping:
                self._ring_again()
        except AddonError as trouble:
            log.warning("work_interrupted", worker=self._worker, code=trouble.code)
            self._drop_leases()
        except Exception:
            log.exception("work_crashed", worker=self._worker)
            self._drop_leases()

    def rest(self, seconds: float) -> None:
        """Do nothing for a while, but notice `stop`."""
        until = time.monotonic() + seconds
        while not self._stopping and time.monotonic() < until:
            time.sleep(_GLANCE)

    def _ring_again(self) -> None:
        with self._house.store.reading() as unit:
            due = unit.work.due()
        if due:
            self._house.bell.ring()

    def _drop_leases(self) -> None:
        """What was claimed and not finished is for the next claimer, at once; the claim counts."""
        with suppress(AddonError), self._house.store.unit() as unit:
            unit.work.end_leases(self._worker)
            unit.commit()

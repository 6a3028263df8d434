"""Long-polls, so bounded that they can never take the threads that other requests need (DESIGN §4.8)."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from addon_backend.telemetry import metrics

LONGEST_WAIT = 20
LONGEST_RETRY = 5
_FIRST_PAUSE = 0.25
_LONGEST_PAUSE = 1.0


class WaitingRoom:
    """Seats for waiting panels: fewer than half of the process's threads."""

    def __init__(self, threads: int) -> None:
        self._seats = max(1, (threads - 1) // 2)
        self._taken = 0
        self._lock = threading.Lock()
        self._turns = itertools.cycle(range(1, LONGEST_RETRY + 1))

    @contextmanager
    def seat(self) -> Iterator[bool]:
        """Yield True while a seat is held, False where none was free."""
        with self._lock:
            seated = self._taken < self._seats
            self._taken += seated
        try:
            if seated:
                with metrics.waiting_panels.track_inprogress():
                    yield True
            else:
                metrics.waits_refused.inc()
                yield False
        finally:
            with self._lock:
                self._taken -= seated

    def retry_after(self) -> int:
        """Return when to ask again, each time another second: refused panels must not come back as one."""
        with self._lock:
            return next(self._turns)


def wait_until(happened: Callable[[], bool], seconds: float) -> bool:
    """Ask again and again, ever more slowly, until it happened (True) or the time is over (False)."""
    end = time.monotonic() + seconds
    pause = _FIRST_PAUSE
    while not happened():
        left = end - time.monotonic()
        if left <= 0:
            return False
        time.sleep(min(pause, left))
        pause = min(pause * 1.5, _LONGEST_PAUSE)
    return True

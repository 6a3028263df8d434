"""Worker processes, forked from one that has imported everything and opened nothing.

Importing what a worker needs takes more than a second of a core, and about 100 MB. In the fork server of the
standard library this happens once: a worker that takes the place of a dead one is there within milliseconds,
and shares the memory that it does not change. The server is a child of this process; it holds no connection,
no file and no thread, so nothing can be torn by the fork.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Mapping

from addon_backend.jobs import worker

_WORK = worker.main
_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload([worker.__name__])

_UNKNOWN = 255  # the exit code of a process whose fork server has ended before it
_GLANCE = 0.05


class WorkerProcess:
    """One running worker, in a process group of its own: Ctrl-C is for the parent, which asks us."""

    def __init__(self, token: str, environment: Mapping[str, str]) -> None:
        """Start it. It finds its settings in ``environment``, and leaves when this process has ended."""
        # A daemon: should this process leave without seeing it off, it is asked to leave at once.
        self._process = _NURSERY.Process(target=_WORK, args=(token, dict(environment)), daemon=True)
        self._process.start()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid or 0

    def ended(self) -> int | None:
        """Return its exit code, negative for a signal, once it has ended; None before."""
        code = self._process.exitcode
        return None if code == _UNKNOWN and _lives(self.pid) else code

    def ask_to_leave(self) -> None:
        """Send it SIGTERM, once is enough."""
        self._send(signal.SIGTERM)

    def see_off(self, deadline: float) -> int:
        """Wait until it has left; at the deadline (monotonic) make it leave. Returns its exit code."""
        while (code := self.ended()) is None:
            if time.monotonic() >= deadline:
                self._send(signal.SIGKILL)
            time.sleep(_GLANCE)
        return code

    def _send(self, signum: signal.Signals) -> None:
        if self.ended() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signum)


def _lives(pid: int) -> bool:
    """Whether an orphan lives. Process 1 inherits orphans and must bury them; in a container it may be us."""
    with contextlib.suppress(ChildProcessError):
        return os.waitpid(pid, os.WNOHANG) == (0, 0)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True

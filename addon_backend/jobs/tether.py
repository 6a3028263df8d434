"""Child processes that end when their parent ends, however it ends.

A tethered child reads from a pipe into which its parent never writes; when the parent is gone, killed or not,
the pipe ends. Unlike a death signal this works everywhere, and means the parent *process*.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence

_STDIN = 0
_GRACE = 10.0  # seconds to finish a chunk once the parent is gone


class Child:
    """One running ``python -m …``, in a process group of its own: Ctrl-C is for the parent, which asks us."""

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], keep_open: Sequence[int] = ()
    ) -> None:
        """Start it. ``keep_open`` are the file descriptors which it inherits."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", *arguments],
            stdin=subprocess.PIPE,
            env=dict(environment),
            pass_fds=tuple(keep_open),
            process_group=0,
        )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def ended(self) -> int | None:
        """Return its exit code, negative for a signal, once it has ended; None before."""
        code = self._process.poll()
        if code is not None:
            self._cut()
        return code

    def ask_to_leave(self) -> None:
        """Send it SIGTERM, once is enough."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)

    def see_off(self, deadline: float) -> int:
        """Wait until it has left; at the deadline (monotonic) make it leave. Returns its exit code."""
        try:
            code = self._process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        self._cut()
        return code

    def _cut(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()


def leave_with_parent() -> None:
    """In a child: when the parent is gone, get SIGTERM; who is still here some seconds later is ended."""
    leave_after(_until_the_pipe_ends)


def leave_after(wait: Callable[[], None]) -> None:
    """Leave like that once ``wait`` has returned, which another thread calls."""
    threading.Thread(target=_watch, args=(wait,), name="tether", daemon=True).start()


def _until_the_pipe_ends() -> None:
    while os.read(_STDIN, 1):
        pass


def _watch(wait: Callable[[], None]) -> None:
    wait()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_GRACE)
    os._exit(1)

"""A child process that ends when its starter ends, also when the starter is killed.

Linux can signal a child when its parent dies, but by "parent" it means the *thread* that forked it, and an
engine may first be needed in a request thread that ends at once. So every leashed process gets a thread of
its own, which starts it and then waits for it. The child cannot take the leash in ``preexec_fn``, which is
unsafe beside other threads: this file, run as a script, takes it and then becomes the command. On a system
without that signal the script stays, and watches its parent.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Future
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Leash:
    """One running command. Its output replaces what ``log`` held.

    ``lock`` names a file on which the command holds an exclusive ``flock`` for as long as it or a child of it
    lives: whoever can take that lock knows that the command is gone, without trusting a pid. ``user`` is the
    account to run as (root only). ``farewell`` is the signal that asks the command to end.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        lock: Path | None = None,
        user: int | None = None,
        farewell: signal.Signals = signal.SIGTERM,
    ) -> None:
        """Start the command; raises ``OSError`` when the system will not."""
        self._farewell = farewell
        script = [os.getpid(), farewell.value, lock or "", "" if user is None else user, *command]
        started: Future[subprocess.Popen[bytes]] = Future()
        threading.Thread(
            target=_start_and_wait, args=(script, log, started), name="leash", daemon=True
        ).start()
        self._process = started.result()

    @property
    def running(self) -> bool:
        """Whether the command still runs."""
        return self._process.poll() is None

    def end(self, patience: float = 10) -> None:
        """Ask the command to end; after ``patience`` seconds, make it."""
        self._process.send_signal(self._farewell)
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _start_and_wait(script: list[object], log: Path, started: Future[subprocess.Popen[bytes]]) -> None:
    try:
        with log.open("wb") as output:
            process = subprocess.Popen(
                # Isolated and without site-packages: nothing but the standard library, and quick.
                [sys.executable, "-I", "-S", __file__, *map(str, script)],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C is for us; we end the engine when its users have ended
            )
    except OSError as error:
        started.set_exception(error)
        return
    started.set_result(process)
    process.wait()


def _take_the_leash(starter: int, farewell: signal.Signals, lock: str, user: str, command: list[str]) -> None:
    if lock:
        held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.set_inheritable(held, True)  # noqa: FBT003 - the standard library's signature
    if user:
        os.setgroups([])
        os.setgid(int(user))
        os.setuid(int(user))
    if sys.platform != "linux":
        _watch(starter, farewell, command)
        return
    # After setuid, which would clear it.
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, farewell.value, 0, 0, 0)
    if os.getppid() == starter:  # else it died before we asked to be told
        os.execv(command[0], command)  # noqa: S606 - becoming the command is the point


def _watch(starter: int, farewell: signal.Signals, command: list[str]) -> None:
    process = subprocess.Popen(command, close_fds=False)
    signal.signal(farewell, lambda *_: process.send_signal(farewell))
    while process.poll() is None:
        if os.getppid() != starter:
            process.send_signal(farewell)
            process.wait()
        time.sleep(0.2)


if __name__ == "__main__":
    _take_the_leash(
        int(sys.argv[1]), signal.Signals(int(sys.argv[2])), sys.argv[3], sys.argv[4], sys.argv[5:]
    )

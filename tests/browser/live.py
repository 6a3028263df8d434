"""The real site, web and workers, in a home of its own: what a person gets from ``./dev demo``."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_PATIENCE = 120.0
_FAREWELL = 40.0


@contextmanager
def live_app(home: Path, **told_too: str) -> Iterator[str]:
    """Serve the sandbox from ``home`` with workers beside it; yields its address, leaves nothing running."""
    port = _free_port()
    told = {"ADDON_HOME": str(home), "SANDBOX": "1", "PORT": str(port), "LOG_LEVEL": "warning"}
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    home.mkdir(parents=True, exist_ok=True)
    log = home / "site.log"
    with log.open("wb") as out:
        site = subprocess.Popen(
            [sys.executable, "-m", "addon_backend", "serve", "--with-worker"],
            env=kept | told | told_too,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        try:
            _await(f"http://127.0.0.1:{port}/healthz", site, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            site.send_signal(signal.SIGTERM)
            site.wait(_FAREWELL)


def _free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port


def _await(address: str, site: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while site.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2):  # noqa: S310 - our own, on this machine
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"The site did not start:\n{log.read_text('utf-8', 'replace')}")

"""``serve``: the panel and the API, alone or with the workers beside them."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING

import click

from addon_backend.commands.entrance import FAILED, open_house, say, settings, told_plainly
from addon_backend.commands.web_server import run_web_server
from addon_backend.jobs.supervisor import on_farewell
from addon_backend.jobs.tether import Child, leave_with_parent

if TYPE_CHECKING:
    from addon_backend.settings import Settings

_PATIENCE = 60.0  # seconds for the site to answer for the first time
_FAREWELL = 35.0  # seconds for requests and chunks in hand
_GLANCE = 0.2
_RESTART = 1.0  # seconds before a process that ended is started again


@click.command("serve")
@click.option("--with-worker", is_flag=True, help="Do the work of runs, too.")
@click.option(
    "-n", "--number", type=click.IntRange(1, 64), default=2, show_default=True, help="How many workers."
)
@click.option("--port", type=click.IntRange(1, 65_535), help="Where to listen; PORT or 8080 if left out.")
@click.option("--listening", type=int, hidden=True, help="A socket that our parent has opened.")
def serve_command(*, with_worker: bool, number: int, port: int | None, listening: int | None) -> None:
    """Serve the panel and the API until told to leave."""
    found = settings()
    if port is not None:
        found = replace(found, port=port)
    if listening is not None:
        leave_with_parent()
        run_web_server(found, listening)
        return
    with told_plainly(), open_house(found) as (_, engines):
        if not with_worker:
            door = _listen(found).detach()  # gunicorn closes it
            _tell(found)
            engines.redis_url()  # before gunicorn forks: the engine is ours to end
            run_web_server(found, door)
            return
        with start_site(found, workers=number) as site:
            _tell(found)
            site.wait()


class Site:
    """Web and workers as children of this process; they end with it, however it ends."""

    def __init__(self, found: Settings, door: socket.socket, workers: int) -> None:
        self.url = _url(found)
        self._environment = _environment(found)
        self._door = door
        self._commands: dict[str, list[str]] = {
            "web": ["serve", "--listening", str(door.fileno())],
            "workers": ["worker", "--tethered", "-n", str(workers)],
        }
        self._children: dict[str, Child] = {}
        self._leaving = False

    def start(self) -> None:
        """Start both, and return when the site answers. Raises ``SystemExit`` where it ends instead."""
        for name in self._commands:
            self._start(name)
        until = time.monotonic() + _PATIENCE
        while not _answers(self._door):
            if self._children["web"].ended() is not None or time.monotonic() > until:
                say("The site did not start; the lines above say why.")
                sys.exit(FAILED)
            time.sleep(_GLANCE)

    def wait(self) -> None:
        """Return when this process is asked to leave (Ctrl-C, SIGTERM). What ends before is started again."""
        with on_farewell(self._leave):
            while not self._leaving:
                time.sleep(_GLANCE)
                ended = [name for name, child in self._children.items() if child.ended() is not None]
                for name in ended:
                    time.sleep(_RESTART)
                    self._start(name)

    def stop(self) -> None:
        """Ask both to leave and see them off: requests and chunks in hand are finished first."""
        for child in self._children.values():
            child.ask_to_leave()
        until = time.monotonic() + _FAREWELL
        for child in self._children.values():
            child.see_off(until)
        self._children.clear()

    def _leave(self) -> None:
        self._leaving = True

    def _start(self, name: str) -> None:
        keep_open = [self._door.fileno()] if name == "web" else []
        self._children[name] = Child(["addon_backend", *self._commands[name]], self._environment, keep_open)


@contextmanager
def start_site(found: Settings, *, workers: int) -> Iterator[Site]:
    """Serve the site from children of this process, until the block ends.

    The caller has opened the house: the engines are its own. Leaves with one sentence and exit code 1 where
    the port is taken.
    """
    with _listen(found) as door:
        site = Site(found, door, workers)
        try:
            site.start()
            yield site
        finally:
            site.stop()


def _listen(found: Settings) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in found.host else socket.AF_INET
        return socket.create_server((found.host, found.port), family=family, backlog=128)
    except OSError as trouble:
        say(
            f"Port {found.port} on {found.host} cannot be used ({trouble.strerror}): "
            "end what listens there, or choose another with --port."
        )
        sys.exit(FAILED)


def _url(found: Settings) -> str:
    host = "127.0.0.1" if found.host in {"0.0.0.0", ""} else found.host  # noqa: S104 - what was asked for
    return f"http://[{host}]:{found.port}" if ":" in host else f"http://{host}:{found.port}"


def _tell(found: Settings) -> None:
    say(f"Serving {_url(found)}/{'sandbox' if found.sandbox else 'panel'}   (Ctrl-C ends it)")


def _answers(door: socket.socket) -> bool:
    host, port = door.getsockname()[:2]
    connection = HTTPConnection({"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host), port, timeout=2)  # noqa: S104
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _environment(found: Settings) -> dict[str, str]:
    """Return the environment in which a child comes to the same settings."""
    told = {
        "ADDON_HOME": str(found.home),
        "DATABASE_URL": found.database_url or "",
        "REDIS_URL": found.redis_url or "",
        "SANDBOX": "1" if found.sandbox else "0",
        "HOST": found.host,
        "PORT": str(found.port),
        "WORKERS": str(found.workers),
        "THREADS": str(found.threads),
    }
    return {**os.environ, **told}

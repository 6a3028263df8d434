"""The web server of ``serve``: gunicorn over our application, in this process."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from addon_backend.app import create_app
from addon_backend.bootstrap import build_house, find_engines
from addon_backend.telemetry.metrics import forget_process

if TYPE_CHECKING:
    from addon_backend.settings import Settings

_MEMORY = Path("/dev/shm")  # noqa: S108 - gunicorn makes a private file there, and touches it each second


def run_web_server(found: Settings, listening: int) -> None:
    """Serve on an open socket until told to leave: SIGTERM lets requests in hand finish."""
    _Gunicorn(found, listening).run()


class _Gunicorn(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """Told everything here, and nothing by files or variables of its own."""

    def __init__(self, found: Settings, listening: int) -> None:
        self._found = found
        self._listening = listening
        super().__init__()

    def load_config(self) -> None:
        """Set what differs from gunicorn's own choice."""
        options: dict[str, object] = {
            "bind": f"fd://{self._listening}",
            "worker_class": "gthread",
            "workers": self._found.workers,
            "threads": self._found.threads,
            "timeout": 60,
            "graceful_timeout": 2 if self._found.sandbox else 25,  # a panel's long-poll takes 20 s
            "keepalive": 15,
            "worker_tmp_dir": str(_MEMORY) if _MEMORY.is_dir() else None,
            "accesslog": None,  # `web.around` writes a line per request, with the rule instead of the path
            "access_log_format": "%(m)s %(U)s %(s)s %(L)s",  # should one be set: U is without the query
            "logger_class": _Log,
            "loglevel": "warning",
            "control_socket_disable": True,
            "child_exit": lambda _arbiter, child: forget_process(child.pid),
            "proc_name": "addon-backend",
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> object:
        """Return the application. In a forked worker: what it connects to is its own."""
        engines = find_engines(self._found)
        return create_app(self._found, build_house(self._found, engines), engines.redis_url)


class _Log(Logger):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn's lines through our logs, which leave out arguments: they may hold what somebody sent."""

    def setup(self, cfg: object) -> None:
        """Hand every record on to the root logger."""
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            log.handlers.clear()
            log.propagate = True

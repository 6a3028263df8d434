"""One worker process, started by the supervisor through the nursery."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
from collections.abc import Mapping

from addon_backend.bootstrap import build_house, find_engines
from addon_backend.jobs.listener import listen_until_stopped
from addon_backend.jobs.tasks import Shift
from addon_backend.jobs.tether import leave_after
from addon_backend.settings import Settings
from addon_backend.telemetry.logs import set_up_logs


def main(token: str, environment: Mapping[str, str]) -> None:
    """Work until told to leave, by SIGTERM or by the end of the parent."""
    os.setpgid(0, 0)
    os.environ.clear()
    os.environ.update(environment)
    settings = Settings.from_environment(environment)
    set_up_logs(settings.log_level if "LOG_LEVEL" in environment else "warning")
    engines = find_engines(settings)
    worker = f"{socket.gethostname()}:{os.getpid()}:{token}"
    shift = Shift(build_house(settings, engines), worker)
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: shift.stop())
    parent = multiprocessing.parent_process()
    if parent is not None:
        leave_after(parent.join)
    try:
        listen_until_stopped(shift, worker, engines.redis_url)
    finally:
        engines.close()

"""One worker process: ``python -m addon_backend.jobs.worker TOKEN``, started by the supervisor."""

from __future__ import annotations

import os
import signal
import socket
import sys

from addon_backend.bootstrap import build_house, find_engines
from addon_backend.jobs.listener import listen_until_stopped
from addon_backend.jobs.tasks import Shift
from addon_backend.jobs.tether import leave_with_parent
from addon_backend.settings import Settings
from addon_backend.telemetry.logs import set_up_logs


def main(token: str) -> None:
    """Work until told to leave, by SIGTERM or by the end of the parent."""
    settings = Settings.from_environment(os.environ)
    set_up_logs(settings.log_level if "LOG_LEVEL" in os.environ else "warning")
    engines = find_engines(settings)
    worker = f"{socket.gethostname()}:{os.getpid()}:{token}"
    shift = Shift(build_house(settings, engines), worker)
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, lambda *_: shift.stop())
    leave_with_parent()
    try:
        listen_until_stopped(shift, worker, engines.redis_url)
    finally:
        engines.close()


if __name__ == "__main__":
    main(sys.argv[1])

"""What happens to an answer that hangs: the kernel ends its process, and the supervisor takes it from there.

RQ would raise an exception inside the running code. That leaves a half-done claim behind, and never comes
where no Python code runs (a regular expression that explodes). A process that dies is something we know how
to repair: its leases are ended, and a row that kills twice is given up.
"""

from __future__ import annotations

import signal

from rq.timeouts import BaseDeathPenalty, BaseTimeoutException


class Alarm(BaseDeathPenalty):
    """Ends this process by ``SIGALRM`` when its block takes longer than ``timeout`` seconds."""

    def __init__(
        self, timeout: float, exception: type[Exception] = BaseTimeoutException, **about: object
    ) -> None:
        """Take what RQ passes; no exception is ever raised."""
        super().__init__(timeout, exception, **about)  # type: ignore[no-untyped-call]

    def setup_death_penalty(self) -> None:
        """Arm it; nobody may catch the signal."""
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(int(self._timeout))

    def cancel_death_penalty(self) -> None:
        """Disarm it."""
        signal.alarm(0)

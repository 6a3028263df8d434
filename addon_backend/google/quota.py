"""Google counts reads and writes by the minute, per person and per project: we count first, and ask for less.

60 of each per person and 300 per project are Google's (facts §3.1). We take half of a person's, for she works
in her sheets with other tools too, and leave a fifth of the project's, for calls that are on their way when
the count is lost. A sliding window in Redis: all workers count together. When Redis does not answer, calls go
out uncounted, and Google's own refusal is what stops us.
"""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import redis
import redis.backoff
import redis.exceptions
import redis.retry
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter

from addon_backend.domain.errors import EngineUnavailable, HostBusy

if TYPE_CHECKING:
    from collections.abc import Callable

PER_USER = 30
PER_PROJECT = 240
_JITTER_SECONDS = 2.0
_TIMEOUT_SECONDS = 0.25


class Quotas:
    """The calls of a whole deployment. Without ``redis_url`` one process counts for itself."""

    def __init__(
        self,
        redis_url: Callable[[], str] | None = None,
        per_user: int = PER_USER,
        per_project: int = PER_PROJECT,
    ) -> None:
        """Take where to count; ``redis_url`` is asked again after each failure."""
        self._redis_url = redis_url
        self._user, self._project = RateLimitItemPerMinute(per_user), RateLimitItemPerMinute(per_project)
        self._limiter: MovingWindowRateLimiter | None = None

    def of(self, user: str) -> UserQuota:
        """Return the quota of one person; ``user`` is any name of ours for her."""
        return UserQuota(self, user)

    def wait(self, user: str, kind: str, calls: int, *, spend: bool = False) -> float:
        """Return how many seconds to wait until so many calls may be sent, 0.0 for none; and count them."""
        windows = ((self._user, ("google", kind, user)), (self._project, ("google", kind)))
        try:
            limiter = self._connected()
            for item, names in windows:
                if not limiter.test(item, *names, cost=calls):
                    reset = limiter.get_window_stats(item, *names).reset_time
                    return max(0.1, reset - time.time()) + random.uniform(0.0, _JITTER_SECONDS)  # noqa: S311
            for item, names in windows if spend else ():
                limiter.hit(item, *names, cost=calls)
        except (redis.exceptions.RedisError, EngineUnavailable):
            self._limiter = None
        return 0.0

    def _connected(self) -> MovingWindowRateLimiter:
        if self._limiter is None:
            storage = MemoryStorage() if self._redis_url is None else _storage(self._redis_url())
            self._limiter = MovingWindowRateLimiter(storage)
        return self._limiter


def _storage(url: str) -> RedisStorage:
    pool = redis.ConnectionPool.from_url(
        url,
        socket_timeout=_TIMEOUT_SECONDS,
        socket_connect_timeout=_TIMEOUT_SECONDS,
        retry=redis.retry.Retry(redis.backoff.NoBackoff(), 0),
    )
    return RedisStorage("redis://", connection_pool=pool, key_prefix="addon:google")


class UserQuota:
    """One person's share."""

    def __init__(self, quotas: Quotas, user: str) -> None:
        """Take whose it is."""
        self._quotas, self._user = quotas, user

    def spend(self, kind: str) -> None:
        """Count one ``read`` or ``write``. Raises `HostBusy` with how long to wait."""
        wait = self._quotas.wait(self._user, kind, 1, spend=True)
        if wait:
            raise HostBusy(retry_after=wait)

    def wait(self, reads: int, writes: int) -> float:
        """Return how many seconds to wait until so many calls may be sent; 0.0 for none."""
        return max(
            self._quotas.wait(self._user, "read", reads), self._quotas.wait(self._user, "write", writes)
        )

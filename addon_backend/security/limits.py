"""How often one member may ask, counted in Redis over a sliding window.

Counted by workspace and member, never by address: all Apps Script traffic comes from Google's own. When Redis
does not answer, looking goes on (a panel that cannot be counted is better than one that cannot be read) and
starting a run is refused: it spends. What was decided is a metric either way. A wiped Redis starts counting
anew, as law 1 says.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from enum import StrEnum

import limits
import redis
import redis.backoff
import redis.exceptions
import redis.retry
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from addon_backend.domain.errors import EngineUnavailable, TooManyRequests
from addon_backend.domain.workspaces import Caller
from addon_backend.settings import Settings
from addon_backend.telemetry import metrics
from addon_backend.telemetry.logs import logger

_TIMEOUT_SECONDS = 0.25


class Rate(StrEnum):
    """What a request costs us: a read, a look at a selection, or a run."""

    READ = "read"
    LOOK = "look"
    START = "start"


class Limits:
    """Rate limits of this deployment.

    ``redis_url`` is asked before the first request and again after every failure, because an embedded Redis
    that has gone is started again by the asking. Without it each process counts for itself.
    """

    def __init__(self, settings: Settings, redis_url: Callable[[], str] | None) -> None:
        self._items = {
            Rate.READ: limits.parse(settings.rate_reads),
            Rate.LOOK: limits.parse(settings.rate_looks),
            Rate.START: limits.parse(settings.rate_starts),
        }
        self._redis_url = redis_url
        self._limiter: SlidingWindowCounterRateLimiter | None = None

    def spend(self, rate: Rate, caller: Caller) -> None:
        """Count one request. Raises `TooManyRequests` (``retry_after`` seconds) or `EngineUnavailable`."""
        item, who = self._items[rate], (rate.value, caller.workspace, caller.member)
        try:
            limiter = self._connected()
            if limiter.hit(item, *who):
                return
            wait = limiter.get_window_stats(item, *who).reset_time - time.time()
        except (redis.exceptions.RedisError, EngineUnavailable):
            self._limiter = None
            self._decide_uncounted(rate)
            return
        raise TooManyRequests(retry_after=max(1, math.ceil(wait)))

    def ping(self) -> None:
        """Raise `EngineUnavailable` if Redis does not answer."""
        if not self._connected().storage.check():
            self._limiter = None
            raise EngineUnavailable(engine="redis")

    def _connected(self) -> SlidingWindowCounterRateLimiter:
        if self._limiter is None:
            # two threads may both connect: each works, and the later one stays
            storage = MemoryStorage() if self._redis_url is None else _storage(self._redis_url())
            self._limiter = SlidingWindowCounterRateLimiter(storage)
        return self._limiter

    def _decide_uncounted(self, rate: Rate) -> None:
        closed = rate is Rate.START
        metrics.limits_unavailable.labels("refused" if closed else "allowed").inc()
        logger().warning("limits_unavailable", kind=rate.value, code="refused" if closed else "allowed")
        if closed:
            raise EngineUnavailable(engine="redis") from None


def _storage(url: str) -> RedisStorage:
    pool = redis.ConnectionPool.from_url(
        url,
        socket_timeout=_TIMEOUT_SECONDS,
        socket_connect_timeout=_TIMEOUT_SECONDS,
        # redis-py would try ten times with pauses: an answer without a limit is better than a late one
        retry=redis.retry.Retry(redis.backoff.NoBackoff(), 0),
    )
    return RedisStorage("redis://", connection_pool=pool, key_prefix="addon:limits")

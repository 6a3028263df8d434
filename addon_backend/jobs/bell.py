"""Rings the bell through RQ."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock

import structlog
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq import Queue
from rq.serializers import JSONSerializer

from addon_backend.domain.errors import AddonError
from addon_backend.jobs.job import ANSWER, FAILURE_SECONDS, LONGEST_ANSWER, QUEUE, BellJob

ENOUGH_RINGS = 8
"""So many waiting rings wake everybody who may sleep: who is busy looks for more work before it sleeps."""

_PATIENCE = 1.0  # seconds for one answer of Redis: whoever rings is a request that a person waits for
_PAUSE = 2.0  # seconds without further tries once Redis was away; the sweeper rings meanwhile

log = structlog.get_logger(__name__)


def connect(url: str, patience: float) -> Redis:
    """Return a client that gives up after ``patience`` seconds, and never tries twice behind our back."""
    return Redis.from_url(
        url, socket_timeout=patience, socket_connect_timeout=patience, retry=Retry(NoBackoff(), 0)
    )


def bell_queue(redis: Redis) -> Queue:
    """Return the one queue there is. A second one would let RQ lose jobs (`Queue.dequeue_any`)."""
    return Queue(QUEUE, connection=redis, job_class=BellJob, serializer=JSONSerializer)


class RqBell:
    """Implements `ports.bell.Bell`. May be shared by threads.

    ``redis_url`` is asked when the first ring needs it and again after each failure: an embedded engine that
    has gone is started again by being asked for.
    """

    def __init__(self, redis_url: Callable[[], str]) -> None:
        self._redis_url = redis_url
        self._lock = Lock()
        self._redis: Redis | None = None
        self._pause_until = 0.0

    def ring(self, times: int = 1) -> None:
        """Ring, unless enough rings wait; what cannot be rung is logged and left to the sweeper."""
        if time.monotonic() < self._pause_until:
            return
        for attempt in (1, 2):
            try:
                self._enqueue(times)
            except (RedisError, OSError, AddonError, ValueError) as trouble:
                self._forget_connection()
                log.warning("bell_not_rung", code=type(trouble).__name__, attempt=attempt)
            else:
                return
        self._pause_until = time.monotonic() + _PAUSE

    def _enqueue(self, times: int) -> None:
        queue = bell_queue(self._connection())
        for _ in range(min(times, ENOUGH_RINGS - queue.count)):
            queue.enqueue_call(ANSWER, timeout=LONGEST_ANSWER, result_ttl=0, failure_ttl=FAILURE_SECONDS)

    def _connection(self) -> Redis:
        with self._lock:
            if self._redis is None:
                self._redis = connect(self._redis_url(), _PATIENCE)
            return self._redis

    def _forget_connection(self) -> None:
        with self._lock:
            redis, self._redis = self._redis, None
        if redis is not None:
            redis.close()

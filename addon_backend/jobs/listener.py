"""RQ's worker, listening to the one queue, in a process that goes on working when Redis is away."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from redis import Redis
from redis.exceptions import RedisError
from rq import Queue, SimpleWorker
from rq.exceptions import DequeueTimeout, StopRequested
from rq.serializers import JSONSerializer
from rq.worker.base import WorkerStatus

from addon_backend.domain.errors import AddonError
from addon_backend.jobs.alarm import Alarm
from addon_backend.jobs.bell import bell_queue, connect
from addon_backend.jobs.job import ANSWER, LONGEST_ANSWER, BellJob
from addon_backend.jobs.tasks import Shift

LOOK_SECONDS = 2.0
"""How often a worker looks for work by itself while Redis is away."""

_BLOCK = 1  # seconds in one BLMOVE, and so the longest an idle worker takes to leave
_PATIENCE = 5.0  # seconds for an answer of Redis
_HEARTBEAT = 30.0  # seconds between two signs of life in Redis, for `rq info`
_MAINTENANCE = 120  # seconds between two clean-ups of what killed workers left in Redis

log = structlog.get_logger(__name__)


class Listener(SimpleWorker):
    """Runs each ring in this process. It stops between rings when its shift does, and when Redis goes.

    What of RQ's worker is switched off, and why: its signal handlers write to Redis in the middle of whatever
    runs; commands from Redis (stop, kill, shut down) are for whoever can write there; its endless retries
    hide from us that Redis is away.
    """

    death_penalty_class = Alarm
    log_result_lifespan = False
    dequeue_timeout = _BLOCK

    def __init__(self, shift: Shift, name: str, redis: Redis) -> None:
        self._shift = shift
        self._beat_at = 0.0
        super().__init__(
            [bell_queue(redis)],
            name=name,
            connection=redis,
            job_class=BellJob,
            serializer=JSONSerializer,
            maintenance_interval=_MAINTENANCE,
            log_job_description=False,
        )

    def dequeue_job_and_maintain_ttl(
        self, timeout: int | None, max_idle_time: int | None = None
    ) -> tuple[BellJob, Queue]:
        """Wait for a ring. Raises `StopRequested` when the shift ends, and Redis' errors as they come."""
        del timeout, max_idle_time
        self.set_state(WorkerStatus.IDLE)
        while not self._shift.stopping():
            if time.monotonic() >= self._beat_at:
                self._be_known()
                self._beat_at = time.monotonic() + _HEARTBEAT
            if self.should_run_maintenance_tasks:
                self.run_maintenance_tasks()
            try:
                found = self.queue_class.dequeue_any(
                    self.queues, _BLOCK, self.connection, BellJob, self.serializer, Alarm
                )
            except DequeueTimeout:
                continue
            if found is not None:
                job, queue = found
                if isinstance(job, BellJob):
                    return job, queue
        raise StopRequested

    def _be_known(self) -> None:
        """Show `rq info` that this worker lives, also when Redis has been wiped since it came."""
        if self.connection.exists(self.key):
            self.heartbeat()
        else:
            self.register_birth()  # type: ignore[no-untyped-call]

    def _install_signal_handlers(self) -> None:
        """The process has its own, which only say that the shift is over."""

    def subscribe(self) -> None:
        """Take no commands from Redis."""

    def run_maintenance_tasks(self) -> None:
        """Forget what killed workers left behind; groups, which we have none of, are not looked at."""
        self.clean_registries()  # type: ignore[no-untyped-call]


def listen_until_stopped(shift: Shift, worker: str, redis_url: Callable[[], str]) -> None:
    """Work whenever somebody rings; while Redis is away, look for work every few seconds (law 1)."""
    BellJob.answers = {ANSWER: shift.answer_bell}
    while not shift.stopping():
        with Alarm(LONGEST_ANSWER):
            shift.answer_bell()  # whoever rang while nobody listened
        try:
            _listen(shift, worker, redis_url)
        except (RedisError, OSError, AddonError) as trouble:
            log.warning("redis_away", worker=worker, code=type(trouble).__name__)
        shift.rest(LOOK_SECONDS)


def _listen(shift: Shift, worker: str, redis_url: Callable[[], str]) -> None:
    redis = connect(redis_url(), _PATIENCE)
    try:
        # A name of its own each time: RQ refuses the name of a worker that Redis did not see leave.
        Listener(shift, f"{worker}:{uuid4().hex[:4]}", redis).work(logging_level="WARNING")
    finally:
        redis.close()

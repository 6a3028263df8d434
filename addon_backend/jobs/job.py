"""The one kind of job there is: a ring of the bell, which carries nothing and can name nothing but an answer.

Whoever can write to Redis can write a job's hash. RQ's own job would import and call whatever function,
callback or web address that hash names (with JSON too: a job renamed to ``os.system`` ran). This one reads
from the hash only what it needs, and performs only what the process itself has put on the list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import ClassVar

from rq.exceptions import NoSuchJobError
from rq.job import Job

QUEUE = "bell"
ANSWER = "answer_bell"
"""What a ring names: a key of `BellJob.answers`, and nothing that could be imported."""
LONGEST_ANSWER = 900
"""Seconds after which an answer is taken to hang; see `jobs.alarm`."""
FAILURE_SECONDS = 60

_READ = ("data", "created_at", "enqueued_at", "status")


class BellRefused(Exception):
    """A job asked for something that is not on the list; nothing was called."""


class BellJob(Job):
    """A ring. ``answers`` is the allow-list: empty, and so refusing everything, until a worker fills it."""

    answers: ClassVar[Mapping[str, Callable[[], None]]] = {}

    def restore(self, raw_data: Mapping[bytes, bytes]) -> None:
        """Read what a ring has, and nothing else that a hash may hold; what cannot be read is no job."""
        known = {field.encode(): raw_data[field.encode()] for field in _READ if field.encode() in raw_data}
        try:
            super().restore(known)
        except Exception as wrong:  # a forged hash may fail in any way, and must not end the worker
            raise NoSuchJobError from wrong
        self.origin, self.description = QUEUE, ""
        self.timeout, self.result_ttl, self.failure_ttl = LONGEST_ANSWER, 0, FAILURE_SECONDS

    def perform(self) -> None:
        """Call the answer that the ring names. Raises `BellRefused`, without importing what it names."""
        name = self.func_name
        if not isinstance(name, str) or self.instance or self.args or self.kwargs:
            raise BellRefused
        answer = self.answers.get(name)
        if answer is None:
            raise BellRefused
        answer()

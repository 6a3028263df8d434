"""Who can write to Redis can forge a job. It must come to nothing, and the next ring must be answered."""

import json
import pickle
import sys
import time
import zlib

import pytest
from redis import Redis

from addon_backend.jobs.bell import RqBell, bell_queue
from addon_backend.jobs.job import ANSWER, BellJob, BellRefused
from addon_backend.jobs.listener import Listener

PATIENCE = 30.0


class OneAnswer:
    """A shift that is over when the bell was answered once."""

    def __init__(self) -> None:
        self.answers = 0
        self._until = time.monotonic() + PATIENCE

    def answer_bell(self) -> None:
        self.answers += 1

    def stopping(self) -> bool:
        return bool(self.answers) or time.monotonic() > self._until


@pytest.fixture
def redis(valkey_url):
    with Redis.from_url(valkey_url) as client:
        yield client


@pytest.fixture
def trap(tmp_path, monkeypatch):
    """A module that leaves a trace when it is imported or called."""
    trace = tmp_path / "trace"
    (tmp_path / "trapped.py").write_text(
        f"from pathlib import Path\ndef spring(*_): Path({str(trace)!r}).touch()\nspring()\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield trace
    sys.modules.pop("trapped", None)


class Pickled:
    """Runs a command when it is unpickled."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __reduce__(self):
        return (open, (self._path, "w"))


def data(name: object, *args: object, **kwargs: object) -> bytes:
    return zlib.compress(json.dumps([name, None, list(args), kwargs]).encode())


FORGERIES = {
    "another function": {"data": data("os.system", "touch trapped-here")},
    "a function to import": {"data": data("trapped.spring")},
    "an argument": {"data": data(ANSWER, "workspace")},
    "a keyword": {"data": data(ANSWER, workspace="w")},
    "a list as a name": {"data": data(["os.system"])},
    "callbacks": {
        "data": data(ANSWER, "x"),
        **{f"{when}_callback_name": "trapped.spring" for when in ("success", "failure", "stopped")},
    },
    "a web address": {"data": data(ANSWER, "x"), "webhooks": '[{"url": "http://127.0.0.1:1/"}]'},
    "no data": {"origin": "bell"},
    "no text": {"data": b"\xff\xfe"},
    "no list": {"data": zlib.compress(b"7")},
    "a date that is none": {"data": data(ANSWER), "created_at": "tomorrow"},
    "a state that is none": {"data": data(ANSWER), "status": "excellent"},
    "another queue": {"data": data("os.system"), "origin": "other", "repeats_left": "5"},
    "retries for ever": {"data": data("os.system"), "retries_left": "1000"},
}


@pytest.mark.parametrize("forged", FORGERIES.values(), ids=FORGERIES)
def test_a_forged_job_comes_to_nothing_and_the_next_ring_is_answered(redis, valkey_url, trap, forged):
    assert the_worker_goes_on_after(redis, valkey_url, forged) == 1
    assert not trap.exists()
    assert "trapped" not in sys.modules
    assert not redis.keys("rq:*other*")
    assert not redis.llen("rq:queue:bell")


@pytest.mark.parametrize("field", ["data", "result", "meta", "exc_info"])
def test_a_pickle_is_never_opened(redis, valkey_url, trap, field):
    poison = zlib.compress(pickle.dumps(Pickled(str(trap))))
    the_worker_goes_on_after(redis, valkey_url, {"data": data("os.system"), field: poison})
    assert not trap.exists()


def test_a_real_ring_keeps_its_own_terms_whatever_else_its_hash_says(redis, valkey_url, trap):
    forged = {
        "data": data(ANSWER),
        "success_callback_name": "trapped.spring",
        "timeout": "soon",
        "result_ttl": "-1",
    }
    assert the_worker_goes_on_after(redis, valkey_url, forged, rung=False) == 1
    assert not trap.exists()
    assert not redis.exists("rq:job:forged")


def test_a_process_that_put_nothing_on_the_list_refuses_every_ring(redis, valkey_url):
    RqBell(lambda: valkey_url).ring()
    (ring,) = bell_queue(redis).jobs
    with pytest.raises(BellRefused):
        ring.perform()


def the_worker_goes_on_after(redis: Redis, url: str, forged, *, rung: bool = True) -> int:
    """Queue a forged job, then ring; return how often a real worker answered."""
    redis.hset("rq:job:forged", mapping=forged)
    redis.rpush("rq:queue:bell", "forged")
    if rung:
        RqBell(lambda: url).ring()
    shift = OneAnswer()
    BellJob.answers = {ANSWER: shift.answer_bell}
    try:
        Listener(shift, "test", redis).work(logging_level="CRITICAL")  # type: ignore[arg-type]
    finally:
        BellJob.answers = {}
    return shift.answers

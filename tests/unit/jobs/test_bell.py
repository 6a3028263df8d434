"""Ringing: it carries nothing, it never fails whoever rings, and it does not pile up."""

import logging
import threading

import pytest
from redis import Redis
from rq import Queue
from rq.job import Job
from rq.serializers import JSONSerializer

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.jobs import bell as bell_module
from addon_backend.jobs.bell import ENOUGH_RINGS, RqBell
from addon_backend.jobs.job import ANSWER, QUEUE

NOBODY = "redis://127.0.0.1:1"  # a reserved port: nothing listens there


@pytest.fixture
def redis(valkey_url):
    with Redis.from_url(valkey_url) as client:
        yield client


def rings(redis: Redis) -> list[Job]:
    return Queue(QUEUE, connection=redis, serializer=JSONSerializer).jobs


def test_a_ring_names_one_function_and_carries_nothing(redis, valkey_url):
    RqBell(lambda: valkey_url).ring()
    (ring,) = rings(redis)
    assert ring.func_name == ANSWER
    assert (list(ring.args), ring.kwargs, ring.meta) == ([], {}, {})
    assert (ring.result_ttl, ring.failure_ttl) == (0, 60)
    assert b"pickle" not in ring.data
    assert redis.smembers("rq:queues") == {b"rq:queue:bell"}


def test_rings_that_would_wake_nobody_more_are_left_out(redis, valkey_url):
    bell = RqBell(lambda: valkey_url)
    for _ in range(50):
        bell.ring(4)
    assert len(rings(redis)) == ENOUGH_RINGS


def test_a_bell_without_redis_neither_raises_nor_tries_for_ever(monkeypatch):
    asked = []

    def url() -> str:
        asked.append(NOBODY)
        return NOBODY

    bell = RqBell(url)
    for _ in range(10):
        bell.ring()
    assert len(asked) == 2  # then it pauses: a person waits for whoever rings


def test_an_engine_that_cannot_start_is_no_trouble_of_whoever_rings():
    def url() -> str:
        raise EngineUnavailable(why="none here")

    RqBell(url).ring()


def test_an_engine_that_came_back_elsewhere_is_asked_for_again(redis, valkey_url):
    urls = iter([NOBODY, valkey_url])
    RqBell(lambda: next(urls)).ring()
    assert len(rings(redis)) == 1


def test_after_a_pause_it_rings_again(redis, valkey_url, monkeypatch):
    urls = iter([NOBODY, NOBODY, valkey_url])
    monkeypatch.setattr(bell_module, "_PAUSE", 0.0)
    bell = RqBell(lambda: next(urls))
    bell.ring()
    bell.ring()
    assert len(rings(redis)) == 1


def test_many_threads_share_one_bell(redis, valkey_url):
    bell = RqBell(lambda: valkey_url)
    threads = [threading.Thread(target=bell.ring) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 <= len(rings(redis)) <= ENOUGH_RINGS + len(threads)


def test_rq_logs_no_ring_at_its_usual_level(valkey_url, caplog):
    with caplog.at_level(logging.INFO):
        RqBell(lambda: valkey_url).ring()
    assert not caplog.records

"""How often one member may ask, on a real Redis and without one."""

from uuid import uuid4

import pytest
from redis import Redis

from addon_backend.domain.errors import EngineUnavailable, TooManyRequests
from addon_backend.domain.workspaces import Caller
from addon_backend.security.limits import Limits, Rate
from tests.api.office import Office, settings_for

MARIE = Caller("workspace", "marie")


@pytest.fixture
def settings(tmp_path):
    """Three starts, five looks and a thousand reads per hour."""
    return settings_for(tmp_path, rate_starts="3/hour", rate_looks="5/hour", rate_reads="1000/hour")


def spent(limits, rate, caller=MARIE, most=20):
    """Count how many requests pass."""
    for count in range(most):
        try:
            limits.spend(rate, caller)
        except TooManyRequests:
            return count
    return most


def test_each_kind_of_request_has_its_own_limit(settings, valkey_url):
    limits = Limits(settings, lambda: valkey_url)

    assert (spent(limits, Rate.START), spent(limits, Rate.LOOK), spent(limits, Rate.READ)) == (3, 5, 20)


def test_the_limit_is_of_one_member_of_one_workspace(settings, valkey_url):
    limits = Limits(settings, lambda: valkey_url)
    spent(limits, Rate.START)

    assert spent(limits, Rate.START, Caller("workspace", "jean")) == 3
    assert spent(limits, Rate.START, Caller("elsewhere", "marie")) == 3


def test_all_processes_count_together(settings, valkey_url):
    first, second = (Limits(settings, lambda: valkey_url) for _ in range(2))
    first.spend(Rate.START, MARIE)
    first.spend(Rate.START, MARIE)

    assert spent(second, Rate.START) == 1


def test_who_asks_too_often_is_told_when_to_come_back(settings, valkey_url):
    limits = Limits(settings, lambda: valkey_url)
    spent(limits, Rate.START)

    with pytest.raises(TooManyRequests) as refused:
        limits.spend(Rate.START, MARIE)
    assert 1 <= int(refused.value.facts["retry_after"]) <= 3600


def test_without_redis_looking_goes_on_and_starting_does_not(settings, tmp_path):
    limits = Limits(settings, lambda: f"unix://{tmp_path}/nobody")

    assert spent(limits, Rate.READ) == spent(limits, Rate.LOOK) == 20
    with pytest.raises(EngineUnavailable):
        limits.spend(Rate.START, MARIE)
    with pytest.raises(EngineUnavailable):
        limits.ping()


def test_an_address_that_cannot_be_had_is_a_redis_that_does_not_answer(settings):
    def nowhere():
        raise EngineUnavailable(engine="redis")

    limits = Limits(settings, nowhere)

    assert spent(limits, Rate.READ) == 20
    with pytest.raises(EngineUnavailable):
        limits.spend(Rate.START, MARIE)


def test_a_redis_that_is_back_counts_again(settings, valkey_url, tmp_path):
    addresses = iter([f"unix://{tmp_path}/gone", valkey_url])
    limits = Limits(settings, lambda: next(addresses))

    limits.spend(Rate.READ, MARIE)  # finds nobody, is let through, and forgets the address
    limits.ping()
    assert spent(limits, Rate.START) == 3


def test_a_wiped_redis_counts_anew(settings, valkey_url):
    limits = Limits(settings, lambda: valkey_url)
    spent(limits, Rate.START)
    with Redis.from_url(valkey_url) as redis:
        redis.flushall()

    assert spent(limits, Rate.START) == 3


@pytest.fixture
def busy(office: Office, valkey_url):
    """The office behind a Redis, with few requests allowed."""
    office.redis_url = lambda: valkey_url
    return office.reopened(rate_reads="2/hour", rate_starts="2/hour")


def test_a_limit_is_a_problem_with_a_time(busy):
    marie = busy.sign_in()
    marie.get("/v1/me")
    marie.get("/v1/me")

    answer = marie.get("/v1/me")

    assert (answer.status_code, answer.get_json()["code"]) == (429, "too_many_requests")
    assert 1 <= int(answer.headers["Retry-After"]) <= 3600
    assert busy.sign_in(subject="jean").get("/v1/me").status_code == 200


def test_a_refused_body_counts_too(busy):
    marie = busy.sign_in()
    for _ in range(2):
        assert marie.post("/v1/runs", {}, {"Idempotency-Key": uuid4().hex}).status_code == 422

    assert marie.post("/v1/runs", {}, {"Idempotency-Key": uuid4().hex}).status_code == 429


def test_a_start_that_cannot_be_counted_starts_nothing(office, tmp_path):
    office.redis_url = lambda: f"unix://{tmp_path}/nobody"
    marie = office.reopened().sign_in()

    answer = marie.post("/v1/runs", marie.order(), {"Idempotency-Key": uuid4().hex})

    assert (answer.status_code, answer.get_json()["code"]) == (503, "engine_unavailable")
    assert marie.get("/v1/runs").get_json()["runs"] == []

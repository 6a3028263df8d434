"""/healthz, /readyz, /metrics and /."""

import pytest

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.web.health import SWEEPER
from tests.api.office import METRICS_TOKEN


@pytest.fixture
def sweeping(office):
    """A sweeper that has just beaten."""
    with office.house.store.unit() as unit:
        unit.work.lead(SWEEPER, "the tests", 30)
        unit.commit()


def test_a_process_that_answers_is_healthy(office):
    assert office.stranger().get("/healthz").status_code == 200


def test_everything_answers_and_somebody_sweeps(office, sweeping):
    answer = office.stranger().get("/readyz")

    assert answer.status_code == 200
    assert answer.get_json() == {"ready": True, "checks": {"database": "ok", "redis": "ok", "sweeper": "ok"}}


def test_without_a_sweeper_it_is_not_ready(office):
    answer = office.stranger().get("/readyz")

    assert answer.status_code == 503
    assert answer.get_json()["checks"] == {"database": "ok", "redis": "ok", "sweeper": "failed"}


def test_an_old_beat_is_no_beat(office, sweeping, monkeypatch):
    monkeypatch.setattr("addon_backend.web.health.OLDEST_BEAT_SECONDS", -1.0)

    assert office.stranger().get("/readyz").get_json()["checks"]["sweeper"] == "failed"


def test_without_a_database_it_is_not_ready_and_still_healthy(office, sweeping, monkeypatch):
    def ping(store):
        raise EngineUnavailable

    monkeypatch.setattr(type(office.house.store), "ping", ping)

    assert office.stranger().get("/readyz").get_json()["checks"]["database"] == "failed"
    assert office.stranger().get("/healthz").status_code == 200


def test_without_redis_it_is_not_ready(office, tmp_path, sweeping):
    office.redis_url = lambda: f"unix://{tmp_path}/nobody"

    assert office.reopened().stranger().get("/readyz").get_json()["checks"]["redis"] == "failed"


def test_metrics_want_their_token(office):
    stranger = office.stranger()

    assert stranger.get("/metrics").status_code == 401
    assert stranger.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 401
    answer = stranger.get("/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"})
    assert answer.status_code == 200
    assert b"addon_http_requests_total" in answer.data


def test_without_a_token_there_are_no_metrics(office):
    assert office.reopened(metrics_token=None).stranger().get("/metrics").status_code == 404


def test_metrics_name_routes_and_never_ids(office, marie):
    run = marie.starts()
    marie.get(f"/v1/runs/{run}")
    marie.get("/v1/unheard-of")

    told = office.stranger().get("/metrics", headers={"Authorization": f"Bearer {METRICS_TOKEN}"}).text

    assert 'route="/v1/runs/<run_id>"' in told
    assert run not in told
    assert marie.caller.workspace not in told
    assert "unheard-of" not in told


def test_the_front_door_leads_to_the_sandbox_where_there_is_one(office):
    answer = office.stranger().get("/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/sandbox")

    assert office.reopened(sandbox=False).stranger().get("/").status_code == 404

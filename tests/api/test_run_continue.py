"""POST /v1/runs/{id}/continue."""

import pytest

from addon_backend.domain.runs import RunState


@pytest.fixture
def parked(marie):
    """A run that waits for the person: 10 of 40 credits are reserved."""
    sheet = marie.opens()
    order = marie.order(sheet, quote_id=marie.is_quoted(sheet, ceiling=40), spend_at_most=10)
    run = marie.post("/v1/runs", order, {"Idempotency-Key": "parked-run"}).get_json()["id"]
    with marie.office.house.store.unit() as unit:
        unit.runs.move(marie.caller.workspace, run, set(RunState), RunState.PARKED, "trial")
        unit.commit()
    return run


@pytest.mark.parametrize(
    ("body", "reserved"), [({}, 40), ({"spend_at_most": None}, 40), ({"spend_at_most": 25}, 25)]
)
def test_a_parked_run_goes_on(marie, parked, body, reserved):
    reply = marie.post(f"/v1/runs/{parked}/continue", body).get_json()

    assert reply["state"] == "running"
    assert reply["money"]["reserved"] == reserved


def test_the_quote_stays_the_ceiling(marie, parked):
    reply = marie.post(f"/v1/runs/{parked}/continue", {"spend_at_most": 1_000}).get_json()

    assert reply["money"]["reserved"] == 40


def test_only_a_parked_run_can_go_on(marie):
    answer = marie.post(f"/v1/runs/{marie.starts()}/continue", {})

    assert (answer.status_code, answer.get_json()["code"]) == (409, "run_state")

"""POST /v1/runs/{id}/undo."""

import pytest

from addon_backend.services.runs.work import advance


@pytest.fixture
def finished(marie):
    """A run that is done."""
    run = marie.starts()
    advance(marie.office.house, "worker", lambda: False, 60.0)
    assert marie.get(f"/v1/runs/{run}").get_json()["actions"] == ["undo"]
    return run


def undoes(marie, run, key="undo-it-once"):
    return marie.post(f"/v1/runs/{run}/undo", {}, {"Idempotency-Key": key})


def test_a_finished_run_is_undone_by_another(marie, finished):
    answer = undoes(marie, finished)

    run = answer.get_json()
    assert answer.status_code == 202
    assert answer.headers["Location"] == f"/v1/runs/{run['id']}"
    assert (run["parent"], run["state"], run["money"]["quoted"]) == (finished, "queued", 0)
    advance(marie.office.house, "worker", lambda: False, 60.0)
    done = marie.get(f"/v1/runs/{run['id']}").get_json()
    assert (done["state"], done["reason"]) == ("finished", "undone")
    assert done["counts"]["written"] == marie.get(f"/v1/runs/{finished}").get_json()["counts"]["written"]


def test_the_same_key_again_is_the_same_undo(marie, finished):
    first, second = undoes(marie, finished), undoes(marie, finished)

    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.get_json()["id"] == first.get_json()["id"]
    assert undoes(marie, first.get_json()["id"]).get_json()["code"] == "key_reused"


@pytest.mark.parametrize("key", ["", "short", "with space in it"])
def test_a_key_is_asked_for(marie, finished, key):
    assert undoes(marie, finished, key).get_json()["code"] == "key_missing"


def test_a_run_that_goes_on_or_did_nothing_is_not_undone(marie):
    run = marie.starts()
    assert undoes(marie, run).get_json()["code"] == "run_state"

    marie.post(f"/v1/runs/{run}/stop")

    answer = undoes(marie, run)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "nothing_to_undo")

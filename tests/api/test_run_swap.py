"""POST /v1/runs/{id}/swap."""

import pytest

from addon_backend.services.runs.work import advance


@pytest.fixture
def finished(marie):
    """A run that is done."""
    run = marie.starts()
    advance(marie.office.house, "worker", lambda: False, 60.0)
    return run


def swaps(marie, run, output, key="swap-it-once"):
    return marie.post(f"/v1/runs/{run}/swap", {"output": output}, {"Idempotency-Key": key})


def test_a_cleaned_column_is_put_in_place_by_another_run(marie, finished):
    outputs = marie.get(f"/v1/runs/{finished}").get_json()["outputs"]
    output = next(one for one in outputs if one["can_swap"])
    answer = swaps(marie, finished, output["name"])
    run = answer.get_json()
    assert (answer.status_code, run["kind"], run["parent"]) == (202, "swap", finished)
    assert answer.headers["Location"] == f"/v1/runs/{run['id']}"
    advance(marie.office.house, "worker", lambda: False, 60.0)
    done = marie.get(f"/v1/runs/{run['id']}").get_json()
    assert (done["state"], done["reason"], done["actions"]) == ("finished", "swapped", ["undo"])
    again = swaps(marie, finished, output["name"])
    assert (again.headers["Idempotent-Replayed"], again.get_json()["id"]) == ("true", run["id"])
    assert swaps(marie, finished, output["name"], "another-key").get_json()["code"] == "nothing_to_swap"


def test_a_column_that_was_not_cleaned_beside_is_refused(marie, finished):
    answer = swaps(marie, finished, "fill:country")
    assert (answer.status_code, answer.get_json()["code"]) == (409, "nothing_to_swap")

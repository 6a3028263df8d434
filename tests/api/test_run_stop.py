"""POST /v1/runs/{id}/stop."""


def test_a_queued_run_is_over_at_once(marie):
    run = marie.starts()

    answer = marie.post(f"/v1/runs/{run}/stop", {})

    assert answer.status_code == 200
    assert (answer.get_json()["state"], answer.get_json()["actions"]) == ("stopped", [])
    assert answer.headers["ETag"] == f'"{answer.get_json()["version"]}"'


def test_stopping_twice_changes_nothing(marie):
    run = marie.starts()

    first = marie.post(f"/v1/runs/{run}/stop").get_json()
    second = marie.post(f"/v1/runs/{run}/stop").get_json()

    assert first == second


def test_a_body_is_not_needed_and_may_hold_nothing(marie):
    run = marie.starts()

    assert marie.post(f"/v1/runs/{run}/stop", {"now": True}).status_code == 422
    assert marie.post(f"/v1/runs/{run}/stop", None).status_code == 200

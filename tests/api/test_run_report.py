"""GET /v1/runs/{id}/report."""


def test_the_end_of_a_run_says_what_was_not_spent(marie):
    run = marie.starts()
    marie.post(f"/v1/runs/{run}/stop")

    reply = marie.get(f"/v1/runs/{run}/report").get_json()

    assert reply["run"]["id"] == run
    assert isinstance(reply["not_spent"], list)
    assert isinstance(reply["explained"], list)


def test_a_report_has_no_parameters(marie):
    assert marie.get(f"/v1/runs/{marie.starts()}/report?full=1").status_code == 422

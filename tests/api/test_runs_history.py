"""GET /v1/runs."""

import pytest


def test_runs_are_listed_newest_first(marie):
    ids = [marie.starts() for _ in range(3)]

    reply = marie.get("/v1/runs").get_json()

    assert [line["id"] for line in reply["runs"]] == ids[::-1]
    assert reply["before"] is None


def test_a_page_says_how_to_ask_for_the_next(marie):
    ids = [marie.starts() for _ in range(3)]

    first = marie.get("/v1/runs?limit=2").get_json()
    second = marie.get(f"/v1/runs?limit=2&before={first['before']!r}").get_json()

    assert [line["id"] for line in first["runs"] + second["runs"]] == ids[::-1]


def test_one_document_may_be_asked_for(marie):
    here, there = marie.opens(), marie.opens()
    run, _ = marie.starts(here), marie.starts(there)

    reply = marie.get(f"/v1/runs?document={here.document}").get_json()

    assert [line["id"] for line in reply["runs"]] == [run]


def test_everyone_sees_her_own(marie, colleague, foreigner):
    marie.starts()

    assert colleague.get("/v1/runs").get_json()["runs"] == []
    assert foreigner.get("/v1/runs").get_json()["runs"] == []


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=101", "limit=x", "before=nan", "page=2", "limit=1&limit=2", "before=-1"]
)
def test_another_question_is_refused(marie, query):
    answer = marie.get(f"/v1/runs?{query}")

    assert (answer.status_code, answer.get_json()["code"]) == (422, "body_invalid")

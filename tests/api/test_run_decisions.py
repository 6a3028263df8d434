"""GET and POST /v1/runs/{id}/decisions, POST /v1/runs/{id}/rows."""

from uuid import uuid4

import pytest

from addon_backend.services.runs.work import advance

CONTACTS = [
    ["Name", "E-mail", "Phone", "Country"],
    ["Marie Dupont", "marie.dupont@example.com", "+33 1 42 68 53 00", "Belgium"],
    ["Jean Martin", "jean.martin@example.com", "+33 1 42 68 53 01", "Belgium"],
    ["Paul Durand", "paul.durand@gmial.com", "+33 1 42 68 53 02", None],
    ["Anne Petit", "anne.petit@example.com", "+33 1 42 68 53 03", "France"],
]


@pytest.fixture
def finished(marie):
    """A run that left two decisions open."""
    run = marie.starts(marie.opens(CONTACTS))
    works(marie)
    return run


def works(person):
    advance(person.office.house, "worker", lambda: False, 60.0)


def answers(person, run, key=None, **body):
    return person.post(f"/v1/runs/{run}/decisions", body, {"Idempotency-Key": key or uuid4().hex})


def groups(person, run):
    return person.get(f"/v1/runs/{run}/decisions").get_json()["groups"]


def test_the_list_says_what_stands_and_what_is_offered(marie, finished):
    page = marie.get(f"/v1/runs/{finished}/decisions").get_json()
    assert page["headline"] == "2 decisions settle 3 rows"
    assert (page["decisions"], page["rows"], page["next"]) == (2, 3, None)
    first = page["groups"][0]
    assert (first["kind"], first["header"], first["rows"]) == ("differs", "Country", 2)
    assert (first["now"], first["offered"]) == ("Belgium", "France")
    assert first["reason"].startswith("Another value stands here.")
    run = marie.get(f"/v1/runs/{finished}").get_json()
    assert (run["decisions"], run["decisions_headline"]) == (2, page["headline"])


def test_the_list_comes_in_pages(marie, finished):
    first = marie.get(f"/v1/runs/{finished}/decisions?limit=1").get_json()
    second = marie.get(f"/v1/runs/{finished}/decisions?limit=1&after={first['next']}").get_json()
    assert [one["header"] for one in first["groups"] + second["groups"]] == ["Country", "E-mail"]
    assert second["next"] is None


def test_a_choice_starts_a_run_that_sets_it(marie, finished):
    group = groups(marie, finished)[0]
    answer = answers(marie, finished, take=[{"group": group["id"]}])
    body = answer.get_json()
    assert answer.status_code == 200
    assert answer.headers["Location"] == f"/v1/runs/{body['run']['id']}"
    assert (body["headline"], body["run"]["kind"]) == ("1 decision settles 1 row", "decide")
    works(marie)
    done = marie.get(answer.headers["Location"]).get_json()
    assert (done["state"], done["parent"], done["counts"]) == ("finished", finished, {"written": 2})


def test_one_row_is_chosen_by_its_label(marie, finished):
    group = groups(marie, finished)[0]
    body = answers(marie, finished, take=[{"group": group["id"], "row": group["row"]}]).get_json()
    assert (body["decisions"], body["rows"]) == (2, 2)


def test_what_is_left_starts_nothing(marie, finished):
    answer = answers(marie, finished, leave_rest=True)
    assert answer.get_json() == {"run": None, "decisions": 0, "rows": 0, "headline": ""}
    assert "Location" not in answer.headers


def test_the_same_key_again_is_the_same_answer(marie, finished):
    group = groups(marie, finished)[0]["id"]
    first = answers(marie, finished, "answered-once", take=[{"group": group}])
    second = answers(marie, finished, "answered-once", take=[{"group": group}])
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.get_json()["run"]["id"] == first.get_json()["run"]["id"]
    assert answers(marie, finished, "answered-once", leave=[group]).get_json()["code"] == "key_reused"


def test_the_count_shows_its_rows(marie, finished):
    group = groups(marie, finished)[0]
    shown = marie.post(f"/v1/runs/{finished}/rows", {"groups": [group["id"]]}).get_json()
    assert shown["rows"] == 2
    assert [(one["group"], one["number"]) for one in shown["places"]] == [(group["id"], 2), (group["id"], 3)]
    assert shown["places"][0]["row"] == group["row"]


def test_what_is_settled_is_refused_with_one_clear_sentence(marie, finished):
    group = groups(marie, finished)[0]["id"]
    answers(marie, finished, leave=[group])
    for answer in (
        answers(marie, finished, take=[{"group": group}]),
        answers(marie, finished, leave=["f" * 16]),
        marie.post(f"/v1/runs/{finished}/rows", {"groups": ["f" * 16]}),
    ):
        assert (answer.status_code, answer.get_json()["code"]) == (409, "decision_unknown")


@pytest.mark.parametrize(
    "body", [{}, {"take": []}, {"take": [{"group": "row 3"}]}, {"leave": ["Belgium"]}, {"leave_rest": False}]
)
def test_an_answer_that_says_nothing_is_refused(marie, finished, body):
    assert answers(marie, finished, **body).status_code == 422


def test_the_list_waits_for_the_end_of_the_run(marie):
    run = marie.starts(marie.opens(CONTACTS))
    assert marie.get(f"/v1/runs/{run}/decisions").get_json()["code"] == "run_state"


def test_nobody_else_sees_or_settles_anything(marie, finished, colleague, foreigner):
    for other in (colleague, foreigner):
        assert other.get(f"/v1/runs/{finished}/decisions").status_code == 404
        assert answers(other, finished, leave_rest=True).status_code == 404
        assert other.post(f"/v1/runs/{finished}/rows", {"groups": ["f" * 16]}).status_code == 404
    assert len(groups(marie, finished)) == 2

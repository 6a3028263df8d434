"""GET /v1/runs/{id}."""

import threading

import pytest

from addon_backend.web.waiting import WaitingRoom, wait_until


def touch(person, run):
    """Progress that a person could see."""
    with person.office.house.store.unit() as unit:
        unit.runs.touch(person.caller.workspace, run)
        unit.commit()


def test_a_run_tells_where_it_stands(marie):
    run = marie.starts()

    answer = marie.get(f"/v1/runs/{run}")

    assert answer.status_code == 200
    reply = answer.get_json()
    assert reply["id"] == run
    assert reply["actions"] == ["stop"]
    assert answer.headers["ETag"] == f'"{reply["version"]}"'


def test_what_has_not_changed_is_not_sent_again(marie):
    run = marie.starts()
    tag = marie.get(f"/v1/runs/{run}").headers["ETag"]

    for told in (tag, f"W/{tag}", f'"0", {tag}'):
        answer = marie.get(f"/v1/runs/{run}", {"If-None-Match": told})
        assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", tag)

    touch(marie, run)
    assert marie.get(f"/v1/runs/{run}", {"If-None-Match": tag}).status_code == 200


def test_an_old_version_is_answered_at_once(marie):
    run = marie.starts()

    assert marie.get(f"/v1/runs/{run}?since=0&wait=20").status_code == 200


def test_a_wait_ends_with_the_change(marie):
    run = marie.starts()
    version = marie.get(f"/v1/runs/{run}").get_json()["version"]
    change = threading.Timer(0.3, touch, (marie, run))
    change.start()

    answer = marie.get(f"/v1/runs/{run}?since={version}&wait=20")
    change.join()

    assert answer.get_json()["version"] > version


def test_a_wait_without_a_change_ends_with_what_is_known(marie):
    run = marie.starts()
    answer = marie.get(f"/v1/runs/{run}")
    version, tag = answer.get_json()["version"], answer.headers["ETag"]

    path = f"/v1/runs/{run}?since={version}&wait=0.1"
    assert marie.get(path).get_json()["version"] == version
    assert marie.get(path, {"If-None-Match": tag}).status_code == 304


def test_nobody_waits_for_a_run_that_is_over(marie):
    run = marie.starts()
    version = marie.post(f"/v1/runs/{run}/stop").get_json()["version"]

    answer = marie.get(f"/v1/runs/{run}?since={version}&wait=20")

    assert answer.get_json()["state"] == "stopped"


def test_who_finds_no_seat_is_told_when_to_ask_again(marie, office):
    run = marie.starts()
    version = marie.get(f"/v1/runs/{run}").get_json()["version"]
    room = office.app.extensions["addon_backend.edge"].waiting

    with room.seat(), room.seat(), room.seat():  # of eight threads, three may wait
        answers = [marie.get(f"/v1/runs/{run}?since={version}&wait=20") for _ in range(6)]

    assert [answer.headers["Retry-After"] for answer in answers] == ["1", "2", "3", "4", "5", "1"]
    assert {answer.status_code for answer in answers} == {200}


@pytest.mark.parametrize(("threads", "seats"), [(2, 1), (3, 1), (8, 3), (9, 4), (16, 7)])
def test_fewer_than_half_of_the_threads_wait(threads, seats):
    room = WaitingRoom(threads)
    seated = [room.seat() for _ in range(threads)]

    assert [seat.__enter__() for seat in seated] == [True] * seats + [False] * (threads - seats)

    for seat in seated:
        seat.__exit__(None, None, None)
    with room.seat() as again:
        assert again


def test_a_seat_is_free_again_after_trouble():
    room = WaitingRoom(2)

    with pytest.raises(ZeroDivisionError), room.seat():
        raise ZeroDivisionError
    with room.seat() as seated:
        assert seated


def test_the_pauses_of_a_wait_grow_to_a_second(monkeypatch):
    now, pauses = [0.0], []

    def sleep(seconds):
        pauses.append(seconds)
        now[0] += seconds

    monkeypatch.setattr("addon_backend.web.waiting.time.monotonic", lambda: now[0])
    monkeypatch.setattr("addon_backend.web.waiting.time.sleep", sleep)

    assert not wait_until(lambda: False, 5)
    assert pauses[0] == 0.25
    assert max(pauses) == 1.0
    assert sum(pauses) == 5


@pytest.mark.parametrize(
    "query", ["since=-1", "since=x", "wait=21", "wait=-1", "wait=inf", "since=1&since=2"]
)
def test_another_question_is_refused(marie, query):
    run = marie.starts()

    assert marie.get(f"/v1/runs/{run}?{query}").status_code == 422

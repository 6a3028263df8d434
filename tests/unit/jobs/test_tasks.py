"""One process's work: it rings again where more is due, and leaves nothing behind when it stumbles."""

import json
import sys
from io import StringIO

import pytest

from addon_backend.domain.errors import EngineUnavailable
from addon_backend.jobs import tasks
from addon_backend.jobs.tasks import Shift
from addon_backend.telemetry.logs import set_up_logs
from tests.unit.services.desk import Desk, people


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, people(30))


@pytest.fixture
def shift(desk):
    return Shift(desk.house, "host:1:a")


@pytest.fixture
def logged():
    lines = StringIO()
    set_up_logs("info", lines)
    yield lambda: [json.loads(line) for line in lines.getvalue().splitlines()]
    set_up_logs("info", sys.stderr)


def test_an_answer_does_all_that_is_due_and_then_is_silent(desk, shift):
    run = desk.press()
    shift.answer_bell()
    assert desk.view(run).state == "finished"
    rung = desk.house.bell.rings
    shift.answer_bell()
    assert desk.house.bell.rings == rung


def test_an_answer_whose_time_is_over_rings_for_the_rest(desk, shift, monkeypatch):
    monkeypatch.setattr(tasks, "BUDGET_SECONDS", 0.0)
    desk.press()
    rung = desk.house.bell.rings
    shift.answer_bell()
    assert desk.house.bell.rings == rung + 1


def test_a_shift_that_is_over_takes_no_work_and_rings_for_nobody(desk, shift):
    run = desk.press()
    rung = desk.house.bell.rings
    shift.stop()
    shift.answer_bell()
    assert desk.view(run).state == "queued"
    assert desk.house.bell.rings == rung


def test_it_stops_between_two_chunks_and_hands_the_rest_on(desk, shift):
    run = desk.press("complete")
    desk.source.before = shift.stop
    shift.answer_bell()
    assert desk.view(run).state == "running"
    desk.work()
    assert desk.view(run).state == "finished"


def test_a_stumble_is_logged_without_values_and_its_claim_is_free_at_once(desk, shift, logged):
    def stumble() -> None:
        desk.source.before = None
        raise ZeroDivisionError("of a@b.example")

    desk.source.before = stumble
    run = desk.press("complete")
    shift.answer_bell()
    assert desk.view(run).state == "running"
    (line,) = (line for line in logged() if line["event"] == "work_crashed")
    assert line["exception"][0] == "builtins.ZeroDivisionError"
    assert "example" not in json.dumps(line)
    desk.work("another")
    assert desk.view(run).state == "finished"


def test_a_database_that_is_away_is_no_reason_to_leave(desk, shift, monkeypatch, logged):
    def away():
        raise EngineUnavailable(reason="database")

    monkeypatch.setattr(type(desk.house.store), "unit", lambda _: away())
    shift.answer_bell()
    assert [line["event"] for line in logged()] == ["work_interrupted"]

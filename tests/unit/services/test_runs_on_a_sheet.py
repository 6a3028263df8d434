"""Which run of hers on a sheet a terminal goes on with, or takes back."""

import pytest

from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.history import open_run, standing_run
from tests.unit.services.desk import Desk, people


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, people(6))


def test_without_a_run_there_is_none(desk):
    assert open_run(desk.house, desk.caller, desk.ref) is None
    assert standing_run(desk.house, desk.caller, desk.ref) is None


def test_a_run_is_open_until_it_ends_and_stands_until_it_is_undone(desk):
    run_id = desk.press("standard")
    found = open_run(desk.house, desk.caller, desk.ref)
    assert found is not None
    assert found.id == run_id
    assert standing_run(desk.house, desk.caller, desk.ref) is None

    desk.work()
    assert open_run(desk.house, desk.caller, desk.ref) is None
    stands = standing_run(desk.house, desk.caller, desk.ref)
    assert stands is not None
    assert stands.id == run_id

    undo(desk.house, desk.caller, run_id, "once")
    desk.work()
    assert standing_run(desk.house, desk.caller, desk.ref) is None

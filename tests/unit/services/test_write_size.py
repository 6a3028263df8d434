"""The window in which an edit may be overwritten stays near one second, whatever the host's speed."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.writing import write
from addon_backend.services.runs.writing.write_size import FEWEST_ROWS, WINDOW_SECONDS, WriteSize
from tests.unit.services.desk import people
from tests.unit.services.hostile_desk import DeskAtHostileHost


def new_size() -> WriteSize:
    house = SimpleNamespace(paces={})
    host = SimpleNamespace(name="slow", rows_per_write=500, compares=False)
    return WriteSize(house, host)  # type: ignore[arg-type]


def settled(seconds_per_row: float) -> int:
    size = new_size()
    for _ in range(20):
        size.took(size.rows, size.rows * seconds_per_row)
    return size.rows


@pytest.mark.parametrize("seconds_per_row", [0.0001, 0.002, 0.004, 0.01, 0.03])
def test_writes_settle_at_about_one_second(seconds_per_row):
    rows = settled(seconds_per_row)
    assert rows == 500 or 0.5 * WINDOW_SECONDS <= rows * seconds_per_row <= 1.5 * WINDOW_SECONDS


@pytest.mark.parametrize("seconds", [0.3, 1.1, 2.0, 6.0])
def test_a_host_whose_calls_take_long_whatever_they_carry_gets_whole_chunks(seconds):
    """Smaller writes would not be quicker, only more."""
    size = new_size()
    carried = []
    for _ in range(40):
        carried.append(size.rows)
        size.took(size.rows, seconds)
    assert sum(carried) >= 0.9 * 40 * 500
    assert carried[-20:] == [500] * 20


@pytest.mark.parametrize("slow", [3.0, 20.0])
def test_a_host_that_was_slow_for_a_moment_is_soon_asked_for_as_much_as_before(slow):
    """It takes 0.9 s for a call and 0.4 s for 500 rows; once it was busy with somebody else."""
    size = new_size()
    for at in range(40):
        size.took(size.rows, slow if at == 5 else 0.9 + size.rows * 0.0008)
    assert size.rows == 500


@pytest.mark.parametrize("fixed", [0.2, 1.0, 3.0])
def test_rows_add_at_most_what_makes_a_window_of_about_a_second_or_half_of_one(fixed):
    size = new_size()
    for _ in range(40):
        size.took(size.rows, fixed + size.rows * 0.01)
    assert size.rows * 0.01 <= max(1.5 - fixed, 0.5) * 1.5
    assert size.rows >= FEWEST_ROWS


def test_however_slow_the_host_rows_are_written():
    assert settled(10.0) == FEWEST_ROWS


def test_a_last_short_write_says_nothing_about_the_host():
    size = new_size()
    size.took(500, 2.0)
    size.took(3, 0.01)
    assert size.rows == 250


def test_a_slow_host_gets_smaller_writes_and_all_of_them_can_be_undone(tmp_path, monkeypatch):
    """Every row that is sent takes 10 ms on the writer's clock: 900 rows go in ever smaller parts."""
    desk = DeskAtHostileHost(tmp_path, people(900))
    sizes: list[int] = []
    inner = desk.host.write

    def slow(ref, batch):
        sizes.append(len(batch.rows))
        return inner(ref, batch)

    monkeypatch.setattr(desk.host, "write", slow)
    monkeypatch.setattr(write, "monotonic", lambda: sum(sizes) * 0.01)
    before = desk.table()
    run = desk.press()
    desk.work()
    assert desk.view(run).state == "finished"
    assert sizes[0] == 500
    assert sum(sizes[2:]) / len(sizes[2:]) <= 150
    undo(desk.house, desk.caller, run, "undo")
    desk.work()
    assert [row[: len(before[0])] for row in desk.table()] == before
    assert not any(any(row[len(before[0]) :]) for row in desk.table())

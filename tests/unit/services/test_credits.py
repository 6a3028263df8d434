"""Credits are set aside per chunk, yet a run buys all that its quote covers, whoever does which chunk."""

import pytest

from addon_backend.domain.errors import BudgetTooLow
from addon_backend.domain.runs import ChunkState
from addon_backend.services.runs.control import go_on
from addon_backend.services.runs.work import advance
from tests.unit.services.desk import CountingSource, Desk, people


def staff(count: int, companies: int) -> list[list[str]]:
    """People of so few companies that every chunk meets companies which another chunk has met."""
    header, *rows = people(count)
    return [
        header,
        *([row[0], f"person{i}@company{i % companies}.example", *row[2:]] for i, row in enumerate(rows)),
    ]


@pytest.fixture
def source():
    return CountingSource()


def assert_all_was_bought(desk: Desk, run: str, companies: int) -> None:
    view = desk.view(run)
    assert view.state == "finished"
    assert view.counts.get("not_asked", 0) == 0
    assert sorted(desk.source.asked) == sorted(set(desk.source.asked))
    assert len(desk.source.asked) == companies
    assert view.money.spent + view.money.released == view.money.reserved
    with desk.house.store.reading() as unit:
        assert unit.ledger.spent(desk.caller.workspace, run) == view.money.spent
        chunks = unit.chunks.of_run(desk.caller.workspace, run)
    assert all(chunk.state is ChunkState.WRITTEN and not chunk.allocated for chunk in chunks)


def test_what_earlier_chunks_paid_for_is_not_set_aside_again(tmp_path, source):
    """The second chunk meets known companies and new ones: all new ones are asked about."""
    desk = Desk(tmp_path, staff(700, 600), source)
    run = desk.press("complete")
    desk.work()
    assert_all_was_bought(desk, run, 600)


def test_chunks_at_work_at_once_wait_for_what_the_other_has_set_aside(tmp_path, source):
    """While the first chunk asks, a second worker comes to the next: it lacks credits now, not for good."""
    desk = Desk(tmp_path, staff(600, 160), source)
    run = desk.press("complete")
    nested: list[int] = []

    def meanwhile() -> None:
        if not nested:
            nested.append(0)
            nested[0] = advance(desk.house, "w2", lambda: False, 60.0)

    source.before = meanwhile
    while desk.view(run).state != "finished":
        desk.work()
    assert nested[0]
    assert_all_was_bought(desk, run, 160)


@pytest.mark.parametrize("most", [0, 50, 100])
def test_no_more_than_it_had_buys_nothing_and_is_said(tmp_path, source, most):
    desk = Desk(tmp_path, staff(600, 200), source)
    run = desk.press("complete", most=100)
    desk.work()
    with pytest.raises(BudgetTooLow):
        go_on(desk.house, desk.caller, run, most)
    assert desk.view(run).reason == "budget_reached"


def test_going_on_after_a_budget_buys_the_rest(tmp_path, source):
    """Spend at most 100, then go on: what was paid for is not counted against the rest."""
    desk = Desk(tmp_path, staff(600, 200), source)
    run = desk.press("complete", most=100)
    desk.work()
    assert desk.view(run).reason == "budget_reached"
    assert desk.view(run).money.spent <= 100
    go_on(desk.house, desk.caller, run, None)
    desk.work()
    assert_all_was_bought(desk, run, 200)

"""What was bought and not decided on keeps its share of the credits: spent once, or released."""

import pytest

from addon_backend.domain import errors
from addon_backend.services.runs.control import stop
from addon_backend.services.runs.following.decisions import answer, decisions
from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.following.views import AnswerOrder, Take
from addon_backend.services.runs.writing import sending, write
from addon_backend.services.upkeep import sweep
from tests.unit.services.desk import CountingSource, Desk, people

EDITED = range(1, 13)


@pytest.fixture
def desk(tmp_path):
    """Sixty people; somebody types industries while the source is asked."""
    source = CountingSource()
    desk = Desk(tmp_path, people(60), source)

    def type_meanwhile():
        source.before = None
        for row in EDITED:
            desk.type_in(row, "Industry", "hers")

    source.before = type_meanwhile
    return desk


@pytest.fixture
def run(desk):
    view = desk.run("complete")
    assert view.state == "finished"
    return view


def money(desk, run):
    """Spent, kept for decisions, released; the ledger agrees, and the ceiling holds."""
    held = desk.view(run.id).money
    with desk.house.store.reading() as unit:
        assert unit.ledger.spent(desk.caller.workspace, run.id) == held.spent
    assert held.spent + held.released <= held.reserved <= held.quoted
    return held.spent, held.reserved - held.spent - held.released, held.released


def groups(desk, run):
    return decisions(desk.house, desk.caller, run.id, 100, 0).groups


def answered(desk, run, key, **order):
    given = AnswerOrder(order.get("take", []), order.get("leave", []), order.get("rest", False))
    return answer(desk.house, desk.caller, run.id, given, key, repr(given))[0].run


def rows_open(desk, run):
    return sum(group.rows for group in groups(desk, run))


def test_undecided_cells_keep_their_share_and_all_else_is_released(desk, run):
    open_rows = rows_open(desk, run)
    spent, kept, released = money(desk, run)
    assert 0 < open_rows <= len(EDITED)
    assert kept == open_rows
    assert spent == sum(1 for v in (*desk.column("Industry"), *desk.column("Employees")) if v and v != "hers")
    assert spent + kept + released == run.money.reserved


def test_a_cell_that_is_taken_later_is_charged_to_the_run_that_bought_it(desk, run):
    spent, kept, released = money(desk, run)
    group = groups(desk, run)[0]
    done = answered(desk, run, "answer-1", take=[Take(group.id)])
    desk.work()
    assert desk.view(done.id).counts == {"written": group.rows}
    assert desk.view(done.id).money.spent == 0
    assert money(desk, run) == (spent + group.rows, kept - group.rows, released)
    assert sorted(desk.source.asked) == sorted(set(desk.source.asked))


def test_undone_and_taken_again_it_is_not_charged_again(desk, run):
    group = groups(desk, run)[0]
    done = answered(desk, run, "answer-1", take=[Take(group.id)])
    desk.work()
    after = money(desk, run)
    undo(desk.house, desk.caller, done.id, "undo-1")
    desk.work()
    assert money(desk, run) == after
    answered(desk, run, "answer-2", take=[Take(group.id)])
    desk.work()
    assert money(desk, run) == after


def test_people_of_one_company_are_charged_once_by_two_decide_runs(tmp_path):
    source = CountingSource()
    rows = people(20)
    for i, row in enumerate(rows[1:]):
        row[1] = f"person{i}@company{7 + i // 15}.example"
    desk = Desk(tmp_path, rows, source)

    def type_meanwhile():
        source.before = None
        for row in range(1, 21):
            desk.type_in(row, "Industry", "hers")

    source.before = type_meanwhile
    run = desk.run("complete")
    group = groups(desk, run)[0]
    assert group.rows >= 5
    spent, kept, _ = money(desk, run)
    for key in ("answer-1", "answer-2"):
        first = groups(desk, run)[0]
        answered(desk, run, key, take=[Take(first.id, first.row)])
    desk.work()
    assert money(desk, run)[:2] == (spent + 1, kept - 1)


def test_a_value_that_was_paid_for_in_another_row_keeps_nothing_back(tmp_path):
    source = CountingSource()
    rows = people(20)
    for i, row in enumerate(rows[1:]):
        row[1] = f"person{i}@company8.example"
    desk = Desk(tmp_path, rows, source)

    def type_meanwhile():
        source.before = None
        for row in range(1, 6):
            desk.type_in(row, "Industry", "hers")

    source.before = type_meanwhile
    run = desk.run("complete")
    spent, kept, _ = money(desk, run)
    assert (rows_open(desk, run), kept) == (5, 0)
    answered(desk, run, "answer-1", take=[Take(groups(desk, run)[0].id)])
    desk.work()
    assert "hers" not in desk.column("Industry")
    assert money(desk, run)[0] == spent


def test_a_value_that_she_typed_herself_meanwhile_is_not_charged(desk, run):
    spent, kept, released = money(desk, run)
    group = groups(desk, run)[0]
    answered(desk, run, "answer-1", take=[Take(group.id)])
    for row in EDITED:
        desk.type_in(row, "Industry", group.offered)
    desk.work()
    assert money(desk, run) == (spent, kept - group.rows, released + group.rows)


def test_what_is_left_gives_its_share_back_at_once(desk, run):
    spent, kept, released = money(desk, run)
    group = groups(desk, run)[0]
    answered(desk, run, "answer-1", leave=[group.id])
    assert money(desk, run) == (spent, kept - group.rows, released + group.rows)
    answered(desk, run, "answer-2", rest=True)
    assert money(desk, run) == (spent, 0, released + kept)


def test_a_choice_that_is_stopped_keeps_its_share(desk, run):
    spent, *_ = money(desk, run)
    group = groups(desk, run)[0]
    started = answered(desk, run, "answer-1", take=[Take(group.id)], rest=True)
    assert money(desk, run)[1] == group.rows
    stop(desk.house, desk.caller, started.id)
    desk.work()
    assert rows_open(desk, run) == group.rows
    assert money(desk, run)[:2] == (spent, group.rows)


def test_what_somebody_edited_since_is_not_charged(desk, run):
    before = money(desk, run)
    group = groups(desk, run)[0]
    for row in EDITED:
        desk.type_in(row, "Industry", "hers again")
    answered(desk, run, "answer-1", take=[Take(group.id)])
    desk.work()
    assert money(desk, run) == before


def test_after_thirty_days_the_share_is_released_and_the_value_is_not_sold(desk, run):
    spent, kept, released = money(desk, run)
    assert sweep(desk.house, "one").released == 0
    engine = desk.house.store._engine  # noqa: SLF001 - no port lets time pass
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE run SET finished_at = finished_at - 2592001 WHERE id = ?", (run.id,)
        )
    assert sweep(desk.house, "one").released == 1
    assert money(desk, run) == (spent, 0, released + kept)
    group = groups(desk, run)[0]
    with pytest.raises(errors.CreditsReleased):
        answered(desk, run, "answer-1", take=[Take(group.id)])
    assert groups(desk, run)[0] == group


@pytest.mark.parametrize("place", ["before_host_write", "after_host_write", "after_mark_written"])
def test_a_death_in_the_middle_charges_once(desk, run, monkeypatch, place):
    class Died(BaseException):
        pass

    def die(name):
        if name == place:
            for module in (sending, write):
                monkeypatch.setattr(module, "failpoint", lambda _: None)
            raise Died

    spent, kept, released = money(desk, run)
    group = groups(desk, run)[0]
    answered(desk, run, "answer-1", take=[Take(group.id)])
    for module in (sending, write):
        monkeypatch.setattr(module, "failpoint", die)
    with pytest.raises(Died):
        desk.work()
    with desk.house.store.unit() as unit:
        unit.work.end_leases("w1")
        unit.commit()
    desk.work("w2")
    assert money(desk, run) == (spent + group.rows, kept - group.rows, released)


def test_a_run_that_waits_offers_nothing_that_it_may_still_need_the_credits_for(tmp_path):
    source = CountingSource()
    desk = Desk(tmp_path, people(300), source)

    def type_meanwhile():
        source.before = None
        for row in range(1, 301):
            desk.type_in(row, "Industry", "hers")

    source.before = type_meanwhile
    pressed = desk.press("complete", trial=True)
    desk.work()
    view = desk.view(pressed)
    assert (view.state, view.decisions) == ("parked", 0)
    stop(desk.house, desk.caller, pressed)
    desk.work()
    view = desk.view(pressed)
    assert view.decisions > 0
    assert money(desk, view)[1] == rows_open(desk, view)

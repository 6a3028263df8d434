"""A swap puts reviewed clean values where they belong, row by row, and leaves what somebody edited."""

from dataclasses import replace

import pytest

from addon_backend.domain import errors
from addon_backend.domain.cells import Cell, Obstacle
from addon_backend.local.host import LocalHost
from addon_backend.services.runs.following.decisions import answer, decisions
from addon_backend.services.runs.following.swap import swap
from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.following.views import AnswerOrder, Take
from addon_backend.services.runs.writing import sending, write
from tests.unit.services.desk import Desk, people
from tests.unit.services.test_undo import without_blank_columns


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, people(30))


def phones(view):
    return next(output for output in view.outputs if output.field == "phone")


def swapped(desk: Desk, view, key: str = "swap-1"):
    shown, _ = swap(desk.house, desk.caller, view.id, phones(view).name, key)
    desk.work()
    return desk.view(shown.id)


def test_clean_values_go_in_place_and_our_column_is_empty(desk):
    run = desk.run()
    clean = desk.column("Phone (clean)")
    assert phones(run).can_swap
    done = swapped(desk, run)
    assert (done.kind, done.state, done.reason, done.parent) == ("swap", "finished", "swapped", run.id)
    assert done.counts == {"written": 60}
    assert desk.column("Phone") == clean
    assert "Phone (clean)" not in desk.table()[0]
    assert not phones(desk.view(run.id)).can_swap


def test_an_undo_that_finds_its_work_done_counts_as_done(desk):
    """The first swap, undone a second time, takes the second one back; undoing all leaves what was there."""
    before = desk.table()
    run = desk.run()
    first = swapped(desk, run, "first")
    undo(desk.house, desk.caller, first.id, "once")
    desk.work()
    second = swapped(desk, run, "second")
    for number, back in enumerate((first, second, run)):
        undo(desk.house, desk.caller, back.id, f"back {number}")
        desk.work()
    assert without_blank_columns(desk.table()) == without_blank_columns(before)


def test_a_row_that_somebody_edited_on_either_side_stays_as_it_is(desk):
    run = desk.run()
    before, clean = desk.column("Phone"), desk.column("Phone (clean)")
    desk.type_in(3, "Phone", "hers")
    desk.type_in(4, "Phone (clean)", "better")
    desk.type_in(5, "Phone (clean)", None)
    done = swapped(desk, run)
    assert done.counts == {"written": 54, "kept": 6}
    assert desk.column("Phone")[2:5] == ["hers", before[3], before[4]]
    assert desk.column("Phone")[5:] == clean[5:]
    assert desk.column("Phone (clean)") == [None] * 2 + [clean[2], "better", None] + [None] * 25


def test_rows_are_found_after_a_sort_and_a_swap_is_undone_and_redone(desk):
    run = desk.run()
    desk.reorder(lambda rows: reversed(list(rows)))
    before = desk.table()
    done = swapped(desk, run)
    after = desk.table()
    back, _ = undo(desk.house, desk.caller, done.id, "undo-1")
    desk.work()
    assert desk.table() == before
    assert phones(desk.view(run.id)).can_swap
    undo(desk.house, desk.caller, back.id, "undo-2")
    desk.work()
    assert desk.table() == after


def test_undoing_a_swap_and_then_its_run_leaves_the_list_as_it_was(desk):
    original = desk.table()
    run = desk.run()
    done = swapped(desk, run)
    for number, name in enumerate((done.id, run.id)):
        undo(desk.house, desk.caller, name, f"undo-{number}")
        desk.work()
    assert without_blank_columns(desk.table()) == original


def test_undoing_a_run_takes_its_swap_along_and_a_redo_brings_both_back(desk):
    before = desk.table()
    run = desk.run()
    later = swapped(desk, run)
    done = desk.table()
    desk.reorder(lambda rows: reversed(list(rows)))
    back, _ = undo(desk.house, desk.caller, run.id, "undo-1")
    desk.work()
    desk.reorder(lambda rows: reversed(list(rows)))
    assert without_blank_columns(desk.table()) == before
    assert desk.view(back.id).sentence == "Done: cells are as they were before."
    assert desk.view(later.id).actions == []
    with pytest.raises(errors.NothingToUndo):
        undo(desk.house, desk.caller, later.id, "undo-2")
    undo(desk.house, desk.caller, back.id, "redo")
    desk.work()
    assert desk.table() == done
    assert desk.view(later.id).actions == ["undo"]


def test_a_correction_that_was_chosen_is_what_is_put_in_place(tmp_path):
    rows = people(30)
    rows[3][1], rows[4][1] = "someone@gmial.com", "upper@COMPANY4.example"
    desk = Desk(tmp_path, rows)
    run = desk.run()
    group = decisions(desk.house, desk.caller, run.id, 20, 0).groups[0]
    answer(desk.house, desk.caller, run.id, AnswerOrder([Take(group.id)]), "answer-1", "d")
    desk.work()
    mails = next(output for output in run.outputs if output.field == "email")
    swap(desk.house, desk.caller, run.id, mails.name, "swap-1")
    desk.work()
    assert desk.column("E-mail")[2:4] == ["someone@gmail.com", "upper@company4.example"]


@pytest.mark.parametrize("column", ["Phone", "Phone (clean)"])
@pytest.mark.parametrize("obstacle", [Obstacle.MERGED, Obstacle.PROTECTED, Obstacle.HIDDEN])
def test_guarded_cells_keep_their_whole_row(desk, monkeypatch, column, obstacle):
    run = desk.run()
    before, clean = desk.column("Phone"), desk.column("Phone (clean)")
    guarded = {"Phone": before, "Phone (clean)": clean}[column][7]
    read = LocalHost.read

    def with_obstacle(host, ref, anchors, top, bottom):
        return tuple(
            replace(cells, details={**cells.details, 8 - top: Cell(guarded, obstacles=frozenset({obstacle}))})
            if 8 in range(top, top + len(cells.values)) and cells.values[8 - top] == guarded
            else cells
            for cells in read(host, ref, anchors, top, bottom)
        )

    monkeypatch.setattr(LocalHost, "read", with_obstacle)
    assert swapped(desk, run).counts == {"written": 58, "kept": 2}
    monkeypatch.undo()
    assert desk.column("Phone")[7] == before[7]
    assert desk.column("Phone (clean)")[7] == clean[7]


@pytest.mark.parametrize("place", ["before_host_write", "after_host_write", "after_mark_written"])
def test_a_worker_that_dies_in_the_middle_changes_nothing_about_the_end(desk, monkeypatch, place):
    class Died(BaseException):
        pass

    def die(name):
        if name == place:
            for module in (sending, write):
                monkeypatch.setattr(module, "failpoint", lambda _: None)
            raise Died

    run = desk.run()
    clean = desk.column("Phone (clean)")
    shown, _ = swap(desk.house, desk.caller, run.id, phones(run).name, "swap-1")
    for module in (sending, write):
        monkeypatch.setattr(module, "failpoint", die)
    with pytest.raises(Died):
        desk.work()
    with desk.house.store.unit() as unit:
        unit.work.end_leases("w1")
        unit.commit()
    desk.work("w2")
    assert desk.view(shown.id).counts == {"written": 60}
    assert desk.column("Phone") == clean


def test_what_cannot_be_swapped_is_said(desk):
    pressed = desk.press("standard")
    with pytest.raises(errors.RunState):
        swap(desk.house, desk.caller, pressed, "clean:x", "swap-1")
    desk.work()
    run = desk.view(pressed)
    filled = next(output for output in run.outputs if output.operation == "fill")
    for name in (filled.name, "nothing"):
        with pytest.raises(errors.NothingToSwap):
            swap(desk.house, desk.caller, pressed, name, "swap-1")
    other = replace(desk.caller, member="somebody")
    with pytest.raises(errors.NotVisible):
        swap(desk.house, other, pressed, phones(run).name, "swap-1")
    first = swapped(desk, run)
    again, replayed = swap(desk.house, desk.caller, pressed, phones(run).name, "swap-1")
    assert (again.id, replayed) == (first.id, True)
    with pytest.raises(errors.NothingToSwap):
        swap(desk.house, desk.caller, pressed, phones(run).name, "swap-2")


def test_nothing_is_swapped_of_a_run_that_was_undone(desk):
    run = desk.run()
    undo(desk.house, desk.caller, run.id, "undo-1")
    desk.work()
    assert not phones(desk.view(run.id)).can_swap
    with pytest.raises(errors.NothingToSwap):
        swap(desk.house, desk.caller, run.id, phones(run).name, "swap-1")

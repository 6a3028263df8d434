"""Columns that somebody deletes while a run is written: the others go on, and what stands is counted.

Every number is held against the sheet: what is told as written stands there, beside its own row.
"""

from __future__ import annotations

import random
from contextlib import suppress
from functools import partial
from itertools import count

import pytest

from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.services.runs import prepare
from addon_backend.services.runs.following import follow_up, undo
from addon_backend.services.runs.writing import held, sending, write
from tests.unit.services.desk import people
from tests.unit.services.desk_at_google import DeskAtGoogle
from tests.unit.services.hostile_desk import DeskAtHostileHost

ROWS = 15
CHUNK = 4
DESKS = {"hostile": DeskAtHostileHost, "google": DeskAtGoogle}
OURS = ("E-mail (clean)", "Phone (clean)", "Domain", "Country")
SEEDS = [0, 1, 2, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(3, 60))]


class Died(BaseException):
    """What kills a worker."""


@pytest.fixture(autouse=True)
def small_chunks_and_short_pauses(monkeypatch):
    monkeypatch.setattr(prepare, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(follow_up, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(held, "sleep", lambda _seconds: None)


@pytest.fixture(params=DESKS)
def desk(request, tmp_path):
    opened = DESKS[request.param](tmp_path, messy())
    yield opened
    opened.close()


def messy():
    header, *rows = people(ROWS)
    for at, row in enumerate(rows):
        row[1] = row[1].upper()
        row[2] = row[2].replace(" (0)", "(0) ")
        row[5] = f"note {at}"
    rows[-1][:3] = rows[0][:3]  # nothing tells these two from each other, but her note
    return [header, *rows]


def by_note(desk):
    """What stands in each row, by its note and the column's name; blank cells are not there."""
    header, *rows = desk.table()
    note = header.index("Notes")
    return {
        row[note]: {name: cell for name, cell in zip(header, row, strict=True) if name and cell is not None}
        for row in rows
    }


@pytest.fixture
def calm(desk, tmp_path):
    """What the list holds when nobody does anything meanwhile."""
    folder = tmp_path / "calm"
    folder.mkdir()
    other = type(desk)(folder, messy())
    other.run("standard")
    found = by_note(other)
    other.close()
    return found


def delete(desk, header):
    if header in desk.table()[0]:
        desk.delete_column(desk.table()[0].index(header))


def sort(desk, choose):
    desk.reorder(lambda rows: choose.sample(list(rows), len(list(rows))))


def prepared(desk, recipe="standard", **how):
    """Press, and let one worker read the selection."""
    run = desk.press(recipe, **how)
    left = iter((False, True))
    desk.work("prepares", stop=lambda: next(left))
    return run


def after_chunks(desk, number):
    """Let a worker go on until so many chunks are written, and leave."""
    seen = count()
    desk.work("writes", stop=lambda: next(seen) >= number)


def works_off(desk, run):
    for turn in count():
        if not desk.work(f"w{turn}") and desk.view(run).state in {"finished", "failed"}:
            return desk.view(run)
        desk.pauses_end()
        assert turn < 500, desk.view(run).state
    raise AssertionError


def workers_come_and_go(desk, run, choose):
    """Let workers go on, some of whom die, until the run has ended."""
    for turn in count():
        with suppress(Died):
            desk.work(f"w{turn}", stop=lambda: choose.random() < 0.1)
        with desk.house.store.unit() as unit:
            unit.work.end_leases(f"w{turn}")
            unit.commit()
        desk.pauses_end()
        if desk.view(run).state in {"finished", "failed"}:
            return
        assert turn < 500


def standing(desk, before):
    """The cells that hold something which did not stand in the list."""
    return [
        (note, name)
        for note, row in by_note(desk).items()
        for name, cell in row.items()
        if before[note].get(name) != cell
    ]


def line_of(view, header):
    return next(line for line in view.outputs if line.header == header)


def undone(desk, run):
    return works_off(desk, undo.undo(desk.house, desk.caller, run, f"undo {run}")[0].id)


@pytest.mark.parametrize("header", OURS)
@pytest.mark.parametrize("when", ["under a write", "between chunks"])
def test_a_column_of_ours_is_deleted_and_the_others_are_filled(desk, calm, header, when):
    before = by_note(desk)
    run = prepared(desk)
    if when == "between chunks":
        after_chunks(desk, 3)
        delete(desk, header)
    else:
        desk.windows.append(partial(delete, desk, header))
    view = works_off(desk, run)
    assert (view.state, view.reason) == ("finished", "column_gone")
    assert "a column was deleted" in view.sentence
    expected = {note: {k: v for k, v in row.items() if k != header} for note, row in calm.items()}
    assert by_note(desk) == expected
    assert view.counts["kept"] >= 1
    assert [reason.code for reason in line_of(view, header).reasons["kept"]] == ["column_gone"]
    undone(desk, run)
    assert not standing(desk, before)


@pytest.mark.parametrize("header", ["E-mail", "Company", "Phone"])
def test_a_column_that_was_read_is_deleted_and_what_does_not_need_it_is_filled(desk, calm, header):
    before = by_note(desk)
    run = prepared(desk)
    desk.windows.append(partial(delete, desk, header))
    view = works_off(desk, run)
    assert view.state == "finished"
    now = by_note(desk)
    for note, row in now.items():
        assert row.items() <= calm[note].items()
    needed = {"E-mail": "E-mail (clean)", "Phone": "Phone (clean)"}.get(header)
    for name in {"E-mail (clean)", "Phone (clean)"} - {needed}:
        assert sum(name in row for row in now.values()) == ROWS, name
    assert view.counts["written"] == len(standing(desk, before))
    undone(desk, run)
    assert not standing(desk, before)


def test_two_columns_that_were_read_are_deleted_and_what_stands_can_be_taken_back(desk):
    """Too little is left to tell rows by: nothing more is set, and the run says so."""
    before = by_note(desk)
    run = prepared(desk)

    def both():
        delete(desk, "E-mail")
        delete(desk, "Full name")

    desk.windows.extend([None, both])
    view = works_off(desk, run)
    assert (view.state, view.reason) == ("failed", "sheet_unknown")
    assert 0 < view.counts["written"] == len(standing(desk, before))
    undone(desk, run)
    assert not standing(desk, before)


def test_nobody_is_asked_about_a_column_that_was_deleted(desk):
    """What is filled from the e-mail is not bought any more once the e-mails are gone."""
    run = prepared(desk, "complete")
    desk.windows.append(partial(delete, desk, "E-mail"))
    view = works_off(desk, run)
    assert (view.state, view.money.spent, desk.source.asked) == ("finished", 0, [])
    assert view.money.released == view.money.reserved > 0


@pytest.mark.parametrize("header", ["E-mail", "Phone (clean)"])
def test_a_column_is_deleted_after_the_run_and_the_rest_is_taken_back(desk, header):
    before = by_note(desk)
    run = desk.press("standard")
    works_off(desk, run)
    delete(desk, header)
    assert undone(desk, run).state == "finished"
    assert not standing(desk, before)


def test_the_only_column_by_which_rows_are_told_is_deleted(desk):
    """Nothing tells whose row it is any more: the run ends, and leaves her list as it is."""
    phones = Recipe("phones", CleanMode.OFF, ((ColumnKind.PHONE, CleanMode.BESIDE),), duplicates=False)
    run = prepared(desk, phones)
    delete(desk, "Phone")
    view = works_off(desk, run)
    assert (view.state, view.reason, view.counts.get("written", 0)) == ("failed", "sheet_unknown", 0)


def test_the_only_column_that_is_written_is_deleted(desk):
    """There is nothing left to do, and that is no failure."""
    phones = Recipe("phones", CleanMode.OFF, ((ColumnKind.PHONE, CleanMode.BESIDE),), duplicates=False)
    before = desk.table()
    run = prepared(desk, phones)
    desk.windows.append(partial(delete, desk, "Phone (clean)"))
    view = works_off(desk, run)
    assert (view.state, view.counts) == ("finished", {"kept": ROWS})
    assert desk.table() == before


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_is_deleted_while_people_sort_and_workers_die_each_row_has_its_own_values(
    desk, calm, seed, monkeypatch
):
    choose = random.Random(seed)
    before = by_note(desk)
    run = prepared(desk)
    columns = choose.sample([*OURS, "E-mail", "Phone", "Company", "Full name"], choose.choice((0, 1, 2)))

    def meanwhile():
        if choose.random() < 0.3:
            sort(desk, choose)
        if columns and choose.random() < 0.3:
            delete(desk, columns.pop())

    desk.windows.extend(meanwhile for _ in range(60))
    dies = partial(choose.choice, [False, False, False, True])

    def die(name):
        if name in {"after_host_write", "before_host_write"} and dies():
            raise Died

    monkeypatch.setattr(sending, "failpoint", die)
    monkeypatch.setattr(write, "failpoint", die)
    workers_come_and_go(desk, run, choose)
    monkeypatch.undo()
    now = by_note(desk)
    for note, row in now.items():
        assert row.items() <= calm[note].items()
    view, stand = desk.view(run), standing(desk, before)
    for line in view.outputs:
        if line.header in desk.table()[0]:
            assert line.counts.get("written", 0) == sum(name == line.header for _, name in stand), line.header
    left = undone(desk, run).counts.get("review", 0)  # where rows have not stood still for five attempts
    assert len(standing(desk, before)) <= left

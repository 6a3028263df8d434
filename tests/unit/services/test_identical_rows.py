"""Rows that nothing tells apart: whoever sorts the list meanwhile, each gets its value, and loses it again.

Only a column with three distinct dates is selected, so that every row has twins in every chunk.
"""

from __future__ import annotations

import random
from datetime import date
from itertools import count

import pytest

from addon_backend.domain.cells import DateValue
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.domain.sheet import GridRange
from addon_backend.services.runs import prepare
from addon_backend.services.runs.following import follow_up, undo
from addon_backend.services.runs.writing import held
from tests.unit.services.desk import Desk
from tests.unit.services.desk_at_google import DeskAtGoogle
from tests.unit.services.hostile_desk import DeskAtHostileHost

ROWS = 18
CHUNK = 4
DATES = {
    "2 February 2026": date(2026, 2, 2),
    "4 mars 2026": date(2026, 3, 4),
    "5 March 2025": date(2025, 3, 5),
}
DESKS = {"local": Desk, "hostile": DeskAtHostileHost, "google": DeskAtGoogle}
SEEDS = [0, 1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 40))]


@pytest.fixture(autouse=True)
def small_chunks_and_short_pauses(monkeypatch):
    monkeypatch.setattr(prepare, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(follow_up, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(held, "sleep", lambda _seconds: None)


@pytest.fixture(params=DESKS)
def desk(request, tmp_path):
    since = list(DATES)
    rows = [[f"note {at}", since[at % len(since)]] for at in range(ROWS)]
    opened = DESKS[request.param](tmp_path, [["Notes", "Since"], *rows])
    yield opened
    opened.close()


def sort(desk, choose):
    desk.reorder(lambda rows: choose.sample(list(rows), len(list(rows))))


def ended(desk, run, choose, between=0.4):
    """Let workers go on while somebody sorts the list between any two of their steps."""

    def step():
        if choose.random() < between:
            sort(desk, choose)
        return choose.random() < 0.1

    for turn in count():
        if not desk.work(f"calm {turn}", stop=step) and desk.view(run).state == "finished":
            break
        desk.pauses_end()
        assert turn < 2_000, desk.view(run).state
    return desk.view(run)


def press(desk, mode, **how):
    return desk.press(Recipe("dates", CleanMode.OFF, ((ColumnKind.DATE, mode),), duplicates=False), **how)


def undone(desk, run):
    return undo.undo(desk.house, desk.caller, run, "undo")[0].id


@pytest.mark.parametrize("mode", [CleanMode.BESIDE, CleanMode.IN_PLACE])
@pytest.mark.parametrize("seed", SEEDS)
def test_each_of_many_identical_rows_gets_its_value_and_loses_it_again(desk, mode, seed):
    choose = random.Random(seed)
    before = sorted(desk.table()[1:])
    run = press(desk, mode)
    assert ended(desk, run, choose).counts == {"written": ROWS}
    said = dict(before)
    for row in desk.table()[1:]:
        assert row[-1] == DateValue.of(DATES[said[row[0]]])
    assert ended(desk, undone(desk, run), choose).counts == {"written": ROWS}
    assert sorted(row[:2] for row in desk.table()[1:]) == before


@pytest.mark.parametrize("seed", SEEDS)
def test_where_rows_outside_the_selection_are_identical_nothing_is_told_that_does_not_stand(desk, seed):
    """A row that cannot be told from one that nobody selected is left to be decided."""
    choose = random.Random(seed)
    run = press(desk, CleanMode.BESIDE, area=GridRange(0, 0, 1 + ROWS // 2, 2))
    counts = ended(desk, run, choose).counts
    filled = [row for row in desk.table()[1:] if row[-1] is not None]
    assert len(filled) == counts["written"] == ROWS // 2 - counts.get("review", 0)
    assert ended(desk, undone(desk, run), choose).counts["written"] == counts["written"]


@pytest.mark.parametrize("seed", SEEDS[1:])
@pytest.mark.parametrize("made", [DeskAtHostileHost, DeskAtGoogle])
def test_rows_deleted_inside_writes_leave_no_value_beside_another_row(made, seed, tmp_path):
    """The list is sorted inside one write; inside a later one a row goes, and all below it move up."""
    choose = random.Random(seed)
    names = ["Ada Byron", "Bea Cole", "Cleo Diaz", "Dora Eco", "Eva Frey"]
    people = [[name, f"{name[:3].lower()}@example.com", "+33199000001"] for name in names]
    desk = made(tmp_path, [["Full name", "E-mail", "Phone"], *people * 8])
    right = {row[1]: row for row in desk.table()[1:]}

    def delete():
        desk.delete(choose.randrange(1, len(desk.table())))
        deleted[0] += 1

    deleted = [0]
    desk.windows.extend(choose.choice([None, None, lambda: sort(desk, choose), delete]) for _ in range(40))
    run = desk.press(
        Recipe("names", CleanMode.OFF, fill=("person.first_name", "email.type"), duplicates=False)
    )
    for turn in count():
        if not desk.work(f"w{turn}") and desk.view(run).state == "finished":
            break
        desk.pauses_end()
    header, *rows = desk.table()
    mail, first = header.index("E-mail"), header.index("First name")
    counts = next(output for output in desk.view(run).outputs if output.header == "First name").counts
    found_there = desk.view(run).counts.get("already_there", 0)
    filled = sum(row[first] is not None for row in rows)
    assert counts["written"] - deleted[0] <= filled <= counts["written"] + counts.get("already_there", 0)
    for row in rows:
        if row[mail]:
            assert row[first] in {None, right[row[mail]][0].split()[0]}
    desk.windows.clear()
    ended(desk, undone(desk, run), choose, between=0.0)
    left = sum(cell not in {None, ""} for row in desk.table()[1:] for cell in row[3:])
    assert left <= found_there  # of twins, one may hold a value for another that was deleted
    desk.close()

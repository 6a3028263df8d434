"""A run at Google Sheets: what a person finds in her sheet, whatever happens to it and to our calls."""

from __future__ import annotations

import random
from datetime import date
from functools import partial
from itertools import count

import pytest

from addon_backend.domain.cells import DateValue
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.domain.sheet import GridRange
from addon_backend.google import grid
from addon_backend.services.runs import prepare, work
from addon_backend.services.runs.following import follow_up, undo
from addon_backend.services.runs.writing import held, seen, sending, write
from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.faults import Fault
from tests.unit.services.desk import Desk, people
from tests.unit.services.desk_at_google import DeskAtGoogle

ROWS = 24
CHUNK = 8
IN_PLACE = Recipe("in place", clean_default=CleanMode.IN_PLACE, fill=("country",), duplicates=False)
ONLY_PHONES = Recipe(
    "phones", clean_default=CleanMode.OFF, clean=((ColumnKind.PHONE, CleanMode.IN_PLACE),), duplicates=False
)
RECIPES = {"beside": "complete", "in place": IN_PLACE}
WRITE = "spreadsheets.values.batchUpdateByDataFilter"


@pytest.fixture(autouse=True)
def small_chunks_and_short_pauses(monkeypatch):
    monkeypatch.setattr(prepare, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(follow_up, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(held, "sleep", lambda _seconds: None)


@pytest.fixture
def desk(tmp_path):
    opened = DeskAtGoogle(tmp_path, people(ROWS))
    yield opened
    opened.close()


@pytest.fixture(params=RECIPES)
def recipe(request):
    return RECIPES[request.param]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """What a run leaves in a file on this machine, where nothing is in doubt, by company."""

    def leaves(recipe):
        desk = Desk(tmp_path_factory.mktemp("calm"), people(ROWS))
        desk.run(recipe)
        return by_company(desk)

    return {name: leaves(recipe) for name, recipe in RECIPES.items()}


@pytest.fixture
def calm(undisturbed, request):
    return undisturbed[request.node.callspec.params["recipe"]]


def by_company(desk):
    header, *rows = desk.table()
    at = header.index("Company")
    return {str(row[at]).lower(): dict(zip(header, row, strict=True)) for row in rows if row[at]}


def ended(desk, run):
    """Let workers go on, however often they are told to come back later: their pauses are over at once."""
    for turn in count():
        if not desk.work(f"calm {turn}") and desk.view(run).state in {"finished", "stopped", "failed"}:
            break
        desk.pauses_end()
        assert turn < 2_000, desk.view(run).state
    view = desk.view(run)
    assert view.state == "finished", (view.state, view.reason)
    for output in view.outputs:
        assert sum(output.counts.values()) == view.rows
    return view


def works_off(desk, run):
    """Let workers go on until the run has ended, well or not."""
    for turn in range(200):
        if not desk.work(f"calm {turn}") and desk.view(run).state in {"finished", "failed"}:
            break
        desk.pauses_end()


def sort(desk, seed):
    desk.reorder(lambda rows: random.Random(seed).sample(list(rows), len(list(rows))))


def sort_back(desk):
    """Sort the list by its notes, in which it stood at first."""
    header, *rows = desk.table()
    at = header.index("Notes")
    order = sorted(range(len(rows)), key=lambda row: int(str(rows[row][at]).removeprefix("note ")))
    desk.person.sort([0, *(row + 1 for row in order)])


def test_a_run_leaves_what_it_leaves_in_a_file(desk, recipe, calm):
    ended(desk, desk.press(recipe))
    assert by_company(desk) == calm


@pytest.mark.parametrize("number", [1, 2, 4])
def test_rows_sorted_between_a_guard_read_and_its_write(desk, recipe, calm, number):
    desk.google.windows.extend([*[None] * (number - 1), partial(sort, desk, number)])
    ended(desk, desk.press(recipe))
    assert by_company(desk) == calm


@pytest.mark.parametrize("kind", ["throttled", "unavailable", "internal", "lost", "dropped", "late"])
@pytest.mark.parametrize("call", [WRITE, "spreadsheets.getByDataFilter", "spreadsheets.batchUpdate"])
def test_a_call_that_goes_wrong(desk, calm, recipe, kind, call):
    run = desk.press(recipe)
    desk.google.faults.append(Fault(kind, call))
    ended(desk, run)
    assert by_company(desk) == calm


@pytest.mark.parametrize("seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, 30))])
def test_calls_that_go_wrong_while_people_sort(desk, recipe, calm, seed):
    choose = random.Random(seed)
    run = desk.press(recipe)
    kinds = ["throttled", "unavailable", "internal", "lost", "dropped", "late", *[""] * 14]
    desk.google.faults.extend(choose.choice(kinds) for _ in range(150))
    desk.google.windows.extend(
        partial(sort, desk, number) if choose.random() < 0.2 else None for number in range(300)
    )
    ended(desk, run)
    assert by_company(desk) == calm


def test_columns_moved_and_the_sheet_renamed_meanwhile(desk, recipe, calm):
    run = desk.press(recipe)
    left = iter((False, True))
    desk.work("prepares", stop=lambda: next(left))
    desk.person.move_column(0, 4)
    desk.person.insert_column(2)
    desk.person.rename("Another name")
    desk.google.windows.append(partial(desk.person.move_column, 1, 0))
    ended(desk, run)
    now = by_company(desk)
    assert {name: {k: v for k, v in row.items() if k} for name, row in now.items()} == calm


@pytest.mark.parametrize("column", ["Phone (clean)", "Company"])
@pytest.mark.parametrize("late", [False, True])
def test_a_column_deleted_while_rows_are_sorted_under_a_write_leaves_no_value_in_a_wrong_row(
    desk, recipe, calm, column, late, monkeypatch
):
    """The others go on; what the write did to them is put right first."""
    run = desk.press(recipe)
    left = iter((False, True))
    desk.work("prepares", stop=lambda: next(left))

    def delete():
        if column in desk.table()[0]:
            desk.person.delete_column(desk.table()[0].index(column))

    def in_the_window():
        sort(desk, 3)
        if not late:
            delete()

    desk.google.windows.append(in_the_window)
    if late:
        monkeypatch.setattr(sending, "failpoint", lambda _name: delete())
    works_off(desk, run)
    header, *rows = desk.table()
    notes = {row["Notes"]: row for row in calm.values()}
    for row in rows:
        right = notes[row[header.index("Notes")]]
        for name, cell in zip(header, row, strict=True):
            assert cell in {None, right[name], hers(right["Notes"]).get(name)}, name


def hers(note):
    """What she had typed into the row with this note."""
    header, *rows = people(ROWS)
    return next(dict(zip(header, row, strict=True)) for row in rows if row[-1] == note)


def test_a_sheet_that_is_protected_right_before_a_write_is_left_alone(desk):
    """Google refuses the write whole, in words that nobody looks at; what forbids it the next look tells."""
    run = desk.press("standard")
    left = iter((False, True))
    desk.work("prepares", stop=lambda: next(left))
    desk.google.windows.append(lambda: desk.person.protect(Area()))
    while desk.work():
        desk.pauses_end()
    view = desk.view(run)
    assert (view.state, view.counts.get("written", 0)) == ("finished", 0)
    assert view.counts["kept"] > ROWS
    at = desk.table()[0].index("Phone (clean)")
    assert not any(row[at] for row in desk.table()[1:])


def test_undo_leaves_the_list_as_it_was(desk, recipe):
    before = desk.table()
    run = desk.press(recipe)
    ended(desk, run)
    ended(desk, undo.undo(desk.house, desk.caller, run, "undo")[0].id)
    assert desk.table() == before


def test_nothing_is_sent_to_us_of_columns_that_were_not_selected(desk):
    """Her notes stand right of what she selected: that their cells are filled is all that Google tells."""
    run = desk.press("complete", area=GridRange(0, 0, None, 5))
    answers = desk.listen()
    ended(desk, run)
    assert any("Person" in answer for answer in answers)
    assert not any("note" in answer for answer in answers)


@pytest.mark.parametrize("recipe", ["standard", "complete"])
def test_notes_in_the_middle_of_what_she_selected_are_never_asked_for(desk, recipe):
    """How far they reach is all we ask, in the run and in its undo."""
    desk.person.move_column(5, 2)
    run = desk.press(recipe)
    desk.google.readings.clear()
    answers = desk.listen()
    ended(desk, run)
    ended(desk, undo.undo(desk.house, desk.caller, run, "undo")[0].id)
    asked_for = desk.google.columns_read(desk.document, 0, without_mask=grid.SHEETS)
    assert asked_for >= {0, 1, 3, 4, 5}
    assert 2 not in asked_for
    assert not any("note" in answer for answer in answers)


def test_a_list_that_has_moved_is_looked_for_by_its_headers(desk):
    """By those of the columns that are read, and then in the row in which they stand."""
    run = desk.press("standard")
    answers = desk.listen()
    desk.person.insert_column(0)
    desk.person.insert_row(0)
    ended(desk, run)
    table = desk.table()
    assert table[1][:2] == [None, "Full name"]
    assert all(row[table[1].index("First name")] for row in table[2:])
    assert not any("note" in answer for answer in answers)


def test_calls_grow_by_two_with_each_chunk(tmp_path, monkeypatch):
    """The formula in docs/architecture.md, as Google counts it: a write, and a look at what stands then."""
    for module in (held, seen, write, work):
        monkeypatch.setattr(module, "monotonic", lambda: 0.0)
    counted = []
    for chunks in (2, 5):
        folder = tmp_path / str(chunks)
        folder.mkdir()
        desk = DeskAtGoogle(folder, people(chunks * CHUNK))
        run = desk.press("standard")
        desk.google.calls.clear()
        desk.computes()  # else it depends on the pace how often a writer comes back
        ended(desk, run)
        desk.close()
        counted.append(desk.google.calls)
    fewer, more = counted
    assert more - fewer == {"spreadsheets.getByDataFilter": 3, WRITE: 3}
    assert fewer.total() - 2 * 2 <= 20


def test_a_run_that_has_no_quota_left_waits_before_it_writes(desk, calm, recipe, monkeypatch):
    """What it has written it can always look at: the wait is never between a write and the look at it."""
    room = iter([0.0, 0.0, 7.0, 0.0, 7.0])
    monkeypatch.setattr(desk.host, "busy", lambda: next(room, 0.0))
    run = desk.press(recipe)
    ended(desk, run)
    assert next(room, None) is None
    assert by_company(desk) == calm


def test_the_only_column_in_play_is_set_in_place(desk):
    """Nothing in play tells a row then: its other columns do."""
    desk.google.windows.append(partial(sort, desk, 5))
    ended(desk, desk.press(ONLY_PHONES))
    for row in by_company(desk).values():
        assert str(row["Phone"]).replace(" ", "")[-3:] == f"{int(str(row['Notes']).removeprefix('note ')):03}"


@pytest.mark.parametrize("mode", [CleanMode.BESIDE, CleanMode.IN_PLACE])
def test_cleaned_dates_are_dates_there_and_undone_they_are_what_they_were(tmp_path, mode):
    header, *rows = people(12)
    since = ["2 February 2026", "2026-03-04", "5 March 2025"]
    listed = [[*header, "Since"], *([*row, since[at % 3]] for at, row in enumerate(rows))]
    desk = DeskAtGoogle(tmp_path, listed)
    before = desk.table()
    recipe = Recipe("dates", CleanMode.OFF, ((ColumnKind.DATE, mode),), duplicates=False)
    run = desk.press(recipe)
    desk.google.batch_windows.extend([None, *[partial(sort, desk, 5)] * (mode is CleanMode.BESIDE)])
    ended(desk, run)
    sort_back(desk)
    at = desk.table()[0].index("Since" if mode is CleanMode.IN_PLACE else "Since (clean)")
    shown = [row[at] for row in desk.table()[1:4]]
    assert shown == [
        DateValue.of(date(2026, 2, 2)),
        DateValue.of(date(2026, 3, 4)),
        DateValue.of(date(2025, 3, 5)),
    ]
    ended(desk, undo.undo(desk.house, desk.caller, run, "undo")[0].id)
    assert desk.table() == before
    desk.close()

"""Bad days at Google Sheets: one sentence, nothing half written, and what was hers is as it was."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest

from addon_backend.domain.errors import SheetUnknown
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from addon_backend.domain.sheet import SheetRef
from addon_backend.services.runs import prepare
from addon_backend.services.runs.control import go_on, stop
from addon_backend.services.runs.following import undo
from addon_backend.services.runs.writing import held
from tests.contract.google_desk import USER
from tests.fakes.google_sheets import model
from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.model import empty_sheet
from tests.unit.services.desk import Desk, people
from tests.unit.services.desk_at_google import DeskAtGoogle

ROWS = 24
WIDTH = 6
PHONES = Recipe("phones", CleanMode.OFF, ((ColumnKind.PHONE, CleanMode.BESIDE),), duplicates=False)
IN_PLACE = replace(PHONES, clean=((ColumnKind.PHONE, CleanMode.IN_PLACE),))


@pytest.fixture
def desk(tmp_path, monkeypatch):
    monkeypatch.setattr(prepare, "CHUNK_ROWS", 8)
    monkeypatch.setattr(held, "sleep", lambda _seconds: None)
    opened = DeskAtGoogle(tmp_path, people(ROWS))
    yield opened
    opened.close()


def ended(desk, run):
    for turn in range(200):
        if not desk.work(f"w{turn}") and desk.view(run).state in {"finished", "stopped", "failed", "parked"}:
            break
        desk.pauses_end()
    view = desk.view(run)
    assert view.state == "parked" or view.money.reserved == view.money.spent + view.money.released
    return view


def prepared(desk, run):
    left = iter((False, True))
    desk.work("prepares", stop=lambda: next(left))
    return run


def hers(desk):
    """Her list without the countries, of which the blank ones are filled."""
    return [row[:4] + row[5:WIDTH] for row in desk.table()]


def test_a_sheet_that_is_deleted_in_mid_run_ends_the_run_with_its_reason(desk):
    run = desk.press("standard")
    document = desk.google.documents[desk.document]
    document.sheets.append(empty_sheet(7, "Another"))
    desk.google.windows.extend([None, desk.person.delete_sheet])
    view = ended(desk, run)
    assert (view.state, view.reason) == ("failed", "sheet_unknown")
    assert view.counts["written"] > 0


@pytest.mark.parametrize("call", range(14))
def test_a_sheet_that_is_deleted_before_any_call_is_told_with_one_sentence(desk, call):
    """Whichever call of the run finds it gone."""
    run = desk.press("standard")
    desk.google.documents[desk.document].sheets.append(empty_sheet(7, "Another"))
    calls = count()

    def pace(_name):
        if next(calls) == call:
            desk.person.delete_sheet()

    desk.google.pace = pace
    view = ended(desk, run)
    if view.state == "failed":
        assert view.reason == "sheet_unknown"
    else:  # the last calls only score what was written
        assert view.counts["written"] > 0


def test_a_column_at_the_edge_of_the_grid_that_is_deleted_is_gone(desk):
    """What is remembered of where it stood lies outside the grid now."""
    run = desk.press(PHONES)
    sheet = desk.person.sheet
    prepared(desk, run)
    desk.person.delete_column(WIDTH - 1)
    sheet.delete("COLUMNS", WIDTH - 1, len(sheet.columns) - WIDTH + 1)
    assert ended(desk, run).state == "finished"
    made = desk.table()[0].index("Phone (clean)")
    sheet.delete("COLUMNS", made, len(sheet.columns) - made)
    view = ended(desk, undone(desk, run))
    assert view.state in {"finished", "failed"}
    assert view.reason != "host_refused"


def test_a_run_that_may_set_nothing_does_not_say_done(desk):
    run = prepared(desk, desk.press(IN_PLACE))
    desk.person.protect(Area(0, None, 0, None))
    view = ended(desk, run)
    assert (view.state, view.reason) == ("finished", "nothing_set")
    assert view.counts == {"kept": view.counts["kept"]}
    assert view.sentence.startswith("Nothing was written")


@pytest.mark.parametrize("when", ["before it is read", "inside a write"])
def test_a_sheet_that_is_renamed_is_the_same_sheet(desk, when):
    run = desk.press("standard")
    if when == "before it is read":
        desk.person.rename("Prospects 2027")
    else:
        desk.google.windows.append(lambda: desk.person.rename("Prospects 2027"))
    assert ended(desk, run).state == "finished"
    assert all(desk.column("First name"))


def test_a_chart_sheet_has_no_rows_to_select(desk):
    chart = empty_sheet(9, "Chart")
    chart.kind = "OBJECT"
    desk.google.documents[desk.document].sheets.append(chart)
    with pytest.raises(SheetUnknown):
        desk.host.describe(SheetRef("google", desk.document, "9"))
    assert [info.ref.sheet for info in desk.host.sheets(desk.document)] == ["0"]


@pytest.mark.parametrize("spare", [0, 2])
def test_a_grid_without_room_on_the_right_grows(desk, spare):
    sheet = desk.person.sheet
    sheet.delete("COLUMNS", WIDTH + spare, len(sheet.columns) - WIDTH - spare)
    before = hers(desk)
    assert ended(desk, desk.press("standard")).state == "finished"
    assert hers(desk) == before
    assert all(desk.column("Time zone"))


def test_a_document_that_is_full_is_told_and_nothing_was_written(desk, monkeypatch):
    sheet = desk.person.sheet
    sheet.delete("COLUMNS", WIDTH, len(sheet.columns) - WIDTH)
    monkeypatch.setattr(model, "MOST_CELLS", desk.google.documents[desk.document].cells)
    before = desk.table()
    view = ended(desk, desk.press("standard"))
    assert (view.state, view.reason) == ("failed", "sheet_full")
    assert desk.table() == before


def test_columns_go_right_of_those_that_somebody_protects(desk):
    desk.person.protect(Area(left=WIDTH + 2, right=WIDTH + 4))
    desk.person.protect(Area(left=WIDTH + 12, right=WIDTH + 13), warning_only=True)
    run = desk.press("standard")
    assert ended(desk, run).state == "finished"
    header = desk.table()[0]
    assert header[WIDTH : WIDTH + 4] == [None] * 4
    assert all(header[WIDTH + 4 :])


@pytest.mark.parametrize("area", [Area(bottom=1), Area(left=WIDTH)], ids=["the header's row", "all beside"])
def test_cells_for_new_columns_that_are_protected_are_told_and_nothing_was_written(desk, area):
    desk.person.protect(area)
    before = desk.table()
    view = ended(desk, desk.press("standard"))
    assert (view.state, view.reason, view.counts.get("written", 0)) == ("failed", "columns_protected", 0)
    assert desk.table() == before


def test_rows_that_are_protected_beside_the_list_are_left_alone(desk):
    desk.person.protect(Area(top=4, bottom=9, left=WIDTH))
    view = ended(desk, desk.press("standard"))
    assert view.state == "finished"
    names = desk.column("First name")
    assert not any(names[3:8])
    assert all(names[:3] + names[8:])


def test_rows_that_are_protected_in_mid_run_are_left_alone_and_the_run_goes_on(desk):
    run = desk.press("standard")
    desk.google.windows.append(lambda: desk.person.protect(Area(top=10, bottom=15)))
    view = ended(desk, run)
    assert view.state == "finished"
    names = desk.column("First name")
    assert not any(names[9:14])
    assert all(names[:9] + names[14:])
    before = [row[:WIDTH] for row in people(ROWS)]
    desk.person.sheet.protections.clear()
    assert ended(desk, undone(desk, run)).state == "finished"
    assert [[cell or "" for cell in row[:WIDTH]] for row in desk.table()] == before


@pytest.mark.parametrize("area", [Area(), Area(top=9, bottom=13)], ids=["all", "rows"])
def test_values_in_wrong_rows_that_are_protected_before_they_are_put_back_wait_for_her(desk, area, calm):
    """She sorts inside a write, and protects cells before its values are where they belong."""
    run = sorted_then_protected(desk, area)
    view = desk.view(run)
    assert (view.state, view.reason, view.actions) == ("parked", "cells_protected", ["continue", "stop"])
    go_on(desk.house, desk.caller, run, None)
    assert ended(desk, run).reason == "cells_protected"
    desk.person.sheet.protections.clear()
    go_on(desk.house, desk.caller, run, None)
    assert ended(desk, run).state == "finished"
    assert by_mail(desk) == calm


def test_a_run_that_is_stopped_there_is_undone_wherever_its_values_stand(desk):
    before = {row[1]: row[:WIDTH] for row in desk.table()}
    run = sorted_then_protected(desk, Area())
    stop(desk.house, desk.caller, run)
    view = ended(desk, run)
    assert (view.state, view.reason, view.actions) == ("failed", "cells_protected", ["undo"])
    assert view.counts["failed"] > 0
    desk.person.sheet.protections.clear()
    assert ended(desk, undone(desk, run)).state == "finished"
    assert {row[1]: row[:WIDTH] for row in desk.table()} == before
    assert not any(any(row[WIDTH:]) for row in desk.table())


@pytest.mark.parametrize("sorts", [False, True])
def test_a_file_that_is_gone_before_a_write_could_be_looked_at_can_still_be_undone(desk, sorts):
    """Nobody saw whether those cells were set: they are told so, cost nothing, and undo looks there."""
    before = {row[1]: row[:WIDTH] for row in desk.table()}
    document = desk.google.documents[desk.document]

    def goes():
        if sorts:
            desk.reorder(reversed)
        document.editors.clear()

    desk.google.windows.extend([None, goes])
    desk.house = replace(desk.house, access={})
    run = desk.press("standard")
    view = ended(desk, run)
    if view.state == "parked":  # no longer hers to open: somebody ends it
        stop(desk.house, desk.caller, run)
        view = desk.view(run)
    assert view.state in {"failed", "stopped"}
    assert desk.view(run).counts["failed"] > 0
    document.editors.add(USER)
    assert ended(desk, undone(desk, run)).state == "finished"
    assert {row[1]: row[:WIDTH] for row in desk.table()} == before
    assert not any(any(row[WIDTH:]) for row in desk.table())


def test_a_row_deleted_inside_the_last_write_of_a_grid_without_spare_rows(desk):
    sheet = desk.person.sheet
    sheet.delete("ROWS", ROWS + 1, len(sheet.rows) - ROWS - 1)
    desk.google.windows.extend([None, None, lambda: desk.person.delete_row(2)])
    assert ended(desk, desk.press("standard")).state == "finished"
    assert all(desk.column("First name"))


def test_an_undo_of_what_stood_in_a_deleted_sheet_says_so(desk):
    run = desk.press("standard")
    ended(desk, run)
    document = desk.google.documents[desk.document]
    document.sheets.append(empty_sheet(7, "Another"))
    desk.person.delete_sheet()
    view = ended(desk, undone(desk, run))
    assert (view.state, view.reason) == ("failed", "sheet_unknown")


def sorted_then_protected(desk, area):
    run = desk.press("standard")
    desk.google.windows.extend([None, lambda: desk.reorder(reversed), lambda: desk.person.protect(area)])
    assert ended(desk, run).reason == "cells_protected"
    return run


def undone(desk, run):
    return undo.undo(desk.house, desk.caller, run, "undo")[0].id


def by_mail(desk):
    header, *rows = desk.table()
    return {row[1]: dict(zip(header, row, strict=True)) for row in rows if row[1]}


@pytest.fixture
def calm(tmp_path_factory, desk):
    """What a run leaves where nothing happens, by e-mail."""
    quiet = Desk(tmp_path_factory.mktemp("calm"), people(ROWS))
    quiet.run("standard")
    return by_mail(quiet)


@pytest.mark.parametrize("locale", ["fr_FR", "de_DE"])
def test_a_sheet_whose_numbers_have_commas(tmp_path, monkeypatch, locale):
    """What is typed as text stays text, what is a number stays one, and a number is found again as such."""
    header, *rows = people(12)
    listed = [
        [*header, "Amount", "Code"],
        *([*row, f"{at},50", f"0{at}"] for at, row in enumerate(rows)),
    ]
    monkeypatch.setattr(held, "sleep", lambda _seconds: None)
    desk = DeskAtGoogle(tmp_path, listed)
    desk.google.documents[desk.document].locale = locale
    for row in range(1, 7):
        desk.type_in(row, "Amount", row + 0.5)
    before = desk.table()
    kept = {row[1]: row[6:8] for row in before}
    run = desk.press("complete")
    desk.google.windows.append(lambda: desk.reorder(reversed))
    assert ended(desk, run).state == "finished"
    assert {row[1]: row[6:8] for row in desk.table()} == kept
    assert ended(desk, undo.undo(desk.house, desk.caller, run, "undo")[0].id).state == "finished"
    assert sorted(map(str, desk.table())) == sorted(map(str, before))  # it stays sorted as she has left it
    desk.close()

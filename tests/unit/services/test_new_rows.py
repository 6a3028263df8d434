"""A sheet known from before: which rows are new since, and what a run of them alone does."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe, recipe_named
from addon_backend.domain.sheet import parse_a1
from addon_backend.services.accounts import enter
from addon_backend.services.runs.control import stop
from addon_backend.services.runs.following.undo import undo
from addon_backend.services.runs.selection.preview import preview
from addon_backend.store.engine import make_engine
from tests.unit.services.desk import HEADER, Desk, people

IN_PLACE = replace(recipe_named("standard"), clean=((ColumnKind.PHONE, CleanMode.IN_PLACE),))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, people(20))


def insert(desk: Desk, at: int, rows: list[list[str]]) -> None:
    """Let a person insert rows of her own."""
    desk.house.documents.insert_rows(desk.caller.workspace, desk.document, desk.ref.sheet, at, len(rows))
    for number, row in enumerate(rows):
        for header, value in zip(HEADER, row, strict=True):
            desk.type_in(at + number, header, value)


def known(desk: Desk, **how):
    return desk.look("standard", **how)[0].known


LATER = people(23)[-3:]


def test_a_sheet_that_was_never_run_is_not_known(desk):
    assert known(desk) is None


@pytest.mark.parametrize("recipe", ["standard", "complete", "clean", IN_PLACE])
def test_three_rows_added_at_the_bottom_are_new(desk, recipe):
    """Whatever the run wrote into the list: a filled country is no new row."""
    run = desk.run(recipe)
    assert known(desk).new_rows == 0
    insert(desk, 21, LATER)
    found = known(desk)
    assert (found.run, found.new_rows, found.range) == (run.id, 3, "A22:F24")
    assert Recipe.from_data(found.recipe) == (recipe_named(recipe) if isinstance(recipe, str) else recipe)


def test_a_run_of_the_new_rows_alone_touches_no_other_row_and_makes_no_column(desk):
    desk.run()
    before = desk.table()
    insert(desk, 21, LATER)
    found = known(desk)
    recipe = replace(Recipe.from_data(found.recipe), duplicates=False)
    view = desk.run(recipe, key="k2", area=parse_a1(found.range))
    assert (view.state, view.rows) == ("finished", 3)
    after = desk.table()
    assert after[:21] == before
    assert {len(row) for row in after} == {len(before[0])}
    for header in ("First name", "Last name"):
        assert all(desk.column(header)[-3:]), header
    assert known(desk).new_rows == 0


def test_rows_between_others_are_new_and_have_no_range(desk):
    """The whole list is run then: what is filled already is left alone and costs nothing."""
    desk.run("complete")
    insert(desk, 5, LATER)
    found = known(desk)
    assert (found.new_rows, found.range) == (3, None)
    view = desk.run(Recipe.from_data(found.recipe), key="k2")
    paid = [output for output in view.outputs if output.field in {"company.industry", "company.size"}]
    assert view.money.spent <= 2 * 3 * max(1, len(paid))


def test_a_sort_makes_no_row_new(desk):
    desk.run()
    desk.reorder(lambda rows: list(rows)[::-1])
    assert known(desk).new_rows == 0


def test_a_row_that_was_edited_is_run_anew(desk):
    desk.run()
    desk.type_in(20, "E-mail", "somebody.else@company19.example")
    assert (known(desk).new_rows, known(desk).range) == (1, "A21:F21")


def test_of_identical_rows_as_many_are_known_as_there_were(desk):
    desk.run()
    insert(desk, 21, [people(20)[-1], people(20)[-1]])
    found = known(desk)
    assert (found.new_rows, found.range) == (2, "A22:F23")


def test_rows_of_several_runs_are_all_known(desk):
    desk.run(area=parse_a1("A1:F11"))
    desk.run(key="k2", area=parse_a1("A12:F21"))
    assert known(desk).new_rows == 0


def test_what_was_undone_or_stopped_does_not_count(desk):
    run = desk.run()
    undo(desk.house, desk.caller, run.id, "undo-1")
    desk.work()
    assert known(desk) is None
    stop(desk.house, desk.caller, desk.press(key="k2"))
    assert known(desk) is None


def test_the_range_has_the_columns_of_the_earlier_run(desk):
    desk.run(area=parse_a1("A1:D21"))
    insert(desk, 21, LATER)
    assert known(desk, area=parse_a1("A1:F24")).range == "A22:D24"


def test_columns_that_stand_elsewhere_are_found_by_their_headers(desk):
    """The range is the selection's own then."""
    desk.run(area=parse_a1("A1:D21"))
    insert(desk, 21, LATER)
    _, selection, recipe = desk.look(area=parse_a1("A1:D24"))
    moved = [replace(column, index=column.index + 3) for column in selection.table.columns]
    selection = replace(selection, range=parse_a1("D1:G24"), table=replace(selection.table, columns=moved))
    found = preview(desk.house, desk.caller, selection, recipe).known
    assert found
    assert (found.new_rows, found.range) == (3, "D22:G24")


def test_of_a_sample_the_count_is_about_right_and_there_is_no_range(desk):
    desk.run()
    insert(desk, 21, LATER)
    _, selection, recipe = desk.look()
    table = replace(selection.table, sampled=True, rows_total=240)
    found = preview(desk.house, desk.caller, replace(selection, table=table), recipe).known
    assert found
    assert (found.new_rows, found.range) == (30, None)


def test_rows_of_a_run_that_goes_on_are_not_offered_again(desk):
    desk.run()
    insert(desk, 21, LATER)
    run = desk.press(key="k2", area=parse_a1(known(desk).range))
    desk.work(stop=lambda: desk.view(run).state == "running")
    assert desk.view(run).state == "running"
    assert known(desk).new_rows == 0


def test_a_colleague_s_run_is_not_hers(desk):
    desk.run()
    desk.caller = enter(desk.house, "person:ana", "Ana", "ben", "en")
    assert known(desk) is None


def test_what_retention_has_erased_is_not_known(desk):
    run = desk.run()
    assert known(desk).run == run.id
    engine = make_engine(f"sqlite:///{desk.folder / 'truth.db'}")
    with engine.connect() as connection, connection.begin():
        connection.execute(text("UPDATE run SET erase_at = 1"))
    engine.dispose()
    with desk.house.store.unit() as unit:
        assert unit.retention.erase_due()
        unit.commit()
    assert known(desk) is None

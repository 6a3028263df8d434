"""Undo puts the sheet back to what a careful colleague would have left."""

from dataclasses import replace

import pytest

from addon_backend.domain import errors
from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, recipe_named
from addon_backend.local.host import LocalHost
from addon_backend.services.runs.control import stop
from addon_backend.services.runs.following.undo import undo
from tests.unit.services.desk import CountingSource, Desk, people

IN_PLACE = replace(recipe_named("standard"), clean=((ColumnKind.PHONE, CleanMode.IN_PLACE),))


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path, people(30))


def undone(desk: Desk, run: str, key: str = "undo-1"):
    shown, replayed = undo(desk.house, desk.caller, run, key)
    assert not replayed
    desk.work()
    return desk.view(shown.id)


def without_blank_columns(table):
    """The table without columns that hold nothing: what is left of ours."""
    width = max(i + 1 for row in table for i, cell in enumerate(row) if cell not in {None, ""})
    return [row[:width] for row in table]


def test_what_a_run_wrote_is_taken_back(desk):
    """Values, fills and the names of our columns."""
    before = desk.table()
    run = desk.run()
    assert desk.table() != before
    assert run.actions == ["undo"]
    view = undone(desk, run.id)
    assert view.state == "finished"
    assert view.parent == run.id
    assert view.counts["written"] == run.counts["written"]
    assert without_blank_columns(desk.table()) == before
    for output in view.outputs:
        assert sum(output.counts.values()) == view.rows
    assert view.money.quoted == view.money.spent == 0


def test_what_was_cleaned_in_place_is_as_it_was(desk):
    before = desk.table()
    run = desk.run(IN_PLACE)
    assert desk.column("Phone")[0] == "+33199000000"
    undone(desk, run.id)
    assert without_blank_columns(desk.table()) == before


def test_what_somebody_edited_or_cleared_since_stays(desk):
    """People win: her value stays, and so does the blank that she made."""
    before = desk.table()
    run = desk.run(IN_PLACE)
    country, phone = before[0].index("Country"), before[0].index("Phone")
    desk.type_in(3, "Country", "Belgium")
    desk.type_in(4, "Phone", None)
    desk.type_in(5, "Notes", "mine")
    view = undone(desk, run.id)
    after = desk.table()
    assert after[3][country] == "Belgium"
    assert after[5][before[0].index("Notes")] == "mine"
    assert [row[country] for i, row in enumerate(after[1:], 1) if i != 3] == [None] * 29
    assert after[4][phone] is None
    assert after[6][phone] == before[6][phone]
    assert view.counts["kept"] == 2


def test_a_column_with_a_value_of_hers_keeps_its_name(desk):
    run = desk.run()
    desk.type_in(4, "Phone (clean)", "by hand")
    undone(desk, run.id)
    assert desk.column("Phone (clean)") == [None] * 3 + ["by hand"] + [None] * 26


def test_rows_that_moved_or_went_are_found_or_left(desk):
    before = desk.table()
    run = desk.run()
    desk.reorder(lambda rows: reversed(list(rows)))
    desk.delete(10)  # what was row 21
    view = undone(desk, run.id)
    wanted = [before[0], *(row for i, row in reversed(list(enumerate(before[1:], 1))) if i != 21)]
    assert without_blank_columns(desk.table()) == wanted
    assert view.counts["review"] == len(
        {output.name for output in view.outputs if output.counts.get("review")}
    )


def test_a_row_inserted_above_the_header_is_no_trouble(desk):
    """The names of our columns are looked for where the header stands now."""
    before = desk.table()
    run = desk.run()
    full = desk.table()
    where = (desk.caller.workspace, desk.document, desk.ref.sheet)
    desk.house.documents.insert_rows(*where, 0, 1)
    back = undone(desk, run.id)
    assert [row[: len(before[0])] for row in desk.table()[1:]] == before
    assert not any(cell for row in desk.table() for cell in row[len(before[0]) :])
    undone(desk, back.id, "undo-2")
    assert desk.table()[1:] == full


def test_a_column_of_ours_that_somebody_deleted_is_not_missed(desk, monkeypatch):
    before = desk.table()
    run = desk.run()
    gone = next(column for column in columns_of(desk) if column.key and "phone" in column.key).id
    locate = LocalHost.locate
    monkeypatch.setattr(
        LocalHost,
        "locate",
        lambda host, ref, anchors: tuple(
            None if anchor == gone else at
            for anchor, at in zip(anchors, locate(host, ref, anchors), strict=True)
        ),
    )
    view = undone(desk, run.id)
    assert view.state == "finished"
    assert len(view.outputs) == len(run.outputs) - 1
    assert [row[: len(before[0])] for row in desk.table()] == before


def columns_of(desk: Desk):
    return desk.house.documents.sheets(desk.caller.workspace, desk.document)[0].columns


def test_an_empty_column_of_hers_keeps_its_name(tmp_path):
    """It has the name that we would have given to one of our own."""
    rows = [[*row, ""] for row in people(12)]
    rows[0][-1] = "Domain"
    desk = Desk(tmp_path, rows)
    before = desk.table()
    run = desk.run()
    assert desk.column("Domain")[0] == "company0.example"
    undone(desk, run.id)
    assert without_blank_columns(desk.table()) == without_blank_columns(before)
    assert desk.table()[0][6] == "Domain"


def test_what_was_edited_since_is_not_called_undone(desk):
    run = desk.run()
    desk.type_in(3, "First name", "Hers")
    assert undone(desk, run.id).sentence.startswith("Done, but for cells that were edited")


def test_an_undo_can_be_undone(desk):
    run = desk.run()
    full = desk.table()
    back = undone(desk, run.id)
    again = undone(desk, back.id, "undo-2")
    assert (run.kind, back.kind, again.kind) == ("enrich", "undo", "redo")
    assert (back.sentence, again.sentence) == (
        "Done: cells are as they were before.",
        "Done: our values are back.",
    )
    assert again.counts["written"] == run.counts["written"]
    assert desk.table() == full


def test_after_an_undo_the_values_are_hers_again(desk):
    """What an undo put back is not taken for ours by the next run (law 4)."""
    before = desk.table()
    undone(desk, desk.run(IN_PLACE).id)
    view = desk.run(recipe_named("standard"), key="k2")
    phone = before[0].index("Phone")
    assert [row[phone] for row in desk.table()] == [row[phone] for row in before]
    assert view.state == "finished"
    assert desk.column("Phone (clean)")[0] == "+33199000000"


def test_an_undo_stops_where_it_is_told_to_and_the_rest_can_still_be_undone(tmp_path):
    desk = Desk(tmp_path, people(1_100))
    before = desk.table()
    run = desk.run()
    first = undo(desk.house, desk.caller, run.id, "undo-1")[0].id
    claims = iter([False, False])
    desk.work(stop=lambda: next(claims, True))
    stop(desk.house, desk.caller, first)
    desk.work()
    assert desk.view(first).state == "stopped"
    undone(desk, run.id, "undo-2")
    assert without_blank_columns(desk.table()) == before


def test_bought_values_are_taken_back_and_cost_what_they_cost(tmp_path):
    """The look-up was made: undoing gives no credits back, and takes none."""
    desk = Desk(tmp_path, people(60), CountingSource())
    before = desk.table()
    run = desk.run("complete")
    view = undone(desk, run.id)
    assert without_blank_columns(desk.table()) == before
    assert view.money.spent == 0
    assert desk.view(run.id).money == run.money


def test_one_key_undoes_once(desk):
    run = desk.run()
    first, _ = undo(desk.house, desk.caller, run.id, "undo-1")
    second, replayed = undo(desk.house, desk.caller, run.id, "undo-1")
    assert replayed
    assert second.id == first.id
    with pytest.raises(errors.KeyReused):
        undo(desk.house, desk.caller, first.id, "undo-1")


def test_what_cannot_be_undone_is_said(desk):
    pressed = desk.press()
    with pytest.raises(errors.RunState):
        undo(desk.house, desk.caller, pressed, "undo-1")
    desk.work()
    other = replace(desk.caller, member="somebody")
    with pytest.raises(errors.NotVisible):
        undo(desk.house, other, pressed, "undo-1")
    with pytest.raises(errors.KeyMissing):
        undo(desk.house, desk.caller, pressed, "")
    twice = undone(desk, pressed, "undo-1")
    nothing = undone(desk, pressed, "undo-2")
    assert twice.counts["written"]
    assert not nothing.counts.get("written")
    with pytest.raises(errors.NothingToUndo):
        undo(desk.house, desk.caller, nothing.id, "undo-3")


def test_what_retention_erased_cannot_be_undone(desk):
    run = desk.run()
    with desk.house.store.unit() as unit:
        unit.accounts.set_retention(desk.caller.workspace, 1)
        unit.commit()
    expire(desk, run.id)
    with pytest.raises(errors.UndoTooLate):
        undo(desk.house, desk.caller, run.id, "undo-1")
    assert desk.view(run.id).actions == []


def expire(desk: Desk, run: str) -> None:
    """Let the run's retention be over, and erase what is due."""
    engine = desk.house.store._engine  # type: ignore[attr-defined]  # noqa: SLF001 - no port lets time pass
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE run SET erase_at = 1 WHERE id = ?", (run,))
    with desk.house.store.unit() as unit:
        assert unit.retention.erase_due()
        unit.commit()

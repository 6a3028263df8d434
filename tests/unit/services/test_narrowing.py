"""What a run does not use it does not read: columns are left out of a selection before its price is told."""

from dataclasses import replace

import pytest

from addon_backend.domain.kinds import ColumnKind
from addon_backend.domain.recipes import CleanMode, Recipe
from tests.unit.services.desk import Desk, people

PHONES = Recipe(
    "phones", clean_default=CleanMode.OFF, clean=((ColumnKind.PHONE, CleanMode.BESIDE),), duplicates=False
)


@pytest.fixture
def reads():
    """The columns, by index, that a host was asked for."""
    return set()


def watched(desk, reads):
    """Let the desk's host tell what its workers ask for."""
    host = desk.house.host(desk.host_name, desk.caller.workspace, desk.caller.member)
    read = host.read

    def telling(ref, anchors, top, bottom):
        reads.update(host.locate(ref, anchors))
        return read(ref, anchors, top, bottom)

    host.read = telling
    desk.house = replace(desk.house, host=lambda *_whose: host)
    return desk


def test_a_run_reads_the_columns_that_it_uses(tmp_path, reads):
    desk = Desk(tmp_path, people(12))
    desk.press(PHONES)
    watched(desk, reads).work()
    assert desk.column("Phone (clean)")[0] == "+33199000000"
    assert reads & set(range(6)) == {2, 4}  # the phone, and the country by which it is read


def test_a_column_that_tells_how_another_is_read_stays(tmp_path, reads):
    """Without the French addresses nobody knows whose numbers these are: they are read as before."""
    rows = [["Phone", "E-mail"], *([f"01 99 00 00 {i:02}", f"p{i}@societe{i}.fr"] for i in range(12))]
    desk = Desk(tmp_path, rows)
    desk.press(PHONES)
    watched(desk, reads).work()
    assert desk.column("Phone (clean)")[3] == "+33199000003"
    assert reads >= {0, 1}


def test_a_row_with_nothing_but_a_note_is_not_in_play(tmp_path):
    desk = Desk(tmp_path, [*people(12), ["", "", "", "", "", "the rest is in the other file"]])
    shown = desk.look("standard")[0]
    assert shown.rows == 12
    assert [column.header for column in shown.columns][-1] == "Notes"
    run = desk.run()
    assert run.rows == 12
    assert desk.look("standard")[0].known.new_rows == 0


def test_a_list_is_known_again_when_another_recipe_uses_less_of_it(tmp_path):
    desk = Desk(tmp_path, people(12))
    desk.run()
    assert desk.look(PHONES)[0].known.new_rows == 0

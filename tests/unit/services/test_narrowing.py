"""Notes are left out of a selection before its price is told: no worker reads them."""

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


@pytest.mark.parametrize("recipe", ["standard", PHONES])
def test_a_run_leaves_the_notes_unread(tmp_path, reads, recipe):
    desk = Desk(tmp_path, people(12))
    desk.press(recipe)
    watched(desk, reads).work()
    assert desk.column("Phone (clean)")[0] == "+33199000000"
    assert reads & set(range(6)) == set(range(5))


def test_without_a_header_nothing_tells_later_which_column_was_which(tmp_path, reads):
    """Sentences say what they are, but a column that is inserted meanwhile would move them."""
    said = "she said that she would like to hear from us again in"
    rows = [[*row[:5], f"{said} {at} weeks"] for at, row in enumerate(people(12)[1:])]
    desk = Desk(tmp_path, rows)
    desk.press(PHONES)
    watched(desk, reads).work()
    assert reads >= set(range(6))


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

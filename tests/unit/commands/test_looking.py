"""``inspect`` and ``duplicates``: documented keys on stdout, nothing changed, nothing kept."""

from __future__ import annotations

import pytest

from addon_backend.domain.errors import FileUnknown, FileUnreadable
from tests.unit.commands.terminal import PEOPLE

COLUMN = ["index", "letter", "header", "kind", "confidence", "filled", "distinct", "problems"]


def test_inspect_names_every_column(terminal):
    """Exactly the documented keys; ``header_row`` counts from 1."""
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.types("inspect", file, "--json") == 0
    assert list(terminal.data) == ["sheets"]
    (sheet,) = terminal.data["sheets"]
    assert list(sheet) == ["name", "rows", "header_row", "columns"]
    assert (sheet["name"], sheet["rows"], sheet["header_row"]) == ("people", 1, 1)
    assert [list(column) for column in sheet["columns"]] == [COLUMN] * 4
    assert [column["letter"] for column in sheet["columns"]] == ["A", "B", "C", "D"]
    assert sheet["columns"][1]["kind"] == "email"
    assert terminal.desk == ["people.csv"]
    assert terminal.kept == []


def test_inspect_counts_every_row_of_a_long_list(terminal):
    """A sample would do for a preview, not for who wants to know."""
    terminal.patch.setattr("addon_backend.services.runs.selection.select.WHOLE_UP_TO", 40)
    rows = "".join(f"Person {number},p{number}@example.com\n" for number in range(100))
    file = terminal.file("long.csv", "Name,E-mail\n" + rows)

    assert terminal.types("inspect", file, "--json") == 0
    (sheet,) = terminal.data["sheets"]
    assert sheet["rows"] == 100
    assert [(column["filled"], column["distinct"]) for column in sheet["columns"]] == [(100, 100)] * 2


def test_inspect_for_people_is_a_table(terminal):
    """Markup in a header is text."""
    file = terminal.file("people.csv", PEOPLE.replace("Country", "[bold]Country[/]"))

    assert terminal.types("inspect", file) == 0
    assert "[bold]" in terminal.out


def test_duplicates_are_rows_from_0_below_the_header(terminal):
    """Exactly the documented keys."""
    rows = "John Smith,john@example.org\nAnna Lee,anna@example.net\nJohn Smith,john@example.org\n"
    file = terminal.file("people.csv", "Name,E-mail\n" + rows)

    assert terminal.types("duplicates", file, "--json") == 0
    assert list(terminal.data) == ["rows", "groups"]
    assert terminal.data["rows"] == 3
    (group,) = terminal.data["groups"]
    assert list(group) == ["rows", "score", "band", "reasons"]
    assert group["rows"] == [0, 2]
    assert group["band"] in {"sure", "check"}
    assert terminal.kept == []


def test_a_list_without_rows_holds_nothing(terminal):
    """To look is no mistake: exit code 0, and none."""
    for content in ("Name,E-mail\n", " , \n,,\n"):
        file = terminal.file("empty.csv", content)
        assert terminal.types("inspect", file, "--json") == 0
        assert [sheet["rows"] for sheet in terminal.data["sheets"]] == [0]
        assert terminal.types("duplicates", file, "--json") == 0
        assert terminal.data == {"rows": 0, "groups": []}


@pytest.mark.parametrize("command", ["inspect", "duplicates", "enrich"])
def test_a_sheet_that_is_not_there_is_told(terminal, command):
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.types(command, file, "--sheet", "Nope", "--json") == 1
    assert "There are: people" in terminal.told
    assert terminal.kept == []


@pytest.mark.parametrize("command", ["inspect", "duplicates", "enrich"])
def test_a_file_that_is_not_there_is_told(terminal, command):
    assert terminal.types(command, terminal.folder / "nowhere.csv") == 1
    assert terminal.was_told(FileUnknown())
    assert terminal.types(command, terminal.folder) == 1
    assert terminal.was_told(FileUnreadable(reason="not_a_file"))

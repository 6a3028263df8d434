"""``enrich``: a new file, a report, an exit code."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from addon_backend.commands.watching import watch
from addon_backend.domain.cells import CellValue
from addon_backend.domain.errors import (
    FileUnknown,
    NothingToDo,
    NothingToResume,
    OutputExists,
    RecipeUnknown,
    SheetFull,
)
from addon_backend.domain.facts import Outcome
from addon_backend.engine.plan.protection import Decision
from addon_backend.services.runs.writing.guard import decide_all
from tests.unit.commands.bad_files import first_sheet, workbook
from tests.unit.commands.terminal import PEOPLE

KEYS = ["run", "rows", "columns_added", "cells", "credits", "seconds", "output"]
OUTCOMES = ["written", "already_there", "kept", "review", "not_found", "not_asked", "failed"]


def test_the_result_lies_beside_the_file_and_the_last_line_says_so(terminal):
    """Documented keys, every cell counted once, the file itself untouched, nothing of it kept."""
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.enriches(file) == 0, terminal.told
    report = terminal.data
    cells = report["cells"]
    assert list(report) == KEYS
    assert list(cells) == OUTCOMES
    assert report["rows"] == 1
    assert sum(cells.values()) == len(report["columns_added"])
    assert report["output"] == str(terminal.folder / "people.enriched.csv")
    assert file.read_text() == PEOPLE
    assert terminal.result.read_text().startswith("Name,E-mail,Phone,Country,")
    assert "\nDUPONT Marie,Marie@EXAMPLE.com,01 42 68 53 00,France," in terminal.result.read_text()
    assert terminal.kept == []
    assert terminal.desk == ["people.csv", "people.enriched.csv"]


def test_a_second_run_takes_the_next_free_name(terminal):
    """An earlier result is somebody's work by now."""
    file = terminal.file("people.csv", PEOPLE)
    terminal.file("people.enriched.csv", "mine")

    assert terminal.enriches(file) == 0
    assert terminal.result.name == "people.enriched.2.csv"
    assert (terminal.folder / "people.enriched.csv").read_text() == "mine"


def test_an_output_that_exists_is_refused_before_the_work(terminal):
    """Neither another file, nor the input itself, nor a dangling link is overwritten."""
    file = terminal.file("people.csv", PEOPLE)
    other = terminal.file("other.csv", "mine")
    link = terminal.folder / "link.csv"
    link.symlink_to(terminal.folder / "nowhere")

    for out in (other, file, link):
        assert terminal.enriches(file, "--out", out) == 1
        assert terminal.was_told(OutputExists())
        assert terminal.out == ""
    assert (file.read_text(), other.read_text()) == (PEOPLE, "mine")
    assert terminal.desk == ["link.csv", "other.csv", "people.csv"]


def test_a_folder_that_does_not_exist_is_told_before_the_work(terminal):
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.enriches(file, "--out", terminal.folder / "no" / "out.csv") == 1
    assert terminal.was_told(FileUnknown(reason="no_folder"))


@pytest.mark.parametrize("name", ["out.xlsx", "out.XLSM"])
def test_a_name_that_no_program_would_open_is_refused(terminal, name):
    """The result has the file's own format; a list called .xlsx would be a damaged workbook."""
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.enriches(file, "--out", terminal.folder / name) == 2
    assert ".csv" in terminal.told
    assert terminal.desk == ["people.csv"]
    assert terminal.kept == []


def test_without_a_terminal_nobody_is_asked(terminal):
    """Exit code 2 and the option to use; what would be done is shown, and nothing is done."""
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.types("enrich", file, "--json") == 2
    assert "--yes" in terminal.told
    assert "1 rows." in terminal.told
    assert terminal.out == ""
    assert terminal.desk == ["people.csv"]
    assert terminal.kept == []


def test_a_dry_run_changes_nothing(terminal):
    """It shows on stderr what would be done, and leaves neither a file nor a copy."""
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.types("enrich", file, "--dry-run") == 0
    assert "1 rows." in terminal.told
    assert terminal.out == ""
    assert terminal.desk == ["people.csv"]
    assert terminal.kept == []


def test_an_unknown_recipe_is_wrong_usage(terminal):
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.enriches(file, "--recipe", "nonsense") == 2
    assert terminal.was_told(RecipeUnknown())
    assert terminal.desk == ["people.csv"]


def test_a_recipe_whose_source_is_not_here_is_unknown(terminal):
    """The demo source exists in the sandbox only."""
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.enriches(file, "--recipe", "complete") == 2
    assert "Choose one of: standard, clean." in terminal.told
    assert terminal.kept == []


def test_decisions_that_wait_end_with_3(terminal):
    """A row that a person edits while we work is not overwritten: she decides."""
    file = terminal.file("people.csv", PEOPLE)
    terminal.patch.setattr(
        "addon_backend.services.runs.writing.write.decide_all",
        lambda stored, guard, outputs: {
            name: {row: Decision(Outcome.REVIEW, "input_changed") for row in decisions}
            for name, decisions in decide_all(stored, guard, outputs).items()
        },
    )

    assert terminal.enriches(file) == 3
    assert terminal.data["cells"]["review"] > 0
    assert terminal.data["cells"]["written"] == 0


def test_a_list_with_nothing_to_do_comes_back_as_it_is(terminal):
    """That is no failure: the result is there, byte for byte, and a sentence says why it is the same."""
    file = terminal.file("notes.csv", "Notes\nfine weather\nrain later\n")

    assert terminal.enriches(file) == 0
    assert terminal.was_told(NothingToDo())
    assert terminal.data["columns_added"] == []
    assert sum(terminal.data["cells"].values()) == 0
    assert terminal.result.read_bytes() == file.read_bytes()
    assert terminal.kept == []


def test_for_people_the_report_is_a_sentence(terminal):
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.types("enrich", file, "--yes") == 0
    assert "1 rows: " in terminal.out
    assert "people.enriched.csv" in terminal.out


TITLED = (
    "Autumn list,,\n,,\nName,E-mail,Country\n"
    "Ada Byron,ADA@EXAMPLE.com,france\n,,\nBo Diaz,BO@EXAMPLE.com,spanien\nCy Ott,CY@EXAMPLE.com,italie\n"
)


@pytest.mark.parametrize(
    ("words", "done"),
    [
        (["--limit", "1"], ["Ada Byron"]),
        (["--limit", "2"], ["Ada Byron", "Bo Diaz"]),
        (["--limit", "9"], ["Ada Byron", "Bo Diaz", "Cy Ott"]),
        (["--range", "A3:C4"], ["Ada Byron"]),
        (["--range", "A4:C4"], ["Ada Byron"]),
        (["--range", "A4:C6"], ["Ada Byron", "Bo Diaz"]),
        (["--range", "A:C"], ["Ada Byron", "Bo Diaz", "Cy Ott"]),
        (["--range", "A1:C5", "--limit", "1"], ["Ada Byron"]),
        (["--range", "$C$6:A3"], ["Ada Byron", "Bo Diaz"]),
        (["--range", "A3:ZZ9999"], ["Ada Byron", "Bo Diaz", "Cy Ott"]),
    ],
)
def test_a_part_of_a_list_keeps_its_header(terminal, words, done):
    """The header counts for no row, whether it lies inside the range or above; blank rows are not counted."""
    file = terminal.file("titled.csv", TITLED)

    assert terminal.enriches(file, *words) in {0, 3}, terminal.told
    assert terminal.data["rows"] == len(done)
    assert "Country (clean)" in terminal.data["columns_added"]
    lines = terminal.result.read_text().splitlines()
    assert lines[2].startswith("Name,E-mail,Country,")
    at = lines[2].split(",").index("Country (clean)")
    filled = [line.split(",")[0] for line in lines[3:] if (line.split(",") + [""] * 20)[at]]
    assert filled == done


def test_a_range_of_a_list_without_a_header_is_all_rows(terminal):
    """Nobody's first contact is taken for a heading."""
    rows = "Ada Byron,ADA@EXAMPLE.com,01 42 68 53 00\nBo Diaz,BO@EXAMPLE.com,+44 20 7946 0958\n"
    file = terminal.file("bare.csv", rows)

    assert terminal.enriches(file, "--limit", "1") in {0, 3}
    assert terminal.data["rows"] == 1
    assert terminal.enriches(file, "--range", "A1:C2") in {0, 3}
    assert terminal.data["rows"] == 2


def test_what_is_printed_has_no_colours(terminal):
    """Neither on stdout nor on stderr, where nobody reads a terminal or NO_COLOR is set."""
    terminal.patch.setenv("NO_COLOR", "1")
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.enriches(file) == 0
    assert "\x1b" not in terminal.out + terminal.told


def test_a_ceiling_that_was_reached_ends_with_4(terminal):
    """What is done is written; the exit code says that it is not all."""
    file = terminal.file("people.csv", PEOPLE)
    terminal.patch.setattr(
        "addon_backend.commands.enrich.watch",
        lambda *given: replace(watch(*given), reason="budget_reached"),
    )

    assert terminal.enriches(file) == 4
    assert terminal.result.exists()


def test_a_run_that_fails_ends_with_1_and_leaves_no_result(terminal):
    """One sentence; nothing that looks like a result; nothing kept."""
    file = terminal.file("people.csv", PEOPLE)

    def no_room(*_given):
        raise SheetFull

    terminal.patch.setattr("addon_backend.services.runs.writing.write._with_own_columns", no_room)
    assert terminal.enriches(file) == 1
    assert terminal.was_told(SheetFull())
    assert terminal.out == ""
    assert terminal.desk == ["people.csv"]
    assert terminal.kept == []


def test_hidden_rows_above_the_header_do_not_hide_it(terminal):
    """A title that is out of sight moves nothing: the header names its columns; hidden rows stay."""
    rows: list[list[CellValue]] = [
        ["Autumn list", None, None],
        ["Name", "E-mail", "Country"],
        ["Ada Byron", "ADA@EXAMPLE.com", "france"],
        ["Bo Diaz", "BO@EXAMPLE.com", "spanien"],
        ["Cy Ott", "CY@EXAMPLE.com", "italie"],
    ]
    book = load_workbook(io.BytesIO(workbook(rows)))
    for row in (1, 4):
        first_sheet(book).row_dimensions[row].hidden = True
    file = terminal.folder / "hidden.xlsx"
    book.save(file)

    assert terminal.enriches(file) in {0, 3}
    assert terminal.data["rows"] == 2
    sheet = first_sheet(terminal.result)
    header = [cell.value for cell in sheet[2]]
    at = header.index("Country (clean)")
    assert [sheet.cell(row, at + 1).value for row in (1, 3, 4, 5)] == [None, "France", None, "Italy"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows()] == rows


def test_a_promise_is_one_json_object_too(terminal):
    """``--dry-run --json`` says what a run would write, in the shape of its report."""
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.types("enrich", file, "--dry-run", "--json") == 0
    promised = terminal.data
    assert (promised["run"], promised["output"]) == (None, None)
    assert (list(promised), list(promised["cells"])) == (KEYS, OUTCOMES)
    assert terminal.enriches(file) == 0
    assert promised["rows"] == terminal.data["rows"]
    assert set(promised["columns_added"]) == set(terminal.data["columns_added"])
    assert promised["cells"]["written"] == terminal.data["cells"]["written"]


def test_going_on_with_nothing_starts_nothing(terminal):
    """Neither on a file without a run, nor on one whose result was delivered."""
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.enriches(file, "--resume") == 1
    assert terminal.was_told(NothingToResume())
    assert (terminal.out, terminal.desk, terminal.kept) == ("", ["people.csv"], [])
    assert terminal.enriches(file) == 0
    assert terminal.enriches(file, "--resume") == 1
    assert terminal.was_told(NothingToResume())
    assert terminal.desk == ["people.csv", "people.enriched.csv"]

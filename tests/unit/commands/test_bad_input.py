"""Bad input, told clearly, nothing lost: as a person at a terminal meets it."""

from __future__ import annotations

import csv
import errno
import io
import signal
import socket
import sqlite3
import time

import pytest
from openpyxl import load_workbook

from addon_backend.domain.cells import CellValue
from addon_backend.domain.errors import (
    DiskFull,
    EngineUnavailable,
    NothingToRead,
    RangeOutside,
    RangeUnclear,
    SelectionEmpty,
    SheetProtected,
)
from addon_backend.local import files
from addon_backend.services.runs import work
from tests.unit.commands.bad_files import GOOD, UNUSABLE, first_sheet, workbook
from tests.unit.commands.terminal import PEOPLE

FINE = {0, 3}
FORMULA = ("=", "@", "\t", "\r")


def full(*_args: object, **_options: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("case", UNUSABLE)
@pytest.mark.parametrize("command", ["enrich", "inspect", "duplicates"])
def test_a_file_that_cannot_be_used_is_told_in_one_line(terminal, case, command):
    """Exit code 1, nothing on stdout, no result, no copy, no document."""
    content, error = UNUSABLE[case]
    file = terminal.file("list.xlsx", content)

    assert terminal.types(command, file) == 1
    assert terminal.was_told(error)
    assert terminal.out == ""
    assert terminal.desk == ["list.xlsx"]
    assert file.read_bytes() == content
    assert not list((terminal.home / "documents").glob("*/*"))


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.xlsx", workbook([]), SelectionEmpty()),
        ("header.csv", "Name,E-mail\n", NothingToRead()),
        ("header.xlsx", workbook([["Name", "E-mail"]]), NothingToRead()),
        ("blank.csv", " , \n,\u00a0,\n\n", NothingToRead()),
        ("blank.xlsx", workbook([[" ", None], [None, "\t"]]), NothingToRead()),
    ],
)
def test_a_list_without_a_row_is_told(terminal, name, content, error):
    """Nothing selected, only a header, only blanks: nothing to do, and no file that looks like a result."""
    file = terminal.file(name, content)

    assert terminal.enriches(file) == 1
    assert terminal.was_told(error)
    assert terminal.out == ""
    assert terminal.desk == [name]
    assert terminal.kept == []


@pytest.mark.parametrize(
    ("area", "error", "code"),
    [
        ("A900:B950", RangeOutside(), 1),
        ("Q1:Z5", RangeOutside(), 1),
        ("everything", RangeUnclear(), 2),
        ("A1:B", RangeUnclear(), 2),
    ],
)
def test_a_range_that_is_none_is_told(terminal, area, error, code):
    file = terminal.file("people.csv", PEOPLE)

    assert terminal.enriches(file, "--range", area) == code
    assert terminal.was_told(error)
    assert terminal.desk == ["people.csv"]
    assert terminal.kept == []


def test_whole_columns_end_with_the_last_used_cell(terminal):
    """A million selected rows are three."""
    file = terminal.file("people.xlsx", GOOD)

    assert terminal.enriches(file, "--range", "A1:B1048576") in FINE
    assert terminal.data["rows"] == 1


def test_a_list_without_a_header_loses_no_row(terminal):
    """The first contact is no heading, and the new columns name themselves nowhere in it."""
    rows = "DUPONT Marie,Marie@EXAMPLE.com,01 42 68 53 00\nJohn Smith,John@EXAMPLE.org,+44 20 7946 0958\n"
    file = terminal.file("bare.csv", rows)

    assert terminal.enriches(file) in FINE
    assert terminal.data["rows"] == 2
    lines = terminal.result.read_text().splitlines()
    assert [line.startswith(old) for line, old in zip(lines, rows.splitlines(), strict=True)] == [True, True]


def test_two_columns_of_one_name_are_two_columns(terminal):
    """Each keeps its values, each is cleaned for itself."""
    file = terminal.file(
        "twice.csv", "E-mail,E-mail\nOne@EXAMPLE.com,Two@EXAMPLE.com\nA@B.example,C@D.example\n"
    )

    assert terminal.enriches(file) in FINE
    assert terminal.data["columns_added"][:2] == ["E-mail (clean)", "E-mail (clean)"]
    first = next(csv.reader(terminal.result.read_text().splitlines()[1:]))
    assert first[:4] == ["One@EXAMPLE.com", "Two@EXAMPLE.com", "One@example.com", "Two@example.com"]


def test_merged_cells_stay_as_they_are(terminal):
    """A banner above the list and a merged cell in it: both still merged, both with their value."""
    rows: list[list[CellValue]] = [
        ["Autumn list", None, None],
        ["Name", "E-mail", "Country"],
        ["Ada Byron", "ADA@EXAMPLE.com", "france"],
        ["Bo Diaz", "BO@EXAMPLE.com", "spanien"],
        ["Cy Ott", "CY@EXAMPLE.com", None],
    ]
    file = terminal.file("merged.xlsx", workbook(rows, "A1:C1", "C4:C5"))

    assert terminal.enriches(file) in FINE
    sheet = first_sheet(terminal.result)
    assert sorted(map(str, sheet.merged_cells.ranges)) == ["A1:C1", "C4:C5"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows()] == rows
    assert terminal.data["rows"] == 3


ODD = 'Name;E-mail;Note\r\nZoé Müller;Zoe@EXAMPLE.com;"a ""b"" c"\r\nJo "x Lee;jo@EXAMPLE.org;Ma"rie"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_a_list_keeps_encoding_mark_delimiter_and_quotes(terminal, encoding):
    """Each old line is still there, byte for byte, with new cells behind it."""
    file = terminal.file("odd.csv", ODD.encode(encoding))

    assert terminal.enriches(file) in FINE
    assert terminal.data["rows"] == 2
    result = terminal.result.read_bytes()
    assert result[:2] == file.read_bytes()[:2]
    lines = result.decode(encoding).split("\r\n")
    for line, old in zip(lines, ODD.split("\r\n"), strict=True):
        assert line.startswith(old + ";" if old else "")
    assert "Zoé;Müller" in lines[1]


@pytest.mark.parametrize(
    "cell",
    [
        b"Ma\0rie",
        b"\xed\xa0\x80Marie",
        b"x" * 50_000,
        "é".encode() * 50_000,
        b'"a\r\nb"',
        b"a remark with a control character \x01 in it",
        b"\xef\xbf\xbf",
    ],
    ids=["NUL", "half a surrogate pair", "50,000", "50,000 é", "line end", "control", "no character"],
)
def test_a_cell_of_any_bytes_stays_as_it_is(terminal, cell):
    """It is not understood, and it is not changed; the cells beside it are worked on."""
    old = b"Notes,E-mail\n" + cell + b",Marie@EXAMPLE.com\n"
    file = terminal.file("odd.csv", old)

    assert terminal.enriches(file) in FINE
    result = terminal.result.read_bytes()
    header, row = old.split(b"\n", 1)
    assert result.startswith(header + b",E-mail (clean)")
    assert row.rstrip(b"\n") + b"," in result
    assert b"Marie@example.com" in result


def test_a_very_long_cell_of_a_workbook_is_read_and_left(terminal):
    """Excel would not have written it: who did knows why."""
    rows = [["Notes", "E-mail"], ["x" * 50_000, "Marie@EXAMPLE.com"]]
    data = workbook([["Notes", "E-mail"], ["@@@", "Marie@EXAMPLE.com"]])
    with io.BytesIO(data) as source:
        book = load_workbook(source)
    file = terminal.folder / "long.xlsx"
    first_sheet(book)["A2"]._value = rows[1][0]  # noqa: SLF001 - openpyxl would cut it
    book.save(file)

    assert terminal.enriches(file) in FINE
    sheet = first_sheet(terminal.result)
    assert sheet["A2"].value == rows[1][0]


DANGEROUS = [
    ["Name", "E-mail", "Company", "Country"],
    ["=1+1 Dupont", "Marie@EXAMPLE.com", " =ACME  Trading Ltd ", "france"],
    ["+John Smith", "John@EXAMPLE.com", " @ACME  Trading Ltd ", "spanien"],
    ["-Anna Lee", "Anna@EXAMPLE.com", " +ACME  Trading Ltd ", "italie"],
    ["@Bo Diaz", "Bo@EXAMPLE.com", " -ACME  Trading Ltd ", "deutschland"],
    ["\tCy Ott", "Cy@EXAMPLE.com", "\t=ACME  Trading Ltd", "france"],
]


def test_no_value_of_ours_becomes_a_formula_in_a_list(terminal):
    """Law 5: her own cells stay as they are; in ours a leading sign of a formula is quoted."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(DANGEROUS)
    file = terminal.file("formulas.csv", out.getvalue())

    assert terminal.enriches(file) in FINE
    lines = terminal.result.read_text().split("\n")
    for line, old in zip(lines, out.getvalue().split("\n"), strict=True):
        assert line.startswith(old)
    ours = [cell for row in csv.reader(lines[1:]) for cell in row[4:]]
    assert any(cell.startswith("'") and "ACME Trading" in cell for cell in ours), ours
    assert not [cell for cell in ours if cell.startswith((*FORMULA, "+", "-"))]


def test_no_value_of_ours_becomes_a_formula_in_a_workbook(terminal):
    """Law 5: they are inline strings, and what was text is no formula afterwards."""
    data = workbook([[None] * 4 for _ in DANGEROUS])
    book = load_workbook(io.BytesIO(data))
    for at, row in enumerate(DANGEROUS, 1):
        for index, value in enumerate(row, 1):
            cell = first_sheet(book).cell(at, index)
            cell.value = value
            cell.data_type = "s"
    file = terminal.folder / "formulas.xlsx"
    book.save(file)

    assert terminal.enriches(file) in FINE
    sheet = first_sheet(terminal.result)
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert not [cell.value for cell in cells if cell.hyperlink]
    assert [[cell.value for cell in row[:4]] for row in sheet.iter_rows()] == DANGEROUS
    ours = [str(cell.value) for row in sheet.iter_rows(min_col=5) for cell in row]
    assert any(value.startswith("=ACME Trading") for value in ours)


def test_a_file_that_changes_during_the_run_is_left_alone(terminal):
    """The result is of what was opened, lies beside under a name of its own, and she is told."""
    file = terminal.file("people.csv", PEOPLE)
    newer = PEOPLE + "John Smith,john@example.org,,\n"
    advance = work.advance

    def meanwhile(*given, **options):
        file.write_text(newer)
        return advance(*given, **options)

    terminal.patch.setattr("addon_backend.commands.watching.advance", meanwhile)

    assert terminal.enriches(file) in FINE
    assert "people.csv was changed meanwhile" in terminal.told
    assert terminal.result.name in terminal.told
    assert terminal.result.name != "people.enriched.csv"
    assert len(terminal.result.read_text().splitlines()) == 2
    assert file.read_text() == newer
    assert terminal.desk == sorted(["people.csv", terminal.result.name])


def test_a_full_disk_at_opening_is_told_and_leaves_nothing(terminal):
    file = terminal.file("people.csv", PEOPLE)
    terminal.patch.setattr(files, "_put", full)

    assert terminal.enriches(file) == 1
    assert terminal.was_told(DiskFull())
    assert not list((terminal.home / "documents").glob("*/*"))
    assert terminal.desk == ["people.csv"]


def test_a_full_disk_at_the_end_loses_no_work(terminal):
    """Nothing half-written lies there; when there is room again, the result is written without a new run."""
    file = terminal.file("people.csv", PEOPLE)

    def half(raw, name, edits, target):
        target.write(b"half of it")
        full()

    with terminal.patch.context() as patch:
        patch.setattr(files, "write_list", half)
        assert terminal.enriches(file) == 1
        assert terminal.was_told(DiskFull())
        assert "--resume" in terminal.told
        assert terminal.desk == ["people.csv"]

    terminal.patch.setattr("addon_backend.commands.enrich.start", full)  # no new run
    assert terminal.enriches(file, "--resume") in FINE
    assert terminal.result.read_text().splitlines()[1].startswith(PEOPLE.splitlines()[1])
    assert terminal.kept == []


def test_a_database_without_room_ends_the_command(terminal):
    """It does not wait for ever, and goes on where it was."""
    file = terminal.file("people.csv", PEOPLE)

    def no_room(*_given, **_options):
        raise DiskFull

    with terminal.patch.context() as patch:
        patch.setattr(work, "compute", no_room)
        patch.setattr(work, "_hand_back", no_room)
        assert terminal.enriches(file) == 1
        assert terminal.was_told(DiskFull())
        assert terminal.desk == ["people.csv"]

    with sqlite3.connect(terminal.home / "addon.db") as database:  # as if the lease had run out meanwhile
        database.execute("UPDATE chunk SET lease_until = 0")
    database.close()
    assert terminal.enriches(file, "--resume") in FINE


@pytest.mark.timeout(400)  # three processes' worth of work, on whatever machine this is
def test_ctrl_c_keeps_what_is_done(terminal):
    """Exit code 130 and the command to go on with; going on ends as if nothing had happened."""
    phones = [f"+33 1 42 68 {number // 100:02} {number % 100:02}" for number in range(1_200)]
    rows = "".join(f"Person {number},P{number}@EXAMPLE.com,{phone}\n" for number, phone in enumerate(phones))
    (terminal.folder / "calm").mkdir()
    calm = terminal.file("calm/people.csv", "Name,E-mail,Phone\n" + rows)
    file = terminal.file("people.csv", "Name,E-mail,Phone\n" + rows)

    terminal.patch.setenv("SANDBOX", "1")
    terminal.home.mkdir(exist_ok=True)
    (terminal.home / "pace").write_text("3")  # seconds before each write: nobody is that late
    with terminal.process("enrich", file, "--yes", "--json") as running:
        wait_for_run(terminal.home / "addon.db")
        running.send_signal(signal.SIGINT)
        out, told = running.communicate(timeout=120)
    terminal.patch.delenv("SANDBOX")
    assert running.returncode == 130, told
    assert out == ""
    assert "give the same command again, with --resume" in told
    assert "Traceback" not in told
    assert terminal.desk == ["calm", "people.csv"]

    assert terminal.enriches(file, "--resume") in FINE
    resumed = terminal.data
    assert terminal.enriches(calm) in FINE
    assert (resumed["rows"], resumed["cells"]) == (terminal.data["rows"], terminal.data["cells"])
    assert (terminal.folder / "people.enriched.csv").read_bytes() == terminal.result.read_bytes()
    assert terminal.kept == []


def wait_for_run(path) -> None:
    """Return when a run is being worked on."""
    until = time.monotonic() + 120
    while time.monotonic() < until:
        database = sqlite3.connect(path)
        states = [state for (state,) in database.execute("SELECT state FROM run")]
        database.close()
        if "running" in states:
            return
        time.sleep(0.01)
    raise TimeoutError


def test_ctrl_c_before_the_run_leaves_nothing(terminal):
    file = terminal.file("people.csv", PEOPLE)

    def interrupt(*_given, **_options):
        raise KeyboardInterrupt

    terminal.patch.setattr("addon_backend.commands.enrich.preview", interrupt)
    assert terminal.enriches(file) == 130
    assert terminal.told == "Interrupted.\n"
    assert terminal.desk == ["people.csv"]
    assert terminal.kept == []


def test_a_port_that_is_taken_is_told(terminal):
    """One sentence, exit code 1, and whoever has the port keeps it."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        assert terminal.types("serve", "--port", port) == 1
    (line,) = terminal.told.splitlines()
    assert line.startswith(f"Port {port} on 127.0.0.1 cannot be used")
    assert "--port" in line


def test_a_home_that_cannot_be_written_is_told(terminal):
    """The first thing that goes wrong on a machine somebody else set up."""
    file = terminal.file("people.csv", PEOPLE)
    terminal.patch.setenv("ADDON_HOME", str(file / "home"))

    assert terminal.enriches(file) == 1
    assert terminal.was_told(EngineUnavailable(reason="home"))
    assert terminal.desk == ["people.csv"]


def test_a_protected_sheet_is_left_as_it_is(terminal):
    """New columns would be written past what its author forbids (law 4)."""
    book = load_workbook(io.BytesIO(workbook([["Name", "E-mail"], ["ada", "ADA@EXAMPLE.com"]])))
    first_sheet(book).protection.sheet = True
    file = terminal.folder / "protected.xlsx"
    book.save(file)
    before = file.read_bytes()

    assert terminal.enriches(file) == 1
    assert terminal.was_told(SheetProtected())
    assert terminal.desk == ["protected.xlsx"]
    assert file.read_bytes() == before
    assert terminal.kept == []

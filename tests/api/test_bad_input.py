"""Bad input, told clearly, nothing lost: as a person in the panel and the sandbox meets it."""

from __future__ import annotations

import csv
import errno
import io

import pytest

from addon_backend.domain import errors
from addon_backend.domain.cells import CellValue
from addon_backend.domain.sentences import problem_sentence
from addon_backend.services import documents
from addon_backend.services.runs.work import advance
from tests.unit.commands.bad_files import GOOD, UNUSABLE

X = {"X-Sandbox": "1"}
FILES = "/sandbox/documents"
KEY = {"Idempotency-Key": "one-press-of-a-button"}
HEADER: list[CellValue] = ["Name", "E-mail", "Phone", "Company"]


def was_told(answer, error):
    """True when this is the answer: its status, its code, its sentence and what to do."""
    said = answer.get_json()
    return (answer.status_code, said["code"], (said["title"], said["detail"])) == (
        error.status,
        error.code,
        problem_sentence(error, "en"),
    )


def upload(office, name, data):
    return office.stranger().post(FILES, data={"file": (io.BytesIO(data), name)}, headers=X)


def kept(office):
    """What there is of anybody's file: open documents and copies."""
    return office.stranger().get(FILES).get_json()["documents"], [
        path for path in (office.settings.home / "documents").rglob("*") if path.is_file()
    ]


@pytest.mark.parametrize("case", UNUSABLE)
def test_a_file_that_cannot_be_used_is_told_and_not_kept(office, case):
    """Whatever its name says it is."""
    content, error = UNUSABLE[case]

    for name in ("list.xlsx", "list.csv"):
        assert was_told(upload(office, name, content), error)
    assert kept(office) == ([], [])


def test_a_full_disk_is_told_and_nothing_is_kept(office, monkeypatch):
    """While the file comes in, while it is copied, while its rows are kept."""

    def full(*_args, **_options):
        raise OSError(errno.ENOSPC, "No space left on device")

    def no_room(*_args, **_options):
        raise errors.DiskFull

    for place, name, fails in (
        (documents, "_receive", full),
        ("addon_backend.local.files", "_put", full),
        ("addon_backend.store.documents.SqlDocuments", "add", no_room),
        ("addon_backend.web.sandbox_documents", "open_upload", full),
    ):
        with monkeypatch.context() as patch:
            if isinstance(place, str):
                patch.setattr(f"{place}.{name}", fails)
            else:
                patch.setattr(place, name, fails)
            assert was_told(upload(office, "list.xlsx", GOOD), errors.DiskFull())
        assert kept(office) == ([], [])
    assert upload(office, "list.xlsx", GOOD).status_code == 201


@pytest.mark.parametrize(
    ("rows", "error"),
    [
        ([], errors.SelectionEmpty()),
        ([HEADER], errors.NothingToRead()),
        ([[None] * 4], errors.NothingToRead()),
        ([HEADER, [" ", "\t", "\u00a0", ""]], errors.NothingToRead()),
    ],
    ids=["no row", "only a header", "one blank row", "only blanks"],
)
@pytest.mark.parametrize("path", ["/v1/selections/inspect", "/v1/runs/preview"])
def test_a_selection_without_a_filled_row_is_told(marie, rows, error, path):
    assert was_told(marie.post(path, marie.selects(rows, range="A1:D5")), error)
    assert marie.get("/v1/runs").get_json()["runs"] == []


def test_whole_columns_are_as_many_rows_as_are_filled(marie):
    """``A:D`` has a million rows and four contacts."""
    shown = marie.post("/v1/runs/preview", marie.selects(range="A:D")).get_json()

    assert shown["rows"] == 4


def test_columns_of_one_name_are_told_apart_by_their_letter(marie):
    rows: list[list[CellValue]] = [["E-mail"] * 4, ["a@B.example", "c@D.example", None, "e@F.example"]]
    seen = marie.post("/v1/selections/inspect", marie.selects(rows)).get_json()["columns"]

    assert [(column["letter"], column["header"]) for column in seen] == [
        (letter, "E-mail") for letter in "ABCD"
    ]


def test_a_list_without_a_header_is_all_rows(marie):
    rows: list[list[CellValue]] = [
        ["DUPONT Marie", "m@example.com", "01 42 68 53 00", "Example SAS"],
        ["John Smith", "j@example.org", "+44 20 7946 0958", "Example Ltd"],
    ]
    shown = marie.post("/v1/runs/preview", marie.selects(rows)).get_json()

    assert (shown["rows"], shown["header_row"]) == (2, None)


@pytest.mark.parametrize("cell", ["é" * 50_000, "\ud800", "a\x00b", "=1+1", "@x", "\tx", "+x", "-x"])
def test_odd_cells_are_previewed(marie, cell):
    """And a cell that is too long for any sheet is said to be left alone."""
    rows: list[list[CellValue]] = [HEADER, ["Marie Dupont", "M@EXAMPLE.com", cell, cell]]
    answer = marie.post("/v1/runs/preview", marie.selects(rows))

    assert answer.status_code == 200, answer.text
    left_alone = [line["code"] for line in answer.get_json()["preflight"]]
    assert left_alone == (["too_long"] if len(cell) > 32_767 else [])


@pytest.mark.parametrize("path", ["/v1/selections/inspect", "/v1/runs/preview"])
def test_a_range_that_is_none_is_told(marie, path):
    assert was_told(marie.post(path, marie.selects(range="everything")), errors.RangeUnclear())


def test_an_unknown_recipe_is_told(marie):
    assert was_told(marie.post("/v1/runs/preview", marie.selects(recipe="nope")), errors.RecipeUnknown())


def test_a_run_outside_the_sheet_ends_and_says_so(marie):
    """The list was cut short between quote and start: nothing is written, nothing is charged."""
    sheet = marie.opens()
    order = marie.order(sheet)
    run = marie.post("/v1/runs", order, KEY).get_json()["id"]
    ids = marie.office.house.documents.order(marie.caller.workspace, sheet.document, sheet.sheet)
    marie.office.house.documents.delete_rows(marie.caller.workspace, sheet.document, sheet.sheet, ids)

    advance(marie.office.house, "w", lambda: False, 60.0)
    seen = marie.get(f"/v1/runs/{run}").get_json()
    assert (seen["state"], seen["reason"]) == ("failed", "range_outside")
    assert seen["money"]["spent"] == 0


def test_an_expired_quote_starts_nothing(marie):
    sheet = marie.opens()
    order = marie.order(sheet, quote_id=marie.is_quoted(sheet, expires_in=-1))

    assert was_told(marie.post("/v1/runs", order, KEY), errors.QuoteExpired())
    assert marie.get("/v1/runs").get_json()["runs"] == []


def test_a_key_with_another_body_starts_nothing_more(marie):
    order = marie.order()
    assert marie.post("/v1/runs", order, KEY).status_code == 202

    assert was_told(marie.post("/v1/runs", order | {"trial": True}, KEY), errors.KeyReused())
    assert len(marie.get("/v1/runs").get_json()["runs"]) == 1


def test_signs_of_formulas_come_back_as_text(office):
    """From the upload to the download: her cells as they were, ours quoted (law 5)."""
    rows = [
        ["Name", "E-mail", "Company"],
        ["=1+1 Dupont", "Marie@EXAMPLE.com", " =ACME  Trading Ltd "],
        ["@Bo Diaz", "Bo@EXAMPLE.com", " @ACME  Trading Ltd "],
        ["-Anna Lee", "Anna@EXAMPLE.com", " -ACME  Trading Ltd "],
    ]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    document = upload(office, "list.csv", out.getvalue().encode()).get_json()
    sheet = {"host": "local", "document": document["id"], "sheet": document["sheets"][0]["id"]}
    person = office.sign_in("person:sandbox", "sandbox")
    columns = [
        {"index": index, "values": [row[index] for row in rows], "obstacles": {}} for index in range(3)
    ]
    table = {"top": 0, "rows_total": 4, "sampled": False, "columns": columns}
    asked = {"sheet": sheet, "title": "list", "range": "A1:C4", "table": table}
    quote = person.post("/v1/runs/preview", asked).get_json()["quote_id"]
    order = {"quote_id": quote, "sheet": sheet, "range": "A1:C4", "recipe": "standard"}
    assert person.post("/v1/runs", order, KEY).status_code == 202
    advance(office.house, "w", lambda: False, 60.0)

    with office.stranger().get(f"{FILES}/{document['id']}/download") as download:
        lines = download.text.split("\n")
    for line, old in zip(lines, out.getvalue().split("\n"), strict=True):
        assert line.startswith(old)
    ours = [cell for row in csv.reader(lines[1:]) for cell in row[3:]]
    assert any(cell.startswith("'") and "ACME" in cell for cell in ours)
    assert not [cell for cell in ours if cell.startswith(("=", "@", "\t", "\r", "+", "-"))]


def test_a_sheet_that_is_gone_is_told(marie):
    """Somebody forgot the file while its panel was open."""
    sheet = marie.opens()
    run = marie.post("/v1/runs", marie.order(sheet), KEY).get_json()["id"]
    marie.office.house.workbooks.forget(marie.caller.workspace, sheet.document)

    advance(marie.office.house, "w", lambda: False, 60.0)
    seen = marie.get(f"/v1/runs/{run}").get_json()
    assert (seen["state"], seen["reason"]) == ("failed", "file_unknown")

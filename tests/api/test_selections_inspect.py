"""POST /v1/selections/inspect."""

import pytest

from tests.api.office import selection_json

PATH = "/v1/selections/inspect"


def cut_out(above, rows=None, **told):
    """Rows from the ninth on of a list whose first rows are ``above``."""
    selection = selection_json(rows, **told)
    table = selection["table"]
    assert isinstance(table, dict)
    table.update({"top": 8, "above": above})
    return selection


def test_columns_are_named_by_what_they_hold(marie):
    answer = marie.post(PATH, selection_json())

    assert answer.status_code == 200, answer.text
    reply = answer.get_json()
    assert [column["letter"] for column in reply["columns"]] == ["A", "B", "C", "D"]
    assert [column["header"] for column in reply["columns"]] == ["Name", "E-mail", "Phone", "Company"]
    assert reply["columns"][1]["kind"] == "email"
    assert reply["rows"] == 4
    assert reply["header_row"] == 1


def test_a_correction_by_the_person_is_taken(marie):
    reply = marie.post(PATH, selection_json(kinds={"3": "text"})).get_json()

    assert reply["columns"][3]["kind"] == "text"


def test_rows_from_the_middle_of_a_list_are_named_by_its_header(marie):
    told = cut_out(
        {"top": 2, "rows": [["Our", None, None, None], ["Name", "E-mail", "X", "Y"]]},
        [["Marie", "m@example.com", "+33612345678", "Example"]],
        range="A9:D9",
    )

    reply = marie.post(PATH, told).get_json()

    assert [column["header"] for column in reply["columns"]] == ["Name", "E-mail", "X", "Y"]
    assert (reply["header_row"], reply["rows"]) == (4, 1)


@pytest.mark.parametrize(("row", "header"), [(3, "Our"), (9, "Marie"), (None, "A"), (50, "A")])
def test_a_header_above_the_selection_is_where_the_person_says(marie, row, header):
    told = cut_out(
        {"top": 2, "rows": [["Our", None, None, None], ["Name", None, None, None]]},
        [["Marie", "m@example.com", None, None], ["Bo", "b@example.com", None, None]],
    )

    reply = marie.post(PATH, told | {"header_row": row}).get_json()

    assert (reply["columns"][0]["header"] or reply["columns"][0]["letter"]) == header


@pytest.mark.parametrize(
    "above",
    [
        {"top": 0, "rows": [["Name"]]},
        {"top": 8, "rows": [["a", "b", "c", "d"]]},
        {"top": 0, "rows": [["a", "b", "c", "d"]] * 26},
        {"top": 0, "rows": []},
    ],
    ids=["too narrow", "not above", "too many", "none"],
)
def test_rows_above_that_are_not_above_are_refused(marie, above):
    told = cut_out(above)

    assert marie.post(PATH, told).status_code == 422


def test_a_range_that_is_not_a1_is_refused_as_such(marie):
    answer = marie.post(PATH, selection_json(range="everything"))

    assert (answer.status_code, answer.get_json()["code"]) == (422, "range_unclear")


def test_blank_cells_hold_nothing_to_read(marie):
    answer = marie.post(PATH, selection_json([[None] * 4, ["", " ", None, None]]))

    assert (answer.status_code, answer.get_json()["code"]) == (422, "nothing_to_read")


@pytest.mark.parametrize(
    "cell",
    [
        {"date": 45000.5},
        {"error": "#N/A"},
        12345678901234567890,
        -0.0,
        True,
        None,
        "",
        "é" * 50_000,
        "\ud800",
        "a\x00b",
    ],
    ids=["date", "error", "huge", "zero", "true", "null", "blank", "longest", "half a surrogate pair", "NUL"],
)
def test_every_value_that_a_host_can_tell_is_read(marie, cell):
    rows = [["Name", "E-mail", "Phone", "Company"], ["Marie", "m@example.com", cell, "Example"]]

    assert marie.post(PATH, selection_json(rows)).status_code == 200


@pytest.mark.parametrize(
    "cell", [{"date": "today"}, {"date": 1, "error": "#N/A"}, {"error": "=1+1"}, ["a"], {}, "é" * 50_001]
)
def test_a_cell_of_another_shape_is_pointed_at(marie, cell):
    rows = [["Name", "E-mail", "Phone", "Company"], ["Marie", "m@example.com", cell, "Example"]]

    answer = marie.post(PATH, selection_json(rows))

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/table/columns/2/values/1"


@pytest.mark.parametrize(
    ("table", "pointer"),
    [
        ({"columns": []}, "/table/columns"),
        ({"columns": [{"index": 0, "values": [1]}, {"index": 1, "values": []}]}, "/table"),
        ({"columns": [{"index": 0, "values": [1]}, {"index": 0, "values": [2]}]}, "/table"),
        ({"columns": [{"index": 0, "values": [1], "obstacles": {"formula": [1]}}]}, "/table"),
        ({"columns": [{"index": 0, "values": [1] * 20_001}]}, "/table/columns/0/values"),
        ({"columns": [{"index": at, "values": [1]} for at in range(501)]}, "/table/columns"),
        ({"rows_total": 0, "columns": [{"index": 0, "values": [1]}]}, "/table"),
    ],
    ids=["no column", "ragged", "twice", "formula outside", "too long", "too wide", "too few rows"],
)
def test_what_is_no_table_is_refused(marie, table, pointer):
    answer = marie.post(PATH, selection_json(table={"top": 0, "rows_total": 30_000} | table))

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.get_json()["errors"]] == [pointer]


def test_nothing_is_stored(marie):
    before = len(marie.office.house.documents.all(marie.caller.workspace))

    marie.post(PATH, selection_json())

    assert len(marie.office.house.documents.all(marie.caller.workspace)) == before
    assert marie.get("/v1/runs").get_json()["runs"] == []

"""Values in the emulator of Google Sheets: as Google documents and records them."""

from __future__ import annotations

import pytest

from tests.fakes.google_sheets.areas import Area
from tests.fakes.google_sheets.cells import Failure
from tests.fakes.google_sheets.model import Grant, empty_sheet
from tests.unit.fakes.google_desk import Desk, named


def refusal(told) -> str:
    message: str = told["error"]["message"]
    assert told["error"]["code"] == 400
    return message


def test_raw_values_stay_what_they_are(desk: Desk) -> None:
    desk.write("A1", [["=1+1", "0042", "2020-01-01", True, 1.5]])
    assert desk.read("A1:E1", valueRenderOption="UNFORMATTED_VALUE") == [
        ["=1+1", "0042", "2020-01-01", True, 1.5]
    ]


def test_entered_values_are_parsed_as_typing_is(desk: Desk) -> None:
    desk.write("A1", [["0042", "2020-01-01", "true", "1,234.50", "=A1"]], "USER_ENTERED")
    assert desk.read("A1:E1") == [["42", "2020-01-01", "TRUE", "1,234.50", "Loading..."]]
    assert desk.read("A1:D1", valueRenderOption="UNFORMATTED_VALUE") == [[42, 43831, True, 1234.5]]
    assert desk.read("E1", valueRenderOption="FORMULA") == [["=A1"]]
    shown = desk.read("B1", valueRenderOption="UNFORMATTED_VALUE", dateTimeRenderOption="FORMATTED_STRING")
    assert shown == [["2020-01-01"]]


def test_null_leaves_a_cell_and_the_empty_text_clears_it(desk: Desk) -> None:
    desk.person.fill([["a", "b", "c"]])
    told = desk.write("A1:C1", [[None, "", "z"]])
    assert (told["updatedCells"], told["updatedColumns"]) == (2, 2)
    assert desk.read("A1:C1") == [["a", "", "z"]]


def test_empty_ends_are_not_told(desk: Desk) -> None:
    desk.person.fill([["a", None], [None, None], [None, "b"], [None, None]])
    told = desk.ask("GET", "/values/Sheet1")
    assert told == {"range": "Sheet1!A1:E20", "majorDimension": "ROWS", "values": [["a"], [], ["", "b"]]}
    assert "values" not in desk.ask("GET", "/values/D1:E9")


@pytest.mark.parametrize(
    ("cells", "values", "told"),
    [
        ("A21", [["x"]], "Range (Sheet1!A21) exceeds grid limits. Max rows: 20, max columns: 5"),
        ("E20", [["x", "y"]], "Requested writing within range [Sheet1!E20], but tried writing to column [F]"),
        (
            "'Sheet1'!A20",
            [["x"], ["y"]],
            "Requested writing within range ['Sheet1'!A20], but tried writing to row",
        ),
        (
            "A1:B1",
            [["x"], ["y"]],
            "Requested writing within range [Sheet1!A1:B1], but tried writing to row [2]",
        ),
        ("Nowhere!A1", [["x"]], "Unable to parse range: Nowhere!A1"),
        (
            "A1",
            [["x" * 50_001]],
            "Your input contains more than the maximum of 50000 characters in a single cell.",
        ),
        ("A1", [[{"a": 1}]], "Invalid values[0][0]: struct_value"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(desk: Desk, cells, values, told) -> None:
    assert refusal(desk.write(cells, values)).startswith(told)
    assert desk.read("Sheet1") == []


def test_how_values_are_meant_must_be_said(desk: Desk) -> None:
    assert "valueInputOption" in refusal(desk.ask("PUT", "/values/A1", {"values": [["x"]]}))


def test_a_named_column_is_found_wherever_it_was_moved(desk: Desk) -> None:
    desk.person.fill([["id", "email"], ["1", "a@b.example"]])
    desk.name_column(1)
    desk.person.insert_column(0)
    desk.person.move_column(2, 4)
    told = desk.read_named()["valueRanges"]
    assert told == [
        {
            "valueRange": {
                "range": "Sheet1!E1:E20",
                "majorDimension": "COLUMNS",
                "values": [["email", "a@b.example"]],
            },
            "dataFilters": [named("email")],
        }
    ]
    assert desk.write_named([None, "c@d.example"])["responses"][0]["updatedRange"] == "Sheet1!E1:E2"
    assert desk.person.look(1, 4).value == "c@d.example"


def test_a_deleted_column_is_matched_by_nothing(desk: Desk) -> None:
    """Then Google answers with less than was asked for, and with no error."""
    desk.name_column(1)
    desk.person.delete_column(1)
    assert desk.read_named() == {"spreadsheetId": desk.document.id}
    assert desk.write_named(["x"]) == {"spreadsheetId": desk.document.id}


def test_filters_that_match_the_same_range_are_answered_once(desk: Desk) -> None:
    desk.name_column(1)
    by_place = {"gridRange": {"sheetId": 0, "startColumnIndex": 1, "endColumnIndex": 2}}
    told = desk.ask("POST", "/values:batchGetByDataFilter", {"dataFilters": [named("email"), by_place]})
    assert [one["dataFilters"] for one in told["valueRanges"]] == [[named("email"), by_place]]


def test_values_must_fit_what_a_filter_matches(desk: Desk) -> None:
    data = {"dataFilter": {"gridRange": {"endRowIndex": 1, "endColumnIndex": 1}}, "values": [["x"], ["y"]]}
    told = desk.ask("POST", "/values:batchUpdateByDataFilter", {"valueInputOption": "RAW", "data": [data]})
    assert "tried writing to row [2]" in refusal(told)


def test_a_batch_is_written_whole_or_not_at_all(desk: Desk) -> None:
    data = [{"range": "A1", "values": [["x"]]}, {"range": "A21", "values": [["y"]]}]
    told = desk.ask("POST", "/values:batchUpdate", {"valueInputOption": "RAW", "data": data})
    assert refusal(told).startswith("Invalid data[1]: Range (Sheet1!A21) exceeds grid limits.")
    assert desk.read("Sheet1") == []


def test_a_protected_range_is_refused_in_whatever_language(desk: Desk) -> None:
    desk.document.editors.add("eve@example.com")
    desk.google.tokens["eve"] = Grant("eve@example.com")
    desk.person.protect(Area(0, 20, 0, 2), unprotected=[Area(5, 6, 0, 1)])
    desk.token = "eve"
    assert refusal(desk.write("B1", [["x"]])).startswith("You are trying to edit a protected cell")
    desk.document.protected_wording = "Estás intentando editar una celda protegida."
    body = {"valueInputOption": "RAW", "data": [{"range": "B1", "values": [["x"]]}]}
    told = refusal(desk.ask("POST", "/values:batchUpdate", body))
    assert told == "Invalid data[0]: Estás intentando editar una celda protegida."
    assert desk.write("A6", [["x"]])["updatedCells"] == 1
    assert desk.write("C1", [["x"]])["updatedCells"] == 1
    desk.token = "owner"
    assert desk.write("B1", [["x"]])["updatedCells"] == 1


def test_a_merge_swallows_what_is_written_under_it(desk: Desk) -> None:
    desk.person.fill([["a", "b"]])
    desk.person.merge(Area(0, 1, 0, 2))
    desk.write("A1:B1", [["x", "y"]])
    assert desk.read("A1:B1") == [["x"]]


def test_a_value_in_the_way_breaks_an_array_formula(desk: Desk) -> None:
    desk.person.spill(0, 0, "=SORT(C:C)", [["a"], ["b"], ["c"]])
    desk.write("A2", [["x"]])
    assert desk.read("A1:A3") == [["#REF!"], ["x"]]


def test_errors_are_text_in_values_and_errors_in_cells(desk: Desk) -> None:
    desk.person.type_formula(0, 0, "=NA()", Failure("N_A", "#N/A"))
    assert desk.read("A1", valueRenderOption="UNFORMATTED_VALUE") == [["#N/A"]]
    told = desk.ask(
        "GET", "", fields="sheets.data.rowData.values(userEnteredValue,effectiveValue)", ranges="A1"
    )
    assert told["sheets"][0]["data"][0]["rowData"][0]["values"][0] == {
        "userEnteredValue": {"formulaValue": "=NA()"},
        "effectiveValue": {"errorValue": {"type": "N_A", "message": "#N/A"}},
    }


def test_a_sheet_that_is_no_grid_has_no_cells(desk: Desk) -> None:
    desk.document.add_sheet(empty_sheet(7, "Chart", kind="OBJECT"))
    assert refusal(desk.write("Chart!A1", [["x"]])) == "Unable to parse range: Chart!A1"
    by_place = {"dataFilters": [{"gridRange": {"sheetId": 7}}]}
    assert refusal(desk.ask("POST", "/values:batchGetByDataFilter", by_place)) == "No grid with id: 7"


def test_appended_rows_go_below_the_table_that_is_found(desk: Desk) -> None:
    """Which may be another one than a caller thinks of."""
    desk.person.fill([["a", None, "c"]])
    told = desk.ask("POST", "/values/Sheet1:append", {"values": [["x"]]}, valueInputOption="RAW")
    assert (told["tableRange"], told["updates"]["updatedRange"]) == ("Sheet1!C1", "Sheet1!C2")


def test_titles_with_odd_letters_are_quoted_and_found(desk: Desk) -> None:
    desk.person.rename("O'Brien / Co: 50%")
    desk.write("'O''Brien / Co: 50%'!A1", [["x"]])
    told = desk.ask("GET", "/values/%27O%27%27Brien%20%2F%20Co%3A%2050%25%27!A1:B2")
    assert told["range"] == "'O''Brien / Co: 50%'!A1:B2"
    assert told["values"] == [["x"]]

"""Structure in the emulator of Google Sheets: batches of changes, developer metadata, reads of the grid."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.google_sheets.areas import Area, Axis, a1, area_in
from tests.fakes.google_sheets.errors import Message
from tests.fakes.google_sheets.metadata import ranges_of
from tests.fakes.google_sheets.model import Documents, Grant, empty_sheet
from tests.fakes.google_sheets.sheets import Metadata, Traits
from tests.unit.fakes.google_desk import Desk, named


def line(axis: str, start: int, end: int) -> Message:
    return {"sheetId": 0, "dimension": axis, "startIndex": start, "endIndex": end}


def refusal(told: Message) -> str:
    message: str = told["error"]["message"]
    return message


def test_a_batch_is_applied_whole_or_not_at_all(desk: Desk) -> None:
    desk.person.fill([["a", "b"]])
    desk.name_column(1)
    told = desk.batch(
        {"deleteDimension": {"range": line("COLUMNS", 0, 1)}},
        {"updateSheetProperties": {"properties": {"title": "New"}, "fields": "title"}},
        {"deleteSheet": {"sheetId": 9}},
    )
    assert refusal(told) == "Invalid requests[2].deleteSheet: No sheet with id: 9"
    assert desk.read("Sheet1!A1:B1") == [["a", "b"]]
    assert desk.read_named()["valueRanges"][0]["valueRange"]["range"] == "Sheet1!B1:B20"


def test_a_batch_answers_each_request(desk: Desk) -> None:
    told = desk.batch(
        {"appendDimension": {"sheetId": 0, "dimension": "COLUMNS", "length": 2}},
        {"addSheet": {"properties": {"title": "Other", "gridProperties": {"rowCount": 3, "columnCount": 2}}}},
    )
    first, second = told["replies"]
    assert first == {}
    assert second["addSheet"]["properties"]["gridProperties"] == {"rowCount": 3, "columnCount": 2}
    assert len(desk.document.sheets[0].columns) == 7


@pytest.mark.parametrize(
    ("wish", "told"),
    [
        ({"fooBar": {}}, "Unknown name \"fooBar\" at 'requests[0]': Cannot find field."),
        ({}, "Invalid requests[0]: No request set."),
        ({"deleteSheet": {"sheetId": 0}}, "Invalid requests[0].deleteSheet: You can't remove all the sheets"),
        ({"updateCells": {"start": {}, "rows": []}}, "Invalid requests[0].updateCells: At least one field"),
        (
            {"insertDimension": {"range": {"sheetId": 0}}},
            "Invalid requests[0].insertDimension: No dimension set.",
        ),
        (
            {"deleteDimension": {"range": line("ROWS", 0, 20)}},
            "Sorry, it is not possible to delete all non-frozen rows.",
        ),
        ({"addSheet": {"properties": {"title": "Sheet1"}}}, 'A sheet with the name "Sheet1" already exists.'),
        (
            {"repeatCell": {"range": {"startRowIndex": 20}, "cell": {}, "fields": "note"}},
            "Invalid requests[0].repeatCell: Range (Sheet1!A21) exceeds grid limits. Max rows: 20,",
        ),
        (
            {"deleteDimension": {"range": line("ROWS", 19, 21)}},
            "Cannot delete a row that doesn't exist. Tried to delete row index 20 but there are only",
        ),
    ],
)
def test_a_refusal_names_the_request(desk: Desk, wish: Message, told: str) -> None:
    assert told in refusal(desk.batch(wish))


def test_indices_that_make_no_range_are_refused_and_nothing_happens(desk: Desk) -> None:
    desk.person.fill([["a"], ["b"]])
    assert "endIndex" in refusal(desk.batch({"deleteDimension": {"range": line("ROWS", 1, 1)}}))
    assert "endIndex" in refusal(desk.batch({"deleteDimension": {"range": line("ROWS", -2, -1)}}))
    below = {"range": {"startRowIndex": -1, "endRowIndex": 1}, "cell": {}, "fields": "*"}
    assert "Invalid range" in refusal(desk.batch({"repeatCell": below}))
    assert desk.read("A1:A2") == [["a"], ["b"]]


def test_a_request_that_google_knows_and_the_emulator_does_not_is_complained_of(desk: Desk) -> None:
    assert "addChart" in refusal(desk.batch({"addChart": {}}))
    assert len(desk.google.complaints) == 1
    desk.google.complaints.clear()


def test_metadata_is_told_where_its_column_stands(desk: Desk) -> None:
    made = desk.name_column(1)["replies"][0]["createDeveloperMetadata"]["developerMetadata"]
    desk.batch({"moveDimension": {"source": line("COLUMNS", 1, 2), "destinationIndex": 5}})
    told = desk.ask("GET", f"/developerMetadata/{made['metadataId']}")
    place = {"dimension": "COLUMNS", "startIndex": 4, "endIndex": 5}
    assert told == made | {"location": {"locationType": "COLUMN", "dimensionRange": place}}
    found = desk.ask("POST", "/developerMetadata:search", {"dataFilters": [named("email")]})
    assert [one["developerMetadata"] for one in found["matchedDeveloperMetadata"]] == [told]
    columns = desk.ask("GET", "", fields="sheets.data.columnMetadata.developerMetadata.metadataValue")
    held = columns["sheets"][0]["data"][0]["columnMetadata"]
    assert held == [{}, {}, {}, {}, {"developerMetadata": [{"metadataValue": "email"}]}]


def test_metadata_of_another_project_is_not_seen(desk: Desk) -> None:
    desk.name_column(1)
    desk.google.tokens["other"] = Grant("ada@example.com", project="theirs")
    desk.token = "other"
    assert desk.read_named() == {"spreadsheetId": desk.document.id}
    assert desk.ask("POST", "/developerMetadata:search", {"dataFilters": [named("email")]}) == {}


def test_metadata_is_matched_by_what_lies_across_a_place(desk: Desk) -> None:
    desk.name_column(1)
    desk.name_column(3, "phone")
    row = {"metadataKey": "r", "visibility": "PROJECT", "location": {"dimensionRange": line("ROWS", 2, 3)}}
    desk.batch({"createDeveloperMetadata": {"developerMetadata": row}})
    wanted: Message = {"metadataLocation": {"dimensionRange": line("COLUMNS", 1, 2)}}
    assert keys(desk, wanted) == ["r", "ae.col"]
    assert keys(desk, wanted | {"locationMatchingStrategy": "EXACT_LOCATION"}) == ["ae.col"]


def keys(desk: Desk, lookup: Message) -> list[str]:
    body = {"dataFilters": [{"developerMetadataLookup": lookup}]}
    found = desk.ask("POST", "/developerMetadata:search", body)["matchedDeveloperMetadata"]
    return [one["developerMetadata"]["metadataKey"] for one in found]


def test_deleted_metadata_is_told_and_gone(desk: Desk) -> None:
    desk.name_column(1)
    told = desk.batch({"deleteDeveloperMetadata": {"dataFilter": named("email")}})
    deleted = told["replies"][0]["deleteDeveloperMetadata"]["deletedDeveloperMetadata"]
    assert [one["metadataValue"] for one in deleted] == ["email"]
    assert desk.read_named() == {"spreadsheetId": desk.document.id}


def test_metadata_has_limits(desk: Desk) -> None:
    assert "30000 characters" in refusal(desk.name_column(1, "x" * 30_000))
    wide = {"dimensionRange": line("COLUMNS", 1, 3)}
    wish = {"metadataKey": "k", "visibility": "PROJECT", "location": wide}
    told = desk.batch({"createDeveloperMetadata": {"developerMetadata": wish}})
    assert "single row or column" in refusal(told)


def test_a_workbook_has_at_most_ten_million_cells(desk: Desk) -> None:
    big = {"properties": {"title": "Big", "gridProperties": {"rowCount": 1_000_000, "columnCount": 10}}}
    assert "above the limit of 10000000 cells" in refusal(desk.batch({"addSheet": big}))


def test_sorting_moves_cells_and_leaves_other_columns(desk: Desk) -> None:
    desk.person.fill([["b", 2, "y"], ["a", 3, "x"], ["c", 1, "z"]])
    area = {"startRowIndex": 0, "endRowIndex": 3, "startColumnIndex": 0, "endColumnIndex": 2}
    specs = [{"dimensionIndex": 1, "sortOrder": "DESCENDING"}]
    desk.batch({"sortRange": {"range": area, "sortSpecs": specs}})
    assert desk.read("A1:C3") == [["a", "3", "y"], ["b", "2", "x"], ["c", "1", "z"]]


def test_sorting_takes_metadata_along_and_leaves_hidden_rows_where_they_are(desk: Desk) -> None:
    desk.person.fill([["c"], ["hidden"], ["a"], [None], ["b"]])
    row = {"metadataKey": "r", "visibility": "PROJECT", "location": {"dimensionRange": line("ROWS", 0, 1)}}
    desk.batch({"createDeveloperMetadata": {"developerMetadata": row}})
    desk.person.hide_rows([1])
    area = {"endRowIndex": 5, "endColumnIndex": 1}
    desk.batch({"sortRange": {"range": area, "sortSpecs": [{"sortOrder": "ASCENDING"}]}})
    assert desk.read("A1:A5") == [["a"], ["hidden"], ["b"], ["c"]]
    body = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "r"}}]}
    (found,) = desk.ask("POST", "/developerMetadata:search", body)["matchedDeveloperMetadata"]
    assert found["developerMetadata"]["location"]["dimensionRange"]["startIndex"] == 3


def test_merges_are_not_torn(desk: Desk) -> None:
    desk.person.merge(Area(1, 3, 0, 1))
    desk.person.merge(Area(4, 5, 1, 3))
    sort = {"sortRange": {"range": {"endRowIndex": 9}, "sortSpecs": [{"dimensionIndex": 0}]}}
    assert "There is a vertical merge at A2:A3" in refusal(desk.batch(sort))
    move = {"moveDimension": {"source": line("COLUMNS", 2, 3), "destinationIndex": 0}}
    assert "crosses a merged cell" in refusal(desk.batch(move))


def test_cells_get_what_the_mask_names_and_nothing_else(desk: Desk) -> None:
    desk.person.type_in(0, 0, 43831)
    dated = {
        "userEnteredFormat": {"numberFormat": {"type": "DATE", "pattern": "d.m.yyyy"}},
        "note": "ignored",
    }
    area = {"endRowIndex": 2, "endColumnIndex": 1}
    wish = {"range": area, "cell": dated, "fields": "userEnteredFormat.numberFormat"}
    desk.batch({"repeatCell": wish})
    assert desk.read("A1") == [["1.1.2020"]]
    assert desk.person.look(0, 0).note == ""
    header = {"values": [{"userEnteredValue": {"stringValue": "Date"}}]}
    desk.batch({"updateCells": {"start": {}, "rows": [header], "fields": "userEnteredValue"}})
    assert desk.person.look(0, 0).value == "Date"
    assert desk.person.look(0, 0).number_format["type"] == "DATE"


def test_a_read_of_the_grid_tells_what_stands_in_the_way(desk: Desk) -> None:
    desk.google.tokens["eve"] = Grant("eve@example.com")
    desk.document.editors.add("eve@example.com")
    desk.person.hide_rows([1], by_filter=True)
    desk.person.hide_rows([2])
    desk.person.merge(Area(3, 4, 0, 2))
    desk.person.protect(Area(), editors=())
    desk.person.validate(Area(0, 1, 0, 1), {"condition": {"type": "BOOLEAN"}})
    desk.token = "eve"
    grid = "data(rowMetadata(hiddenByFilter,hiddenByUser),rowData.values.dataValidation)"
    told = desk.ask("GET", "", fields=f"sheets(merges,protectedRanges,{grid})", ranges="A1:B4")["sheets"][0]
    assert told["merges"] == [
        {"startRowIndex": 3, "endRowIndex": 4, "startColumnIndex": 0, "endColumnIndex": 2}
    ]
    assert [set(one) for one in told["protectedRanges"]] == [{"protectedRangeId", "range"}]
    assert told["data"][0]["rowMetadata"] == [{}, {"hiddenByFilter": True}, {"hiddenByUser": True}, {}]
    assert told["data"][0]["rowData"] == [
        {"values": [{"dataValidation": {"condition": {"type": "BOOLEAN"}}}]}
    ]


def test_only_the_asked_for_sheets_are_told(desk: Desk) -> None:
    desk.document.add_sheet(empty_sheet(5, "Other", 3, 3))
    body = {"dataFilters": [{"gridRange": {"sheetId": 5, "endRowIndex": 1}}]}
    told = desk.ask("POST", ":getByDataFilter", body, fields="sheets(properties.title,data.columnMetadata)")
    assert [one["properties"]["title"] for one in told["sheets"]] == ["Other"]
    assert len(told["sheets"][0]["data"][0]["columnMetadata"]) == 3
    gone = desk.ask(
        "POST", ":getByDataFilter", {"dataFilters": [named("nobody")]}, fields="sheets.properties"
    )
    assert gone == {"sheets": []}


@given(st.data())
def test_areas_cover_the_same_lines_whatever_happens_to_the_sheet(data: st.DataObject) -> None:
    """A merge covers columns: insert or delete any, and it covers what is left of it."""
    sheet = empty_sheet(0, "S", 2, 8)
    left = data.draw(st.integers(0, 6))
    area = Area(0, 2, left, data.draw(st.integers(left + 1, 8)))
    sheet.merges = [area]
    covered = set(sheet.columns[area.left : area.right])
    axis: Axis = "COLUMNS"
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(sheet.columns) - 1))
        if data.draw(st.booleans()):
            inside = bool(sheet.merges) and sheet.merges[0].left < at < (sheet.merges[0].right or 0)
            sheet.insert(axis, at, 1)
            covered |= {sheet.columns[at]} if inside else set()
        elif len(sheet.columns) > 1:
            covered.discard(sheet.columns[at])
            sheet.delete(axis, at, 1)
    held = [set(sheet.columns[one.left : one.right]) for one in sheet.merges]
    assert held == ([covered] if covered else [])


NAMED = {"developerMetadataLookup": {"metadataKey": "ae.col"}}


@given(
    st.lists(st.tuples(st.sampled_from(["insert", "delete", "move"]), st.integers(0, 9), st.integers(0, 9)))
)
def test_a_name_stays_with_its_column_whatever_happens_to_the_others(
    acts: list[tuple[str, int, int]],
) -> None:
    """Where the name is found, there is the header that it was given to; both are gone together."""
    document = Documents(lambda: 0.0).create("Leads", "ada", empty_sheet(0, "S", 2, 5))
    person, sheet = document.at(0), document.sheets[0]
    person.fill([["a", "b", "email", "d", "e"]])
    sheet.columns[2].traits = Traits((Metadata(1, "ae.col", None, "PROJECT", "ours"),))
    for act, one, other in acts:
        width = len(sheet.columns)
        if act == "insert":
            person.insert_column(one % (width + 1))
        elif act == "delete" and width > 1:
            person.delete_column(one % width)
        elif act == "move":
            person.move_column(one % width, other % width)
    found = ranges_of(document, Grant("ada"), NAMED)
    headers = [person.look(0, at).value for at in range(len(sheet.columns))]
    assert [person.look(0, area.left).value for _, area in found] == ["email"] * headers.count("email")


@given(st.integers(0, 800), st.integers(0, 800), st.integers(1, 90), st.integers(1, 90))
def test_a1_notation_is_read_as_it_is_told(top: int, left: int, height: int, width: int) -> None:
    area = Area(top, top + height, left, left + width)
    title, _, cells = a1("Sheet1", area).rpartition("!")
    assert title == "Sheet1"
    assert area_in(cells) == area

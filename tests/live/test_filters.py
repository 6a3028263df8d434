"""How Google reads and writes by data filter: what our host rests on."""

import pytest

from tests.live.desk import COLUMNS, ROWS, message, unique

pytestmark = pytest.mark.live


def ranges(told):
    return [one["valueRange"].get("values", []) for one in told.get("valueRanges", [])]


def test_a_read_by_a_filter_that_matches_nothing(tab):
    """Assumed: it is left out of the answer, which is no refusal."""
    nobody = tab.named(unique("nobody"))
    tab.fill(["a"])
    assert "valueRanges" not in tab.get(nobody)
    assert ranges(tab.get(nobody, {"gridRange": tab.area(0, 1, 0, 1)})) == [[["a"]]]


def test_a_write_by_a_filter_that_matches_nothing(tab):
    """Assumed: nothing is written, and nothing is refused: only the counts tell."""
    told = tab.put(tab.named(unique("nobody")), ["x"])
    assert "error" not in told
    assert not told.get("totalUpdatedCells")
    assert tab.read("A1:E20") == []


def test_a_view_by_a_filter_that_matches_nothing(tab):
    """Assumed: no sheet is told."""
    body = {"dataFilters": [tab.named(unique("nobody"))]}
    told = tab.google.ask("POST", ":getByDataFilter", body, fields="sheets.properties.sheetId")
    assert told.get("sheets", []) == []


def test_filters_that_match_the_same_range(tab):
    """Assumed: the range is told once, with all its filters."""
    name = unique("twice")
    tab.google.batch(tab.name("COLUMNS", 1, name))
    by_place = {"gridRange": {"sheetId": tab.id, "startColumnIndex": 1, "endColumnIndex": 2}}
    (one,) = tab.get(tab.named(name), by_place)["valueRanges"]
    assert len(one["dataFilters"]) == 2
    assert "developerMetadataLookup" in one["dataFilters"][0]


def test_a_filter_that_matches_several_columns(tab):
    """Documented: each is told, and each is written."""
    name = unique("several")
    tab.google.batch(tab.name("COLUMNS", 0, name), tab.name("COLUMNS", 3, name))
    assert tab.put(tab.named(name), ["x"])["totalUpdatedCells"] == 2
    assert ranges(tab.get(tab.named(name))) == [[["x"]], [["x"]]]


def test_a_column_filter_selects_the_whole_column(tab):
    """Assumed: from row 1 to the end of the grid."""
    name = unique("whole")
    tab.google.batch(tab.name("COLUMNS", 2, name))
    (one,) = tab.get(tab.named(name))["valueRanges"]
    assert one["valueRange"]["range"].endswith(f"!C1:C{ROWS}")


def test_null_by_data_filter_leaves_the_cell(tab):
    """Assumed, as documented for ranges; the empty text clears."""
    name = unique("null")
    tab.google.batch(tab.name("COLUMNS", 0, name))
    tab.fill(["a"], ["b"], ["c"])
    tab.put(tab.named(name), [None, "", "z"])
    assert tab.read("A1:A3") == [["a"], [], ["z"]]


def test_values_exceed_what_a_filter_matches(tab):
    """Assumed: refused, one cell included; nothing is written."""
    told = tab.put({"gridRange": tab.area(0, 1, 0, 1)}, ["x", "y"])
    assert message(told)
    assert tab.read("A1:A2") == []


def test_a_grid_range_past_the_grid(tab):
    """Assumed: cut off where it begins inside, refused where it begins outside."""
    tab.fill(["a"], top=ROWS - 1)
    inside = {"gridRange": tab.area(ROWS - 1, ROWS + 100, 0, 1)}
    outside = {"gridRange": tab.area(ROWS, ROWS + 100, 0, 1)}
    assert ranges(tab.get(inside)) == [[["a"]]]
    assert message(tab.get(outside))


def test_a_read_past_the_grid(tab):
    """Assumed: an A1 range that ends outside is cut off."""
    tab.fill(["a"], top=ROWS - 1)
    assert tab.read(f"A{ROWS}:ZZ{ROWS + 100}") == [["a"]]


def test_a_view_of_the_grid_tells_its_size(tab):
    """What our host asks first: the grid's size and its used area, by the sheet's id."""
    body = {"dataFilters": [{"gridRange": {"sheetId": tab.id}}]}
    told = tab.google.ask(
        "POST", ":getByDataFilter", body, fields="sheets.properties(sheetId,gridProperties)"
    )
    (sheet,) = told["sheets"]
    grid = sheet["properties"]["gridProperties"]
    assert (sheet["properties"]["sheetId"], grid["rowCount"], grid["columnCount"]) == (tab.id, ROWS, COLUMNS)


def test_a_mask_that_names_no_value(tab):
    """Assumed: of a filled cell Google tells that it is, and not what it holds; of an empty one nothing."""
    tab.fill(["a text"])
    body = {"dataFilters": [{"gridRange": tab.area(0, 1, 0, 2)}]}
    mask = "sheets.data.rowData.values.effectiveValue.boolValue"
    told = tab.google.ask("POST", ":getByDataFilter", body, fields=mask)
    (row,) = told["sheets"][0]["data"][0]["rowData"]
    assert row["values"][0] == {"effectiveValue": {}}
    assert all("effectiveValue" not in cell for cell in row["values"][1:])

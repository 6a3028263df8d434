"""What Google makes of values that are written where something stands in the way."""

import time

import pytest

from tests.live.desk import message

pytestmark = pytest.mark.live


def test_a_write_under_a_merge(tab):
    """Assumed: it is lost, and counted as written."""
    tab.google.batch({"mergeCells": {"range": tab.area(0, 1, 0, 2), "mergeType": "MERGE_ALL"}})
    assert tab.write("A1:B1", ["x", "y"])["updatedCells"] == 2
    assert tab.read("A1:B1") == [["x"]]


def test_raw_values_pass_validation(tab):
    """Assumed: dropdowns and checkboxes take any value that is written ``RAW`` (facts §9.8)."""
    lists = {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "FR"}]}
    tab.google.batch(
        {
            "setDataValidation": {
                "range": tab.area(0, 1, 0, 1),
                "rule": {"condition": lists, "strict": True, "showCustomUi": True},
            }
        },
        {
            "setDataValidation": {
                "range": tab.area(0, 1, 1, 2),
                "rule": {"condition": {"type": "BOOLEAN"}, "strict": True},
            }
        },
    )
    tab.write("A1:B1", ["none of them", "no boolean"])
    assert tab.read("A1:B1") == [["none of them", "no boolean"]]


def test_a_write_into_a_spill(tab):
    """Assumed: the value stands, and the array formula shows ``#REF!``."""
    tab.write("A1", ['={"x";"y";"z"}'], how="USER_ENTERED")
    until = time.monotonic() + 30
    while tab.read("A1:A3") != [["x"], ["y"], ["z"]]:
        assert time.monotonic() < until, "the formula was not computed"
        time.sleep(0.5)
    tab.write("A2", ["mine"])
    assert tab.read("A1:A3") == [["#REF!"], ["mine"]]


def test_new_columns_on_a_protected_sheet(tab, protect):
    """Assumed: a sheet that is protected as a whole takes none from others; a part does not hinder."""
    append = {"appendDimension": {"sheetId": tab.id, "dimension": "COLUMNS", "length": 1}}
    protect(tab.area(0, 2, 0, 1))
    tab.google.batch(append)
    protect({"sheetId": tab.id})
    assert tab.google.refused(append)


def test_how_refusals_of_writes_begin(tab, protect):
    """Measured by others: batches say which entry they mean; texts are never matched on (facts §9.6)."""
    protect(tab.area(0, 1, 0, 1))
    single = tab.write("A1", ["x"])
    batch = tab.put({"gridRange": tab.area(0, 1, 0, 1)}, ["x"])
    assert single["error"]["code"] == batch["error"]["code"] == 400
    assert message(batch) == f"Invalid data[0]: {message(single)}"


def test_a_protected_cell_is_told_before_it_is_written(tab, protect):
    """What our host rests on: protections are told with who may edit."""
    protect(tab.area(0, 1, 0, 1))
    body = {"dataFilters": [{"gridRange": tab.area(0, 1, 0, 1)}]}
    fields = "sheets(protectedRanges(range,warningOnly,requestingUserCanEdit))"
    (sheet,) = tab.google.ask("POST", ":getByDataFilter", body, fields=fields)["sheets"]
    (one,) = sheet["protectedRanges"]
    assert not one.get("requestingUserCanEdit")
    assert not one.get("warningOnly")


def test_a_value_of_nothing_is_written_nowhere(tab, protect):
    """How the command line asks for the pen: ``null`` changes no cell; a protected one says 400, not 403."""
    tab.fill(["a"])
    corner = {"gridRange": tab.area(0, 1, 0, 1)}
    assert "error" not in tab.put(corner, [None])
    assert tab.read("A1") == [["a"]]
    protect(tab.area(0, 1, 0, 1))
    told = tab.put(corner, [None])
    assert "error" not in told or told["error"]["code"] == 400

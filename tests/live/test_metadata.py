"""What becomes of developer metadata: our columns' names."""

import os
import time

import pytest

from tests.live.conftest import told as variable
from tests.live.desk import KEY, Refusal, open_tab, unique

pytestmark = pytest.mark.live


def sort(tab, *, column: int = 0) -> dict[str, object]:
    return {
        "sortRange": {
            "range": tab.area(0, 5),
            "sortSpecs": [{"dimensionIndex": column, "sortOrder": "ASCENDING"}],
        }
    }


def test_how_sheet_zero_is_told(google):
    """Assumed: without ``sheetId`` for a column of sheet 0; no other place tells it by its absence alone."""
    sheets = google.ask("GET", "", fields="sheets.properties.sheetId")["sheets"]
    if not any(one.get("properties", {}).get("sheetId", 0) == 0 for one in sheets):
        pytest.skip("LIVE_SHEET has no tab of the id 0: it was deleted")
    value = unique("zero")
    wish = {
        "metadataKey": KEY,
        "metadataValue": value,
        "visibility": "PROJECT",
        "location": {"dimensionRange": {"dimension": "COLUMNS", "startIndex": 0, "endIndex": 1}},
    }
    which = {"developerMetadataLookup": {"metadataKey": KEY, "metadataValue": value}}
    google.batch({"createDeveloperMetadata": {"developerMetadata": wish}})
    found = google.ask("POST", "/developerMetadata:search", {"dataFilters": [which]})
    google.batch({"deleteDeveloperMetadata": {"dataFilter": which}})
    (one,) = found["matchedDeveloperMetadata"]
    assert "sheetId" not in one["developerMetadata"]["location"]["dimensionRange"]


def test_column_metadata_follows_its_column(tab):
    """Assumed: through inserts, moves and deletes before it; it dies with its column."""
    name = unique("follows")
    tab.google.batch(tab.name("COLUMNS", 2, name))
    tab.google.batch({"insertDimension": {"range": tab.line("COLUMNS", 0, 1)}})
    assert tab.where(name)[0]["startIndex"] == 3
    tab.google.batch({"moveDimension": {"source": tab.line("COLUMNS", 3, 4), "destinationIndex": 1}})
    assert tab.where(name)[0]["startIndex"] == 1
    tab.google.batch({"deleteDimension": {"range": tab.line("COLUMNS", 0, 1)}})
    assert tab.where(name)[0].get("startIndex", 0) == 0
    tab.google.batch({"deleteDimension": {"range": tab.line("COLUMNS", 0, 1)}})
    assert tab.where(name) == []


def test_row_metadata_follows_its_row_through_a_sort(tab):
    """Measured by others: ``sortRange`` takes it along (facts §9.3)."""
    name = unique("sorted")
    tab.fill(["c"], ["b"], ["a"])
    tab.google.batch(tab.name("ROWS", 0, name), tab.name("COLUMNS", 0, name + "c"))
    tab.google.batch(sort(tab))
    assert tab.read("A1:A3") == [["a"], ["b"], ["c"]]
    assert tab.where(name)[0]["startIndex"] == 2
    assert tab.where(name + "c")[0].get("startIndex", 0) == 0


def test_metadata_after_sorting_by_hand(google):
    """Assumed: a person's *Sort sheet* and a filter view's do as ``sortRange``. Needs her: see README.md."""
    seconds = float(variable("LIVE_BY_HAND"))
    tab = open_tab(google, f"sort A to Z by hand {unique('')}")
    try:
        name = unique("by-hand")
        tab.fill(["c"], ["b"], ["a"])
        google.batch(tab.name("ROWS", 0, name), tab.name("COLUMNS", 0, name + "c"))
        until = time.monotonic() + seconds
        while tab.read("A1:A3") != [["a"], ["b"], ["c"]]:
            assert time.monotonic() < until, f"nobody has sorted the tab {tab.title!r}"
            time.sleep(min(3.0, seconds / 20))
        assert tab.where(name)[0]["startIndex"] == 2
        assert tab.where(name + "c")[0].get("startIndex", 0) == 0
    finally:
        google.batch({"deleteSheet": {"sheetId": tab.id}})


def test_sorting_around_hidden_rows(tab):
    """Measured by others: hidden rows stay in their places, and a vertical merge is refused."""
    tab.fill(["c"], ["hidden"], ["a"], ["d"], ["b"])
    properties = {"hiddenByUser": True}
    hide = {"range": tab.line("ROWS", 1, 2), "properties": properties, "fields": "hiddenByUser"}
    tab.google.batch({"updateDimensionProperties": hide}, sort(tab))
    assert tab.read("A1:A5") == [["a"], ["hidden"], ["b"], ["c"], ["d"]]
    tab.google.batch({"mergeCells": {"range": tab.area(2, 4, 1, 2), "mergeType": "MERGE_ALL"}})
    assert tab.google.refused(sort(tab))


def test_copies_have_no_metadata(tab):
    """Measured by others for a duplicated sheet."""
    name = unique("copied")
    tab.google.batch(tab.name("COLUMNS", 1, name))
    wish = {"duplicateSheet": {"sourceSheetId": tab.id, "newSheetName": unique("copy")}}
    (reply,) = tab.google.batch(wish)["replies"]
    copy = reply["duplicateSheet"]["properties"]["sheetId"]
    try:
        assert [place["sheetId"] for place in tab.where(name)] == [tab.id]
    finally:
        tab.google.batch({"deleteSheet": {"sheetId": copy}})


def test_who_sees_project_metadata(tab, other):
    """Documented: every token of the Cloud project, and no other."""
    name = unique("ours")
    tab.google.batch(tab.name("COLUMNS", 1, name))
    assert len(tab.where(name)) == 1
    assert tab.where(name, other) == []


def test_metadata_made_twice(tab):
    """Measured by others: the same key may be set twice; the same id is refused."""
    name = unique("twice")
    number = 1 + int.from_bytes(os.urandom(3))
    tab.google.batch(tab.name("COLUMNS", 1, name, metadataId=number))
    tab.google.batch(tab.name("COLUMNS", 1, name))
    assert len(tab.where(name)) == 2
    assert tab.google.refused(tab.name("COLUMNS", 2, name, metadataId=number))


def test_the_reply_tells_the_name_that_was_made(tab):
    """Documented: the metadata that was created, its id, value and place; we ask no second time."""
    name = unique("reply")
    (reply,) = tab.google.batch(tab.name("COLUMNS", 2, name))["replies"]
    made = reply["createDeveloperMetadata"]["developerMetadata"]
    assert made["metadataId"] > 0
    assert made["metadataValue"] == name
    assert [made["location"]["dimensionRange"]] == tab.where(name)


def test_metadata_on_a_protected_column(tab, protect):
    """Assumed: an editor may name a column that is protected from him."""
    protect(tab.area(0, 20, 1, 2))
    name = unique("guarded")
    tab.google.batch(tab.name("COLUMNS", 1, name))
    assert len(tab.where(name)) == 1


def test_the_limit_of_metadata(tab):
    """Documented: 30,000 characters of keys and values for each sheet."""
    tab.google.batch(tab.name("COLUMNS", 1, "x" * 20_000))
    with pytest.raises(Refusal):
        tab.google.batch(tab.name("COLUMNS", 2, "x" * 20_000))

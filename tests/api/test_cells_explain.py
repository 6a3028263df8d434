"""POST /v1/cells/explain."""

import pytest

from tests.api.office import sheet_json

PATH = "/v1/cells/explain"


def test_a_cell_that_no_run_touched_has_no_entry(marie):
    body = {
        "sheet": sheet_json(marie.opens()),
        "cell": "$d$2",
        "keys": {"0": "DUPONT Marie", "1": {"date": 2.0}},
    }

    answer = marie.post(PATH, body)

    assert answer.status_code == 200, answer.text
    assert answer.get_json() == {"cell": "D2", "entries": []}


def test_the_sheet_of_another_workspace_tells_nothing(marie, foreigner):
    body = {"sheet": sheet_json(marie.opens()), "cell": "D2", "keys": {}}

    answer = foreigner.post(PATH, body)

    assert answer.get_json() == {"cell": "D2", "entries": []}


@pytest.mark.parametrize("cell", ["D2:D3", "D", "22", "?!"])
def test_a_cell_is_one_cell(marie, cell):
    answer = marie.post(PATH, {"sheet": sheet_json(marie.opens()), "cell": cell})

    assert (answer.status_code, answer.get_json()["code"]) == (422, "range_unclear")


@pytest.mark.parametrize("key", ["A", "-1", "01", "1.0", ""])
def test_keys_are_named_by_column_index(marie, key):
    answer = marie.post(PATH, {"sheet": sheet_json(marie.opens()), "cell": "D2", "keys": {key: "x"}})

    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["pointer"] == "/keys"

"""Who gets into the emulator of Google Sheets, how often, and what goes wrong on demand."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.fakes.google_sheets.errors import forbidden
from tests.fakes.google_sheets.faults import Fault
from tests.fakes.google_sheets.model import DRIVE_FILE, SPREADSHEETS_READ, Grant
from tests.unit.fakes.google_desk import Desk


def codes(desk: Desk, times: int) -> list[int]:
    path = f"/v4/spreadsheets/{desk.document.id}"
    return [desk.send("GET", path, fields="spreadsheetId").status_code for _ in range(times)]


def status(told) -> tuple[int, str]:
    return told["error"]["code"], told["error"]["status"]


def test_a_token_that_nobody_granted_opens_nothing(desk: Desk) -> None:
    desk.token = "stale"
    assert status(desk.ask("GET", "")) == (401, "UNAUTHENTICATED")
    bare = requests.get(f"{desk.google.url}/v4/spreadsheets/{desk.document.id}", timeout=5).json()
    assert "missing required authentication credential" in bare["error"]["message"]
    assert desk.send("GET", "/drive/v3/files").json()["error"]["errors"][0]["reason"] == "authError"


def test_scopes_limit_what_a_token_does(desk: Desk) -> None:
    desk.google.tokens["owner"] = Grant("ada@example.com", frozenset({SPREADSHEETS_READ}))
    assert desk.read("A1") == []
    assert status(desk.write("A1", [["x"]])) == (403, "PERMISSION_DENIED")


def test_people_read_and_write_what_is_shared_with_them(desk: Desk) -> None:
    desk.google.tokens["eve"] = Grant("eve@example.com")
    desk.token = "eve"
    assert status(desk.ask("GET", "")) == (403, "PERMISSION_DENIED")
    desk.document.viewers.add("eve@example.com")
    assert desk.read("A1") == []
    assert status(desk.write("A1", [["x"]])) == (403, "PERMISSION_DENIED")
    desk.document.editors.add("eve@example.com")
    assert desk.write("A1", [["x"]])["updatedCells"] == 1


def test_a_file_scope_opens_what_was_picked_for_this_app(desk: Desk) -> None:
    desk.google.tokens["owner"] = Grant("ada@example.com", frozenset({DRIVE_FILE}))
    assert status(desk.ask("GET", "")) == (404, "NOT_FOUND")
    desk.document.ungranted = forbidden
    assert status(desk.ask("GET", "")) == (403, "PERMISSION_DENIED")
    assert desk.send("GET", "/drive/v3/files").json()["files"] == []
    desk.document.picked.add(("ada@example.com", "ours"))
    assert desk.write("A1", [["x"]])["updatedCells"] == 1
    made = desk.send("POST", "/v4/spreadsheets", {"properties": {"title": "Mine"}}).json()
    assert desk.send("GET", f"/v4/spreadsheets/{made['spreadsheetId']}").status_code == 200


def test_drive_tells_what_changed_and_who_may_edit(desk: Desk) -> None:
    path, fields = f"/drive/v3/files/{desk.document.id}", "name,version,capabilities/canEdit"
    before = desk.send("GET", path, fields=fields).json()
    assert before == {"name": "Leads", "version": "1", "capabilities": {"canEdit": True}}
    desk.person.type_in(0, 0, "x")
    desk.write("A2", [["y"]])
    assert desk.send("GET", path, fields="version").json() == {"version": "3"}
    missing = desk.send("GET", "/drive/v3/files/nothing").json()["error"]
    assert (missing["code"], missing["errors"][0]["reason"]) == (404, "notFound")


@pytest.mark.parametrize(
    ("body", "field", "told"),
    [
        (
            {"values": "X"},
            "data.values",
            "Invalid value at 'data.values' (type.googleapis.com/google.protobuf.ListValue), \"X\"",
        ),
        (
            {"values": ["X"]},
            "data.values[0]",
            "Invalid value at 'data.values[0]' (type.googleapis.com/google.protobuf.ListValue), \"X\"",
        ),
        (
            {"value": []},
            "data",
            "Invalid JSON payload received. Unknown name \"value\" at 'data': Cannot find field.",
        ),
        ({"majorDimension": "DIAGONALS"}, "data.major_dimension", "Invalid value at 'data.major_dimension' "),
    ],
)
def test_what_the_schema_does_not_know_is_refused_by_field(desk: Desk, body, field: str, told: str) -> None:
    error = desk.ask("PUT", "/values/A1", body, valueInputOption="RAW")["error"]
    assert status({"error": error}) == (400, "INVALID_ARGUMENT")
    (violation,) = error["details"][0]["fieldViolations"]
    assert violation["field"] == field
    assert violation["description"] == error["message"]
    assert error["message"].startswith(told)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"valueRenderOption": "PRETTY"}, "Invalid value at 'value_render_option'"),
        ({"colour": "red"}, 'Unknown name "colour": Cannot bind query parameter.'),
        ({"fields": "values(x"}, "Request contains an invalid argument."),
        ({"fields": "cells"}, "Request contains an invalid argument."),
    ],
)
def test_parameters_are_checked(desk: Desk, query: dict[str, str], told: str) -> None:
    assert told in desk.ask("GET", "/values/A1", **query)["error"]["message"]


def test_numbers_may_come_as_text_and_null_is_nothing(desk: Desk) -> None:
    """As protobuf's JSON has it."""
    told = desk.batch({"appendDimension": {"sheetId": None, "dimension": "ROWS", "length": "3"}})
    assert told["replies"] == [{}]
    assert len(desk.document.sheets[0].rows) == 23


def test_quota_is_refilled_every_minute(desk: Desk) -> None:
    assert codes(desk, 62) == [200] * 60 + [429] * 2
    assert desk.write("A1", [["x"]])["updatedCells"] == 1
    desk.clock.now = 60
    assert codes(desk, 1) == [200]
    peak = desk.google.per_minute("ada@example.com")
    assert (peak.reads, peak.writes) == (62, 1)


def test_a_project_shares_one_quota(desk: Desk) -> None:
    desk.google.quota.per_project = 100
    assert codes(desk, 60) == [200] * 60
    desk.google.tokens["eve"] = Grant("eve@example.com")
    desk.document.viewers.add("eve@example.com")
    desk.token = "eve"
    assert codes(desk, 41) == [200] * 40 + [429]
    details = desk.ask("GET", "")["error"]["details"][0]
    assert details["metadata"]["quota_limit"] == "ReadRequestsPerMinutePerProject"


def test_a_throttled_call_does_nothing(desk: Desk) -> None:
    desk.google.faults.append("throttled")
    told = desk.write("A1", [["x"]])
    assert status(told) == (429, "RESOURCE_EXHAUSTED")
    assert told["error"]["details"][0]["metadata"]["quota_limit"] == "WriteRequestsPerMinutePerUser"
    assert desk.read("A1") == []


def test_servers_fail_in_google_s_ways(desk: Desk) -> None:
    desk.google.faults.extend(["unavailable", "internal", "throttled"])
    page = desk.send("GET", f"/v4/spreadsheets/{desk.document.id}")
    assert (page.status_code, page.headers["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert status(desk.ask("GET", "")) == (500, "INTERNAL")
    drive = desk.send("GET", "/drive/v3/files")
    assert (drive.status_code, drive.json()["error"]["errors"][0]["reason"]) == (403, "userRateLimitExceeded")


@pytest.mark.parametrize(
    ("fault", "at_once", "later"), [("lost", "x", "x"), ("dropped", None, None), ("late", None, "x")]
)
def test_an_answer_may_never_come(desk: Desk, fault, at_once, later) -> None:
    """Applied, not applied, or applied later: nobody can tell from outside."""
    desk.google.faults.append(fault)
    with pytest.raises(requests.ConnectionError):
        desk.write("A1", [["x"]])
    assert desk.person.look(0, 0).value == at_once
    desk.ask("GET", "", fields="spreadsheetId")
    assert desk.person.look(0, 0).value == later


def test_an_answer_may_come_too_late(desk: Desk) -> None:
    desk.google.faults.append(Fault("slow", seconds=0.3))
    with pytest.raises(requests.Timeout):
        requests.put(
            f"{desk.google.url}/v4/spreadsheets/{desk.document.id}/values/A1?valueInputOption=RAW",
            json={"values": [["x"]]},
            headers={"Authorization": "Bearer owner"},
            timeout=0.1,
        )
    deadline = time.monotonic() + 5
    while desk.person.look(0, 0).value != "x":
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_fault_waits_for_its_call(desk: Desk) -> None:
    desk.google.faults.append(Fault("throttled", "spreadsheets.values.*"))
    assert codes(desk, 1) == [200]
    assert status(desk.write("A1", [["x"]])) == (429, "RESOURCE_EXHAUSTED")
    assert not desk.google.faults


def test_a_person_acts_right_before_a_write_is_applied(desk: Desk) -> None:
    desk.person.fill([["a"], ["b"]])
    desk.google.windows.extend([lambda: desk.person.insert_row(0), None])
    desk.google.batch_windows.append(lambda: desk.person.rename("Other"))
    desk.write("A1", [["x"]])
    desk.write("A4", [["y"]])
    assert desk.read("A1:A4") == [["x"], ["a"], ["b"], ["y"]]
    desk.batch({"appendDimension": {"dimension": "ROWS", "length": 1}})
    assert desk.document.sheets[0].title == "Other"


def test_what_was_read_is_on_record(desk: Desk) -> None:
    desk.read("A1:B9")
    desk.ask("GET", "", fields="sheets.data.rowData.values.note", ranges="D:D")
    desk.ask("GET", "", fields="sheets.properties")
    assert desk.google.columns_read(desk.document.id, 0) == {0, 1, 3}
    assert desk.google.columns_read(desk.document.id, 0, without_mask="sheets.data.rowData.values.note") == {
        0,
        1,
    }
    assert desk.google.masks["spreadsheets.get", "sheets.properties"] == 1
    assert desk.google.calls == {"spreadsheets.values.get": 1, "spreadsheets.get": 2}


def test_many_may_call_at_once(desk: Desk) -> None:
    def write(row: int) -> int:
        with requests.Session() as http:
            url = f"{desk.google.url}/v4/spreadsheets/{desk.document.id}/values/A{row}?valueInputOption=RAW"
            body, headers = {"values": [[row]]}, {"Authorization": "Bearer owner"}
            return http.put(url, json=body, headers=headers, timeout=5).status_code

    with ThreadPoolExecutor(8) as people:
        assert set(people.map(write, range(1, 21))) == {200}
    assert desk.read("A1:A20") == [[str(row)] for row in range(1, 21)]

"""Whom Google lets into which file, and how often."""

import time

import pytest

from addon_backend.domain.sheet_address import parse_sheet_address
from tests.live.conftest import base, google_of, told
from tests.live.desk import Google

pytestmark = pytest.mark.live


def document_of(name: str) -> str:
    return parse_sheet_address(told(name)).document


def test_an_ungranted_file():
    """Assumed: ``drive.file`` without a grant answers 404, also for one's own file (facts §9.4)."""
    token = told("LIVE_DRIVE_FILE_TOKEN")
    answer = Google(base(), document_of("LIVE_UNPICKED_SHEET"), lambda: token).send("GET", "")
    assert answer.status_code == 404


def test_a_file_that_was_picked():
    """Assumed: what was chosen in the script's dialog opens for the service's web client (facts §9.1)."""
    token = told("LIVE_DRIVE_FILE_TOKEN")
    answer = Google(base(), document_of("LIVE_PICKED_SHEET"), lambda: token).send("GET", "")
    assert answer.status_code == 200


def test_a_sheet_that_is_shared_for_reading():
    """Assumed: a write of nothing is refused with 403 before anything else: so we ask for the pen."""
    google = google_of(document_of("LIVE_VIEW_ONLY_SHEET"), told("LIVE_SERVICE_ACCOUNT"))
    (first, *_) = google.ask("GET", "", fields="sheets.properties.sheetId")["sheets"]
    corner = {"sheetId": first["properties"].get("sheetId", 0), "endRowIndex": 1, "endColumnIndex": 1}
    data = [{"dataFilter": {"gridRange": corner}, "majorDimension": "ROWS", "values": [[None]]}]
    body = {"valueInputOption": "RAW", "data": data}
    assert google.send("POST", "/values:batchUpdateByDataFilter", body).status_code == 403


def test_a_sheet_that_is_not_shared():
    """Believed: 403 with a scope for all sheets, 404 for one that is not there."""
    google = google_of(document_of("LIVE_FOREIGN_SHEET"), told("LIVE_SERVICE_ACCOUNT"))
    assert google.send("GET", "").status_code == 403
    google.document = "1" + "x" * 43
    assert google.send("GET", "").status_code == 404


def test_which_quota_a_search_uses(document):
    """Assumed: that of reads. It is used up, so the account is one of its own; writes still pass."""
    google = google_of(document, told("LIVE_QUOTA_ACCOUNT"))
    search = {"dataFilters": [{"developerMetadataLookup": {"metadataKey": "nobody"}}]}
    until = time.monotonic() + 60
    while (answer := google.send("POST", "/developerMetadata:search", search)).status_code != 429:
        assert answer.status_code == 200, answer.text
        assert time.monotonic() < until, "the quota of searches is larger than we believe"
    (detail, *_) = answer.json()["error"]["details"]
    assert detail["metadata"]["quota_metric"].endswith("read_requests")
    write = {"valueInputOption": "RAW", "data": []}
    assert google.send("POST", "/values:batchUpdateByDataFilter", write).status_code != 429

"""The emulator as clients see it that nobody here wrote: Google's own library, and gspread."""

from __future__ import annotations

import gspread
import pytest
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError

from tests.fakes.google_sheets.model import Grant
from tests.fakes.google_sheets.server import FakeGoogleSheets


@pytest.fixture
def google():
    """An emulator that knows Ada, and has nothing to complain of in the end."""
    with FakeGoogleSheets() as google:
        google.tokens["token"] = Grant("ada@example.com")
        yield google
        assert google.complaints == []


def test_google_s_own_library_makes_a_sheet_and_names_a_column(google: FakeGoogleSheets) -> None:
    """Its requests and answers pass through its own reading of the discovery document."""
    credentials, options = Credentials("token"), {"api_endpoint": google.url}
    with build("sheets", "v4", credentials=credentials, client_options=options) as service:
        sheets = service.spreadsheets()
        document = sheets.create(body={"properties": {"title": "Leads"}}).execute()["spreadsheetId"]
        line = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": 1, "endIndex": 2}
        piece = {"metadataKey": "k", "visibility": "PROJECT", "location": {"dimensionRange": line}}
        wishes = {"requests": [{"createDeveloperMetadata": {"developerMetadata": piece}}]}
        sheets.batchUpdate(spreadsheetId=document, body=wishes).execute()
        named = {"developerMetadataLookup": {"metadataKey": "k"}}
        data = [{"dataFilter": named, "majorDimension": "COLUMNS", "values": [["Émile", "=1+1"]]}]
        body = {"valueInputOption": "RAW", "data": data}
        sheets.values().batchUpdateByDataFilter(spreadsheetId=document, body=body).execute()
        told = sheets.values().get(spreadsheetId=document, range="Sheet1!A1:B9").execute()
        assert told["values"] == [["", "Émile"], ["", "=1+1"]]
        with pytest.raises(HttpError) as refused:
            sheets.get(spreadsheetId="nothing").execute()
        assert refused.value.reason == "Requested entity was not found."


def test_gspread_works_on_a_sheet(google: FakeGoogleSheets) -> None:
    """It reads records, inserts a row, and tells a refusal as such."""
    document = google.documents.create("Leads", "ada@example.com")
    document.at(0).fill([["name", "age"], ["Ada", 36], ["Émile", None]])

    class Client(gspread.HTTPClient):
        """Asks the emulator in Google's place."""

        def request(self, method, endpoint, *args, **options):
            """Send a request there."""
            for host in ("https://sheets.googleapis.com", "https://www.googleapis.com"):
                endpoint = endpoint.replace(host, google.url)
            return super().request(method, endpoint, *args, **options)

    sheet = gspread.Client(Credentials("token"), http_client=Client).open_by_key(document.id).sheet1
    assert sheet.get_all_records() == [{"name": "Ada", "age": 36}, {"name": "Émile", "age": ""}]
    sheet.insert_row(["Grace", 85], 2)
    assert sheet.col_values(1) == ["name", "Grace", "Ada", "Émile"]
    with pytest.raises(gspread.exceptions.APIError, match="exceeds grid limits"):
        sheet.update([["x"]], "A2000")

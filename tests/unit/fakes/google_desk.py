"""Short words to ask a running emulator of Google Sheets things, as its own tests do."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import quote

import requests

from tests.fakes.google_sheets.errors import Message
from tests.fakes.google_sheets.model import Document
from tests.fakes.google_sheets.person import Person
from tests.fakes.google_sheets.server import FakeGoogleSheets


@dataclass
class Clock:
    """A clock that tests wind."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """The emulator with a document of one sheet, 20 × 5, and its owner's token."""

    google: FakeGoogleSheets
    document: Document
    clock: Clock
    http: requests.Session = field(default_factory=requests.Session)
    token: str = "owner"

    @property
    def person(self) -> Person:
        return self.document.at(0)

    def send(self, verb: str, path: str, body: Message | None = None, /, **query: str) -> requests.Response:
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.google.url}{path}"
        return self.http.request(verb, url, json=body, params=query, headers=headers, timeout=5)

    def ask(self, verb: str, below: str, body: Message | None = None, /, **query: str) -> Message:
        """Return the answer about the document, whether a result or a refusal."""
        told: Message = self.send(verb, f"/v4/spreadsheets/{self.document.id}{below}", body, **query).json()
        return told

    def read(self, cells: str, **query: str) -> list[list[object]]:
        values: list[list[object]] = self.ask("GET", f"/values/{quote(cells, safe='')}", **query).get(
            "values", []
        )
        return values

    def write(self, cells: str, values: list[list[object]], how: str = "RAW") -> Message:
        return self.ask("PUT", f"/values/{quote(cells, safe='')}", {"values": values}, valueInputOption=how)

    def batch(self, *wishes: Message) -> Message:
        return self.ask("POST", ":batchUpdate", {"requests": list(wishes)})

    def name_column(self, at: int, value: str = "email") -> Message:
        line = {"sheetId": 0, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
        wish = {
            "metadataKey": "ae.col",
            "metadataValue": value,
            "visibility": "PROJECT",
            "location": {"dimensionRange": line},
        }
        return self.batch({"createDeveloperMetadata": {"developerMetadata": wish}})

    def read_named(self, value: str = "email") -> Message:
        body = {"dataFilters": [named(value)], "majorDimension": "COLUMNS"}
        return self.ask("POST", "/values:batchGetByDataFilter", body)

    def write_named(self, column: list[object], value: str = "email") -> Message:
        data = {"dataFilter": named(value), "majorDimension": "COLUMNS", "values": [column]}
        body = {"valueInputOption": "RAW", "data": [data]}
        return self.ask("POST", "/values:batchUpdateByDataFilter", body)


def named(value: str) -> Message:
    """Return the data filter of a column that has this name."""
    return {"developerMetadataLookup": {"metadataKey": "ae.col", "metadataValue": value}}

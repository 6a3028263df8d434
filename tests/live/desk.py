"""One tab at Google, or at the emulator, and short words to ask things about it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import requests

Json = dict[str, Any]
ROWS, COLUMNS = 20, 5
KEY = "ae.live"
_PATIENCE = 200.0
"""Seconds in which quota is refilled for sure: three minutes and some."""


class Refusal(AssertionError):
    """What was asked was refused; the test had not expected it."""


@dataclass
class Google:
    """Google as one account sees it. Calls that exceed the quota are sent again when it is refilled."""

    base: str
    document: str
    token: Callable[[], str]
    pause: float = field(default_factory=lambda: float(os.environ.get("LIVE_PAUSE", "20")))
    http: requests.Session = field(default_factory=requests.Session)

    def send(self, method: str, below: str, body: Json | None = None, **query: str) -> requests.Response:
        """Send one call about the document, whatever the answer."""
        told = {"Authorization": f"Bearer {self.token()}"}
        address = f"{self.base}/v4/spreadsheets/{self.document}{below}"
        return self.http.request(method, address, json=body, params=query, headers=told, timeout=60)

    def ask(self, method: str, below: str, body: Json | None = None, **query: str) -> Json:
        """Return the answer, whether a result or a refusal, but for quota."""
        until = time.monotonic() + _PATIENCE
        while True:
            answer = self.send(method, below, body, **query)
            if answer.status_code != 429 or time.monotonic() > until:
                told: Json = answer.json()
                return told
            time.sleep(self.pause)

    def batch(self, *wishes: Json) -> Json:
        """Change the document; `Refusal` where Google does not."""
        told = self.ask("POST", ":batchUpdate", {"requests": list(wishes)})
        if "error" in told:
            raise Refusal(told["error"])
        return told

    def refused(self, *wishes: Json) -> str:
        """Return why Google does not change the document."""
        return message(self.ask("POST", ":batchUpdate", {"requests": list(wishes)}))


@dataclass
class Tab:
    """A tab of our own, 20 rows by 5 columns, deleted in the end. Its id is not 0."""

    google: Google
    id: int
    title: str

    def area(self, top: int = 0, bottom: int = ROWS, left: int = 0, right: int = COLUMNS) -> Json:
        """Return a ``GridRange``."""
        rows = {"startRowIndex": top, "endRowIndex": bottom}
        return {"sheetId": self.id} | rows | {"startColumnIndex": left, "endColumnIndex": right}

    def line(self, dimension: str, start: int, end: int) -> Json:
        """Return a ``DimensionRange``."""
        return {"sheetId": self.id, "dimension": dimension, "startIndex": start, "endIndex": end}

    def fill(self, *rows: list[object], top: int = 0) -> None:
        """Write rows from the first column on."""
        told = self.write(f"A{top + 1}", *rows)
        if "error" in told:
            raise Refusal(told["error"])

    def write(self, cells: str, *rows: list[object], how: str = "RAW", google: Google | None = None) -> Json:
        """Write by A1 notation; return the answer."""
        desk = google or self.google
        return desk.ask(
            "PUT", f"/values/'{self.title}'!{cells}", {"values": list(rows)}, valueInputOption=how
        )

    def read(self, cells: str, render: str = "UNFORMATTED_VALUE") -> list[list[object]]:
        """Read by A1 notation."""
        told = self.google.ask("GET", f"/values/'{self.title}'!{cells}", valueRenderOption=render)
        if "error" in told:
            raise Refusal(told["error"])
        return list(told.get("values", []))

    def name(self, dimension: str, at: int, value: str, **more: object) -> Json:
        """Return the wish to name a line."""
        wish = {
            "metadataKey": KEY,
            "metadataValue": value,
            "visibility": "PROJECT",
            "location": {"dimensionRange": self.line(dimension, at, at + 1)},
        } | more
        return {"createDeveloperMetadata": {"developerMetadata": wish}}

    def named(self, value: str) -> Json:
        """Return the data filter of a line's name."""
        return {"developerMetadataLookup": {"metadataKey": KEY, "metadataValue": value}}

    def where(self, value: str, google: Google | None = None) -> list[Json]:
        """Return where lines of this name stand."""
        body: Json = {"dataFilters": [self.named(value)]}
        told = (google or self.google).ask("POST", "/developerMetadata:search", body)
        found = told.get("matchedDeveloperMetadata", [])
        return [one["developerMetadata"]["location"]["dimensionRange"] for one in found]

    def get(self, *filters: Json) -> Json:
        """Read values by filter."""
        body: Json = {"dataFilters": list(filters), "majorDimension": "COLUMNS"}
        return self.google.ask("POST", "/values:batchGetByDataFilter", body)

    def put(self, which: Json, *columns: list[object], google: Google | None = None) -> Json:
        """Write columns by filter."""
        data = {"dataFilter": which, "majorDimension": "COLUMNS", "values": list(columns)}
        body: Json = {"valueInputOption": "RAW", "data": [data]}
        return (google or self.google).ask("POST", "/values:batchUpdateByDataFilter", body)


def open_tab(google: Google, title: str = "") -> Tab:
    """Add a tab."""
    name = title or f"live {uuid4().hex[:8]}"
    grid = {"rowCount": ROWS, "columnCount": COLUMNS}
    (reply,) = google.batch({"addSheet": {"properties": {"title": name, "gridProperties": grid}}})["replies"]
    return Tab(google, int(reply["addSheet"]["properties"]["sheetId"]), name)


def unique(word: str) -> str:
    """Return a name that no earlier run has left behind."""
    return f"{word}-{uuid4().hex[:8]}"


def message(told: Json) -> str:
    """Return the text of a refusal, "" for none."""
    error = told.get("error", {})
    return str(error.get("message", "")) if isinstance(error, dict) else ""

"""The calls to Google's Sheets API, over gspread's HTTP client.

gspread gives the session and its error; here are our base URL, time-outs, quota and refusals, and the calls
that gspread lacks: everything by ``DataFilter``, which names sheets and columns by their ids.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote

import requests
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from requests.auth import AuthBase

from addon_backend.domain.errors import AccessLost, AnswerUncertain, HostTrouble
from addon_backend.google.refusals import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any, TypeAlias

    Json: TypeAlias = Mapping[str, Any]

SHEETS_URL = "https://sheets.googleapis.com"
_UNAUTHORIZED = 401
TIMEOUT = (10.0, 60.0)
"""Seconds to connect, and to wait for an answer; Google ends a call after 180."""


class Quota(Protocol):
    """Counts calls before they are sent, so that Google need not refuse them."""

    def spend(self, kind: str) -> None:
        """Count one ``read`` or ``write``. Raises `HostTrouble` with how long to wait."""
        ...

    def wait(self, reads: int, writes: int) -> float:
        """Return how many seconds to wait until so many calls may be sent; 0.0 for none."""
        ...


class _TokenRefused(AccessLost):
    """The access token is not good, whoever it was made for."""


class _Bearer(AuthBase):
    def __init__(self, token: Callable[[], str]) -> None:
        self._token = token

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token()}"
        return request


class SheetsClient(HTTPClient):
    """One member's calls. Only what a token was refused for is sent again here; else the run asks again.

    Raises what `refusals.refusal` makes of an answer, `HostTrouble` where there was none, `AnswerUncertain`
    where a write may have been applied all the same, and whatever ``token`` raises.
    """

    def __init__(
        self,
        token: Callable[[], str],
        quota: Quota | None = None,
        base_url: str = SHEETS_URL,
        refused: Callable[[], None] = lambda: None,
    ) -> None:
        """Take who gives an access token, asked before each call, and who is told that one was refused."""
        session = requests.Session()
        session.auth = _Bearer(token)
        super().__init__(auth=None, session=session)  # type: ignore[arg-type] # as gspread's docstring says
        self.set_timeout(TIMEOUT)
        self._quota, self._base, self._refused = quota, base_url.rstrip("/"), refused

    def room(self, reads: int, writes: int) -> float:
        """Return how many seconds to wait until there is quota for so many calls; 0.0 for none."""
        return 0.0 if self._quota is None else self._quota.wait(reads, writes)

    def spreadsheet(self, document: str, fields: str) -> Json:
        """Return parts of a whole document."""
        return self._call("read", "get", _path(document), {"fields": fields})

    def by_filter(self, document: str, filters: Sequence[Json], fields: str) -> Json:
        """Return parts of a document, only the sheets and cells that a filter names."""
        return self._call(
            "read", "post", f"{_path(document)}:getByDataFilter", {"fields": fields}, {"dataFilters": filters}
        )

    def metadata(self, document: str, key: str) -> Sequence[Json]:
        """Return the developer metadata of this key on columns of all sheets."""
        lookup = {"developerMetadataLookup": {"metadataKey": key, "locationType": "COLUMN"}}
        found = self._call(
            "read", "post", f"{_path(document)}/developerMetadata:search", {}, {"dataFilters": [lookup]}
        )
        return [one["developerMetadata"] for one in found.get("matchedDeveloperMetadata", ())]

    def change(self, document: str, changes: Sequence[Json]) -> Sequence[Json]:
        """Apply changes of structure, all or none; return one reply each."""
        body = {"requests": changes, "includeSpreadsheetInResponse": False}
        answer = self._call("write", "post", f"{_path(document)}:batchUpdate", {}, body)
        replies: Sequence[Json] = answer.get("replies", ())
        return replies

    def set_values(self, document: str, data: Sequence[Json]) -> int:
        """Set values as they are (``RAW``); return how many of these filters found their cells."""
        body = {"valueInputOption": "RAW", "data": data, "includeValuesInResponse": False}
        path = f"{_path(document)}/values:batchUpdateByDataFilter"
        return len(self._call("write", "post", path, {}, body).get("responses", ()))

    def _call(
        self, kind: str, method: str, path: str, params: Mapping[str, str], body: Json | None = None
    ) -> Json:
        try:
            return self._sent(kind, method, path, params, body)
        except _TokenRefused:  # it was taken from us before its time: another one works, or says why not
            self._refused()
        return self._sent(kind, method, path, params, body)

    def _sent(self, kind: str, method: str, path: str, params: Mapping[str, str], body: Json | None) -> Json:
        if self._quota is not None:
            self._quota.spend(kind)
        lost = AnswerUncertain if kind == "write" else HostTrouble
        try:
            answer = self.request(
                method, self._base + path, params={**params, "prettyPrint": "false"}, json=body
            )
            told: Json = answer.json()
        except APIError as error:
            if error.response.status_code == _UNAUTHORIZED:
                raise _TokenRefused(status=_UNAUTHORIZED) from None
            raise refusal(error.response, writing=kind == "write") from None
        except requests.ConnectTimeout:
            raise HostTrouble from None
        except (requests.RequestException, ValueError):
            raise lost from None
        return told


def _path(document: str) -> str:
    return f"/v4/spreadsheets/{quote(document, safe='')}"

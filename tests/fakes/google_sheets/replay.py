"""Sends recorded requests to the emulator and compares its answers with the recorded ones.

Ids are never the same: each recorded id is learnt, with ours beside it, from the first answer that tells it,
and from then on requests are sent with ours and answers must tell ours. Nothing else of a request is changed.
"""

from __future__ import annotations

import itertools
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests

from tests.fakes.google_sheets.cells import NOT_COMPUTED
from tests.fakes.google_sheets.discovery import discovery
from tests.fakes.google_sheets.errors import Message
from tests.fakes.google_sheets.model import Grant
from tests.fakes.google_sheets.server import FakeGoogleSheets

SECONDS_APART = 1.5
"""How far apart calls are on the emulator's clock: recordings kept below the quota, or waited."""

_IDS = {"spreadsheetId", "id", "sheetId", "namedRangeId", "protectedRangeId", "users"}
_UNTOLD = {"createdTime", "modifiedTime", "spreadsheetUrl", "etag"}
"""What differs from run to run and is only compared for being there."""


@dataclass(frozen=True)
class Exchange:
    """One recorded request with its answer."""

    cassette: str
    number: int
    verb: str
    uri: str
    body: str | None
    code: int
    text: str

    @property
    def endpoint(self) -> str:
        """The call's name, such as ``spreadsheets.values.get``; its path where it has none."""
        path = urlsplit(self.uri).path
        found = discovery("drive.v3" if path.startswith("/drive/") else "sheets.v4").find(self.verb, path)
        return found[0].id.removeprefix("sheets.") if found else f"{self.verb} {path[:17]}…"


@dataclass(frozen=True)
class Outcome:
    """The first difference, if any, and how many formulas' results were passed over."""

    exchange: Exchange
    difference: str | None
    passed_over: int = 0


@dataclass
class Learnt:
    """Ids of a recording with ours."""

    ids: dict[str, str] = field(default_factory=dict)
    passed_over: int = 0
    """How many formulas' results were not compared."""

    def ours(self, text: str) -> str:
        """Return a path or a query with our document ids."""
        for recorded, own in self.ids.items():
            if len(recorded) > 20:
                text = text.replace(recorded, own)
        return text

    def body(self, value: Any, name: str = "") -> Any:
        """Return a request's body with our ids."""
        if isinstance(value, dict):
            return {key: self.body(held, key) for key, held in value.items()}
        if isinstance(value, list):
            return [self.body(held, name) for held in value]
        if name in _IDS and str(value) in self.ids:
            return type(value)(self.ids[str(value)])
        return value


def cassettes(archive: Path) -> Iterator[tuple[str, list[Exchange]]]:
    """Read recorded sessions, by name."""
    with tarfile.open(archive) as held:
        for member in sorted(held.getmembers(), key=lambda one: one.name):
            file = held.extractfile(member)
            if file is None:
                continue
            name = Path(member.name).stem
            yield name, [_exchange(name, at, one) for at, one in enumerate(json.load(file)["interactions"])]


def _exchange(cassette: str, number: int, told: Message) -> Exchange:
    request, response = told["request"], told["response"]
    return Exchange(
        cassette,
        number,
        request["method"],
        request["uri"],
        request["body"],
        response["status"]["code"],
        response["body"]["string"],
    )


def replay(session: list[Exchange]) -> list[Outcome]:
    """Send one recorded session to an emulator of its own."""
    ticks = itertools.count()
    learnt = Learnt()
    with FakeGoogleSheets(clock=lambda: next(ticks) * SECONDS_APART) as google, requests.Session() as http:
        google.tokens["recorded"] = Grant("recorded@example.com")
        http.headers["Authorization"] = "Bearer recorded"
        outcomes = [_send(google, http, one, learnt) for one in session]
        assert google.complaints == []
        return outcomes


def _send(google: FakeGoogleSheets, http: requests.Session, one: Exchange, learnt: Learnt) -> Outcome:
    parts = urlsplit(one.uri)
    query = f"?{parts.query}" if parts.query else ""
    answer = http.request(
        one.verb,
        learnt.ours(f"{google.url}{parts.path}{query}"),
        data=_body(one, learnt),
        headers={"Content-Type": "application/json"},
        timeout=10,
    )
    if answer.status_code != one.code:
        return Outcome(one, f"status {answer.status_code} for {one.code}: {answer.text[:300]}")
    before = learnt.passed_over
    found = difference(_message(one.text), _message(answer.text), learnt)
    return Outcome(one, found, learnt.passed_over - before)


def _body(one: Exchange, learnt: Learnt) -> bytes | None:
    if one.body is None:
        return None
    held = _message(one.body)
    text = one.body if isinstance(held, str) else json.dumps(learnt.body(held))
    return text.encode()


def _message(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def difference(recorded: Any, own: Any, learnt: Learnt, at: str = "") -> str | None:
    """Return where two answers differ first; None where they tell the same. Learns ids on the way."""
    name = at.rpartition(".")[2].partition("[")[0]
    if isinstance(recorded, dict) and isinstance(own, dict):
        if recorded.keys() != own.keys():
            return f"{at or 'answer'}: has {sorted(own)} for {sorted(recorded)}"
        told = (difference(held, own[key], learnt, f"{at}.{key}") for key, held in recorded.items())
        return next(filter(None, told), None)
    if isinstance(recorded, list) and isinstance(own, list):
        if len(recorded) != len(own):
            return f"{at}: {len(own)} entries for {len(recorded)}"
        told = (
            difference(*pair, learnt, f"{at}[{n}]") for n, pair in enumerate(zip(recorded, own, strict=True))
        )
        return next(filter(None, told), None)
    if name in _UNTOLD:
        return None
    if name in _IDS:
        same = learnt.ids.setdefault(str(recorded), str(own)) == str(own)
        return None if same else f"{at}: {own} is not the same as before for {recorded}"
    if own == NOT_COMPUTED.text:
        learnt.passed_over += 1
        return None  # a formula's result, which the emulator does not compute
    same = recorded == own and isinstance(recorded, bool) == isinstance(own, bool)
    return None if same else f"{at}: {json.dumps(own)} for {json.dumps(recorded)}"

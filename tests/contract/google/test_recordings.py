"""The emulator of Google Sheets against what Google really answered.

Not compared: ids (each recorded one must stay the same one of ours), ``createdTime``, ``modifiedTime``,
``spreadsheetUrl`` (must be there), and the results of formulas, which the emulator does not compute.
Left out are three sessions that see other people's files (see the corpora's README).
"""

from __future__ import annotations

import base64
import gzip
import itertools
import json
import lzma
import re
from collections import Counter
from pathlib import Path

import pytest
import requests

from tests.fakes.google_sheets.model import Grant
from tests.fakes.google_sheets.replay import Outcome, cassettes, replay
from tests.fakes.google_sheets.server import FakeGoogleSheets

OTHERS_FILES = {
    "ClientTest.test_openall",
    "ClientTest.test_open_all_has_metadata",
    "ClientTest.test_access_private_spreadsheet",
}
NOT_EMULATED = {
    "ClientTest.test_import_csv": "a CSV file is uploaded through Drive v2",
    "WorksheetTest.test_auto_resize_columns": "columns become as wide as their text, which nobody measures",
}
ALIKE = {"spreadsheets.get": 552 / 558, "spreadsheets.values.get": 261 / 263, "PUT /upload/drive/v2/…": 0}
"""What share of an endpoint's answers is alike; all of them, where nothing is told."""


def test_answers_are_those_that_google_gave(corpora: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whole sessions, in their order; only what the emulator says it cannot do is answered otherwise."""
    outcomes: list[Outcome] = []
    for name, session in cassettes(corpora / "google/gspread-cassettes.tar.xz"):
        if name not in OTHERS_FILES:
            outcomes += replay(session)
    told = Counter(one.exchange.endpoint for one in outcomes)
    alike = Counter(one.exchange.endpoint for one in outcomes if one.difference is None)
    with capsys.disabled():
        print(report(outcomes, told, alike))  # noqa: T201 - the figures are what this test is for
    wrong = [one for one in outcomes if one.difference and one.exchange.cassette not in NOT_EMULATED]
    assert wrong == []
    assert {
        name: alike[name] / told[name] for name in told if alike[name] / told[name] < ALIKE.get(name, 1)
    } == {}
    assert alike.total() / told.total() >= 1897 / 1907


def test_a_refusal_for_quota_is_that_which_google_gave(corpora: Path) -> None:
    """All but the project's number; and nothing tells how long to wait."""
    told = json.loads(lzma.decompress((corpora / "google/real-429s.json.xz").read_bytes()))
    recorded = [
        one["response"] for one in told["http_interactions"] if one["response"]["status"]["code"] == 429
    ]
    bodies = [gzip.decompress(base64.b64decode(one["body"]["base64_string"])).decode() for one in recorded]
    ticks = itertools.repeat(0.0)
    with FakeGoogleSheets(clock=lambda: next(ticks)) as google:
        google.tokens["token"] = Grant("ada@example.com")
        document = google.documents.create("Leads", "ada@example.com")
        url = f"{google.url}/v4/spreadsheets/{document.id}?fields=spreadsheetId"
        answers = [requests.get(url, headers={"Authorization": "Bearer token"}, timeout=5) for _ in range(61)]
    assert [answer.status_code for answer in answers] == [200] * 60 + [429]
    assert len(bodies) == 14
    assert {normal(body) for body in bodies} == {normal(answers[-1].text)}
    assert not any("retry-after" in map(str.lower, one["headers"]) for one in recorded)
    assert "Retry-After" not in answers[-1].headers


def normal(body: str) -> str:
    """Return a body without what differs from project to project and from time to time."""
    return re.sub(r"[0-9]{9,}", "N", json.dumps(json.loads(body), sort_keys=True))


def report(outcomes: list[Outcome], told: Counter[str], alike: Counter[str]) -> str:
    """Return the figures and every difference, for people."""
    lines = [f"\n{alike.total()} of {told.total()} recorded answers are alike"]
    lines += [f"{alike[name]:6} of {told[name]:4} {name}" for name in sorted(told)]
    passed = [one.passed_over for one in outcomes if one.passed_over]
    lines.append(f"{sum(passed)} formulas' results in {len(passed)} answers were not compared")
    different = (one for one in outcomes if one.difference)
    for one in different:
        lines.append(
            f"{one.exchange.cassette} #{one.exchange.number}: {' '.join(str(one.difference).split())[:110]}"
        )
    return "\n".join(lines)

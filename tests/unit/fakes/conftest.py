"""A running emulator of Google Sheets with one document."""

from __future__ import annotations

import pytest

from tests.fakes.google_sheets.model import Grant, empty_sheet
from tests.fakes.google_sheets.server import FakeGoogleSheets
from tests.unit.fakes.google_desk import Clock, Desk

OWNER = "ada@example.com"


@pytest.fixture
def desk():
    """The emulator with a document; in the end it must have nothing to complain of."""
    clock = Clock()
    with FakeGoogleSheets(clock=clock) as google:
        google.tokens["owner"] = Grant(OWNER)
        document = google.documents.create("Leads", OWNER, empty_sheet(0, "Sheet1", 20, 5))
        desk = Desk(google, document, clock)
        with desk.http:
            yield desk
        assert google.complaints == []

"""Who asks Google, and for which sheet: told by the environment (README.md), else a test is left out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from google.auth.transport.requests import Request

from addon_backend.domain.sheet_address import parse_sheet_address
from addon_backend.google.service_account import ServiceAccountTokens
from addon_backend.settings import ServiceAccount
from tests.left_out import leave_out
from tests.live.desk import Google, Json, Tab, open_tab

BASE = "https://sheets.googleapis.com"
REMEDY = "tests/live/README.md says what it is"


def told(name: str) -> str:
    """Return a variable, or leave the test out."""
    value = os.environ.get(name, "")
    if not value:
        leave_out(f"what asks Google itself with {name}", REMEDY)
    return value


def google_of(document: str, key_file: str) -> Google:
    """Return Google as the account of a key file sees it."""
    tokens = ServiceAccountTokens(ServiceAccount(Path(key_file)), Request)
    return Google(base(), document, tokens.token)


def base() -> str:
    """Return where Google is: the emulator's address where one is told."""
    return os.environ.get("LIVE_BASE_URL", BASE).rstrip("/")


@pytest.fixture(scope="session")
def document() -> str:
    """The spreadsheet of these tests."""
    return parse_sheet_address(told("LIVE_SHEET")).document


@pytest.fixture(scope="session")
def google(document) -> Google:
    """Google as the service account under test sees it: an editor of the sheet, not its owner."""
    return google_of(document, told("LIVE_SERVICE_ACCOUNT"))


@pytest.fixture(scope="session")
def other(document) -> Google:
    """The same sheet as another editor sees it, whose account is of another Cloud project."""
    return google_of(document, told("LIVE_OTHER_ACCOUNT"))


@pytest.fixture
def tab(google) -> Iterator[Tab]:
    """A tab of this test's own."""
    made = open_tab(google)
    yield made
    google.batch({"deleteSheet": {"sheetId": made.id}})


@pytest.fixture
def protect(tab, other) -> Iterator[Callable[[Json], None]]:
    """Return how the other editor protects an area from everybody but herself and the owner."""
    made: list[Json] = []

    def add(area: Json) -> None:
        wish = {"protectedRange": {"range": area, "warningOnly": False}}
        (reply,) = other.batch({"addProtectedRange": wish})["replies"]
        number = reply["addProtectedRange"]["protectedRange"]["protectedRangeId"]
        made.append({"deleteProtectedRange": {"protectedRangeId": number}})

    yield add
    if made:
        other.batch(*made)  # else nobody but her could delete the tab

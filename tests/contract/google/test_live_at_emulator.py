"""The tests that ask Google itself are no dead code: each of them passes at the emulator."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from itertools import count
from pathlib import Path

import pytest

from tests.fakes.google_identity import Account, identity_provider
from tests.fakes.google_identity.provider import Grant as Allowed
from tests.fakes.google_sheets.model import DRIVE_FILE, Grant
from tests.fakes.google_sheets.person import Person
from tests.fakes.google_sheets.server import FakeGoogleSheets
from tests.fakes.google_tokens import Tokens

ROOT = Path(__file__).parents[3]
FORMULA = '={"x";"y";"z"}'
OWNER = "ada@example.com"


class Projects(Tokens):
    """Each service account is of a Cloud project of its own."""

    def get(self, token, default=None):
        grant = super().get(token, default)
        return grant and Grant(grant.user, grant.scopes, grant.user.partition("@")[0])


class Hand(threading.Thread):
    """A person who sorts the tabs that say so, and Google's own computing of the one formula."""

    def __init__(self, document) -> None:
        super().__init__(daemon=True)
        self.document = document
        self.over = threading.Event()
        self.computed: set[int] = set()

    def run(self) -> None:
        while not self.over.wait(0.05):
            for sheet in list(self.document.sheets):
                person = Person(self.document, sheet)  # a sheet that is deleted meanwhile is nobody's loss
                named = sheet.rows[0].traits.metadata
                if sheet.title.startswith("sort") and named and person.look(0, 0).value == "c":
                    person.sort([2, 1, 0])
                if person.look(0, 0).formula == FORMULA and sheet.id not in self.computed:
                    self.computed.add(sheet.id)
                    person.spill(0, 0, FORMULA, [["x"], ["y"], ["z"]])


@pytest.fixture
def world(tmp_path):
    with identity_provider() as identity, FakeGoogleSheets(clock=count(0.0, 0.4).__next__) as google:
        google.tokens = Projects(identity)
        names = ("one", "two", "three")
        for name in names:
            (tmp_path / name).write_text(identity.service_account(f"{name}@project.iam.example"))
        sheet, viewed, foreign, picked, unpicked = (
            google.documents.create(title, OWNER)
            for title in ("Live", "Viewed", "Foreign", "Picked", "Unpicked")
        )
        sheet.editors |= {f"{name}@project.iam.example" for name in names}
        viewed.viewers.add("one@project.iam.example")
        picked.picked.add((OWNER, OWNER.partition("@")[0]))
        identity.access_tokens["hers"] = Allowed(Account("1", OWNER, None), frozenset({DRIVE_FILE}))
        hand = Hand(sheet)
        hand.start()
        yield {
            "LIVE_BASE_URL": google.url,
            "LIVE_PAUSE": "0.01",
            "LIVE_BY_HAND": "20",
            "LIVE_SERVICE_ACCOUNT": str(tmp_path / "one"),
            "LIVE_OTHER_ACCOUNT": str(tmp_path / "two"),
            "LIVE_QUOTA_ACCOUNT": str(tmp_path / "three"),
            "LIVE_DRIVE_FILE_TOKEN": "hers",
            "LIVE_SHEET": address(sheet),
            "LIVE_VIEW_ONLY_SHEET": address(viewed),
            "LIVE_FOREIGN_SHEET": address(foreign),
            "LIVE_PICKED_SHEET": address(picked),
            "LIVE_UNPICKED_SHEET": address(unpicked),
        }
        hand.over.set()
        hand.join()
        assert [one.title for one in sheet.sheets] == ["Sheet1"]
    assert not google.complaints


def address(document) -> str:
    return f"https://docs.google.com/spreadsheets/d/{document.id}/edit"


def run(environment, *words: str) -> str:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LIVE_", "PYTEST_"))}
    command = [sys.executable, "-m", "pytest", "tests/live", "-q", "-rs", "-p", "no:cacheprovider", *words]
    done = subprocess.run(
        command, check=False, cwd=ROOT, env=plain | environment, capture_output=True, text=True, timeout=300
    )
    return done.stdout + done.stderr


def test_every_live_test_passes_at_the_emulator(world):
    told = run(world, "--live")
    assert re.search(r"\n\d+ passed in", told), told


def test_without_being_asked_for_none_of_them_runs(world):
    told = run(world)
    assert re.search(r"\n\d+ skipped in", told), told


def test_without_its_variables_each_says_what_it_lacks():
    told = run({}, "--live")
    assert re.search(r"\n\d+ skipped in", told), told
    assert "LIVE_SHEET" in told


def test_every_assumption_of_the_emulator_has_its_test():
    """The table names them; each that is named is written."""
    table = (ROOT / "tests/fakes/google_sheets/README.md").read_text()
    named = set(re.findall(r"\| `(test_\w+)` \|", table))
    written = {
        name
        for path in (ROOT / "tests/live").glob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
    }
    assert named
    assert named <= written

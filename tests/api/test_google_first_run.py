"""A first run where an administrator has installed us for everybody: nobody is asked for anything."""

from uuid import uuid4

import pytest

from addon_backend import bootstrap
from addon_backend.google.delegation import Delegation
from addon_backend.services.runs.work import advance
from tests.api.google_office import google_office
from tests.api.office import CONTACTS
from tests.fakes.google_identity import Account
from tests.fakes.google_sheets.model import empty_sheet
from tests.fakes.google_sheets.server import FakeGoogleSheets
from tests.fakes.google_tokens import Tokens
from tests.unit.google.test_credentials import Machine, Rerouted

JEAN = Account("1002", "jean@example.com")


@pytest.fixture
def books():
    with FakeGoogleSheets() as books:
        yield books


@pytest.fixture
def installed(tmp_path, blank_home, valkey_url, books, monkeypatch):
    """An office whose service account may act for members of example.com, and which reads their sheets."""
    made = []

    def delegation(client):
        def request():
            made.append(Rerouted(client.token_url))
            return made[-1]

        return Delegation(client.delegate, [], lambda: Machine(provider().machine_token), request)

    def provider():
        return books.tokens.provider

    monkeypatch.setattr(bootstrap, "_delegation", delegation)
    told = {"delegate": "sheets@project.iam.gserviceaccount.example", "sheets_url": books.url}
    with google_office(tmp_path / "home", blank_home, redis_url=valkey_url, **told) as office:
        books.tokens = Tokens(office.google)
        yield office
    for one in made:
        one.session.close()


def test_a_first_run_after_a_domain_wide_install_meets_no_consent_screen(installed, books):
    jean = installed.sign_in(JEAN)
    installed.google.accounts.add(JEAN)
    installed.delegates(jean)
    document = books.documents.create("Contacts", JEAN.email, empty_sheet(0, "Contacts", 50, 20))
    document.at(0).fill(CONTACTS)
    sheet = {"host": "google", "document": document.id, "sheet": "0"}
    selection = jean.selects(sheet=sheet)
    stands = jean.get(f"/v1/google/consent?document={document.id}").get_json()
    assert (stands["connected"], stands["opens"]) == (True, True)
    shown = jean.post("/v1/runs/preview", selection | {"recipe": "standard"}).get_json()
    order = {"quote_id": shown["quote_id"], "sheet": sheet, "range": selection["range"], "recipe": "standard"}
    started = jean.post("/v1/runs", order, {"Idempotency-Key": str(uuid4())})
    assert started.status_code == 202, started.text
    while advance(installed.office.house, "worker", lambda: False, 60.0):
        pass
    run = jean.get(f"/v1/runs/{started.get_json()['id']}").get_json()
    assert (run["state"], run["counts"].get("failed", 0)) == ("finished", 0)
    assert run["counts"]["written"] > 0
    written = document.sheets[0]
    assert [written.cell(0, column).value for column in range(7)].count("Phone (clean)") == 1
    assert installed.credential(jean) is None
    assert set(installed.google.acted_for) == {JEAN.email}
    assert installed.google.asked == []

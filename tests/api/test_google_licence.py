"""POST /v1/google/session, where only who has installed us may come in."""

import sqlite3
from contextlib import closing

import pytest

from tests.api.google_office import SCRIPT, google_office
from tests.fakes.google_identity import Account

CUSTOMER = "/appsmarket/v2/customerLicense/app/example.com"


@pytest.fixture
def connected(tmp_path, blank_home):
    """An office whose operator has named the application; it asks as a service account with a key."""
    with google_office(tmp_path / "listed", blank_home, marketplace=tmp_path / "key.json") as office:
        yield office


def answer(connected, account=None, language="en"):
    return connected.session(connected.google.id_token(SCRIPT, account), language)


def test_an_organisation_that_has_installed_us_signs_in(connected):
    connected.google.licences["example.com"] = "ACTIVE"
    assert answer(connected).status_code == 200


@pytest.mark.parametrize(("language", "word"), [("en", "installed"), ("fr", "installé")])
def test_one_that_has_not_is_refused_in_one_sentence_and_leaves_no_row(connected, language, word):
    told = answer(connected, language=language)
    assert (told.status_code, told.get_json()["code"]) == (403, "not_installed")
    assert word in told.get_json()["title"]
    assert "example.com" not in told.text
    with closing(sqlite3.connect(connected.office.settings.home / "addon.db")) as database:
        assert database.execute(
            "SELECT count(*) FROM workspace WHERE key = 'google:example.com'"
        ).fetchone() == (0,)


def test_a_silent_marketplace_lets_people_in(connected):
    connected.google.trouble[CUSTOMER] = ["silent"]
    assert answer(connected).status_code == 200


def test_an_account_of_ones_own_signs_in(connected):
    assert answer(connected, Account("2001", "ada@example.com", None)).status_code == 200
    assert not any("appsmarket" in call for call in connected.google.calls)

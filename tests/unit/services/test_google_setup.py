"""What the settings alone tell of Google: values to paste, and findings with what mends them."""

from pathlib import Path

import pytest

from addon_backend.services.google_setup import (
    UNSET,
    Account,
    findings_of_settings,
    project_number,
    values_to_paste,
)
from addon_backend.settings import GoogleClient, Settings

CLIENT = "123-web.apps.googleusercontent.com"
SCRIPT = "123-script.apps.googleusercontent.com"


def settings(client=None, **told) -> Settings:
    return Settings(Path("/home/nobody"), google=client, **told)


def client(**told) -> GoogleClient:
    audiences = told.pop("audiences", frozenset({SCRIPT}))
    return GoogleClient(told.pop("id", CLIENT), "a-secret-not-to-be-told", audiences, **told)


def values(found, account=None) -> dict[str, str]:
    return {one.name: one.value for one in values_to_paste(found, account or Account())}


def wrong(found) -> set[str]:
    return {one.check for one in findings_of_settings(found) if not one.ok}


RIGHT = settings(
    client(), public_url="https://enrich.example.com", secret_keys=("k" * 32,), kek={"k1": bytes(32)}
)


def test_what_is_right_has_nothing_to_mend():
    assert wrong(RIGHT) == set()


def test_what_is_not_set_is_said_to_be():
    told = values(settings())
    assert told["client id"] == told["authorised redirect URI"] == told["PANEL_URL"] == UNSET
    assert wrong(settings()) == {"PUBLIC_URL", "SECRET_KEY", "KEK", "GOOGLE_CLIENT_ID"}
    assert all(one.fix for one in findings_of_settings(settings()) if not one.ok)


@pytest.mark.parametrize(
    ("delegate", "account", "told"),
    [
        ("", Account("a@p.example", "1000"), "1000"),
        ("a@p.example", Account("a@p.example", "1000"), "1000"),
        ("b@p.example", Account("a@p.example", "1000"), "IAM › Service accounts › Unique ID"),
        ("b@p.example", Account(), "IAM › Service accounts › Unique ID"),
    ],
)
def test_a_client_id_is_told_of_the_account_that_delegates_and_of_no_other(delegate, account, told):
    found = settings(client(delegate=delegate, delegated=frozenset({"example.com"})))
    assert values(found, account)["delegation client id"] == told


@pytest.mark.parametrize(
    ("id_", "number"),
    [(CLIENT, "123"), ("web.apps.googleusercontent.com", ""), ("123-web", ""), ("", "")],
)
def test_a_client_names_its_project(id_, number):
    assert project_number(id_) == number


@pytest.mark.parametrize(
    ("told", "check"),
    [
        ({"id": "web"}, "GOOGLE_CLIENT_ID"),
        ({"audiences": frozenset({CLIENT})}, "GOOGLE_AUDIENCES"),
        ({"audiences": frozenset({"9-s.apps.googleusercontent.com"})}, "one Cloud project"),
        ({"delegated": frozenset({"example.com"})}, "delegation"),
        ({"sheets_url": "http://127.0.0.1:9"}, "addresses of Google"),
    ],
)
def test_a_client_that_cannot_work_is_told(told, check):
    assert check in wrong(settings(client(**told)))


@pytest.mark.parametrize(
    "url", ["http://enrich.example.com", "https://localhost", "https://10.0.0.1", "https://enrich.internal"]
)
def test_an_address_that_browsers_cannot_reach_is_told(url):
    assert "PUBLIC_URL" in wrong(settings(client(), public_url=url))


def test_no_finding_and_no_value_holds_a_secret():
    told = repr((list(findings_of_settings(RIGHT)), values_to_paste(RIGHT, Account())))
    assert "a-secret-not-to-be-told" not in told
    assert "k" * 32 not in told

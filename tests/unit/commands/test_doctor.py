"""``doctor --google``: what to paste where, what is wrong from here, and never a secret."""

from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from addon_backend.domain.errors import HostTrouble
from addon_backend.google import asking
from addon_backend.google.consent import PREFIX
from addon_backend.google.delegation import SCOPE
from addon_backend.services import google_setup
from tests.fakes.google_identity import CERTS, TOKEN, identity_provider

ROOT = Path(__file__).parents[3]
ACCOUNT = "enrich@project.iam.gserviceaccount.example"
NUMBER = "123456789012"
CLIENT = f"{NUMBER}-web.apps.googleusercontent.com"
SECRETS = {
    "GOOGLE_CLIENT_SECRET": "GOCSPX-not-to-be-told",
    "SECRET_KEY": "a-signing-key-not-to-be-told-to-anybody",
    "KEK": "k1:" + "bm90LXRvLWJlLXRvbGQtbm90LXRvLWJlLXRvbGQtISE=",
    "METRICS_TOKEN": "a-token-not-to-be-told",
}
PUBLIC_URL = "https://enrich.example.com"


@pytest.fixture
def google():
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def key(terminal, google):
    path = terminal.file("key.json", google.service_account(ACCOUNT))
    path.chmod(0o600)
    return path


@pytest.fixture
def installed(terminal, google, key, valkey_url):
    """Everything that can be right from here is; nobody works yet."""
    told = SECRETS | {
        "GOOGLE_CLIENT_ID": CLIENT,
        "GOOGLE_AUDIENCES": f"{CLIENT},{NUMBER}-script.apps.googleusercontent.com",
        "GOOGLE_SERVICE_ACCOUNT": str(key),
        "PUBLIC_URL": PUBLIC_URL,
        "REDIS_URL": valkey_url,
    }
    for name, value in told.items():
        terminal.patch.setenv(name, value)
    return terminal


def checks(terminal, *words) -> dict[str, dict[str, object]]:
    terminal.types("doctor", "--google", "--json", *words)
    found = terminal.data["checks"]
    assert isinstance(found, list)
    return {one["check"]: one for one in found}


def wrong(terminal, *words) -> set[str]:
    return {name for name, one in checks(terminal, *words).items() if not one["ok"]}


def test_every_value_to_paste_is_printed_with_its_place(installed):
    installed.types("doctor", "--google", "--json")
    values = {one["name"]: one["value"] for one in installed.data["values"]}
    assert values["client id"] == CLIENT
    assert values["authorised redirect URI"] == f"{PUBLIC_URL}/google/consent/return"
    assert values["second redirect URI, for /admin"] == f"{PUBLIC_URL}/admin/return"
    assert values["sites of PICKER_KEY"] == "https://*.googleusercontent.com https://docs.google.com"
    assert values["PANEL_URL"] == PUBLIC_URL
    assert values["urlFetchWhitelist"] == f"{PUBLIC_URL}/"
    assert values["PROJECT_NUMBER"] == NUMBER
    assert values["service account"] == ACCOUNT
    assert values["delegation scopes"] == SCOPE == google_setup.DELEGATED_SCOPE
    assert values["delegation client id"] == "100000000000000000001"
    assert values["scopes of the manifest"] == values["scopes of the listing"]

    installed.types("doctor", "--google")
    for value in values.values():
        assert f"    {value}\n" in installed.out


def test_the_scopes_are_those_of_the_manifest():
    manifest = json.loads((ROOT / "manifest/google/appsscript.json").read_text())
    assert tuple(manifest["oauthScopes"]) == google_setup.SCRIPT_SCOPES
    assert google_setup.PREFIX == PREFIX


def test_the_consent_screen_also_wants_what_the_service_asks_for(installed):
    installed.patch.setenv("GOOGLE_SCOPE", "spreadsheets")
    installed.types("doctor", "--google", "--json")
    values = {one["name"]: one["value"] for one in installed.data["values"]}
    asked_for = values["scopes of the consent screen"].split()
    assert asked_for[-2:] == [f"{PREFIX}spreadsheets", f"{PREFIX}admin.directory.user.readonly"]


def test_what_is_right_is_right_and_nobody_outside_is_asked(installed, google, monkeypatch):
    """All but the workers, whom nobody has started: exit code 1 and how to start them."""
    assert wrong(installed) == {"workers"}
    assert installed.last.exit_code == 1
    assert "addon-backend worker" in str(checks(installed)["workers"]["fix"])
    assert google.calls == []


@pytest.mark.parametrize(
    ("name", "value", "check"),
    [
        ("PUBLIC_URL", "", "PUBLIC_URL"),
        ("PUBLIC_URL", "http://enrich.example.com", "PUBLIC_URL"),
        ("PUBLIC_URL", "https://localhost:8080", "PUBLIC_URL"),
        ("PUBLIC_URL", "https://192.168.0.7", "PUBLIC_URL"),
        ("PUBLIC_URL", "https://enrich.local", "PUBLIC_URL"),
        ("SECRET_KEY", "", "SECRET_KEY"),
        ("KEK", "", "KEK"),
        ("GOOGLE_CLIENT_ID", "", "GOOGLE_CLIENT_ID"),
        ("GOOGLE_CLIENT_ID", "web", "GOOGLE_CLIENT_ID"),
        ("GOOGLE_AUDIENCES", "", "GOOGLE_AUDIENCES"),
        ("GOOGLE_AUDIENCES", "999-script.apps.googleusercontent.com", "one Cloud project"),
        ("GOOGLE_DELEGATED", "example.com", "delegation"),
        ("GOOGLE_TOKEN_URL", "http://127.0.0.1:9", "addresses of Google"),
        ("GOOGLE_SERVICE_ACCOUNT", "/nowhere/key.json", "GOOGLE_SERVICE_ACCOUNT"),
        ("FRAME_ANCESTORS_GOOGLE", "https://docs.google.com", "FRAME_ANCESTORS_GOOGLE"),
        ("REDIS_URL", "unix:///nowhere", "Redis"),
    ],
)
def test_what_is_wrong_is_named_with_what_mends_it(installed, name, value, check):
    installed.patch.setenv(name, value)
    assert wrong(installed) - {"workers"} == {check}
    found = checks(installed)[check]
    assert found["fix"]
    installed.types("doctor", "--google")
    assert f"✗ {check}: {found['detail']}\n    → {found['fix']}\n" in installed.out


def test_a_key_file_that_others_may_read_is_told(installed, key):
    key.chmod(0o644)
    assert f"chmod 600 {key}" == checks(installed)["GOOGLE_SERVICE_ACCOUNT"]["fix"]


def test_a_database_that_is_not_migrated_is_told_and_left_alone(installed):
    (installed.home / "addon.db").unlink()
    for _ in range(2):
        assert "addon-backend migrate" in str(checks(installed)["database"]["fix"])
    assert installed.types("migrate") == 0
    assert checks(installed)["database"]["ok"]


@pytest.mark.parametrize("words", [[], ["--json"], ["--ask"], ["--ask", "--json"]])
def test_no_secret_is_ever_printed(installed, google, words):
    """Neither of the settings, nor of the key file, nor a token that was made."""
    outside(installed, google)
    installed.types("doctor", "--google", *words)
    told = installed.out + installed.told
    assert CLIENT in told
    for secret in SECRETS.values():
        assert secret.partition(":")[2] or secret not in told
        assert secret not in told
    assert "PRIVATE KEY" not in told
    assert not any(token in told for token in google.access_tokens)


def outside(terminal, google) -> None:
    """Google is on loopback, and our own address leads nowhere."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        terminal.patch.setenv("PUBLIC_URL", f"http://127.0.0.1:{door.getsockname()[1]}")
    terminal.patch.setenv("GOOGLE_CERTS_URL", google.url + CERTS)


def test_asked_google_tells_keys_token_and_time(installed, google):
    outside(installed, google)
    found = checks(installed, "--ask")
    for name in ("Google's keys", "clock", "service account's token"):
        assert found[name]["ok"], found[name]
    assert not found["our address"]["ok"]
    assert f"POST {TOKEN}" in google.calls


def test_an_account_that_google_does_not_take_is_told(installed, google):
    outside(installed, google)
    google.service_accounts.clear()
    google.delegate = "another"
    found = checks(installed, "--ask")["service account's token"]
    assert (found["ok"], found["detail"]) == (False, "Google does not accept this service account (refused)")
    assert found["fix"]


def test_a_clock_that_is_wrong_is_told(google):
    with pytest.raises(HostTrouble) as caught:
        asking.clock(google.url + CERTS, now=lambda: 1_000_000_000.0)
    assert caught.value.facts["reason"] == "clock"


def test_another_page_at_our_address_is_told(google):
    with pytest.raises(HostTrouble) as caught:
        asking.site(google.url)
    assert caught.value.facts["reason"] == "not_us"


def test_asking_without_google_is_wrong_usage(terminal):
    assert terminal.types("doctor", "--ask") == 2


@pytest.mark.parametrize("trouble", ["", "503"])
def test_the_marketplace_is_asked_where_our_application_is_named(installed, google, trouble):
    outside(installed, google)
    installed.patch.setenv("GOOGLE_MARKETPLACE_APP", "app")
    installed.patch.setenv("GOOGLE_MARKETPLACE_URL", google.url)
    google.trouble["/appsmarket/v2/customerLicense/app/example.com"] = [trouble]
    found = checks(installed, "--ask")["Marketplace"]
    assert found["ok"] == (not trouble)
    assert bool(found["fix"]) == bool(trouble)

"""The account with which sheets are shared: from a key file, by impersonation, or the machine's own."""

from __future__ import annotations

import pytest

from addon_backend.bootstrap import build_house, find_engines, migrated
from addon_backend.domain.errors import CredentialMissing, HostTrouble, NotVisible
from addon_backend.domain.workspaces import SERVICE_WORKSPACE
from addon_backend.google.service_account import SCOPE, ServiceAccountTokens, TokensByWorkspace
from addon_backend.services.accounts import enter
from addon_backend.settings import ServiceAccount, Settings, SettingsWrong
from tests.fakes.google_identity import TOKEN, identity_provider
from tests.unit.google.test_credentials import Machine, Rerouted

ACCOUNT = "enrich@project.iam.gserviceaccount.example"


@pytest.fixture
def google():
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def request_(google):
    made = []

    def make():
        made.append(Rerouted(google.url))
        return made[-1]

    yield make
    for one in made:
        one.session.close()


@pytest.fixture
def key(tmp_path, google):
    path = tmp_path / "key.json"
    path.write_text(google.service_account(ACCOUNT))
    return path


def test_a_key_file_gives_address_and_token(google, request_, key):
    """For spreadsheets and nothing else; a token is asked for once while it is good."""
    tokens = ServiceAccountTokens(ServiceAccount(key), request_)

    assert tokens.address() == ACCOUNT
    assert google.calls == []
    token = tokens.token()
    assert tokens.token() == token
    assert google.access_tokens[token].scopes == {SCOPE}
    assert google.access_tokens[token].account.email == ACCOUNT
    assert google.calls == [f"POST {TOKEN}"]


def test_a_token_that_was_refused_is_not_shown_again(request_, key):
    tokens = ServiceAccountTokens(ServiceAccount(key), request_)
    first = tokens.token()
    tokens.drop()
    assert tokens.token() != first


def test_an_account_can_be_impersonated_without_a_key(google, request_):
    asked = []

    def machine(scopes):
        asked.extend(scopes)
        return Machine(google.machine_token)

    tokens = ServiceAccountTokens(ServiceAccount(acting_as=google.delegate), request_, found=machine)
    assert tokens.address() == google.delegate
    assert google.access_tokens[tokens.token()].account.email == google.delegate
    assert asked == ["https://www.googleapis.com/auth/cloud-platform"]


def test_impersonation_that_is_not_allowed_is_told(google, request_):
    account = ServiceAccount(acting_as="another@project.iam.gserviceaccount.example")
    tokens = ServiceAccountTokens(account, request_, found=lambda _: Machine(google.machine_token))
    with pytest.raises(CredentialMissing) as caught:
        tokens.token()
    assert caught.value.facts == {"reason": "refused"}


def test_the_machines_own_credentials_are_taken_where_none_is_named(google, request_):
    """Credentials that tell no address are somebody's: sheets are then shared with "your account"."""
    tokens = ServiceAccountTokens(ServiceAccount(), request_, found=lambda _: Machine("hers"))
    assert (tokens.address(), tokens.token()) == ("", "hers")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"type": "authorized_user"}', "not JSON", None])
def test_a_file_that_is_no_key_is_told_without_a_word_of_it(tmp_path, request_, content):
    path = tmp_path / "key.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(CredentialMissing) as caught:
        ServiceAccountTokens(ServiceAccount(path), request_).token()
    assert caught.value.facts == {"reason": "key_file_unread" if content is None else "key_file"}
    assert caught.value.__cause__ is None


def test_no_secret_of_a_damaged_key_is_told(key, request_):
    key.write_text(key.read_text().replace("BEGIN PRIVATE KEY", "BEGIN SECRET KEY"))
    with pytest.raises(CredentialMissing) as caught:
        ServiceAccountTokens(ServiceAccount(key), request_).token()
    assert "SECRET" not in repr((caught.value, caught.value.facts))


def test_google_that_does_not_answer_is_asked_again_later(google, request_, key, monkeypatch):
    monkeypatch.setattr("google.auth._exponential_backoff.time.sleep", lambda _: None)
    google.trouble[TOKEN] = ["503"] * 3
    tokens = ServiceAccountTokens(ServiceAccount(key), request_)
    with pytest.raises(HostTrouble):
        tokens.token()
    assert tokens.token()


def test_only_the_operators_workspace_acts_with_it(tmp_path, google, request_, key):
    """Whoever else comes without a client of ours has no sheet at Google."""
    settings = Settings(home=tmp_path, redis_url="unix:///nowhere")
    migrated(find_engines(settings))
    house = build_house(settings, find_engines(settings))
    tokens = TokensByWorkspace(house.store, ServiceAccountTokens(ServiceAccount(key), request_), None)

    operator = enter(house, SERVICE_WORKSPACE, "Shared with us", "operator", "en")
    assert tokens.token(operator.workspace, operator.member) in google.access_tokens
    for other in ("google:example.com", "person:local", "person:sandbox", "google:user:service-account"):
        eve = enter(house, other, "x", "operator", "en")
        with pytest.raises(NotVisible):
            tokens.token(eve.workspace, eve.member)


@pytest.mark.parametrize(
    ("text", "key_file", "acting_as"),
    [
        ("", False, ""),
        ("/etc/key.json", True, ""),
        ("key.json", True, ""),
        ("a@p.iam.gserviceaccount.com", False, "a@p.iam.gserviceaccount.com"),
        ("/home/a@b/key.json", True, ""),
    ],
)
def test_the_setting_is_a_file_or_an_address(tmp_path, text, key_file, acting_as):
    told = {"ADDON_HOME": str(tmp_path), "GOOGLE_SERVICE_ACCOUNT": text}
    account = Settings.from_environment(told).service_account
    assert (account.key_file is not None, account.acting_as) == (key_file, acting_as)
    assert account.named == bool(text)
    assert account.key_file is None or account.key_file.is_absolute()


def test_an_address_of_the_api_is_checked_once(tmp_path):
    told = {"ADDON_HOME": str(tmp_path), "GOOGLE_SHEETS_URL": "http://elsewhere.example"}
    with pytest.raises(SettingsWrong) as caught:
        Settings.from_environment(told)
    assert len(caught.value.sentences) == 1

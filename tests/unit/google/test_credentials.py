"""What Google's APIs are shown: a member's own token, as long as it may be used and no longer."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from google.auth.credentials import Credentials
from google.auth.transport.requests import Request

from addon_backend.bootstrap import build_house, find_engines, migrated
from addon_backend.domain.errors import AccessLost, ConsentNeeded, HostTrouble
from addon_backend.domain.switches import Switches
from addon_backend.google.consent import PREFIX, GoogleConsent
from addon_backend.google.credentials import SPARE_SECONDS, AccessTokens
from addon_backend.google.delegation import Delegation
from addon_backend.google.identity import GoogleIdTokens
from addon_backend.google.signing_keys import SigningKeys
from addon_backend.services.accounts import enter
from addon_backend.settings import GoogleClient, Settings
from tests.fakes.google_identity import CERTS, TOKEN, Account, identity_provider
from tests.fakes.google_identity.provider import Grant

REFRESH = f"POST {TOKEN}"
SCOPES = frozenset({"openid", f"{PREFIX}drive.file"})


class Clock:
    """A clock that tests move."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def google():
    with identity_provider() as provider:
        yield provider


@pytest.fixture
def house(tmp_path):
    settings = Settings(home=tmp_path, redis_url="unix:///nowhere")
    migrated(find_engines(settings))
    return build_house(settings, find_engines(settings))


@pytest.fixture
def consent(google):
    client = GoogleClient(
        google.client_id,
        google.client_secret,
        frozenset({"script"}),
        accounts_url=google.url,
        token_url=google.url,
        certs_url=google.url + CERTS,
    )
    return GoogleConsent(client, GoogleIdTokens(SigningKeys(client.certs_url), [client.id]))


@pytest.fixture
def tokens(house, consent, clock):
    return AccessTokens(house.store, consent, clock=clock)


@pytest.fixture
def ada(house):
    return enter(house, "google:example.com", "example.com", "1001", "en", "marie@example.com")


def grants(house, google, who, token="1//first"):  # noqa: S107 - made up
    """Let her consent: Google knows it, and so do we."""
    google.refresh_tokens[token] = Grant(Account(), SCOPES)
    with house.store.unit() as unit:
        unit.credentials.put(who.workspace, who.member, "google", token, SCOPES)
        unit.commit()


def kept(house, who):
    with house.store.reading() as unit:
        return unit.credentials.get(who.workspace, who.member, "google")


def lost(tokens, who):
    with pytest.raises(AccessLost) as caught:
        tokens.token(who.workspace, who.member)
    reason = str(caught.value.facts["reason"])
    assert isinstance(caught.value, ConsentNeeded) == (not reason.startswith("delegation"))
    return reason


def test_a_token_is_good_at_google(house, google, tokens, ada):
    grants(house, google, ada)
    assert tokens.token(ada.workspace, ada.member) in google.access_tokens


def test_google_is_asked_once_until_a_minute_before_the_end(house, google, tokens, ada, clock):
    grants(house, google, ada)
    first = tokens.token(ada.workspace, ada.member)
    clock.now += google.lives - SPARE_SECONDS - 1
    assert tokens.token(ada.workspace, ada.member) == first
    clock.now += 2
    assert tokens.token(ada.workspace, ada.member) != first
    assert google.calls.count(REFRESH) == 2


def test_threads_that_come_at_once_share_one_token(house, google, tokens, ada):
    grants(house, google, ada)
    with ThreadPoolExecutor(8) as pool:
        got = set(pool.map(lambda _: tokens.token(ada.workspace, ada.member), range(32)))
    assert len(got) == 1
    assert google.calls.count(REFRESH) == 1


def test_each_member_has_her_own(house, google, tokens, ada):
    ben = enter(house, "google:example.com", "example.com", "1002", "en")
    grants(house, google, ada)
    assert lost(tokens, ben) == "not_connected"
    grants(house, google, ben, "1//bens")
    assert tokens.token(ada.workspace, ada.member) != tokens.token(ben.workspace, ben.member)


def test_who_never_consented_is_asked_to(google, tokens, ada):
    assert lost(tokens, ada) == "not_connected"
    assert google.calls == []


def test_a_consent_that_has_ended_is_remembered_and_its_token_erased(house, google, tokens, ada):
    grants(house, google, ada)
    google.withdraw()
    assert [lost(tokens, ada) for _ in range(3)] == ["consent_ended"] * 3
    assert google.calls.count(REFRESH) == 1
    assert kept(house, ada).token == ""


def test_consenting_again_mends_it_at_once(house, google, tokens, ada):
    grants(house, google, ada)
    google.withdraw()
    assert lost(tokens, ada) == "consent_ended"
    grants(house, google, ada, "1//second")
    assert tokens.token(ada.workspace, ada.member) in google.access_tokens


def test_a_consent_withdrawn_elsewhere_counts_at_once(house, google, tokens, ada):
    grants(house, google, ada)
    tokens.token(ada.workspace, ada.member)
    with house.store.unit() as unit:
        unit.credentials.forget(ada.workspace, ada.member, "google")
        unit.commit()
    assert lost(tokens, ada) == "not_connected"


def test_a_token_that_google_refused_early_is_not_handed_out_again(house, google, tokens, ada):
    grants(house, google, ada)
    first = tokens.token(ada.workspace, ada.member)
    tokens.drop(ada.workspace, ada.member)
    assert tokens.token(ada.workspace, ada.member) != first


@pytest.mark.parametrize("trouble", ["503", "429", "silent", "lost", "html", "cut"])
def test_while_google_does_not_answer_nothing_is_lost(house, google, tokens, ada, trouble):
    grants(house, google, ada)
    google.trouble[TOKEN] = [trouble]
    with pytest.raises(HostTrouble):
        tokens.token(ada.workspace, ada.member)
    assert kept(house, ada).token
    assert tokens.token(ada.workspace, ada.member) in google.access_tokens


def test_a_client_that_google_does_not_know_is_the_operators_trouble(house, google, tokens, ada):
    grants(house, google, ada)
    google.client_secret = "another"
    with pytest.raises(HostTrouble) as caught:
        tokens.token(ada.workspace, ada.member)
    assert caught.value.facts["reason"] == "google_client_refused"
    assert kept(house, ada).token


def test_no_error_tells_a_token(house, google, tokens, ada):
    grants(house, google, ada)
    google.trouble[TOKEN] = ["503"]
    with pytest.raises(HostTrouble) as caught:
        tokens.token(ada.workspace, ada.member)
    assert caught.value.__cause__ is None
    assert "1//first" not in repr((caught.value, caught.value.facts, kept(house, ada), tokens))


class Machine(Credentials):
    """The credentials of the machine that we run on."""

    def __init__(self, token):
        super().__init__()
        self.token = token

    def refresh(self, request):
        raise AssertionError("it is good already")


class Rerouted(Request):
    """Google's addresses are written into its library: this leads them to loopback."""

    def __init__(self, url):
        super().__init__()
        self._url = url

    def __call__(self, url, method="GET", body=None, headers=None, timeout=10, **told):
        for known in ("https://iamcredentials.googleapis.com", "https://oauth2.googleapis.com"):
            url = url.replace(known, self._url)
        assert url.startswith(self._url)
        return super().__call__(url, method, body, headers, timeout, **told)


def switch_delegation(house, caller, *, on=True):
    """Switch it for a workspace, as its administrator does."""
    with house.store.unit() as unit:
        unit.administration.set_switches(caller.workspace, Switches(delegation=on))
        unit.commit()


class TestDelegation:
    """Where an administrator has installed us, nobody is asked one by one."""

    @pytest.fixture
    def request_(self, google):
        made = []

        def make():
            made.append(Rerouted(google.url))
            return made[-1]

        yield make
        for one in made:
            one.session.close()

    @pytest.fixture
    def tokens(self, house, google, consent, clock, request_, ada):
        switch_delegation(house, ada)
        delegation = Delegation(
            google.delegate, ["example.com"], lambda: Machine(google.machine_token), request_
        )
        return AccessTokens(house.store, consent, delegation, clock)

    def test_acts_for_the_member_whom_google_has_vouched_for(self, google, tokens, ada):
        token = tokens.token(ada.workspace, ada.member)
        assert google.access_tokens[token].account.sub == "1001"
        assert google.access_tokens[token].scopes == {f"{PREFIX}spreadsheets"}
        assert google.acted_for == ["marie@example.com"]

    def test_is_asked_once_an_hour(self, google, tokens, ada, clock):
        first = tokens.token(ada.workspace, ada.member)
        assert tokens.token(ada.workspace, ada.member) == first
        clock.now += 3600 - SPARE_SECONDS
        assert tokens.token(ada.workspace, ada.member) != first

    @pytest.mark.parametrize("workspace", ["google:other.example", "google:user:1001", "person:example.com"])
    def test_is_for_organisations_that_have_it_switched_on(self, house, google, tokens, workspace):
        eve = enter(house, workspace, "x", "1001", "en", "marie@example.com")
        switch_delegation(house, eve)
        assert lost(tokens, eve) == "not_connected"
        assert google.acted_for == []

    def test_is_the_administrators_to_switch(self, house, google, tokens, ada):
        """Named by the operator, installed at Google, and yet not before she says so; her no counts."""
        switch_delegation(house, ada, on=False)
        assert lost(tokens, ada) == "not_connected"
        switch_delegation(house, ada)
        tokens.token(ada.workspace, ada.member)
        switch_delegation(house, ada, on=False)
        assert lost(tokens, ada) == "not_connected"
        assert google.acted_for == ["marie@example.com"]

    def test_is_offered_to_every_organisation_where_the_operator_names_none(self, house, google):
        delegation = Delegation(google.delegate, [], lambda: Machine(google.machine_token), Request)
        assert delegation.serves("google:other.example")
        assert not delegation.serves("google:user:1001")
        assert not delegation.serves("person:example.com")

    def test_of_an_organisation_that_has_taken_it_back_is_told(self, google, tokens, ada):
        google.installed.clear()
        assert lost(tokens, ada) == "delegation_refused"

    def test_of_an_account_that_is_gone_is_told(self, google, tokens, ada):
        google.accounts.clear()
        assert lost(tokens, ada) == "delegation_unknown_user"

    def test_of_somebody_without_an_address_is_told(self, house, google, tokens):
        nameless = enter(house, "google:example.com", "x", "1009", "en")
        assert lost(tokens, nameless) == "delegation_unknown_user"
        assert google.calls == []

    def test_without_the_right_to_sign_is_the_operators_trouble(self, google, tokens, ada):
        google.machine_token = "another"
        tokens._delegation._source = lambda: Machine("a token of nobody")  # noqa: SLF001 - the machine's, changed
        with pytest.raises(HostTrouble) as caught:
            tokens.token(ada.workspace, ada.member)
        assert caught.value.facts["reason"] == "google_delegation"
        assert caught.value.__cause__ is None

"""Who has installed us, by the Marketplace's word; who is let in when it says nothing."""

from __future__ import annotations

import json
from pathlib import Path

import googleapiclient
import pytest

from addon_backend.domain.errors import CredentialMissing, HostTrouble
from addon_backend.google.licence import KEPT_SECONDS, REFUSAL_SECONDS, SCOPE, MarketplaceLicences
from addon_backend.ports.identity import Identity
from tests.fakes.google_identity import Account, identity_provider
from tests.fakes.google_identity.provider import Grant
from tests.unit.google.test_credentials import Clock

MARIE = Identity("1001", "marie@example.com", "example.com")
CUSTOMER = "/appsmarket/v2/customerLicense/app/example.com"


@pytest.fixture
def google():
    with identity_provider() as provider:
        provider.access_tokens["ours"] = Grant(Account(), frozenset({SCOPE}))
        yield provider


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def licences(google, clock):
    return MarketplaceLicences("app", google.url, lambda: "ours", clock)


def test_an_organisation_that_has_installed_us_comes_in(google, licences):
    google.licences["example.com"] = "ACTIVE"
    assert not licences.refuses(MARIE)
    assert google.calls == [f"GET {CUSTOMER}"]


def test_one_that_has_not_is_refused(google, licences):
    assert licences.refuses(MARIE)
    assert google.calls[-1] == "GET /appsmarket/v2/userLicense/app/marie%40example.com"


@pytest.mark.parametrize(("state", "refused"), [("ACTIVE", False), ("EXPIRED", True), ("UNLICENSED", True)])
def test_a_member_who_has_installed_us_for_herself_comes_in(google, licences, state, refused):
    google.licences["marie@example.com"] = state
    assert licences.refuses(MARIE) == refused


def test_an_account_of_ones_own_is_not_asked_for(google, licences):
    assert not licences.refuses(Identity("2001", "ada@example.com"))
    assert google.calls == []


def test_a_yes_counts_for_an_hour_and_a_no_for_a_minute(google, licences, clock):
    google.licences["example.com"] = "ACTIVE"
    assert not licences.refuses(MARIE)
    google.licences.clear()
    clock.now += KEPT_SECONDS - 1
    assert not licences.refuses(MARIE)
    assert len(google.calls) == 1
    clock.now += 2
    assert licences.refuses(MARIE)

    google.licences["example.com"] = "ACTIVE"
    assert licences.refuses(MARIE)
    clock.now += REFUSAL_SECONDS
    assert not licences.refuses(MARIE)


@pytest.mark.parametrize("trouble", ["silent", "503", "html", "cut", "429"])
def test_a_silent_marketplace_lets_people_in_and_is_left_alone_for_a_while(google, licences, clock, trouble):
    google.trouble[CUSTOMER] = [trouble]
    assert not licences.refuses(MARIE)
    assert not licences.refuses(MARIE)
    assert len(google.calls) == 1
    clock.now += 61
    assert licences.refuses(MARIE)


def test_a_word_that_we_do_not_know_refuses_nobody(google, licences):
    google.licences["example.com"] = "PAUSED"
    assert not licences.refuses(MARIE)


def test_a_token_without_the_scope_refuses_nobody_and_is_told_to_who_asks(google, licences):
    google.access_tokens.clear()
    assert not licences.refuses(MARIE)
    with pytest.raises(HostTrouble):
        licences.customer("example.com")


def test_without_a_credential_nobody_is_refused(google):
    def none():
        raise CredentialMissing

    assert not MarketplaceLicences("app", google.url, none).refuses(MARIE)


def test_paths_and_scope_are_googles():
    """As the discovery document has them, which we did not write."""
    folder = Path(googleapiclient.__file__).parent / "discovery_cache/documents"
    told = json.loads((folder / "appsmarket.v2.json").read_text())
    assert told["rootUrl"] == "https://appsmarket.googleapis.com/"
    for kind, name in (("customerLicense", "customerId"), ("userLicense", "userId")):
        method = told["resources"][kind]["methods"]["get"]
        assert method["path"] == f"appsmarket/v2/{kind}/{{applicationId}}/{{{name}}}"
        assert method["scopes"] == [SCOPE]

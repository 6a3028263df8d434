"""Whom Google's ID tokens let in, and whom they do not. The keys come over real HTTP."""

import base64
import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from addon_backend.domain.errors import HostTrouble, NotSignedIn
from addon_backend.google.identity import LONGEST_TOKEN, GoogleIdTokens
from addon_backend.google.signing_keys import FAILED_SECONDS, UNKNOWN_SECONDS, SigningKeys
from addon_backend.ports.identity import Identity
from tests.fakes.google_identity import CERTS, Account, Signer, claims_of, identity_provider

SCRIPT = "script.apps.googleusercontent.example"
STRANGER = Signer("key-of-a-stranger")


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
def tokens(google, clock):
    return GoogleIdTokens(SigningKeys(google.url + CERTS, clock), [SCRIPT, google.client_id])


def refused(tokens, token):
    """Return the reason; nothing of the token is in the error or its cause."""
    with pytest.raises(NotSignedIn) as caught:
        tokens.verify(token)
    assert caught.value.__cause__ is None
    assert len(token) < 9 or token not in str(caught.value)
    return caught.value.facts["reason"]


def test_a_good_token_says_who_asks(tokens, google):
    token = google.id_token(SCRIPT, Account("1001", "marie@example.com", "Example.com"))
    assert tokens.verify(token) == Identity("1001", "marie@example.com", "example.com")


def test_an_account_of_ones_own_has_no_domain_whatever_its_address_says(tokens, google):
    assert tokens.verify(google.id_token(SCRIPT, Account("7", "ada@example.com", None))).domain == ""


@pytest.mark.parametrize("issuer", ["accounts.google.com", "https://accounts.google.com"])
def test_google_has_two_names(tokens, google, issuer):
    assert tokens.verify(google.id_token(SCRIPT, iss=issuer)).subject == "1001"


def test_each_of_our_clients_is_an_audience(tokens, google):
    assert tokens.verify(google.id_token(google.client_id)).subject == "1001"


def test_a_token_may_be_shown_again_while_it_lives(tokens, google):
    token = google.id_token(SCRIPT)
    assert tokens.verify(token) == tokens.verify(token)


def test_clocks_may_differ_by_ten_seconds(tokens, google):
    now = int(time.time())
    assert tokens.verify(google.id_token(SCRIPT, iat=now + 5, exp=now + 3600))
    assert tokens.verify(google.id_token(SCRIPT, iat=now - 3600, exp=now - 5))


NOW = int(time.time())
WRONG: dict[str, tuple[dict[str, object], str]] = {
    "expired": ({"iat": NOW - 7200, "exp": NOW - 3600}, "id_token_refused"),
    "not yet issued": ({"iat": NOW + 3600, "exp": NOW + 7200}, "id_token_refused"),
    "not yet valid": ({"nbf": NOW + 3600}, "id_token_early"),
    "a strange beginning": ({"nbf": "soon"}, "id_token_early"),
    "without an end": ({"exp": None}, "id_token_refused"),
    "an end in words": ({"exp": "tomorrow"}, "id_token_refused"),
    "for somebody else": ({"aud": "other.example"}, "id_token_audience"),
    "for nobody": ({"aud": None}, "id_token_audience"),
    "for us among others": ({"aud": [SCRIPT, "other.example"]}, "id_token_audience"),
    "of another issuer": ({"iss": "https://accounts.google.com.evil.example"}, "id_token_issuer"),
    "of no issuer": ({"iss": None}, "id_token_issuer"),
    "without a subject": ({"sub": None}, "id_token_subject"),
    "an empty subject": ({"sub": ""}, "id_token_subject"),
    "a subject that is no text": ({"sub": 1001}, "id_token_subject"),
    "an address nobody verified": ({"email_verified": False}, "email_unverified"),
    "an address that says nothing": ({"email_verified": None}, "email_unverified"),
    "verified in words": ({"email_verified": "true"}, "email_unverified"),
    "no address": ({"email": None}, "email_unverified"),
    "a domain that is none": ({"hd": "user:1001"}, "id_token_domain"),
    "a domain of another type": ({"hd": ["example.com"]}, "id_token_domain"),
}


@pytest.mark.parametrize("what", WRONG)
def test_nobody_gets_in_with_a_token(tokens, google, what):
    told, reason = WRONG[what]
    claims = {name: value for name, value in {**claims_of(SCRIPT), **told}.items() if value is not None}
    assert refused(tokens, google.signers[0].token(claims)) == reason


def test_a_token_without_a_signature_is_none(tokens, google):
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "key-1"}).encode()).decode()
    claims = google.id_token(SCRIPT).split(".")[1]
    for signature in ("", "AA"):
        assert refused(tokens, f"{header.rstrip('=')}.{claims}.{signature}") in {
            "id_token_unreadable",
            "id_token_algorithm",
        }


def test_the_public_key_is_no_secret(tokens, google):
    assert refused(tokens, google.signers[0].hs256(claims_of(SCRIPT))) == "id_token_algorithm"


@pytest.mark.parametrize(
    "header", [{"kid": None}, {"kid": 1}, {"alg": "RS512"}, {"alg": "ES256"}, {"alg": None}]
)
def test_a_header_that_google_does_not_write_is_refused(tokens, google, header):
    assert refused(tokens, google.signers[0].token(claims_of(SCRIPT), **header)) == "id_token_algorithm"


def test_every_changed_character_of_what_is_signed_makes_it_worthless(tokens, google):
    token = google.id_token(SCRIPT)
    start, end = token.index(".") + 1, token.rindex(".")
    for place in range(start, end, 7):
        changed = token[:place] + ("A" if token[place] != "A" else "B") + token[place + 1 :]
        assert refused(tokens, changed)


def test_a_key_of_somebody_else_signs_for_nobody(tokens, google):
    assert refused(tokens, STRANGER.token(claims_of(SCRIPT))) == "id_token_key"
    assert refused(tokens, STRANGER.token(claims_of(SCRIPT), kid="key-1")) == "id_token_refused"


@pytest.mark.parametrize("text", ["", ".", "..", "a.b", "a.b.c", "a.b.c.d", "é.é.é", "e30.e30.AA", "a\n.b.c"])
def test_anything_else_is_no_token(tokens, text):
    assert refused(tokens, text)


def test_a_token_without_end_is_not_read(tokens, google):
    token = google.signers[0].token({**claims_of(SCRIPT), "padding": "x" * LONGEST_TOKEN})
    assert refused(tokens, token) == "id_token_unreadable"
    assert google.calls == []


@pytest.mark.parametrize("audiences", [[], [""], ["x", ""]])
def test_there_is_no_verifier_that_takes_any_audience(google, audiences):
    with pytest.raises(ValueError, match="audience"):
        GoogleIdTokens(SigningKeys(google.url + CERTS), audiences)


class TestTheKeys:
    """Fetched once per ``max-age``, and once more for a key that is not among them."""

    def test_are_fetched_once_per_max_age(self, tokens, google, clock):
        for _ in range(5):
            tokens.verify(google.id_token(SCRIPT))
        assert len(google.calls) == 1
        clock.now += google.max_age - 1
        tokens.verify(google.id_token(SCRIPT))
        assert len(google.calls) == 1
        clock.now += 2
        tokens.verify(google.id_token(SCRIPT))
        assert len(google.calls) == 2

    def test_two_keys_are_both_good(self, tokens, google):
        google.signers.append(Signer("key-2"))
        for signer in google.signers:
            assert tokens.verify(signer.token(claims_of(SCRIPT)))
        assert len(google.calls) == 1

    def test_a_new_key_is_found_before_the_old_ones_are_stale(self, tokens, google, clock):
        tokens.verify(google.id_token(SCRIPT))
        google.signers.append(Signer("key-2"))
        clock.now += UNKNOWN_SECONDS
        assert tokens.verify(google.id_token(SCRIPT))
        assert len(google.calls) == 2

    def test_tokens_of_strangers_cost_google_nothing(self, tokens, google, clock):
        for _ in range(20):
            assert refused(tokens, STRANGER.token(claims_of(SCRIPT))) == "id_token_key"
        assert len(google.calls) == 1
        clock.now += UNKNOWN_SECONDS
        for _ in range(20):
            assert refused(tokens, STRANGER.token(claims_of(SCRIPT))) == "id_token_key"
        assert len(google.calls) == 2

    def test_a_key_that_google_has_withdrawn_is_no_key_any_more(self, tokens, google, clock):
        old = google.id_token(SCRIPT)
        assert tokens.verify(old)
        google.signers[:] = [Signer("key-2")]
        clock.now += google.max_age
        assert refused(tokens, old) == "id_token_key"

    @pytest.mark.parametrize("trouble", ["silent", "503", "html", "cut", "404"])
    def test_while_google_does_not_answer_nobody_is_let_in_and_nobody_waits(
        self, tokens, google, clock, trouble
    ):
        google.trouble[CERTS] = [trouble]
        for _ in range(3):
            with pytest.raises(HostTrouble):
                tokens.verify(google.id_token(SCRIPT))
        assert len(google.calls) == 1
        clock.now += FAILED_SECONDS
        assert tokens.verify(google.id_token(SCRIPT))

    def test_threads_that_come_at_once_share_one_fetch(self, tokens, google):
        token = google.id_token(SCRIPT)
        with ThreadPoolExecutor(8) as pool:
            assert len(set(pool.map(tokens.verify, [token] * 32))) == 1
        assert len(google.calls) == 1

    def test_what_is_no_rsa_key_for_signatures_is_left_out(self, tokens, google):
        class Odd(Signer):
            def jwk(self):
                return super().jwk() | {"use": "enc"}

        google.signers.append(Odd("key-2"))
        assert refused(tokens, google.id_token(SCRIPT)) == "id_token_key"

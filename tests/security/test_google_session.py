"""The one endpoint that gives tickets away: what it lets through, how often, and what it never repeats."""

import base64
import io
import json
import logging

import pytest
import structlog

from addon_backend.telemetry import logs
from tests.api.google_office import SCRIPT
from tests.fakes.google_identity import Account, Signer, claims_of


@pytest.fixture
def stream():
    """Where our log goes; put back afterwards."""
    kept = logging.getLogger().handlers[:], logging.getLogger().level
    out = io.StringIO()
    logs.set_up_logs("debug", out)
    yield out
    logs.clear()
    structlog.reset_defaults()
    logging.getLogger().handlers[:], level = kept
    logging.getLogger().setLevel(level)


def tokens(google):
    """Tokens of every sort, good and bad."""
    good = google.id_token(SCRIPT)
    header, claims, signature = good.split(".")
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none", "kid": "key-1"}).encode()).decode().rstrip("=")
    return {
        "good": good,
        "for our own web client only": google.id_token(google.client_id),
        "for somebody else": google.id_token("other.apps.googleusercontent.example"),
        "expired": google.id_token(SCRIPT, iat=1_700_000_000, exp=1_700_003_600),
        "unverified": google.id_token(SCRIPT, email_verified=False),
        "of a stranger": Signer("key-1").token(claims_of(SCRIPT)),
        "without a signature": f"{none}.{claims}.",
        "with another signature": f"{header}.{claims}.{signature[::-1]}",
        "words": "marie@example.com",
    }


def test_one_of_them_is_let_in(connected):
    answers = {what: connected.session(token) for what, token in tokens(connected.google).items()}
    assert {what for what, answer in answers.items() if answer.status_code == 200} == {"good"}
    refused = {answer.get_json()["code"] for what, answer in answers.items() if what != "good"}
    assert refused == {"not_signed_in"}


def test_no_token_is_in_the_log_or_in_an_answer(connected, stream):
    connected.google.user = Account(sub="108204268033311374519")  # as long as Google's: nothing else reads so
    for token in tokens(connected.google).values():
        answer = connected.session(token)
        shown = answer.text + str(answer.headers) + stream.getvalue()
        parts = [part for part in token.split(".") if part]
        assert not any(part in shown for part in parts)
    assert "marie@example.com" not in stream.getvalue()
    assert connected.google.user.sub not in stream.getvalue()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"id_token": ""},
        {"id_token": None},
        {"id_token": 5},
        {"id_token": "x" * 8193},
        {"id_token": ["a.b.c"]},
        {"id_token": "a.b.c", "email": "marie@example.com"},
        {"id_token": "a.b.c", "hd": "example.com"},
        {"id_token": "a.b.c", "language": "x" * 36},
    ],
)
def test_nothing_else_can_be_said(connected, body):
    answer = connected.office.stranger().post("/v1/google/session", json=body)
    assert answer.status_code == 422
    assert connected.google.calls == []


def test_each_account_is_counted_by_itself(connected):
    office = connected.office.reopened(rate_looks="2/hour")
    client = office.stranger()
    marie, jean = (connected.google.id_token(SCRIPT, Account(sub)) for sub in ("1001", "1002"))
    assert [connected.session(marie, client=client).status_code for _ in range(3)] == [200, 200, 429]
    assert connected.session(jean, client=client).status_code == 200
    assert int(connected.session(marie, client=client).headers["Retry-After"]) >= 1


def test_what_is_no_token_of_googles_counts_for_nobody(connected):
    """Or anybody could lock her out."""
    client = connected.office.reopened(rate_looks="1/hour").stranger()
    forged = Signer("key-1").token(claims_of(SCRIPT))
    assert {connected.session(forged, client=client).status_code for _ in range(5)} == {401}
    assert connected.session(connected.google.id_token(SCRIPT), client=client).status_code == 200

"""The fake is held honest by clients that Google wrote: they get from it what they would get from Google."""

import pytest
import requests
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.oauth2.credentials import Credentials
from google_auth_oauthlib.flow import Flow

from addon_backend.google.consent import PREFIX
from tests.fakes.google_identity import AUTHORIZE, REVOKE, TOKEN, identity_provider

SCOPES = ["openid", f"{PREFIX}userinfo.email", f"{PREFIX}drive.file"]
BACK = "https://enrich.example/back"


@pytest.fixture
def google():
    with identity_provider() as provider:
        provider.redirect_uris.add(BACK)
        yield provider


@pytest.fixture
def flow(google, monkeypatch):
    """Google's own client for this, as an application would use it."""
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    client = {
        "client_id": google.client_id,
        "client_secret": google.client_secret,
        "auth_uri": google.url + AUTHORIZE,
        "token_uri": google.url + TOKEN,
    }
    made = Flow.from_client_config({"web": client}, SCOPES, redirect_uri=BACK)
    yield made
    made.oauth2session.close()


@pytest.fixture
def transport():
    with requests.Session() as session:
        yield Request(session)


def consented(flow, **told):
    address, _ = flow.authorization_url(**{"access_type": "offline", "prompt": "consent"} | told)
    back = requests.get(address, allow_redirects=False, timeout=10).headers["Location"]
    flow.fetch_token(authorization_response=back)
    return flow.credentials


def test_googles_client_consents_refreshes_and_is_revoked(google, flow, transport):
    credentials = consented(flow)
    assert set(credentials.granted_scopes) == set(SCOPES)
    assert credentials.token in google.access_tokens

    first = credentials.token
    credentials.refresh(transport)
    assert credentials.token != first

    answer = requests.post(google.url + REVOKE, data={"token": credentials.refresh_token}, timeout=10)
    assert answer.status_code == 200
    with pytest.raises(RefreshError) as ended:
        credentials.refresh(transport)
    assert not ended.value.retryable
    assert ended.value.args[1]["error"] == "invalid_grant"


@pytest.mark.parametrize("told", [{"access_type": "online"}, {"prompt": "select_account"}])
def test_a_refresh_token_comes_only_when_it_is_asked_for(flow, told):
    assert consented(flow, **told).refresh_token is None


def test_another_verifier_is_refused(google, flow):
    address, _ = flow.authorization_url()
    back = requests.get(address, allow_redirects=False, timeout=10).headers["Location"]
    flow.code_verifier = "another-verifier-" * 4
    with pytest.raises(Exception, match="invalid_grant"):
        flow.fetch_token(authorization_response=back)


def test_a_secret_that_is_not_the_clients_is_refused(google, flow, transport):
    credentials = consented(flow)
    stolen = Credentials(
        None,
        refresh_token=credentials.refresh_token,
        token_uri=google.url + TOKEN,
        client_id=google.client_id,
        client_secret="another",
    )
    with pytest.raises(RefreshError, match="invalid_client"):
        stolen.refresh(transport)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"redirect_uri": BACK + "/"}, "redirect_uri_mismatch"),
        ({"client_id": "another"}, "invalid_client"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"response_type": "token"}, "invalid_request"),
        ({"scope": ""}, "invalid_request"),
    ],
)
def test_a_wrong_request_is_answered_there_and_not_by_a_redirect(google, change, error):
    asked = {
        "client_id": google.client_id,
        "redirect_uri": BACK,
        "response_type": "code",
        "scope": "openid",
        "code_challenge": "x" * 43,
        "code_challenge_method": "S256",
    }
    answer = requests.get(google.url + AUTHORIZE, asked | change, allow_redirects=False, timeout=10)
    assert answer.status_code >= 400
    assert answer.json()["error"] == error

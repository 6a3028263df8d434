"""Our own OAuth client at Google: asking for consent, exchanging its answer, refreshing, revoking.

https://developers.google.com/identity/protocols/oauth2/web-server. The exchange is our own: oauthlib takes a
consent with one box unticked, and even Google's other spelling of ``email``, for an accident.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from addon_backend.domain.errors import ConsentFailed, ConsentNeeded, HostTrouble
from addon_backend.google.oauth import OAuthClient
from addon_backend.google.wire import ask
from addon_backend.ports.consent import Grant, Question
from addon_backend.ports.identity import IdTokens
from addon_backend.settings import GoogleClient

PREFIX = "https://www.googleapis.com/auth/"
_USUAL_SECONDS = 3600.0


def offered(workspace_key: str, domains: Collection[str]) -> bool:
    """Return True for an organisation of these domains; none are named: for any."""
    kind, _, domain = workspace_key.partition(":")
    return kind == "google" and not domain.startswith("user:") and (not domains or domain in domains)


@dataclass(frozen=True, slots=True)
class AccessToken:
    """What Google's APIs want to see, and for how many seconds from now it is good."""

    text: str = field(repr=False)
    seconds: float


class GoogleConsent:
    """Implements `ports.consent.ConsentDesk`; besides, it refreshes what was granted."""

    provider = "google"

    def __init__(self, client: GoogleClient, id_tokens: IdTokens) -> None:
        """Take the client, and what checks ID tokens that Google has issued for this client alone."""
        self._client = client
        self._oauth = OAuthClient(client)
        self._id_tokens = id_tokens
        self.scope = client.scope

    def for_everybody(self, workspace_key: str) -> str:
        """Return ``spreadsheets`` for an organisation, where the operator offers delegation to it."""
        client = self._client
        return "spreadsheets" if client.delegate and offered(workspace_key, client.delegated) else ""

    def address(self, question: Question) -> str:
        """Return Google's consent page: for a refresh token, with the box for the sheets, for this person."""
        return self._oauth.address(
            question,
            f"openid email {PREFIX}{self.scope}",
            access_type="offline",
            prompt="consent",  # else a second consent brings no refresh token
        )

    def exchange(self, code: str, question: Question) -> Grant:
        """Return what she granted.

        Raises `ConsentFailed` (``unticked_…``, or ``link_used`` where Google does not know the code),
        `NotSignedIn` or `HostTrouble`.
        """
        answer = self._oauth.token(
            grant_type="authorization_code",
            code=code,
            code_verifier=question.verifier,
            redirect_uri=question.back,
        )
        if answer.status != 200:
            raise ConsentFailed(reason="link_used")
        identity = self._id_tokens.verify(answer.text("id_token"))
        scopes = frozenset(answer.text("scope").split())
        if PREFIX + self.scope not in scopes:
            raise ConsentFailed(reason=f"unticked_{self.scope.replace('.', '_')}")
        token = answer.text("refresh_token")
        if not token:
            raise HostTrouble(reason="google_no_refresh_token")
        return Grant(identity, token, scopes)

    def refresh(self, token: str) -> AccessToken:
        """Return a new access token. Raises `ConsentNeeded` where the grant has ended, else `HostTrouble`."""
        answer = self._oauth.token(grant_type="refresh_token", refresh_token=token)
        if answer.text("error") == "invalid_grant":
            raise ConsentNeeded(reason="consent_ended")
        access, seconds = answer.text("access_token"), answer.body.get("expires_in")
        if answer.status != 200 or not access:
            raise HostTrouble(reason="google_refused_token")
        return AccessToken(access, float(seconds) if isinstance(seconds, int | float) else _USUAL_SECONDS)

    def revoke(self, token: str) -> None:
        """End the grant; Google ends all that it has given out for it. Raises `HostTrouble`."""
        answer = ask("POST", f"{self._client.token_url}/revoke", {"token": token})
        if answer.status != 200 and answer.text("error") != "invalid_token":
            raise HostTrouble(reason="google_refused_revocation")

    def short(self, scope: str) -> str:
        """Return ``drive.file`` or ``spreadsheets``; "" for who she is."""
        name = scope.removeprefix(PREFIX)
        return "" if name == scope or name.startswith("userinfo.") else name

"""Our OAuth web client at Google: the page that asks, and the endpoint that gives tokens for the answer."""

from __future__ import annotations

import base64
import hashlib
from urllib.parse import urlencode

import structlog

from addon_backend.domain.errors import HostTrouble
from addon_backend.google.wire import Answer, ask
from addon_backend.ports.consent import Question
from addon_backend.settings import GoogleClient

log = structlog.get_logger(__name__)


class OAuthClient:
    """The code flow with PKCE (RFC 7636), for whichever scopes."""

    def __init__(self, client: GoogleClient) -> None:
        self._client = client

    def address(self, question: Question, scope: str, **more: str) -> str:
        """Return Google's page for these scopes; it names person and organisation where we know them."""
        challenge = hashlib.sha256(question.verifier.encode()).digest()
        asked = {
            "client_id": self._client.id,
            "redirect_uri": question.back,
            "response_type": "code",
            "scope": scope,
            "state": question.state,
            "code_challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
            "code_challenge_method": "S256",
            **more,
        }
        known = {"login_hint": question.hint, "hd": question.domain}
        asked |= {name: value for name, value in known.items() if value}
        return f"{self._client.accounts_url}/o/oauth2/v2/auth?{urlencode(asked)}"

    def token(self, **form: str) -> Answer:
        """Ask the token endpoint. Raises `HostTrouble`, also where Google does not know our client."""
        secrets = {"client_id": self._client.id, "client_secret": self._client.secret}
        answer = ask("POST", f"{self._client.token_url}/token", form | secrets)
        if answer.text("error") in {"invalid_client", "unauthorized_client", "redirect_uri_mismatch"}:
            log.error("google_client_refused", code=answer.text("error"))
            raise HostTrouble(reason="google_client_refused")
        return answer

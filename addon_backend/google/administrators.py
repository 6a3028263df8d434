"""Who administers an organisation, by Google's Directory, asked with that person's own token.

https://developers.google.com/workspace/admin/directory/reference/rest/v1/users/get. Whoever may not look at
users is refused with 403; a delegated administrator is answered, and is not ``isAdmin``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode

from addon_backend.domain.errors import AccessLost, HostTrouble, NotAdministrator
from addon_backend.google.consent import PREFIX
from addon_backend.google.delegation import Delegation
from addon_backend.google.oauth import OAuthClient
from addon_backend.google.wire import Answer, ask
from addon_backend.ports.administrators import SignedIn
from addon_backend.ports.consent import Question
from addon_backend.ports.identity import IdTokens
from addon_backend.settings import GoogleClient

SCOPE = f"{PREFIX}admin.directory.user.readonly"
_UNTICKED = frozenset({"insufficientPermissions", "ACCESS_TOKEN_SCOPE_INSUFFICIENT"})
_NOT_ENABLED = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_BUSY = frozenset({"quotaExceeded", "rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})


class GoogleAdministrators:
    """Implements `ports.administrators.AdministratorDesk`."""

    provider = "google"

    def __init__(
        self, client: GoogleClient, id_tokens: IdTokens, delegation: Delegation | None = None
    ) -> None:
        """Take the client, what checks ID tokens issued for it alone, and what acts for all members."""
        self._client = client
        self._oauth = OAuthClient(client)
        self._id_tokens = id_tokens
        self._delegation = delegation

    def address(self, question: Question) -> str:
        """Return Google's sign-in page: no refresh token is asked for, and she chooses the account."""
        return self._oauth.address(question, f"openid email {SCOPE}", prompt="select_account")

    def exchange(self, code: str, question: Question) -> SignedIn:
        """Return who came back."""
        answer = self._oauth.token(
            grant_type="authorization_code",
            code=code,
            code_verifier=question.verifier,
            redirect_uri=question.back,
        )
        if answer.status != 200:
            raise NotAdministrator(reason="link_used")
        identity = self._id_tokens.verify(answer.text("id_token"))
        if identity.domain and SCOPE not in answer.text("scope").split():
            raise NotAdministrator(reason="unticked")
        return SignedIn(identity, answer.text("access_token"))

    def administers(self, who: SignedIn) -> bool:
        """Ask the Directory for her own entry. It is hers only where it carries her ``sub``."""
        if not who.identity.domain:
            return True
        fields = urlencode({"fields": "id,isAdmin,suspended"})
        user = quote(who.identity.subject, safe="")
        address = f"{self._client.directory_url}/admin/directory/v1/users/{user}?{fields}"
        answer = ask("GET", address, bearer=who.token)
        if answer.status == 200:
            hers = answer.text("id") == who.identity.subject and answer.body.get("suspended") is not True
            return hers and answer.body.get("isAdmin") is True
        return _refused(answer)

    def offers_delegation(self, workspace_key: str) -> bool:
        """Return True for organisations, where the operator has a service account for them."""
        return self._delegation is not None and self._delegation.serves(workspace_key)

    def delegation_trouble(self, email: str) -> str:
        """Ask for a token in her name, and forget it."""
        if self._delegation is None:
            return "delegation_off"
        try:
            self._delegation.token(email)
        except (AccessLost, HostTrouble) as trouble:
            return str(trouble.facts.get("reason", trouble.code))
        return ""


def _refused(answer: Answer) -> bool:
    """Return False for who is no administrator; raise for every other reason."""
    reasons = set(_reasons(answer.body.get("error")))
    if reasons & _NOT_ENABLED:
        raise NotAdministrator(reason="not_enabled")
    if reasons & _UNTICKED:
        raise NotAdministrator(reason="unticked")
    if reasons & _BUSY or answer.status not in {403, 404}:
        raise HostTrouble(reason="google_directory", status=answer.status)
    return False


def _reasons(error: object) -> Iterator[str]:
    """Yield the codes of an error, in its old form (``errors``) and its new one (``details``)."""
    if not isinstance(error, Mapping):
        return
    for name in ("errors", "details"):
        told = error.get(name)
        for one in told if isinstance(told, list) else ():
            if isinstance(one, Mapping) and isinstance(one.get("reason"), str):
                yield one["reason"]

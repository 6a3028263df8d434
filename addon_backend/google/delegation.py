"""Domain-wide delegation, without a key: an administrator has installed us for everybody in her organisation.

She has done so in Google's console, and has switched it on for her workspace besides: docs/adr/0015.

Our service account signs through IAM and is given a member's token
(https://developers.google.com/identity/protocols/oauth2/service-account#delegatingauthority). It could be
given anybody's of that organisation, so the address is never taken from a request: it is the one that Google
has vouched for when its owner signed in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

import structlog
from google.auth import impersonated_credentials
from google.auth.credentials import Credentials
from google.auth.exceptions import GoogleAuthError, RefreshError
from google.auth.transport import Request

from addon_backend.domain.errors import AccessLost, HostTrouble
from addon_backend.google.consent import PREFIX, AccessToken, offered

SCOPE = f"{PREFIX}spreadsheets"
"""Nobody has chosen a file for a service account: ``drive.file`` would open none."""
_SECONDS = 3600.0
_REFUSALS = {
    "unauthorized_client": "delegation_refused",
    "access_denied": "delegation_refused",
    "invalid_grant": "delegation_unknown_user",
}

log = structlog.get_logger(__name__)


class Delegation:
    """Tokens in the name of members of organisations; none are named: of any."""

    def __init__(
        self,
        account: str,
        domains: Collection[str],
        source: Callable[[], Credentials],
        request: Callable[[], Request],
    ) -> None:
        """Take our service account, the organisations, and who we are to IAM (asked when needed)."""
        self._account = account
        self._domains = frozenset(domains)
        self._source = source
        self._request = request

    def serves(self, workspace_key: str) -> bool:
        """Return True for the workspace of an organisation that the operator does not leave out."""
        return offered(workspace_key, self._domains)

    def token(self, email: str) -> AccessToken:
        """Return a token in a member's name, by her verified address.

        Raises `AccessLost` where her organisation does not allow it (``delegation_refused``) or her account
        is not active (``delegation_unknown_user``), `HostTrouble` for anything else.
        """
        if not email:
            raise AccessLost(reason="delegation_unknown_user")
        try:
            acting = impersonated_credentials.Credentials(  # type: ignore[no-untyped-call]
                self._source(), self._account, [SCOPE], subject=email
            )
            acting.refresh(self._request())  # type: ignore[no-untyped-call]
        except GoogleAuthError as refusal:
            raise _ours(refusal) from None  # its message may hold what Google said
        if not acting.token:
            raise HostTrouble(reason="google_delegation")
        return AccessToken(str(acting.token), _SECONDS)


def _ours(refusal: GoogleAuthError) -> AccessLost | HostTrouble:
    told = refusal.args[1] if isinstance(refusal, RefreshError) and len(refusal.args) > 1 else None
    code = str(told.get("error", "")) if isinstance(told, dict) else ""
    if code in _REFUSALS:
        return AccessLost(reason=_REFUSALS[code])
    log.warning("google_delegation_failed", code=type(refusal).__name__)
    return HostTrouble(reason="google_delegation")

"""The service account with which people share their sheets, and access tokens in its name.

It comes from a key file, from an account that is impersonated without a key, or, where neither is named, from
google-auth's application default credentials (https://google.aip.dev/auth/4110): a file named by
``GOOGLE_APPLICATION_CREDENTIALS``, what gcloud keeps, or the machine's own account.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

import google.auth
from google.auth import impersonated_credentials
from google.auth.credentials import Credentials
from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError, RefreshError
from google.auth.transport import Request
from google.oauth2 import service_account

from addon_backend.domain.errors import CredentialMissing, HostTrouble, NotVisible
from addon_backend.domain.workspaces import SERVICE_WORKSPACE
from addon_backend.google.consent import PREFIX
from addon_backend.google.credentials import AccessTokens
from addon_backend.ports.store import Store
from addon_backend.settings import ServiceAccount

SCOPE = f"{PREFIX}spreadsheets"
_CLOUD = f"{PREFIX}cloud-platform"


class ServiceAccountTokens:
    """Access tokens for the account, made when first asked for. Threads may share it.

    Everything raises `CredentialMissing` where there is no account, its file cannot be read
    (``key_file_unread``) or is none (``key_file``), nobody is logged in here who might act as it
    (``nobody_to_act``), or Google does not take it (``refused``), and `HostTrouble` where Google does not
    answer. No message of the library goes further: it may hold what the file holds.
    """

    def __init__(
        self,
        account: ServiceAccount,
        request: Callable[[], Request],
        scope: str = SCOPE,
        found: Callable[[list[str]], Credentials] | None = None,
    ) -> None:
        """Take what the settings say, the transport, and who finds the machine's own credentials."""
        self._account = account
        self._request = request
        self._scope = scope
        self._found = found or _default
        self._credentials: Credentials | None = None
        self._lock = threading.Lock()

    def address(self) -> str:
        """Return the account's e-mail address, "" where the credentials do not tell it."""
        with self._lock:
            credentials = self._made()
            told = getattr(credentials, "service_account_email", None) or ""
            if told == "default":  # a machine's own account is known once it was asked
                self._refresh(credentials)
                told = getattr(credentials, "service_account_email", "")
        return told if "@" in told else ""

    def token(self) -> str:
        """Return an access token that is good for a few minutes at least."""
        with self._lock:
            credentials = self._made()
            if not credentials.valid:
                self._refresh(credentials)
            return str(credentials.token)

    def drop(self) -> None:
        """Keep the token no longer: Google has refused it before its time."""
        with self._lock:
            if self._credentials is not None:
                self._credentials.token = None

    def _made(self) -> Credentials:
        if self._credentials is None:
            self._credentials = self._make()
        return self._credentials

    def _make(self) -> Credentials:
        if self._account.key_file is not None:
            return _from_file(self._account.key_file, self._scope)
        acting_as = self._account.acting_as
        try:
            source = self._found([_CLOUD if acting_as else self._scope])
        except (DefaultCredentialsError, OSError, ValueError):
            raise CredentialMissing(**({"reason": "nobody_to_act"} if acting_as else {})) from None
        if not acting_as:
            return source
        made: Credentials = impersonated_credentials.Credentials(  # type: ignore[no-untyped-call]
            source, acting_as, [self._scope]
        )
        return made

    def _refresh(self, credentials: Credentials) -> None:
        try:
            credentials.refresh(self._request())  # type: ignore[no-untyped-call]
        except RefreshError as refusal:
            if refusal.retryable:
                raise HostTrouble(reason="google_silent") from None
            raise CredentialMissing(reason="refused") from None
        except GoogleAuthError:
            raise HostTrouble(reason="google_silent") from None


class TokensByWorkspace:
    """Whose token a call shows: the service account's in the operator's workspace, else the member's own."""

    def __init__(self, store: Store, service: ServiceAccountTokens, members: AccessTokens | None) -> None:
        """Take both; without ``members`` nobody else has a sheet at Google."""
        self._store = store
        self._service = service
        self._members = members

    def token(self, workspace: str, member: str) -> str:
        """Return a token. Raises what both raise, and `NotVisible` where no client is configured."""
        if self._is_service(workspace):
            return self._service.token()
        if self._members is None:
            raise NotVisible(reason="host_unknown")
        return self._members.token(workspace, member)

    def drop(self, workspace: str, member: str) -> None:
        """Keep a token no longer that Google has refused."""
        if self._is_service(workspace):
            self._service.drop()
        elif self._members is not None:
            self._members.drop(workspace, member)

    def _is_service(self, workspace: str) -> bool:
        with self._store.reading() as unit:
            return unit.accounts.workspace(workspace).key == SERVICE_WORKSPACE


def _from_file(path: Path, scope: str) -> Credentials:
    try:
        made: Credentials = service_account.Credentials.from_service_account_file(  # type: ignore[no-untyped-call]
            str(path), scopes=[scope]
        )
    except OSError:
        raise CredentialMissing(reason="key_file_unread") from None
    except (ValueError, TypeError, KeyError, AttributeError, GoogleAuthError):
        raise CredentialMissing(reason="key_file") from None
    return made


def _default(scopes: list[str]) -> Credentials:
    """Ask google-auth; that this machine is none of Google's is no news, and it says so three times."""
    chatter = logging.getLogger("google.auth")
    level = chatter.level
    chatter.setLevel(logging.ERROR)
    try:
        found: Credentials
        found, _ = google.auth.default(scopes=scopes)
    finally:
        chatter.setLevel(level)
    return found

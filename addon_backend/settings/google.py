"""Our client at Google, and where Google is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from addon_backend.settings.reading import Reading, matching, one_of

SHEETS_URL = "https://sheets.googleapis.com"
GOOGLE_SCOPES = ("drive.file", "spreadsheets")

_CLIENT = re.compile(r"[A-Za-z0-9._-]{1,200}")
_ADDRESS = re.compile(r"[^@\s<>]+@[A-Za-z0-9.-]+")
_ENDPOINT = re.compile(
    r"(https://[A-Za-z0-9.-]+|http://(localhost|127\.0\.0\.1|\[::1\]))(:[0-9]+)?(/[\w./-]*)?"
)


@dataclass(frozen=True, slots=True)
class GoogleClient:
    """Our OAuth web client, whose ID tokens sign people in, what we ask for, and where Google is."""

    id: str
    secret: str = field(repr=False)
    audiences: frozenset[str]
    scope: str = "drive.file"
    delegate: str = ""
    delegated: frozenset[str] = frozenset()
    accounts_url: str = "https://accounts.google.com"
    token_url: str = "https://oauth2.googleapis.com"  # noqa: S105 - an address
    certs_url: str = "https://www.googleapis.com/oauth2/v3/certs"
    sheets_url: str = SHEETS_URL
    marketplace_app: str = ""
    marketplace_url: str = "https://appsmarket.googleapis.com"
    directory_url: str = "https://admin.googleapis.com"


@dataclass(frozen=True, slots=True)
class ServiceAccount:
    """As whom the command line opens sheets: a key file, an account to impersonate, or the machine's own."""

    key_file: Path | None = None
    acting_as: str = ""
    sheets_url: str = SHEETS_URL

    @property
    def named(self) -> bool:
        """True where the settings name one; else application default credentials are looked for."""
        return self.key_file is not None or bool(self.acting_as)


def service_account(reading: Reading) -> ServiceAccount:
    """Read as whom the command line works at Google: an address is impersonated, all else is a file."""
    named = reading.get("GOOGLE_SERVICE_ACCOUNT", str, default="")
    endpoint = matching(_ENDPOINT, "an https:// address; http:// on this machine only")
    sheets_url = Reading(reading.environment).get("GOOGLE_SHEETS_URL", endpoint, default=SHEETS_URL)
    if _ADDRESS.fullmatch(named) and "/" not in named:
        return ServiceAccount(acting_as=named, sheets_url=sheets_url.rstrip("/"))
    key_file = Path(named).expanduser().absolute() if named else None
    return ServiceAccount(key_file, sheets_url=sheets_url.rstrip("/"))


def google_client(reading: Reading) -> GoogleClient | None:
    """Read all that concerns Google; None where no client is named."""
    usual = GoogleClient("", "", frozenset())
    client = reading.get(
        "GOOGLE_CLIENT_ID", matching(_CLIENT, "a client id such as 1.apps.googleusercontent.com"), default=""
    )
    told_before = len(reading.wrong)
    secret = reading.get("GOOGLE_CLIENT_SECRET", _client_secret, default="")
    if client and not secret and len(reading.wrong) == told_before:
        reading.wrong.append("GOOGLE_CLIENT_SECRET must be set, too, where GOOGLE_CLIENT_ID is.")
    delegate = reading.get("GOOGLE_DELEGATE", matching(_ADDRESS, "a service account's address"), default="")
    endpoint = matching(_ENDPOINT, "an https:// address; http:// on this machine only")
    found = GoogleClient(
        client,
        secret,
        audiences=reading.get("GOOGLE_AUDIENCES", _audiences, default=frozenset({client})),
        scope=reading.get("GOOGLE_SCOPE", one_of(GOOGLE_SCOPES), default=usual.scope),
        delegate=delegate,
        delegated=reading.get("GOOGLE_DELEGATED", _domains, default=usual.delegated),
        accounts_url=reading.get("GOOGLE_ACCOUNTS_URL", endpoint, default=usual.accounts_url).rstrip("/"),
        token_url=reading.get("GOOGLE_TOKEN_URL", endpoint, default=usual.token_url).rstrip("/"),
        sheets_url=reading.get("GOOGLE_SHEETS_URL", endpoint, default=usual.sheets_url).rstrip("/"),
        directory_url=reading.get("GOOGLE_DIRECTORY_URL", endpoint, default=usual.directory_url).rstrip("/"),
        certs_url=reading.get("GOOGLE_CERTS_URL", endpoint, default=usual.certs_url),
        marketplace_app=reading.get(
            "GOOGLE_MARKETPLACE_APP", matching(_CLIENT, "the application's id at the Marketplace"), default=""
        ),
        marketplace_url=reading.get("GOOGLE_MARKETPLACE_URL", endpoint, default=usual.marketplace_url).rstrip(
            "/"
        ),
    )
    return found if client else None


def _client_secret(text: str) -> str:
    if len(text) < 8 or not text.isprintable():
        raise ValueError("the secret that Google shows with the client, at least 8 characters long")
    return text


def _audiences(text: str) -> frozenset[str]:
    clients = frozenset(client.strip() for client in text.split(","))
    if not all(_CLIENT.fullmatch(client) for client in clients):
        raise ValueError("OAuth client ids, separated by commas")
    return clients


def _domains(text: str) -> frozenset[str]:
    domains = frozenset(domain.strip().lower() for domain in text.split(","))
    if not all(re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", domain) for domain in domains):
        raise ValueError("domains such as example.com, separated by commas")
    return domains

"""Google Sheets, set up: every value that a console wants, and what our own settings say against each other.

Nothing here asks anybody: what is told follows from the settings alone. No secret is among it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from addon_backend.settings import GoogleClient, Settings

PREFIX = "https://www.googleapis.com/auth/"
SCRIPT_SCOPES = (
    "openid",
    f"{PREFIX}userinfo.email",
    f"{PREFIX}spreadsheets.currentonly",
    f"{PREFIX}script.container.ui",
    f"{PREFIX}drive.file",
)
"""What the script asks for: the same as ``oauthScopes`` in manifest/google/appsscript.json."""
DELEGATED_SCOPE = f"{PREFIX}spreadsheets"
ADMINISTRATORS_SCOPE = f"{PREFIX}admin.directory.user.readonly"
"""What an administrator is asked for who opens ``/admin``."""
CONSENT_RETURN = "/google/consent/return"
ADMIN_RETURN = "/admin/return"
UNSET = "(not set)"
_CLIENT_ENDING = ".apps.googleusercontent.com"
_FRAMES = frozenset({"https://docs.google.com", "https://*.googleusercontent.com"})
_ENDPOINTS = ("accounts_url", "token_url", "certs_url", "sheets_url", "marketplace_url")


@dataclass(frozen=True, slots=True)
class Pasted:
    """One value, and where it is to be pasted."""

    name: str
    where: str
    value: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has found; where it is not well, the exact thing to do."""

    check: str
    ok: bool
    detail: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """The service account as its key file tells it; "" where that is not known here."""

    email: str = ""
    client_id: str = ""


def values_to_paste(settings: Settings, account: Account) -> tuple[Pasted, ...]:
    """Return every value that Google's consoles and the script want."""
    client = settings.google
    url = settings.public_url
    scope = f"{PREFIX}{client.scope}" if client else f"{PREFIX}drive.file"
    scopes = " ".join(SCRIPT_SCOPES)
    consent = " ".join(dict.fromkeys([*SCRIPT_SCOPES, scope, ADMINISTRATORS_SCOPE]))
    delegate = client.delegate if client else ""
    same = account.client_id and delegate in {"", account.email}
    number = project_number(client.id) if client else ""
    console = "Google Auth Platform"
    return (
        Pasted("client id", f"{console} › Clients, as GOOGLE_CLIENT_ID", client.id if client else UNSET),
        Pasted(
            "authorised redirect URI",
            f"{console} › Clients › Web application",
            f"{url}{CONSENT_RETURN}" if url else UNSET,
        ),
        Pasted(
            "second redirect URI, for /admin",
            f"{console} › Clients › Web application",
            f"{url}{ADMIN_RETURN}" if url else UNSET,
        ),
        Pasted("sites of PICKER_KEY", "Credentials › API key › Websites", " ".join(sorted(_FRAMES))),
        Pasted("scopes of the consent screen", f"{console} › Data access", consent),
        Pasted("scopes of the listing", "Marketplace SDK › App configuration › OAuth scopes", scopes),
        Pasted("scopes of the manifest", "manifest/google/appsscript.json › oauthScopes", scopes),
        Pasted("PANEL_URL", "manifest/google/Config.js", url or UNSET),
        Pasted("PROJECT_NUMBER", "manifest/google/Config.js", number or UNSET),
        Pasted(
            "urlFetchWhitelist", "manifest/google/appsscript.json", f"{url}/" if url else UNSET
        ),
        Pasted(
            "service account", "Share a sheet with it as Editor", account.email or delegate or UNSET
        ),
        Pasted(
            "delegation client id",
            "Admin console › Security › API controls › Domain-wide delegation",
            account.client_id if same else "IAM › Service accounts › Unique ID",
        ),
        Pasted(
            "delegation scopes",
            "Admin console › Security › API controls › Domain-wide delegation",
            DELEGATED_SCOPE,
        ),
    )  # fmt: skip


def findings_of_settings(settings: Settings) -> Iterator[Finding]:
    """Check that the settings are there and fit each other."""
    yield _public_url(settings.public_url)
    yield Finding(
        "SECRET_KEY",
        bool(settings.secret_keys),
        "set" if settings.secret_keys else "not set: tickets end with each restart",
        "Set SECRET_KEY to the output of: openssl rand -hex 32",
    )
    yield Finding(
        "KEK",
        bool(settings.kek),
        "set" if settings.kek else "not set: the key lies in this computer's home alone",
        "Set KEK to k1: and the output of: openssl rand -base64 32",
    )
    told = frozenset(settings.google_ancestors)
    yield Finding(
        "FRAME_ANCESTORS_GOOGLE",
        told >= _FRAMES,
        "Google may frame the panel" if told >= _FRAMES else "Google may not frame the panel",
        f"Unset FRAME_ANCESTORS_GOOGLE, or add: {' '.join(sorted(_FRAMES - told))}",
    )
    if settings.google is None:
        yield Finding(
            "GOOGLE_CLIENT_ID",
            ok=False,
            detail="not set: the button in Google Sheets has nobody to speak to",
            fix="Make a web client (docs/install-google.md §2); set its id and secret, and GOOGLE_AUDIENCES",
        )
    else:
        yield from _of_client(settings.google)


def project_number(client_id: str) -> str:
    """Return the number of the Cloud project that a client belongs to, "" where its id does not tell."""
    number = client_id.partition("-")[0]
    return number if client_id.endswith(_CLIENT_ENDING) and number.isdecimal() else ""


def _of_client(client: GoogleClient) -> Iterator[Finding]:
    number = project_number(client.id)
    yield Finding(
        "GOOGLE_CLIENT_ID",
        bool(number),
        client.id if number else f"{client.id} does not look like a client id",
        f"Copy the whole id, which ends with {_CLIENT_ENDING}",
    )
    yield Finding("GOOGLE_CLIENT_SECRET", ok=True, detail="set")
    own = client.audiences <= {client.id}
    yield Finding(
        "GOOGLE_AUDIENCES",
        not own,
        "only the web client: the script's identity tokens are refused" if own else "names another client",
        "Set GOOGLE_AUDIENCES to the script's client id: the aud of its token (docs/install-google.md §7)",
    )
    foreign = sorted(one for one in client.audiences if number and project_number(one) not in {"", number})
    yield Finding(
        "one Cloud project",
        not foreign,
        f"all clients are of project {number}" if not foreign else f"{foreign[0]} is of another project",
        "Put the script into the web client's project: a file that is chosen in one opens in no other",
    )
    yield Finding("GOOGLE_SCOPE", ok=True, detail=client.scope)
    lonely = bool(client.delegated) and not client.delegate
    yield Finding(
        "delegation",
        not lonely,
        ("for " + ", ".join(sorted(client.delegated)) if client.delegated else "off")
        if not lonely
        else "GOOGLE_DELEGATED is set, GOOGLE_DELEGATE is not: nobody acts",
        "Set GOOGLE_DELEGATE to the service account's address, or unset GOOGLE_DELEGATED",
    )
    listed = client.marketplace_app
    detail = (
        f"{listed}: organisations that have not installed it are refused" if listed else "nobody is refused"
    )
    yield Finding("GOOGLE_MARKETPLACE_APP", ok=True, detail=detail)
    usual = type(client)("", "", frozenset())
    moved = [one for one in _ENDPOINTS if getattr(client, one) != getattr(usual, one)]
    names = ", ".join(f"GOOGLE_{one.upper()}" for one in moved)
    yield Finding(
        "addresses of Google",
        not moved,
        "Google's own" if not moved else f"not Google's: {names}",
        f"Unset {names}",
    )


def _public_url(url: str) -> Finding:
    parts = urlsplit(url)
    name = parts.hostname or ""
    wrong = ""
    if not url:
        wrong = "not set"
    elif parts.scheme != "https":
        wrong = f"{url} is not https: Google's pages load nothing else"
    elif not _is_public(name):
        wrong = f"{url} can be reached from this computer or network only"
    fix = "Set PUBLIC_URL to the address by which browsers reach us, such as https://enrich.example.com"
    return Finding("PUBLIC_URL", not wrong, wrong or url, fix)


def _is_public(name: str) -> bool:
    """Tell a name that others could know; nobody is asked whether they do."""
    try:
        return ipaddress.ip_address(name).is_global
    except ValueError:
        return "." in name and not name.endswith((".local", ".localhost", ".internal"))

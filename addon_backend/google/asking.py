"""What the doctor asks Google when it is told to: keys, a token, the time. Each answer is words."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from addon_backend.domain.errors import HostTrouble
from addon_backend.google.identity import SKEW_SECONDS
from addon_backend.google.signing_keys import SigningKeys
from addon_backend.google.wire import ask

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from addon_backend.google.licence import MarketplaceLicences
    from addon_backend.google.service_account import ServiceAccountTokens


def signing_keys(certs_url: str) -> str:
    """Fetch Google's keys. Raises `HostTrouble`."""
    SigningKeys(certs_url).find("")
    return "Google's signing keys can be read"


def service_token(tokens: ServiceAccountTokens) -> str:
    """Have a token made, and forget it. Raises `CredentialMissing` or `HostTrouble`."""
    tokens.token()
    return f"Google gives tokens to {tokens.address() or 'these credentials'}"


def clock(certs_url: str, now: Callable[[], float] = time.time) -> str:
    """Compare this computer's clock with Google's. Raises `HostTrouble` (``clock``) where they differ."""
    asked = now()
    said = ask("GET", certs_url).headers.get("Date", "")
    try:
        theirs = parsedate_to_datetime(said).astimezone(UTC)
    except ValueError:
        raise HostTrouble(reason="google_unreadable") from None
    ours = datetime.fromtimestamp((asked + now()) / 2, UTC)
    seconds = abs((ours - theirs).total_seconds())
    if seconds > SKEW_SECONDS:
        raise HostTrouble(reason="clock", seconds=round(seconds))
    return f"within {SKEW_SECONDS} seconds of Google's"


def licences(marketplace: MarketplaceLicences) -> str:
    """Ask for an organisation that there is not. Raises `HostTrouble` where the Marketplace does not say."""
    return f"answers: example.com is {marketplace.customer('example.com').lower()}"


def site(public_url: str) -> str:
    """Ask our own address whether it is us. Raises `HostTrouble`; where others answer, ``not_us``."""
    try:
        body = ask("GET", f"{public_url}/readyz").body
    except HostTrouble as trouble:
        if trouble.facts.get("reason") != "google_unreadable":
            raise
        body = {}
    if "ready" not in body:
        raise HostTrouble(reason="not_us")
    return "answers, and is ready"


def key_of(path: Path) -> tuple[str, str]:
    """Return address and client id from a key file, "" for what it does not hold, and nothing else of it."""
    try:
        told = json.loads(path.read_text())
    except (OSError, ValueError):
        return "", ""
    if not isinstance(told, dict):
        return "", ""
    return str(told.get("client_email", "")), str(told.get("client_id", ""))

"""Google's two services, and the real site that knows where they are."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.live import live_app
from tests.fakes.google_identity import CERTS, Provider, identity_provider
from tests.fakes.google_sheets.server import FakeGoogleSheets
from tests.fakes.google_tokens import Tokens

SCRIPT = "script.apps.googleusercontent.example"
"""The script's client: for it Google makes the token that signs a person in."""


@dataclass(frozen=True)
class GoogleWorld:
    """Who is who (``identity``), and the sheets (``books``)."""

    identity: Provider
    books: FakeGoogleSheets

    @contextmanager
    def site(self, home: Path, **told_too: str) -> Iterator[str]:
        """Run the real site with ``home`` and these variables until the block ends; yields its address."""
        told = {
            "GOOGLE_CLIENT_ID": self.identity.client_id,
            "GOOGLE_CLIENT_SECRET": self.identity.client_secret,
            "GOOGLE_AUDIENCES": SCRIPT,
            "GOOGLE_ACCOUNTS_URL": self.identity.url,
            "GOOGLE_TOKEN_URL": self.identity.url,
            "GOOGLE_CERTS_URL": self.identity.url + CERTS,
            "GOOGLE_SHEETS_URL": self.books.url,
        }
        with live_app(home, **told, **told_too) as url:
            self.identity.redirect_uris.add(f"{url}/google/consent/return")
            yield url


@contextmanager
def google_world(clock: Callable[[], float] = time.monotonic) -> Iterator[GoogleWorld]:
    """Run Google's two services until the block ends; ``clock`` is what Google counts its quota by."""
    with identity_provider() as identity, FakeGoogleSheets(clock=clock) as books:
        books.tokens = Tokens(identity)
        yield GoogleWorld(identity, books)

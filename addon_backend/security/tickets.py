"""Our short-lived bearer ticket: who asks, in which workspace, until when. Signed, not secret, never stored.

A ticket is what the panel holds after its host's identity token was exchanged once; it carries our own ids
and no name. It cannot be taken back, so it lives an hour: CASA 2.2.3 allows such a token 24.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from addon_backend.domain.errors import NotSignedIn
from addon_backend.domain.workspaces import Caller
from addon_backend.security.vault import load_or_create_key

TICKET_SECONDS = 3600
_LONGEST = 1024


class Tickets:
    """Issues and reads tickets. ``keys`` are newest first: the first signs, all of them are accepted."""

    def __init__(self, keys: Sequence[str], clock: Callable[[], float] = time.time) -> None:
        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(clock())

        self._clock = clock
        self._serializer = URLSafeTimedSerializer(
            list(reversed(keys)),
            salt="addon-backend ticket v1",
            signer=Signer,
            signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
        )

    def issue(self, caller: Caller) -> tuple[str, float]:
        """Return a ticket and when it ends, in seconds since 1970."""
        claims = [caller.workspace, caller.member, caller.language]
        return str(self._serializer.dumps(claims)), int(self._clock()) + TICKET_SECONDS

    def read(self, ticket: str) -> Caller:
        """Return who asks. Raises `NotSignedIn` for anything but a ticket of ours that has not ended."""
        if len(ticket) > _LONGEST:
            raise NotSignedIn
        try:
            claims = self._serializer.loads(ticket, max_age=TICKET_SECONDS)
        except BadData:
            raise NotSignedIn from None
        match claims:
            case [str(workspace), str(member), str(language)]:
                return Caller(workspace, member, language)
        raise NotSignedIn


def signing_keys(home: Path) -> tuple[str, ...]:
    """Return the home's own signing key, made at the first call; every process of the home gets the same."""
    return (load_or_create_key(home / "ticket.key").hex(),)

"""An administrator's session on ``/admin``: a signed value in a cookie, and the secret of its forms.

It ends after an hour in which she did nothing. Who it stands for is proven elsewhere, in the database.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from itsdangerous import BadData, TimestampSigner, URLSafeTimedSerializer

from addon_backend.domain.errors import NotAdministrator
from addon_backend.domain.workspaces import Caller

SESSION_SECONDS = 3600
_LONGEST = 1024


@dataclass(frozen=True, slots=True)
class AdminSession:
    """Whose it is, to which series of proofs it belongs, and what tells it from her others."""

    caller: Caller
    series: str
    nonce: str = field(repr=False)


class AdminSessions:
    """Issues and reads them. ``keys`` are newest first: the first signs, all of them are accepted."""

    def __init__(self, keys: Sequence[str], clock: Callable[[], float] = time.time) -> None:
        class Signer(TimestampSigner):
            def get_timestamp(self) -> int:
                return int(clock())

        self._keys = tuple(keys)
        self._serializer = URLSafeTimedSerializer(
            list(reversed(keys)),
            salt="addon-backend admin session v1",
            signer=Signer,
            signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
        )

    def begin(self, caller: Caller, series: str) -> str:
        """Return the value of a new session."""
        return self.renewed(AdminSession(caller, series, secrets.token_urlsafe(24)))

    def renewed(self, session: AdminSession) -> str:
        """Return the value of the same session, good for another hour."""
        who = session.caller
        return str(self._serializer.dumps([who.workspace, who.member, session.series, session.nonce]))

    def read(self, value: str, language: str) -> AdminSession:
        """Return the session. Raises `NotAdministrator` (``ended``) for anything but ours in its hour."""
        try:
            claims = self._serializer.loads(value[:_LONGEST], max_age=SESSION_SECONDS)
        except BadData:
            raise NotAdministrator(reason="ended") from None
        match claims:
            case [str(workspace), str(member), str(series), str(nonce)]:
                return AdminSession(Caller(workspace, member, language), series, nonce)
        raise NotAdministrator(reason="ended")

    def form_secret(self, session: AdminSession) -> str:
        """Return what a form of this session carries; nobody else can make it."""
        return _made(self._keys[0], session)

    def is_form_secret(self, session: AdminSession, given: str) -> bool:
        """Return True for the secret of this session's forms."""
        return any(hmac.compare_digest(_made(key, session).encode(), given.encode()) for key in self._keys)


def _made(key: str, session: AdminSession) -> str:
    said = f"addon-backend admin form v1|{session.caller.workspace}|{session.caller.member}|{session.nonce}"
    return hmac.digest(key.encode(), said.encode(), "sha256").hex()

"""Google's ID tokens, checked.

https://developers.google.com/identity/gsi/web/guides/verify-google-id-token lists what must hold. google-auth
checks signature and times; it would take any audience where none is given and an address that nobody has
verified, so the rest is checked here.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Mapping

from google.auth import jwt
from google.auth.exceptions import GoogleAuthError

from addon_backend.domain.errors import NotSignedIn
from addon_backend.google.signing_keys import SigningKeys
from addon_backend.ports.identity import Identity

SKEW_SECONDS = 10
LONGEST_TOKEN = 8 * 1024
ISSUERS = frozenset({"accounts.google.com", "https://accounts.google.com"})
_DOMAIN = re.compile(r"[a-z0-9.-]{1,253}")
_SUBJECT = re.compile(r"[\x21-\x7e]{1,255}")
_TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


class GoogleIdTokens:
    """Implements `ports.identity.IdTokens` for a list of audiences: the OAuth clients that speak for us.

    A token may be shown again while it lives (an hour). Apps Script hands the same one to every sidebar that
    is opened meanwhile, so a list of used tokens would lock people out of their second sheet. What a thief of
    one could get is what its owner gets: our ticket for her ``sub`` and no other, for an hour as well.
    """

    def __init__(
        self, keys: SigningKeys, audiences: Collection[str], clock: Callable[[], float] = time.time
    ) -> None:
        """Take the audiences; there must be one, for without any every application's tokens would do."""
        if not audiences or not all(audiences):
            raise ValueError("an ID token needs an audience")
        self._keys = keys
        self._audiences = frozenset(audiences)
        self._clock = clock

    def verify(self, token: str) -> Identity:
        """Return who the token stands for. Raises `NotSignedIn` or `HostTrouble`."""
        claims = self._claims(token)
        self._check(claims)
        subject, email, domain = _text(claims, "sub"), _text(claims, "email"), _text(claims, "hd").lower()
        if not _SUBJECT.fullmatch(subject):
            raise NotSignedIn(reason="id_token_subject")
        if claims.get("email_verified") is not True or not email:
            raise NotSignedIn(reason="email_unverified")
        if "hd" in claims and not _DOMAIN.fullmatch(domain):
            raise NotSignedIn(reason="id_token_domain")
        return Identity(subject, email, domain)

    def _claims(self, token: str) -> Mapping[str, object]:
        """Return the claims of a token that Google has signed and that is neither early nor late."""
        if len(token) > LONGEST_TOKEN or not _TOKEN.fullmatch(token):
            raise NotSignedIn(reason="id_token_unreadable")
        try:
            header = jwt.decode_header(token)  # type: ignore[no-untyped-call]
            name = header.get("kid")
            if header.get("alg") != "RS256" or not isinstance(name, str):
                raise NotSignedIn(reason="id_token_algorithm")
            key = self._keys.find(name)
            if key is None:
                raise NotSignedIn(reason="id_token_key")
            # its messages repeat the token: none of them goes further
            claims = jwt.decode(  # type: ignore[no-untyped-call]
                token, certs={name: key}, clock_skew_in_seconds=SKEW_SECONDS
            )
        except (ValueError, TypeError, GoogleAuthError):
            raise NotSignedIn(reason="id_token_refused") from None
        return dict(claims)

    def _check(self, claims: Mapping[str, object]) -> None:
        if _text(claims, "iss") not in ISSUERS:
            raise NotSignedIn(reason="id_token_issuer")
        if _text(claims, "aud") not in self._audiences:
            raise NotSignedIn(reason="id_token_audience")
        begins = claims.get("nbf", 0)
        if not isinstance(begins, int) or begins > self._clock() + SKEW_SECONDS:
            raise NotSignedIn(reason="id_token_early")


def _text(claims: Mapping[str, object], name: str) -> str:
    """Return a claim that is text, "" where it is missing or something else."""
    value = claims.get(name)
    return value if isinstance(value, str) else ""

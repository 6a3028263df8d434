"""The public keys with which Google signs identity tokens, fetched as seldom as Google allows.

Google says in ``Cache-Control`` how long its keys may be kept (hours); google-auth would fetch them again for
every token.
"""

from __future__ import annotations

import base64
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

from addon_backend.domain.errors import HostTrouble
from addon_backend.google.wire import Answer, ask

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age=([0-9]{1,9})(?:$|[\s,;])", re.IGNORECASE)
_SHORTEST, _USUAL, _LONGEST = 60.0, 300.0, 86_400.0
"""Seconds for which keys are kept: at least, where Google says nothing, at most."""
UNKNOWN_SECONDS = 60.0
"""A key that nobody knows is looked for again after so many seconds, however many tokens name it."""
FAILED_SECONDS = 5.0
"""For so long after a failure nobody waits for Google again."""
_SMALLEST_BITS = 2048


@dataclass(frozen=True, slots=True)
class _Held:
    """What was fetched last: replaced as a whole, so that it can be read without waiting."""

    keys: Mapping[str, bytes]
    fetched: float
    ends: float

    def settles(self, name: str, now: float) -> bool:
        """Return True where Google need not be asked about this key."""
        return now < self.ends and (name in self.keys or now < self.fetched + UNKNOWN_SECONDS)


class SigningKeys:
    """Google's keys by id, in PEM. Threads may share it: one fetches, and who needs that waits.

    Keys are fetched once per ``max-age``, and once more when a token names a key that is not among them, at
    most every `UNKNOWN_SECONDS`. Keys past their age are not used, also when Google does not answer.
    """

    def __init__(self, url: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._clock = clock
        self._lock = threading.Lock()
        self._held = _Held({}, float("-inf"), float("-inf"))
        self._failed = float("-inf")

    def find(self, name: str) -> bytes | None:
        """Return the key of this id, None where Google has none. Raises `HostTrouble`."""
        held = self._held
        if held.settles(name, self._clock()):
            return held.keys.get(name)
        with self._lock:
            now = self._clock()
            if not self._held.settles(name, now):
                self._held = self._fetch(now)
            return self._held.keys.get(name)

    def _fetch(self, now: float) -> _Held:
        if now < self._failed + FAILED_SECONDS:
            raise HostTrouble(reason="google_keys")
        try:
            answer = ask("GET", self._url)
            return _Held(_keys(answer), now, now + _age(answer))
        except HostTrouble:
            self._failed = self._clock()  # when it is over: who waited meanwhile does not try in her turn
            raise


def _age(answer: Answer) -> float:
    said = _MAX_AGE.search(answer.headers.get("Cache-Control", ""))
    return min(max(float(said[1]) if said else _USUAL, _SHORTEST), _LONGEST)


def _keys(answer: Answer) -> Mapping[str, bytes]:
    """Read a JSON Web Key Set (RFC 7517); whatever is no RSA key for signatures is left out."""
    listed = answer.body.get("keys")
    known = listed if answer.status == 200 and isinstance(listed, list) else []
    found = ((one.get("kid"), _pem(one)) for one in known if isinstance(one, dict))
    keys = {name: pem for name, pem in found if isinstance(name, str) and name and pem}
    if not keys:
        raise HostTrouble(reason="google_keys")
    return keys


def _pem(key: Mapping[str, object]) -> bytes | None:
    if key.get("kty") != "RSA" or key.get("use", "sig") != "sig" or key.get("alg", "RS256") != "RS256":
        return None
    try:
        public = RSAPublicNumbers(_number(key.get("e")), _number(key.get("n"))).public_key()
    except ValueError:
        return None
    if public.key_size < _SMALLEST_BITS:
        return None
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)


def _number(text: object) -> int:
    digits = text if isinstance(text, str) else ""
    return int.from_bytes(base64.urlsafe_b64decode(digits + "=" * (-len(digits) % 4)))

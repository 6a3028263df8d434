"""Keys as Google has them, and ID tokens signed with them, right or wrong in whatever way a test wants."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

Claims = Mapping[str, object]


class Signer:
    """One RSA key with an id."""

    def __init__(self, kid: str) -> None:
        self.kid = kid
        self._key = rsa.generate_private_key(65537, 2048)

    def jwk(self) -> dict[str, str]:
        """The public half as RFC 7517 wants it."""
        numbers = self._key.public_key().public_numbers()
        n, e = (encoded(number.to_bytes((number.bit_length() + 7) // 8)) for number in (numbers.n, numbers.e))
        return {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "n": n, "e": e}

    def pem(self) -> bytes:
        """The public half, as somebody would misuse it for HS256."""
        return self._key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def private_pem(self) -> bytes:
        """The private half, as a key file holds it."""
        return self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def token(self, claims: Claims, **header: object) -> str:
        """A signed token; ``header`` replaces fields of the usual one."""
        text = unsigned({"alg": "RS256", "kid": self.kid, "typ": "JWT"} | header, claims)
        return f"{text}.{encoded(self._key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"

    def has_signed(self, text: str, signature: str) -> bool:
        """Whether a signature is this key's."""
        public = self._key.public_key()
        try:
            public.verify(decoded(signature), text.encode(), padding.PKCS1v15(), hashes.SHA256())
        except InvalidSignature:
            return False
        return True

    def hs256(self, claims: Claims) -> str:
        """A token whose "secret" is the public key: the oldest trick there is."""
        text = unsigned({"alg": "HS256", "kid": self.kid, "typ": "JWT"}, claims)
        return f"{text}.{encoded(hmac.digest(self.pem(), text.encode(), hashlib.sha256))}"


def claims_of(
    audience: str, *, sub: str = "1001", email: str = "marie@example.com", **told: object
) -> Claims:
    """The claims of a good token that begins now and lives an hour; ``None`` leaves one out."""
    now = int(time.time())
    usual: dict[str, object] = {
        "iss": "https://accounts.google.com",
        "aud": audience,
        "azp": audience,
        "sub": sub,
        "email": email,
        "email_verified": True,
        "iat": now,
        "exp": now + 3600,
    }
    return {name: value for name, value in (usual | told).items() if value is not None}


def unsigned(header: Claims, claims: Claims) -> str:
    return ".".join(encoded(json.dumps(part).encode()) for part in (header, claims))


def encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

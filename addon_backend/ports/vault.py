"""Keys and sealed bytes."""

from __future__ import annotations

from typing import Protocol


class Vault(Protocol):
    """Seals bytes with authenticated encryption, bound to a context.

    Laws: `open` of `seal` under the same data key and context returns the bytes; any other key, context or
    bytes raises `EngineUnavailable` with reason ``sealed_bytes_refused``. A data key is stored only wrapped.
    """

    def new_data_key(self, context: str) -> bytes:
        """Return a fresh data key, wrapped under the key-encryption key and bound to ``context``."""
        ...

    def seal(self, wrapped_key: bytes, context: str, data: bytes) -> bytes:
        """Encrypt."""
        ...

    def open(self, wrapped_key: bytes, context: str, sealed: bytes) -> bytes:
        """Decrypt."""
        ...

    def rewrap(self, wrapped_key: bytes) -> bytes:
        """Return the same data key, wrapped under the current key-encryption key."""
        ...

    def digest(self, wrapped_key: bytes, context: str, text: str) -> str:
        """Return a keyed digest (hex) that cannot be computed outside the workspace."""
        ...

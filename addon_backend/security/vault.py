"""AES-256-GCM under keys of two storeys: data keys per workspace, wrapped under a key-encryption key.

Blobs are self-describing. A wrapped key is ``0x01 | len(key id) | key id | len(context) (2 bytes) | context |
nonce | ciphertext``; sealed bytes are ``0x01 | nonce | ciphertext``. Everything before the nonce, and the
caller's context, is authenticated. The nonce is random: NIST SP 800-38D §8.3 allows 2**32 of them per key,
and a workspace seals far fewer blocks in its life.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import threading
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from addon_backend.domain.errors import EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_VERSION = b"\x01"
_KEY_BYTES = 32
_NONCE_BYTES = 12
_KEPT_KEYS = 256
_DIGEST_LABEL = b"addon digest key"


class _DataKey(NamedTuple):
    """An unwrapped data key, ready for use, kept in memory only."""

    cipher: AESGCM
    digest_key: bytes


class AesGcmVault:
    """A `ports.vault.Vault` over key-encryption keys by id; ``current`` wraps, all of them unwrap.

    Safe to share between threads. The most recently used data keys stay unwrapped in memory.
    """

    def __init__(self, keys: Mapping[str, bytes], current: str) -> None:
        """Take the key-encryption keys. Raises `EngineUnavailable` for a missing or short one."""
        if current not in keys or any(len(key) != _KEY_BYTES for key in keys.values()):
            raise EngineUnavailable(reason="vault_key_unusable")
        self._wrapping = {name: AESGCM(key) for name, key in keys.items()}
        self._current = current
        self._unwrapped: OrderedDict[bytes, _DataKey] = OrderedDict()
        self._lock = threading.Lock()

    def new_data_key(self, context: str) -> bytes:
        """Return a fresh data key, wrapped under the current key and bound to ``context``."""
        return self._wrap(context.encode(), secrets.token_bytes(_KEY_BYTES))

    def seal(self, wrapped_key: bytes, context: str, data: bytes) -> bytes:
        """Encrypt under a fresh nonce."""
        nonce = os.urandom(_NONCE_BYTES)
        return _VERSION + nonce + self._data_key(wrapped_key).cipher.encrypt(nonce, data, _sealing(context))

    def open(self, wrapped_key: bytes, context: str, sealed: bytes) -> bytes:
        """Decrypt, or raise `EngineUnavailable` where key, context or bytes are not those of `seal`."""
        nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
        if sealed[:1] != _VERSION or len(nonce) != _NONCE_BYTES:
            raise _refused()
        try:
            return self._data_key(wrapped_key).cipher.decrypt(nonce, body, _sealing(context))
        except InvalidTag:
            raise _refused() from None

    def digest(self, wrapped_key: bytes, context: str, text: str) -> str:
        """Return HMAC-SHA-256 of context and text under a key derived from the data key."""
        message = len(context).to_bytes(4) + context.encode() + text.encode("utf-8", "surrogatepass")
        return hmac.digest(self._data_key(wrapped_key).digest_key, message, "sha256").hex()

    def rewrap(self, wrapped_key: bytes) -> bytes:
        """Return the same data key under the current key: what was sealed before opens as before."""
        context, raw = self._unwrap(wrapped_key)
        return self._wrap(context, raw)

    def _wrap(self, context: bytes, raw: bytes) -> bytes:
        name = self._current.encode()
        head = _VERSION + len(name).to_bytes(1) + name + len(context).to_bytes(2) + context
        nonce = os.urandom(_NONCE_BYTES)
        return head + nonce + self._wrapping[self._current].encrypt(nonce, raw, b"key|" + head)

    def _unwrap(self, wrapped: bytes) -> tuple[bytes, bytes]:
        name_end = 2 + int.from_bytes(wrapped[1:2])
        head_end = name_end + 2 + int.from_bytes(wrapped[name_end : name_end + 2])
        head, nonce = wrapped[:head_end], wrapped[head_end : head_end + _NONCE_BYTES]
        cipher = self._wrapping.get(wrapped[2:name_end].decode("utf-8", "replace"))
        if wrapped[:1] != _VERSION or cipher is None or len(nonce) != _NONCE_BYTES:
            raise _refused()
        try:
            raw = cipher.decrypt(nonce, wrapped[head_end + _NONCE_BYTES :], b"key|" + head)
        except InvalidTag:
            raise _refused() from None
        return wrapped[name_end + 2 : head_end], raw

    def _data_key(self, wrapped: bytes) -> _DataKey:
        with self._lock:
            known = self._unwrapped.get(wrapped)
            if known is not None:
                self._unwrapped.move_to_end(wrapped)
                return known
        _, raw = self._unwrap(wrapped)
        fresh = _DataKey(AESGCM(raw), hmac.digest(raw, _DIGEST_LABEL, "sha256"))
        with self._lock:
            self._unwrapped[wrapped] = fresh
            while len(self._unwrapped) > _KEPT_KEYS:
                self._unwrapped.popitem(last=False)
        return fresh


def key_id(key: bytes) -> str:
    """Name a key by a short digest of itself, so that the same key always has the same id."""
    return hashlib.sha256(b"addon key id|" + key).hexdigest()[:16]


def load_or_create_key(path: Path) -> bytes:
    """Return the key kept in a file that only its owner can read, making it where it is missing.

    Processes that race for the first start all return the same key: the file appears whole or not at all.
    Raises `EngineUnavailable` where the file is damaged or others may read it.
    """
    if not path.exists():
        _publish(path, secrets.token_bytes(_KEY_BYTES))
    key = path.read_bytes()
    if len(key) != _KEY_BYTES:
        raise EngineUnavailable(reason="vault_key_file_damaged")
    if path.stat().st_mode & 0o077:
        raise EngineUnavailable(reason="vault_key_file_readable_by_others")
    return key


def _publish(path: Path, key: bytes) -> None:
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(key)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # unlike a rename, refuses to replace the key of whoever was first
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _sealing(context: str) -> bytes:
    return b"sealed|" + context.encode("utf-8", "surrogatepass")


def _refused() -> EngineUnavailable:
    return EngineUnavailable(reason="sealed_bytes_refused")

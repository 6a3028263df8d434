"""Bytes that leave this process sealed, under the data key of the workspace that they belong to."""

import zlib

from sqlalchemy import Connection, select

from addon_backend.domain.errors import NotVisible
from addon_backend.ports.vault import Vault
from addon_backend.store.models import workspace as workspaces


class Seals:
    """Seals and opens within one transaction; each workspace's wrapped key is read once in it."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault
        self._keys: dict[str, bytes] = {}

    def new_key(self, workspace: str) -> bytes:
        """Return a wrapped data key for a workspace that is about to exist."""
        return self._vault.new_data_key(workspace)

    def seal(self, workspace: str, context: str, data: bytes) -> bytes:
        """Encrypt, bound to the workspace and the context. Raises `NotVisible` for an unknown workspace."""
        return self._vault.seal(self._key(workspace), f"{workspace}|{context}", data)

    def open(self, workspace: str, context: str, sealed: bytes) -> bytes:
        """Decrypt what was sealed for the same workspace and context."""
        return self._vault.open(self._key(workspace), f"{workspace}|{context}", sealed)

    def pack(self, workspace: str, context: str, data: bytes) -> bytes:
        """Compress, then encrypt: the other way round nothing would shrink."""
        return self.seal(workspace, context, zlib.compress(data))

    def unpack(self, workspace: str, context: str, sealed: bytes) -> bytes:
        """Undo `pack`."""
        return zlib.decompress(self.open(workspace, context, sealed))

    def digest(self, workspace: str, context: str, text: str) -> str:
        """Return a keyed digest that means nothing outside the workspace."""
        return self._vault.digest(self._key(workspace), context, text)

    def forget(self, workspace: str) -> None:
        """Keep no key of a workspace that is being erased."""
        self._keys.pop(workspace, None)

    def _key(self, workspace: str) -> bytes:
        known = self._keys.get(workspace)
        if known is None:
            query = select(workspaces.c.data_key).where(workspaces.c.id == workspace)
            known = self._connection.execute(query).scalar_one_or_none()
            if not known:
                raise NotVisible
            self._keys[workspace] = known
        return known

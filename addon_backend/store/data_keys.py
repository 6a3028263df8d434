"""Workspaces' data keys, wrapped anew, in SQL."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, update

from addon_backend.ports.vault import Vault
from addon_backend.store.models import workspace as workspaces

_AT_A_TIME = 100


class SqlDataKeys:
    """Implements `ports.store.DataKeys`."""

    def __init__(self, connection: Connection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    def rewrap(self, after: str) -> Sequence[str]:
        """Wrap the next hundred keys under the current key-encryption key; return whose they are."""
        query = (
            select(workspaces.c.id, workspaces.c.data_key)
            .where(workspaces.c.id > after)
            .order_by(workspaces.c.id)
            .limit(_AT_A_TIME)
            .with_for_update(key_share=True)  # whoever hangs a row on one need not wait
        )
        found = self._connection.execute(query).all()
        for row in found:
            if row.data_key:  # one that is being erased has none any more
                wrapped = self._vault.rewrap(row.data_key)
                change = update(workspaces).where(workspaces.c.id == row.id).values(data_key=wrapped)
                self._connection.execute(change)
        return [row.id for row in found]

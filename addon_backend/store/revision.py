"""Which revision of the tables the code needs, and whether the database has it."""

from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from addon_backend.domain.errors import EngineUnavailable

HEAD: Final = "0009"
"""The newest migration. Revisions are numbers of four digits, so that text order is their order."""


def revision_of(connection: Connection) -> str:
    """Return the database's revision; "" for one without tables."""
    try:
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    except DBAPIError:
        return ""
    return str(found or "")


def demand_migrated(connection: Connection) -> None:
    """Raise `EngineUnavailable` for a database older than this code.

    A newer one is welcome: migrations only expand while two versions of the code run side by side.
    """
    if revision_of(connection) < HEAD:
        raise EngineUnavailable(reason="database_not_migrated")

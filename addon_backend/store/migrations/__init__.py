"""Bring a database to the tables this code needs, from code: no configuration file, no command of its own."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from addon_backend.store.engine import make_engine, transaction, translated
from addon_backend.store.revision import HEAD, revision_of

_LOCK = 0x61646F6E  # any number; everybody who migrates takes this one


def migrate(url: str, revision: str = "head") -> None:
    """Move the database up, or down, to a revision, whole or not at all.

    Processes that start at once wait for each other. Raises `EngineUnavailable` where it does not answer.
    """
    engine = make_engine(url)
    try:
        with translated(), engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                # Batch mode builds a table anew: rows that refer to the old one must not go with it.
                connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
            connection.begin()
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
            _move(connection, revision)
            connection.commit()
    finally:
        engine.dispose()


def at_head(url: str) -> bool:
    """Tell whether the database has exactly the tables of this code."""
    engine = make_engine(url)
    try:
        with transaction(engine, reading=True) as connection:
            return revision_of(connection) == HEAD
    finally:
        engine.dispose()


def _move(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    current = revision_of(connection) if connection.dialect.has_table(connection, "alembic_version") else ""
    if revision == "base" or (revision != "head" and revision < current):
        command.downgrade(config, revision)
    else:
        command.upgrade(config, revision)

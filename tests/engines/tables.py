"""Migrated databases that hold nothing, made once and then only emptied or copied."""

import tempfile
from functools import cache
from pathlib import Path

import psycopg

from addon_backend.store.migrations import migrate
from addon_backend.store.models import METADATA


def sqlite_with_tables(path: Path) -> str:
    """Put a migrated database at a path, and return its address."""
    path.write_bytes(_migrated())
    return f"sqlite:///{path}"


def empty(postgres: psycopg.Connection[tuple[object, ...]]) -> None:
    """Leave all tables of a migrated PostgreSQL database with no row, in 2 ms; a new database takes 200."""
    postgres.execute("SET session_replication_role = replica")  # no foreign key minds the order
    for table in METADATA.tables:
        postgres.execute(f'DELETE FROM "{table}"'.encode())  # noqa: S608 - our own names


@cache
def _migrated() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "migrated.db"
        migrate(f"sqlite:///{path}")
        return path.read_bytes()

"""Leases that no tenant owns: who writes to a sheet, and who plays a role."""

from sqlalchemy import Column, Double, Index, Integer, Table, Text

from addon_backend.store.models.metadata import METADATA, identifier

sheet_lease = Table(
    "sheet_lease",
    METADATA,
    Column("key", Text, primary_key=True),
    identifier("worker"),
    identifier("run"),
    Column("fence", Integer, nullable=False),
    Column("until", Double, nullable=False),
    Index(None, "worker"),
)

named_lease = Table(
    "named_lease",
    METADATA,
    identifier("role", primary_key=True),
    identifier("holder"),
    Column("until", Double, nullable=False),
    Column("taken_at", Double, nullable=False),
)

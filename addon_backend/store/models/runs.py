"""Runs, their chunks, bulk data and ledgers: all of it inside a workspace, all of it hanging on a run."""

from typing import Final

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    text,
)

from addon_backend.store.models.metadata import METADATA, PlainText, belongs_to, identifier

HELD: Final = text("worker <> ''")

run = Table(
    "run",
    METADATA,
    identifier("workspace"),
    identifier("id"),
    identifier("member"),
    identifier("host"),
    Column("document", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("sheet_key", Text, nullable=False),
    Column("title", PlainText, nullable=False),
    Column("top", Integer, nullable=False),
    Column("left", Integer, nullable=False),
    Column("bottom", Integer),
    Column("right", Integer),
    Column("header_row", Integer),
    Column("recipe", JSON, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("language", String(16), nullable=False),
    Column("state", String(16), nullable=False),
    identifier("reason"),
    Column("version", Integer, nullable=False),
    Column("rows", Integer, nullable=False),
    Column("trial_rows", Integer, nullable=False),
    Column("inputs", JSON, nullable=False),
    Column("outputs", JSON, nullable=False),
    Column("quality_before", Integer),
    Column("quality_after", Integer),
    Column("wrote", Boolean, nullable=False),  # True once a chunk of it changed a cell of the sheet
    Column("seen_version", Integer),  # the newest one that its member has looked at
    Column("purpose", String(16), nullable=False),
    Column("parent", String(255)),
    Column("created_at", Double, nullable=False),
    Column("started_at", Double),
    Column("finished_at", Double),
    Column("erase_at", Double),
    Column("parked_at", Double),
    Column("troubled_at", Double),  # since when its host has let nothing through
    Column("erased_at", Double),
    PrimaryKeyConstraint("workspace", "id"),
    belongs_to("member", "workspace", "member", to=["workspace", "id"]),
    Index(None, "workspace", "member", "created_at"),
    Index(None, "workspace", "document", "sheet", "created_at"),
    Index(None, "state", "created_at"),
    Index(None, "workspace", "parent"),
    Index(None, "erase_at"),
)

notice = Table(
    "notice",
    METADATA,
    identifier("workspace"),
    identifier("run"),
    Column("due_at", Double, nullable=False),
    Column("tries", Integer, nullable=False),
    PrimaryKeyConstraint("workspace", "run"),
    belongs_to("run", "workspace", "run", to=["workspace", "id"]),
    Index(None, "due_at"),
)

reservation = Table(
    "reservation",
    METADATA,
    identifier("workspace"),
    identifier("run"),
    Column("quoted", Integer, nullable=False),
    Column("reserved", Integer, nullable=False),
    Column("spent", Integer, nullable=False),
    Column("released", Integer, nullable=False),
    Column("provider_units_quoted", Integer, nullable=False),
    Column("provider_units_spent", Integer, nullable=False),
    Column("provider_units_possibly_spent", Integer, nullable=False),
    PrimaryKeyConstraint("workspace", "run"),
    belongs_to("run", "workspace", "run", to=["workspace", "id"]),
    CheckConstraint("spent + released <= reserved AND reserved <= quoted", name="ceiling"),
    CheckConstraint("spent >= 0 AND released >= 0", name="sign"),
    CheckConstraint(
        "provider_units_quoted >= 0 AND provider_units_spent >= 0 AND provider_units_possibly_spent >= 0",
        name="provider_sign",
    ),
)

chunk = Table(
    "chunk",
    METADATA,
    identifier("workspace"),
    identifier("run"),
    Column("stage", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("first", Integer, nullable=False),
    Column("count", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    identifier("reason"),
    Column("claims", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    identifier("worker"),
    Column("lease_until", Double, nullable=False),
    Column("due_at", Double, nullable=False),
    Column("allocated", Integer, nullable=False),
    Column(
        "round", Integer, nullable=False
    ),  # how often it was reopened: each round has ledger lines of its own
    Column("tally", JSON, nullable=False),
    PrimaryKeyConstraint("workspace", "run", "stage", "number"),
    belongs_to("run", "workspace", "run", to=["workspace", "id"]),
    CheckConstraint("count >= 0 AND allocated >= 0 AND claims >= 0", name="sign"),
    Index(None, "workspace", "run", "state", "stage", "first"),  # the next chunk of a run, without a sort
    # Held chunks are few, whatever their number; a partial index cannot tempt the planner elsewhere.
    Index("ix_chunk_held", "workspace", "lease_until", "worker", sqlite_where=HELD, postgresql_where=HELD),
)

block = Table(
    "block",
    METADATA,
    identifier("workspace"),
    identifier("run"),
    identifier("kind"),
    Column("stage", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("column", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),  # compressed, then sealed
    PrimaryKeyConstraint("workspace", "run", "kind", "stage", "number", "column"),
    belongs_to("run", "workspace", "run", to=["workspace", "id"]),
)

ledger = Table(
    "ledger",
    METADATA,
    identifier("workspace"),
    identifier("run"),
    Column("stage", Integer, nullable=False),
    Column("number", Integer, nullable=False),
    Column("round", Integer, nullable=False),
    identifier("event"),
    Column("sequence", Integer, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("created_at", Double, nullable=False),
    PrimaryKeyConstraint("workspace", "run", "stage", "number", "round", "event", "sequence"),
    belongs_to("run", "workspace", "run", to=["workspace", "id"]),
    CheckConstraint("credits >= 0", name="sign"),
)

provider_call = Table(
    "provider_call",
    METADATA,
    identifier("workspace"),
    identifier("run"),
    identifier("source"),
    identifier("identity"),
    Column("stage", Integer, nullable=False),  # the chunk that asked, under which fence
    Column("number", Integer, nullable=False),
    Column("fence", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("units", Integer, nullable=False),
    Column("charged", Boolean, nullable=False),
    Column("answer", LargeBinary),  # sealed
    PrimaryKeyConstraint("workspace", "run", "source", "identity"),
    belongs_to("run", "workspace", "run", to=["workspace", "id"]),
    CheckConstraint("state IN ('asked', 'answered', 'possibly_spent')", name="state"),
    CheckConstraint("units >= 0", name="sign"),
)

charged_identity = Table(
    "charged_identity",
    METADATA,
    identifier("workspace"),
    identifier("run"),
    identifier("field"),
    identifier("identity"),
    identifier("source"),
    PrimaryKeyConstraint("workspace", "run", "field", "identity"),
    belongs_to("run", "workspace", "run", to=["workspace", "id"]),
)

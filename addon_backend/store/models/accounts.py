"""Workspaces, and everything that belongs to one without belonging to a run."""

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
    UniqueConstraint,
)

from addon_backend.store.models.metadata import METADATA, PlainText, belongs_to, identifier

workspace = Table(
    "workspace",
    METADATA,
    identifier("id", primary_key=True),
    Column("key", String(512), nullable=False),
    Column("name", PlainText, nullable=False),
    Column("retention_days", Integer, nullable=False),
    Column("data_key", LargeBinary, nullable=False),  # wrapped; without it nothing of the tenant can be read
    Column("created_at", Double, nullable=False),
    UniqueConstraint("key"),
    CheckConstraint("retention_days BETWEEN 1 AND 400", name="retention"),
)

member = Table(
    "member",
    METADATA,
    identifier("workspace"),
    identifier("id"),
    Column("subject", String(512), nullable=False),
    Column("language", String(16), nullable=False),
    Column("email", LargeBinary),  # sealed; none in the sandbox
    Column("mail_off_at", Double),  # since when she wants no e-mail
    Column("created_at", Double, nullable=False),
    Column("seen_at", Double),  # when she came in last
    Column("admission", String(16)),  # what an administrator has said of her
    PrimaryKeyConstraint("workspace", "id"),
    UniqueConstraint("workspace", "subject"),
    belongs_to("workspace", "workspace", to=["id"]),
)

document_access = Table(
    "document_access",
    METADATA,
    identifier("workspace"),
    identifier("member"),
    identifier("host"),
    Column("document", Text, nullable=False),
    Column("proven_at", Double, nullable=False),
    PrimaryKeyConstraint("workspace", "member", "host", "document"),
    belongs_to("member", "workspace", "member", to=["workspace", "id"]),
    Index(None, "proven_at"),
)

terms_acceptance = Table(
    "terms_acceptance",
    METADATA,
    identifier("workspace"),
    identifier("version"),
    identifier("member"),
    Column("text_digest", String(128), nullable=False),
    Column("accepted_at", Double, nullable=False),
    PrimaryKeyConstraint("workspace", "version"),
    belongs_to("member", "workspace", "member", to=["workspace", "id"]),
)

recipe = Table(
    "recipe",
    METADATA,
    identifier("workspace"),
    identifier("name"),
    Column("version", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("created_at", Double, nullable=False),
    PrimaryKeyConstraint("workspace", "name", "version"),
    belongs_to("workspace", "workspace", to=["id"]),
)

quote = Table(
    "quote",
    METADATA,
    identifier("workspace"),
    identifier("id"),
    identifier("member"),
    identifier("host"),
    Column("document", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("title", PlainText, nullable=False),
    Column("top", Integer, nullable=False),
    Column("left", Integer, nullable=False),
    Column("bottom", Integer),
    Column("right", Integer),
    Column("header_row", Integer),
    Column("recipe", JSON, nullable=False),
    Column("kinds", JSON, nullable=False),
    Column("marks", JSON),
    identifier("price_book"),
    Column("rows", Integer, nullable=False),
    Column("credits", Integer, nullable=False),
    Column("provider_units", Integer, nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("run", String(255)),  # the one that it has started
    PrimaryKeyConstraint("workspace", "id"),
    belongs_to("member", "workspace", "member", to=["workspace", "id"]),
    CheckConstraint("credits >= 0 AND provider_units >= 0", name="ceiling"),
    Index(None, "expires_at"),
)

idempotency_key = Table(
    "idempotency_key",
    METADATA,
    identifier("workspace"),
    identifier("member"),
    identifier("key"),
    Column("body_digest", String(128), nullable=False),
    Column("status", Integer, nullable=False),
    Column("answer", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    PrimaryKeyConstraint("workspace", "member", "key"),
    belongs_to("member", "workspace", "member", to=["workspace", "id"]),
    Index(None, "created_at"),
)

"""What administrators have switched, their proofs and their traces."""

from sqlalchemy import JSON, Boolean, Column, Double, Index, PrimaryKeyConstraint, String, Table, Text

from addon_backend.store.models.metadata import METADATA, belongs_to, identifier

policy = Table(  # no row: nobody has switched anything
    "policy",
    METADATA,
    identifier("workspace"),
    Column("everybody", Boolean, nullable=False),
    Column("fields", JSON(none_as_null=True)),  # null: the whole catalogue
    Column("in_place", Boolean, nullable=False),
    Column("delegation", Boolean, nullable=False),
    Column("paused", Boolean, nullable=False),
    PrimaryKeyConstraint("workspace"),
    belongs_to("workspace", "workspace", to=["id"]),
)

administrator = Table(
    "administrator",
    METADATA,
    identifier("workspace"),
    identifier("member"),
    identifier("series"),  # of proofs without a sign-out between: sessions belong to one
    Column("proven_at", Double, nullable=False),
    PrimaryKeyConstraint("workspace", "member"),
    belongs_to("member", "workspace", "member", to=["workspace", "id"]),
    Index(None, "proven_at"),
)

audit = Table(
    "audit",
    METADATA,
    identifier("workspace"),
    identifier("id"),
    identifier("member"),
    Column("at", Double, nullable=False),
    Column("what", String(32), nullable=False),
    Column("value", Text, nullable=False),
    identifier("about"),
    PrimaryKeyConstraint("workspace", "id"),
    belongs_to("member", "workspace", "member", to=["workspace", "id"]),
    Index(None, "workspace", "at"),
    Index(None, "at"),
)

arrival = Table(  # no tenant's: who comes back from the provider is not known before
    "arrival",
    METADATA,
    identifier("digest", primary_key=True),
    Column("browser", String(64), nullable=False),  # a digest, too
    Column("expires_at", Double, nullable=False),
    Index(None, "expires_at"),
)

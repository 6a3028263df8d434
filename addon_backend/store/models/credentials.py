"""What lets us work for a member while she is away, and the codes by which she says yes to that."""

from sqlalchemy import CheckConstraint, Column, Double, Index, LargeBinary, PrimaryKeyConstraint, Table, Text

from addon_backend.store.models.metadata import METADATA, belongs_to, identifier

credential = Table(
    "credential",
    METADATA,
    identifier("workspace"),
    identifier("member"),
    identifier("provider"),
    Column("token", LargeBinary),  # sealed; erased once it is revoked
    Column("scopes", Text, nullable=False),  # separated by spaces
    Column("granted_at", Double, nullable=False),
    Column("revoked_at", Double),
    PrimaryKeyConstraint("workspace", "member", "provider"),
    belongs_to("member", "workspace", "member", to=["workspace", "id"]),
    CheckConstraint("(token IS NULL) = (revoked_at IS NOT NULL)", name="erased_when_revoked"),
    Index(None, "revoked_at"),
)

one_time_code = Table(
    "one_time_code",
    METADATA,
    identifier("workspace"),
    identifier("purpose"),
    identifier("digest"),  # of the secret, which nobody keeps
    identifier("member"),
    Column("payload", LargeBinary, nullable=False),  # sealed
    Column("expires_at", Double, nullable=False),
    PrimaryKeyConstraint("workspace", "purpose", "digest"),
    belongs_to("member", "workspace", "member", to=["workspace", "id"]),
    Index(None, "expires_at"),
)

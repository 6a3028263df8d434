"""Consent to work while she is away, and the codes by which it is given."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add both; nobody has consented to anything yet."""
    op.create_table(
        "credential",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("provider", sa.String(length=255), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=True),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.Double(), nullable=False),
        sa.Column("revoked_at", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "(token IS NULL) = (revoked_at IS NOT NULL)", name=op.f("ck_credential_erased_when_revoked")
        ),
        sa.ForeignKeyConstraint(
            ["workspace", "member"], ["member.workspace", "member.id"], name=op.f("fk_credential_member")
        ),
        sa.PrimaryKeyConstraint("workspace", "member", "provider", name=op.f("pk_credential")),
    )
    op.create_index(op.f("ix_credential_revoked_at"), "credential", ["revoked_at"])
    op.create_table(
        "one_time_code",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("purpose", sa.String(length=255), nullable=False),
        sa.Column("digest", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "member"], ["member.workspace", "member.id"], name=op.f("fk_one_time_code_member")
        ),
        sa.PrimaryKeyConstraint("workspace", "purpose", "digest", name=op.f("pk_one_time_code")),
    )
    op.create_index(op.f("ix_one_time_code_expires_at"), "one_time_code", ["expires_at"])


def downgrade() -> None:
    """Forget both: everybody is asked again."""
    op.drop_table("one_time_code")
    op.drop_table("credential")

"""Administrators: their switches, their proofs, their traces, and what they have said of members."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add them; nobody has switched anything yet."""
    op.add_column("member", sa.Column("seen_at", sa.Double(), nullable=True))
    op.add_column("member", sa.Column("admission", sa.String(length=16), nullable=True))
    op.create_table(
        "policy",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("everybody", sa.Boolean(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=True),
        sa.Column("in_place", sa.Boolean(), nullable=False),
        sa.Column("delegation", sa.Boolean(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_policy_workspace")),
        sa.PrimaryKeyConstraint("workspace", name=op.f("pk_policy")),
    )
    op.create_table(
        "administrator",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("series", sa.String(length=255), nullable=False),
        sa.Column("proven_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "member"], ["member.workspace", "member.id"], name=op.f("fk_administrator_member")
        ),
        sa.PrimaryKeyConstraint("workspace", "member", name=op.f("pk_administrator")),
    )
    op.create_index(op.f("ix_administrator_proven_at"), "administrator", ["proven_at"])
    op.create_table(
        "audit",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("at", sa.Double(), nullable=False),
        sa.Column("what", sa.String(length=32), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("about", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "member"], ["member.workspace", "member.id"], name=op.f("fk_audit_member")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_workspace_at"), "audit", ["workspace", "at"])
    op.create_index(op.f("ix_audit_at"), "audit", ["at"])
    op.create_table(
        "arrival",
        sa.Column("digest", sa.String(length=255), nullable=False),
        sa.Column("browser", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_arrival")),
    )
    op.create_index(op.f("ix_arrival_expires_at"), "arrival", ["expires_at"])


def downgrade() -> None:
    """Forget them: everything is allowed again that the code then knows of."""
    for table in ("arrival", "audit", "administrator", "policy"):
        op.drop_table(table)
    op.drop_column("member", "admission")
    op.drop_column("member", "seen_at")

"""Runs that end while nobody looks are told of; who could open a document lately is remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add addresses, the outbox and remembered access; runs from before count as seen."""
    op.add_column("member", sa.Column("email", sa.LargeBinary(), nullable=True))
    op.add_column("member", sa.Column("mail_off_at", sa.Double(), nullable=True))
    op.add_column("run", sa.Column("seen_version", sa.Integer(), nullable=True))
    op.execute("UPDATE run SET seen_version = version")
    op.create_table(
        "notice",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("run", sa.String(length=255), nullable=False),
        sa.Column("due_at", sa.Double(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "run"], ["run.workspace", "run.id"], name=op.f("fk_notice_run")
        ),
        sa.PrimaryKeyConstraint("workspace", "run", name=op.f("pk_notice")),
    )
    op.create_index(op.f("ix_notice_due_at"), "notice", ["due_at"])
    op.create_table(
        "document_access",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("proven_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "member"],
            ["member.workspace", "member.id"],
            name=op.f("fk_document_access_member"),
        ),
        sa.PrimaryKeyConstraint("workspace", "member", "host", "document", name=op.f("pk_document_access")),
    )
    op.create_index(op.f("ix_document_access_proven_at"), "document_access", ["proven_at"])


def downgrade() -> None:
    """Forget all of it."""
    op.drop_table("document_access")
    op.drop_table("notice")
    op.drop_column("run", "seen_version")
    op.drop_column("member", "mail_off_at")
    op.drop_column("member", "email")

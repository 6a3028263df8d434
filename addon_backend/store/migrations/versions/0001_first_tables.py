"""All tables as they were first.

Every table but the leases is confined to a workspace by its primary key and by a foreign key that holds it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "named_lease",
        sa.Column("role", sa.String(length=255), nullable=False),
        sa.Column("holder", sa.String(length=255), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.Column("taken_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("role", name=op.f("pk_named_lease")),
    )
    op.create_table(
        "sheet_lease",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("worker", sa.String(length=255), nullable=False),
        sa.Column("run", sa.String(length=255), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("until", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sheet_lease")),
    )
    op.create_index(op.f("ix_sheet_lease_worker"), "sheet_lease", ["worker"], unique=False)
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=512), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("retention_days", sa.Integer(), nullable=False),
        sa.Column("data_key", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.CheckConstraint("retention_days BETWEEN 1 AND 400", name=op.f("ck_workspace_retention")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
        sa.UniqueConstraint("key", name=op.f("uq_workspace_key")),
    )
    op.create_table(
        "document",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("format", sa.String(length=255), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("copy", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("opened_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_document_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_document")),
    )
    op.create_table(
        "member",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=512), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_member_workspace")),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_member")),
        sa.UniqueConstraint("workspace", "subject", name=op.f("uq_member_workspace_subject")),
    )
    op.create_table(
        "recipe",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(["workspace"], ["workspace.id"], name=op.f("fk_recipe_workspace")),
        sa.PrimaryKeyConstraint("workspace", "name", "version", name=op.f("pk_recipe")),
    )
    op.create_table(
        "document_sheet",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("document", sa.String(length=255), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made", sa.Integer(), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "document"],
            ["document.workspace", "document.id"],
            name=op.f("fk_document_sheet_document"),
        ),
        sa.PrimaryKeyConstraint("workspace", "document", "id", name=op.f("pk_document_sheet")),
    )
    op.create_table(
        "idempotency_key",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("key", sa.String(length=255), nullable=False),
        sa.Column("body_digest", sa.String(length=128), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "member"], ["member.workspace", "member.id"], name=op.f("fk_idempotency_key_member")
        ),
        sa.PrimaryKeyConstraint("workspace", "member", "key", name=op.f("pk_idempotency_key")),
    )
    op.create_index(op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False)
    op.create_table(
        "quote",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("top", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("bottom", sa.Integer(), nullable=True),
        sa.Column("right", sa.Integer(), nullable=True),
        sa.Column("header_row", sa.Integer(), nullable=True),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("price_book", sa.String(length=255), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("provider_units", sa.Integer(), nullable=False),
        sa.Column("trial", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("expires_at", sa.Double(), nullable=False),
        sa.CheckConstraint("credits >= 0 AND provider_units >= 0", name=op.f("ck_quote_ceiling")),
        sa.ForeignKeyConstraint(
            ["workspace", "member"], ["member.workspace", "member.id"], name=op.f("fk_quote_member")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_expires_at"), "quote", ["expires_at"], unique=False)
    op.create_table(
        "run",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("sheet", sa.Text(), nullable=False),
        sa.Column("sheet_key", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("top", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=False),
        sa.Column("bottom", sa.Integer(), nullable=True),
        sa.Column("right", sa.Integer(), nullable=True),
        sa.Column("header_row", sa.Integer(), nullable=True),
        sa.Column("recipe", sa.JSON(), nullable=False),
        sa.Column("kinds", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("trial_rows", sa.Integer(), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("outputs", sa.JSON(), nullable=False),
        sa.Column("quality_before", sa.Integer(), nullable=True),
        sa.Column("quality_after", sa.Integer(), nullable=True),
        sa.Column("wrote", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.Column("started_at", sa.Double(), nullable=True),
        sa.Column("finished_at", sa.Double(), nullable=True),
        sa.Column("erase_at", sa.Double(), nullable=True),
        sa.Column("erased_at", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "member"], ["member.workspace", "member.id"], name=op.f("fk_run_member")
        ),
        sa.PrimaryKeyConstraint("workspace", "id", name=op.f("pk_run")),
    )
    op.create_index(op.f("ix_run_erase_at"), "run", ["erase_at"], unique=False)
    op.create_index(op.f("ix_run_state_created_at"), "run", ["state", "created_at"], unique=False)
    op.create_index(
        op.f("ix_run_workspace_document_sheet_created_at"),
        "run",
        ["workspace", "document", "sheet", "created_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_run_workspace_member_created_at"), "run", ["workspace", "member", "created_at"], unique=False
    )
    op.create_table(
        "terms_acceptance",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("version", sa.String(length=255), nullable=False),
        sa.Column("member", sa.String(length=255), nullable=False),
        sa.Column("text_digest", sa.String(length=128), nullable=False),
        sa.Column("accepted_at", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "member"],
            ["member.workspace", "member.id"],
            name=op.f("fk_terms_acceptance_member"),
        ),
        sa.PrimaryKeyConstraint("workspace", "version", name=op.f("pk_terms_acceptance")),
    )
    op.create_table(
        "block",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("run", sa.String(length=255), nullable=False),
        sa.Column("kind", sa.String(length=255), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("column", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["workspace", "run"], ["run.workspace", "run.id"], name=op.f("fk_block_run")),
        sa.PrimaryKeyConstraint(
            "workspace", "run", "kind", "stage", "number", "column", name=op.f("pk_block")
        ),
    )
    op.create_table(
        "charged_identity",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("run", sa.String(length=255), nullable=False),
        sa.Column("field", sa.String(length=255), nullable=False),
        sa.Column("identity", sa.String(length=255), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "run"], ["run.workspace", "run.id"], name=op.f("fk_charged_identity_run")
        ),
        sa.PrimaryKeyConstraint("workspace", "run", "field", "identity", name=op.f("pk_charged_identity")),
    )
    op.create_table(
        "chunk",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("run", sa.String(length=255), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=255), nullable=False),
        sa.Column("claims", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=255), nullable=False),
        sa.Column("lease_until", sa.Double(), nullable=False),
        sa.Column("due_at", sa.Double(), nullable=False),
        sa.Column("allocated", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.CheckConstraint("count >= 0 AND allocated >= 0 AND claims >= 0", name=op.f("ck_chunk_sign")),
        sa.ForeignKeyConstraint(["workspace", "run"], ["run.workspace", "run.id"], name=op.f("fk_chunk_run")),
        sa.PrimaryKeyConstraint("workspace", "run", "stage", "number", name=op.f("pk_chunk")),
    )
    op.create_index(
        "ix_chunk_held",
        "chunk",
        ["workspace", "lease_until", "worker"],
        unique=False,
        sqlite_where=sa.text("worker <> ''"),
        postgresql_where=sa.text("worker <> ''"),
    )
    op.create_index(
        op.f("ix_chunk_workspace_run_state_stage_first"),
        "chunk",
        ["workspace", "run", "state", "stage", "first"],
        unique=False,
    )
    op.create_table(
        "document_column",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("document", sa.String(length=255), nullable=False),
        sa.Column("sheet", sa.String(length=255), nullable=False),
        sa.Column("id", sa.String(length=255), nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("key", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["workspace", "document", "sheet"],
            ["document_sheet.workspace", "document_sheet.document", "document_sheet.id"],
            name=op.f("fk_document_column_document_sheet"),
        ),
        sa.PrimaryKeyConstraint("workspace", "document", "sheet", "id", name=op.f("pk_document_column")),
    )
    op.create_index(
        op.f("ix_document_column_workspace_document_sheet_key"),
        "document_column",
        ["workspace", "document", "sheet", "key"],
        unique=True,
    )
    op.create_table(
        "document_row",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("document", sa.String(length=255), nullable=False),
        sa.Column("sheet", sa.String(length=255), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("cells", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace", "document", "sheet"],
            ["document_sheet.workspace", "document_sheet.document", "document_sheet.id"],
            name=op.f("fk_document_row_document_sheet"),
        ),
        sa.PrimaryKeyConstraint("workspace", "document", "sheet", "id", name=op.f("pk_document_row")),
    )
    op.create_index(
        op.f("ix_document_row_workspace_document_sheet_position"),
        "document_row",
        ["workspace", "document", "sheet", "position"],
        unique=False,
    )
    op.create_table(
        "ledger",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("run", sa.String(length=255), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(length=255), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("credits", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.Double(), nullable=False),
        sa.CheckConstraint("credits >= 0", name=op.f("ck_ledger_sign")),
        sa.ForeignKeyConstraint(
            ["workspace", "run"], ["run.workspace", "run.id"], name=op.f("fk_ledger_run")
        ),
        sa.PrimaryKeyConstraint(
            "workspace", "run", "stage", "number", "round", "event", "sequence", name=op.f("pk_ledger")
        ),
    )
    op.create_table(
        "provider_call",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("run", sa.String(length=255), nullable=False),
        sa.Column("source", sa.String(length=255), nullable=False),
        sa.Column("identity", sa.String(length=255), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("charged", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=True),
        sa.CheckConstraint(
            "state IN ('asked', 'answered', 'possibly_spent')", name=op.f("ck_provider_call_state")
        ),
        sa.CheckConstraint("units >= 0", name=op.f("ck_provider_call_sign")),
        sa.ForeignKeyConstraint(
            ["workspace", "run"], ["run.workspace", "run.id"], name=op.f("fk_provider_call_run")
        ),
        sa.PrimaryKeyConstraint("workspace", "run", "source", "identity", name=op.f("pk_provider_call")),
    )
    op.create_table(
        "reservation",
        sa.Column("workspace", sa.String(length=255), nullable=False),
        sa.Column("run", sa.String(length=255), nullable=False),
        sa.Column("quoted", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("spent", sa.Integer(), nullable=False),
        sa.Column("released", sa.Integer(), nullable=False),
        sa.Column("provider_units_quoted", sa.Integer(), nullable=False),
        sa.Column("provider_units_spent", sa.Integer(), nullable=False),
        sa.Column("provider_units_possibly_spent", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "provider_units_quoted >= 0 AND provider_units_spent >= 0 AND provider_units_possibly_spent >= 0",
            name=op.f("ck_reservation_provider_sign"),
        ),
        sa.CheckConstraint(
            "spent + released <= reserved AND reserved <= quoted", name=op.f("ck_reservation_ceiling")
        ),
        sa.CheckConstraint("spent >= 0 AND released >= 0", name=op.f("ck_reservation_sign")),
        sa.ForeignKeyConstraint(
            ["workspace", "run"], ["run.workspace", "run.id"], name=op.f("fk_reservation_run")
        ),
        sa.PrimaryKeyConstraint("workspace", "run", name=op.f("pk_reservation")),
    )


def downgrade() -> None:
    """Drop them all."""
    op.drop_table("reservation")
    op.drop_table("provider_call")
    op.drop_table("ledger")
    op.drop_table("document_row")
    op.drop_table("document_column")
    op.drop_table("chunk")
    op.drop_table("charged_identity")
    op.drop_table("block")
    op.drop_table("terms_acceptance")
    op.drop_table("run")
    op.drop_table("quote")
    op.drop_table("idempotency_key")
    op.drop_table("document_sheet")
    op.drop_table("recipe")
    op.drop_table("member")
    op.drop_table("document")
    op.drop_table("workspace")
    op.drop_table("sheet_lease")
    op.drop_table("named_lease")

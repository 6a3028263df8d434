"""A run may follow up another: undo it, decide what it left open, or swap a column that it cleaned."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Say what each run is for, and which run it follows up."""
    with op.batch_alter_table("run") as run:
        run.add_column(sa.Column("purpose", sa.String(length=16), nullable=True))
        run.alter_column("undoes", new_column_name="parent", existing_type=sa.String(length=255))
    op.execute("UPDATE run SET purpose = CASE WHEN parent IS NULL THEN 'enrich' ELSE 'undo' END")
    with op.batch_alter_table("run") as run:
        run.alter_column("purpose", existing_type=sa.String(length=16), nullable=False)
        run.create_index("ix_run_workspace_parent", ["workspace", "parent"])


def downgrade() -> None:
    """Remember undoing alone."""
    op.execute("UPDATE run SET parent = NULL WHERE purpose <> 'undo'")
    with op.batch_alter_table("run") as run:
        run.drop_index("ix_run_workspace_parent")
        run.drop_column("purpose")
        run.alter_column("parent", new_column_name="undoes", existing_type=sa.String(length=255))

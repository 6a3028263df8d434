"""A run may undo another; a quote starts one run."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Name the run that is undone, and the run that a quote has started."""
    op.add_column("run", sa.Column("undoes", sa.String(length=255), nullable=True))
    op.add_column("quote", sa.Column("run", sa.String(length=255), nullable=True))


def downgrade() -> None:
    """Forget both."""
    op.drop_column("quote", "run")
    op.drop_column("run", "undoes")

"""A run may undo another."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Name the run that is undone."""
    op.add_column("run", sa.Column("undoes", sa.String(length=255), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("run", "undoes")

"""Since when a run's host has let nothing through: it is not asked for ever."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add it; no run is in trouble."""
    op.add_column("run", sa.Column("troubled_at", sa.Double(), nullable=True))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("run", "troubled_at")

"""When a run was parked: after a week it waits no longer."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the moment; runs that are parked already wait from when they were created."""
    op.add_column("run", sa.Column("parked_at", sa.Double(), nullable=True))
    op.execute("UPDATE run SET parked_at = created_at WHERE state = 'parked'")


def downgrade() -> None:
    """Forget it."""
    op.drop_column("run", "parked_at")

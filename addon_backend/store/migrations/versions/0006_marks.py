"""By what a selection is found again when people have worked in its sheet since the preview."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the marks; a quote without any is taken where its range says."""
    op.add_column("quote", sa.Column("marks", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Forget them."""
    op.drop_column("quote", "marks")

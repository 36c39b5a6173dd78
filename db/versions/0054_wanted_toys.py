"""What is wanted of toys: for which age, complete, cleaned; of older wants nothing was asked."""

import sqlalchemy as sa
from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("want", sa.Column("toy_age", sa.String(8), nullable=True))
    op.add_column("want", sa.Column("toy_complete", sa.Boolean(), nullable=True))
    op.add_column("want", sa.Column("toy_cleaned", sa.Boolean(), nullable=True))

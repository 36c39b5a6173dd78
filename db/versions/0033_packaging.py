"""At which stops of a run used packaging was taken along."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("run_stop", sa.Column("packaging", sa.Boolean(), nullable=True))

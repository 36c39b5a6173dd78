"""Orders that are urgent."""

import sqlalchemy as sa
from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("shop_order", sa.Column("urgent", sa.Boolean(), nullable=True))

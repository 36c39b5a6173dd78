"""How an order went, as who received it says by one tap and in words."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("shop_order", sa.Column("rating", sa.String(8), nullable=True))
    op.add_column("shop_order", sa.Column("feedback", sa.Text(), nullable=True))

"""By when and where an order is needed, the day that is promised, and why a line was given up."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("shop_order", sa.Column("needed_on", sa.Date(), nullable=True))
    op.add_column("shop_order", sa.Column("promised_on", sa.Date(), nullable=True))
    for name, length in (("building", 120), ("floor", 20), ("way_in", 12)):
        op.add_column("shop_order", sa.Column(name, sa.String(length=length), nullable=True))
    op.add_column("order_line", sa.Column("ended_why", sa.String(length=12), nullable=True))

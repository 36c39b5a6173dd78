"""An order that passes a budget ceiling says by how much, and is decided by an approver.

Empty where it passes none; until now such an order was not sent.
"""

import sqlalchemy as sa
from alembic import op

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column."""
    op.add_column(
        "shop_order",
        sa.Column("over_ore", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
    )

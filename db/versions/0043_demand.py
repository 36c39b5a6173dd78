"""What is looked for in the shop and not found, counted by search and week."""

import sqlalchemy as sa
from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create what this step needs; nothing was counted before."""
    op.create_table(
        "demand",
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("week", sa.Date(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.CheckConstraint("times > 0", name=op.f("ck_demand_times")),
        sa.PrimaryKeyConstraint("text", "week", name=op.f("pk_demand")),
    )
    op.create_index(op.f("ix_demand_week"), "demand", ["week"], unique=False)

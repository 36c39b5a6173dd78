"""What its owner brings to be repaired for a complaint is driven home."""

import sqlalchemy as sa
from alembic import op

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add a column; where it is empty, what was fetched is brought home."""
    op.add_column("complaint", sa.Column("bring", sa.Boolean(), nullable=True))

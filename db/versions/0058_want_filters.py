"""A want keeps the filters of the shop it was found by; of older wants there are none."""

import sqlalchemy as sa
from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("want", sa.Column("within", sa.Text(), nullable=True))

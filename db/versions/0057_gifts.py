"""What a firm gives is finished goods or material; older gifts count as goods."""

import sqlalchemy as sa
from alembic import op

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("pickup", sa.Column("gift", sa.String(10), nullable=True))

"""The weeks in which an institution is closed."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("institution", sa.Column("closed_weeks", sa.String(length=100), nullable=True))

"""Whom the driver asks for at an institution, as a function, and where it is called.

Nothing is known of those that are there.
"""

import sqlalchemy as sa
from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("institution", sa.Column("contact", sa.String(120), nullable=True))
    op.add_column("institution", sa.Column("phone", sa.String(11), nullable=True))

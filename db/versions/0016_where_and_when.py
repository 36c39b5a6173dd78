"""Where an institution lies, and on which day of the week it is delivered to."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("institution", sa.Column("weekday", sa.Integer(), nullable=True))
    op.add_column("institution", sa.Column("postcode", sa.String(length=4), nullable=True))
    op.add_column("institution", sa.Column("latitude", sa.String(length=48), nullable=True))
    op.add_column("institution", sa.Column("longitude", sa.String(length=48), nullable=True))

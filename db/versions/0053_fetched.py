"""When a pickup was on the van, said at the door; nothing is known of the stops that are there."""

import sqlalchemy as sa
from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("run_stop", sa.Column("fetched_on", sa.Date(), nullable=True))

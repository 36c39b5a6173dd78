"""Who confirmed that a delivery came, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("delivery", sa.Column("confirmed_on", sa.Date(), nullable=True))
    # As one statement, since SQLite takes a constraint only with its column.
    op.execute(
        "ALTER TABLE delivery ADD COLUMN confirmed_by_id INTEGER"
        " CONSTRAINT fk_delivery_confirmed_by_id REFERENCES app_user (id)"
    )
    op.create_index("ix_delivery_handed_on", "delivery", ["handed_on"])

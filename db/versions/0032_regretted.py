"""Reports of furniture that is regretted know the order it came with."""

from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    # As one statement, since SQLite takes a constraint only with its column.
    op.execute(
        "ALTER TABLE pickup ADD COLUMN order_id INTEGER"
        " CONSTRAINT fk_pickup_order_id REFERENCES shop_order (id)"
    )
    op.create_index("ix_pickup_order_id", "pickup", ["order_id"])

"""What still stands with its giver has its place there, and is driven from it straight on."""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    # Each as one statement, since SQLite takes a constraint only with its column.
    op.execute(
        "ALTER TABLE place ADD COLUMN pickup_id INTEGER"
        " CONSTRAINT fk_place_pickup_id REFERENCES pickup (id)"
    )
    op.create_index("ix_place_pickup_id", "place", ["pickup_id"], unique=True)
    op.execute(
        "ALTER TABLE run_line ADD COLUMN from_stop_id INTEGER"
        " CONSTRAINT fk_run_line_from_stop_id REFERENCES run_stop (id)"
    )
    op.create_index("ix_run_line_from_stop_id", "run_line", ["from_stop_id"])

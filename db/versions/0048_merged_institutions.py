"""Institutions that were merged into another one know which, and since when.

None is, until an administrator says so.
"""

import sqlalchemy as sa
from alembic import op

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    # As one statement, since SQLite takes a constraint only with its column.
    op.execute(
        "ALTER TABLE institution ADD COLUMN merged_into_id INTEGER"
        " CONSTRAINT fk_institution_merged_into_id REFERENCES institution (id)"
    )
    op.add_column("institution", sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_institution_merged_into_id", "institution", ["merged_into_id"])

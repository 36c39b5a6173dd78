"""What is known of a piece's fire test; the counts by it are answered by the index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COUNTED = ["article_id", "condition", "state", "fire_tested", "place_id"]
_IN_HOUSE = sa.text("state IN ('listed', 'ordered', 'picked', 'ready', 'received', 'workshop')")


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("unit", sa.Column("fire_tested", sa.Boolean(), nullable=True))
    op.drop_index("ix_unit_article", "unit")
    op.drop_index("ix_unit_house", "unit")
    op.create_index("ix_unit_article", "unit", _COUNTED)
    op.create_index(
        "ix_unit_house", "unit", _COUNTED, sqlite_where=_IN_HOUSE, postgresql_where=_IN_HOUSE
    )

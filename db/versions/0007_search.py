"""Searching and counting without reading every piece: indexes that answer by themselves.

The trigrams of what is searched are made by ``storage.search_index`` after every step.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    _pieces_by_type()
    _numbers_in_plain_order()


_COUNTED = ["article_id", "condition", "state", "place_id"]
_IN_HOUSE = sa.text("state IN ('listed', 'ordered', 'picked', 'ready', 'received', 'workshop')")


def _pieces_by_type() -> None:
    """What is counted stands in the index; what has left the house is not in the second one."""
    op.drop_index("ix_unit_article_id", "unit")
    op.create_index("ix_unit_article", "unit", _COUNTED)
    op.create_index(
        "ix_unit_house", "unit", _COUNTED, sqlite_where=_IN_HOUSE, postgresql_where=_IN_HOUSE
    )


def _numbers_in_plain_order() -> None:
    """A number is found by its beginning only where it is compared sign by sign, as on SQLite."""
    if op.get_bind().dialect.name != "sqlite":
        op.alter_column("unit", "number", type_=sa.String(24, collation="C"))

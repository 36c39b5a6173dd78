"""What is known of a toy; the shop is narrowed by it, and by place, from its index alone."""

import sqlalchemy as sa
from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None

_TOY = ["toy_age", "toy_complete", "toy_cleaned"]
_COUNTED = ["article_id", "condition", "state", "fire_tested", *_TOY, "place_id"]
_SHOP = ["article_id", "condition", "price_ore", "refurbished", "id", "state", "place_id", *_TOY]
_STANDS = ["place_id", *_TOY, "article_id", "condition", "price_ore", "id", "state"]
_IN_HOUSE = sa.text("state IN ('listed', 'ordered', 'picked', 'ready', 'received', 'workshop')")
_LISTED = sa.text("state = 'listed'")


def upgrade() -> None:
    """Create and change what this step needs."""
    op.add_column("unit", sa.Column("toy_age", sa.String(8), nullable=True))
    op.add_column("unit", sa.Column("toy_complete", sa.Boolean(), nullable=True))
    op.add_column("unit", sa.Column("toy_cleaned", sa.Boolean(), nullable=True))
    for name in ("ix_unit_article", "ix_unit_house", "ix_unit_shop"):
        op.drop_index(name, "unit")
    op.create_index("ix_unit_article", "unit", _COUNTED)
    for name, columns, which in (
        ("ix_unit_house", _COUNTED, _IN_HOUSE),
        ("ix_unit_shop", _SHOP, _LISTED),
        ("ix_unit_stands", _STANDS, _LISTED),
    ):
        op.create_index(name, "unit", columns, sqlite_where=which, postgresql_where=which)

"""Budget ceilings of institutions by year and group of categories."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "ceiling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("from_year", sa.Integer(), nullable=False),
        sa.Column("category_group", sa.String(40), nullable=False),
        sa.Column("most_ore", amount, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("most_ore >= 0", name="ck_ceiling_most"),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name="fk_ceiling_institution_id"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_ceiling"),
        sa.UniqueConstraint(
            "institution_id",
            "from_year",
            "category_group",
            name="uq_ceiling_institution_id_from_year_category_group",
        ),
        sqlite_autoincrement=True,
    )

"""Who decides orders for somebody else and when, in whose stead it was, and a person's limit."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.create_table(
        "deputy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=True),
        sa.Column("last_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("user_id <> deputy_id", name="ck_deputy_another"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name="fk_deputy_user_id"),
        sa.ForeignKeyConstraint(["deputy_id"], ["app_user.id"], name="fk_deputy_deputy_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deputy"),
        sa.UniqueConstraint("user_id", "deputy_id", name="uq_deputy_user_id_deputy_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deputy_deputy_id", "deputy", ["deputy_id"])
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("app_user", sa.Column("limit_ore", amount, nullable=True))
    # As one statement, since SQLite takes a constraint only with its column.
    op.execute(
        "ALTER TABLE shop_order ADD COLUMN decided_for_id INTEGER"
        " CONSTRAINT fk_shop_order_decided_for_id REFERENCES app_user (id)"
    )

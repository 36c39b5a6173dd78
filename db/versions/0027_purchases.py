"""Planned purchases, and what became of each line."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

_ENDINGS = (
    "ending IN ('not_needed', 'repaired', 'adapted', 'spare_part', 'lent', 'taken', 'wanted',"
    " 'new')"
)


def upgrade() -> None:
    """Create and change what this step needs."""
    _plan()
    _line()


def _plan() -> None:
    op.create_table(
        "purchase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("planner_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'dropped', 'void')", name=op.f("ck_purchase_state")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_purchase_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["planner_id"], ["app_user.id"], name=op.f("fk_purchase_planner_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
        sa.UniqueConstraint("number", name=op.f("uq_purchase_number")),
        sqlite_autoincrement=True,
    )
    for column in ("institution_id", "planner_id"):
        op.create_index(f"ix_purchase_{column}", "purchase", [column])


def _line() -> None:
    op.create_table(
        "purchase_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purchase_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("price_ore", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("ending", sa.String(length=12), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("used_first", sa.Boolean(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(_ENDINGS, name=op.f("ck_purchase_line_ending")),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_purchase_line_pieces")),
        sa.CheckConstraint("price_ore >= 0", name=op.f("ck_purchase_line_price")),
        sa.CheckConstraint(
            "(ending IS NULL) = (ended_on IS NULL)", name=op.f("ck_purchase_line_ended")
        ),
        sa.CheckConstraint(
            "(used_first IS NOT NULL) = (ending = 'new')", name=op.f("ck_purchase_line_used_first")
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"], ["purchase.id"], name=op.f("fk_purchase_line_purchase_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_line")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_purchase_line_purchase_id", "purchase_line", ["purchase_id"])
    op.create_index("ix_purchase_line_ended_on", "purchase_line", ["ended_on", "ending"])

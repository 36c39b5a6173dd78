"""Wants, and what was found for them."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    _want()
    _want_offer()
    for table in ("hold", "order_line"):
        # As one statement, since SQLite takes a constraint only with its column.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN want_id INTEGER"
            f" CONSTRAINT fk_{table}_want_id REFERENCES want (id)"
        )
        op.create_index(f"ix_{table}_want_id", table, ["want_id"])


def _want() -> None:
    op.create_table(
        "want",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("asker_id", sa.Integer(), nullable=False),
        sa.Column("cost_bearer_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("condition", sa.String(length=1), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column(
            "ceiling_ore", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.Column("use_by", sa.Date(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'ended', 'void')", name=op.f("ck_want_state")),
        sa.CheckConstraint(
            "answer IN ('yes', 'some', 'no', 'unknown')", name=op.f("ck_want_answer")
        ),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_want_pieces")),
        sa.CheckConstraint("ceiling_ore >= 0", name=op.f("ck_want_ceiling")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_want_institution_id")
        ),
        sa.ForeignKeyConstraint(["asker_id"], ["app_user.id"], name=op.f("fk_want_asker_id")),
        sa.ForeignKeyConstraint(
            ["cost_bearer_id"], ["cost_bearer.id"], name=op.f("fk_want_cost_bearer_id")
        ),
        sa.ForeignKeyConstraint(
            ["category_key"], ["category.key"], name=op.f("fk_want_category_key")
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_want_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_want")),
        sa.UniqueConstraint("number", name=op.f("uq_want_number")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_want_state", "want", ["state", "use_by"])
    for column in ("institution_id", "asker_id", "category_key", "article_id"):
        op.create_index(op.f(f"ix_want_{column}"), "want", [column])


def _want_offer() -> None:
    op.create_table(
        "want_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("want_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["want_id"], ["want.id"], name=op.f("fk_want_offer_want_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_want_offer_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_want_offer")),
        sa.UniqueConstraint("want_id", "unit_id", name=op.f("uq_want_offer_want_id_unit_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_want_offer_unit_id"), "want_offer", ["unit_id"])

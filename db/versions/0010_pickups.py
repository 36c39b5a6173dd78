"""Reports of furniture that should go, line by line, and the pieces that came of them."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of this step."""
    _pickup()
    _pickup_line()
    _pickup_photo()
    _pickup_piece()


def _pickup() -> None:
    op.create_table(
        "pickup",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("firm", sa.String(length=120), nullable=False),
        sa.Column("value_ore", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("building", sa.String(length=120), nullable=False),
        sa.Column("access", sa.String(length=12), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("earliest_on", sa.Date(), nullable=True),
        sa.Column("latest_on", sa.Date(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("(institution_id IS NULL) <> (firm = '')", name=op.f("ck_pickup_giver")),
        sa.CheckConstraint(
            "access IN ('unknown', 'level', 'lift', 'stairs')", name=op.f("ck_pickup_access")
        ),
        sa.CheckConstraint(
            "state IN ('reported', 'question', 'accepted', 'planned', 'refused', 'withdrawn', "
            "'closed', 'void')",
            name=op.f("ck_pickup_state"),
        ),
        sa.CheckConstraint("value_ore IS NULL OR value_ore >= 0", name=op.f("ck_pickup_value")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_pickup_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["reporter_id"], ["app_user.id"], name=op.f("fk_pickup_reporter_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup")),
        sa.UniqueConstraint("number", name=op.f("uq_pickup_number")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pickup_institution_id"), "pickup", ["institution_id"], unique=False)
    op.create_index(op.f("ix_pickup_reported_at"), "pickup", ["reported_at"], unique=False)
    op.create_index(op.f("ix_pickup_reporter_id"), "pickup", ["reporter_id"], unique=False)
    op.create_index("ix_pickup_state", "pickup", ["state", "planned_on"], unique=False)


def _pickup_line() -> None:
    op.create_table(
        "pickup_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pickup_id", sa.Integer(), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(length=1), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "condition IN ('A', 'B', 'C', 'D')", name=op.f("ck_pickup_line_condition")
        ),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_pickup_line_pieces")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_pickup_line_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["category_key"], ["category.key"], name=op.f("fk_pickup_line_category_key")
        ),
        sa.ForeignKeyConstraint(
            ["pickup_id"], ["pickup.id"], name=op.f("fk_pickup_line_pickup_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_line")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pickup_line_article_id"), "pickup_line", ["article_id"], unique=False)
    op.create_index(op.f("ix_pickup_line_pickup_id"), "pickup_line", ["pickup_id"], unique=False)


def _pickup_photo() -> None:
    op.create_table(
        "pickup_photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["pickup_line.id"], name=op.f("fk_pickup_photo_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["sha256"], ["photo_blob.sha256"], name=op.f("fk_pickup_photo_sha256")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_photo")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pickup_photo_line_id"), "pickup_photo", ["line_id"], unique=False)
    op.create_index(op.f("ix_pickup_photo_sha256"), "pickup_photo", ["sha256"], unique=False)


def _pickup_piece() -> None:
    op.create_table(
        "pickup_piece",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pickup_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["pickup_line.id"], name=op.f("fk_pickup_piece_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["pickup_id"], ["pickup.id"], name=op.f("fk_pickup_piece_pickup_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_pickup_piece_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pickup_piece")),
        sa.UniqueConstraint("unit_id", name=op.f("uq_pickup_piece_unit_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_pickup_piece_line_id"), "pickup_piece", ["line_id"], unique=False)
    op.create_index(op.f("ix_pickup_piece_pickup_id"), "pickup_piece", ["pickup_id"], unique=False)

"""Units, photos and workshop cases."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of this step."""
    _photo_blob()
    _workshop_case()
    _case_task()
    _intake()
    _unit()
    _case_unit()
    _photo()
    _unit_code()
    _unit_cost()


def _photo_blob() -> None:
    op.create_table(
        "photo_blob",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("jpeg", sa.LargeBinary(), nullable=True),
        sa.Column("thumb", sa.LargeBinary(), nullable=True),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_photo_blob")),
    )


def _workshop_case() -> None:
    op.create_table(
        "workshop_case",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("split_from_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('assess', 'waiting', 'working', 'testing', 'ready', 'closed', 'void')",
            name=op.f("ck_workshop_case_state"),
        ),
        sa.ForeignKeyConstraint(
            ["split_from_id"], ["workshop_case.id"], name=op.f("fk_workshop_case_split_from_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workshop_case")),
    )
    op.create_index(op.f("ix_workshop_case_state"), "workshop_case", ["state"], unique=False)


def _case_task() -> None:
    op.create_table(
        "case_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("task_type_id", sa.Integer(), nullable=False),
        sa.Column("hour_rate_id", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("parts_ore", sa.Integer(), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_case_task_minutes")),
        sa.CheckConstraint("parts_ore >= 0", name=op.f("ck_case_task_parts")),
        sa.ForeignKeyConstraint(
            ["case_id"], ["workshop_case.id"], name=op.f("fk_case_task_case_id")
        ),
        sa.ForeignKeyConstraint(
            ["hour_rate_id"], ["hour_rate.id"], name=op.f("fk_case_task_hour_rate_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_type_id"], ["task_type.id"], name=op.f("fk_case_task_task_type_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_task")),
    )
    op.create_index(op.f("ix_case_task_case_id"), "case_task", ["case_id"], unique=False)


def _intake() -> None:
    op.create_table(
        "intake",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=True),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('intake', 'return')", name=op.f("ck_intake_kind")),
        sa.CheckConstraint("state IN ('active', 'void')", name=op.f("ck_intake_state")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_intake_article_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["institution.id"], name=op.f("fk_intake_giver_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake")),
    )
    op.create_index(op.f("ix_intake_giver_id"), "intake", ["giver_id"], unique=False)
    op.create_index(op.f("ix_intake_received_on"), "intake", ["received_on"], unique=False)


def _unit_one() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("condition", sa.String(length=1), nullable=False),
        sa.Column("refurbished", sa.Boolean(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("price_ore", sa.Integer(), nullable=True),
        sa.Column("loop", sa.Integer(), nullable=False),
    ]


def _unit_two() -> list[sa.Column[object]]:
    return [
        sa.Column("life_left", sa.String(length=48), nullable=False),
        sa.Column("giver_id", sa.Integer(), nullable=True),
        sa.Column("holder_id", sa.Integer(), nullable=True),
        sa.Column("intake_id", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acquired_year", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("scrap_reason", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def _unit() -> None:
    op.create_table(
        "unit",
        *_unit_one(),
        *_unit_two(),
        sa.CheckConstraint("condition IN ('A', 'B', 'C', 'D')", name=op.f("ck_unit_condition")),
        sa.CheckConstraint(
            "state IN ('offered', 'received', 'workshop', 'ready', 'listed', 'ordered', "
            "'picked', 'delivered', 'missing', 'dismantled', 'donated', 'sold', "
            "'scrapped', 'void')",
            name=op.f("ck_unit_state"),
        ),
        sa.CheckConstraint("loop >= 1", name=op.f("ck_unit_loop")),
        sa.CheckConstraint("price_ore >= 0", name=op.f("ck_unit_price")),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_unit_article_id")),
        sa.ForeignKeyConstraint(["giver_id"], ["institution.id"], name=op.f("fk_unit_giver_id")),
        sa.ForeignKeyConstraint(["holder_id"], ["institution.id"], name=op.f("fk_unit_holder_id")),
        sa.ForeignKeyConstraint(["intake_id"], ["intake.id"], name=op.f("fk_unit_intake_id")),
        sa.ForeignKeyConstraint(["place_id"], ["place.id"], name=op.f("fk_unit_place_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit")),
        sa.UniqueConstraint("number", name=op.f("uq_unit_number")),
        sa.UniqueConstraint("serial", name=op.f("uq_unit_serial")),
    )
    op.create_index(op.f("ix_unit_article_id"), "unit", ["article_id"], unique=False)
    op.create_index(op.f("ix_unit_giver_id"), "unit", ["giver_id"], unique=False)
    op.create_index(op.f("ix_unit_holder_id"), "unit", ["holder_id"], unique=False)
    op.create_index(op.f("ix_unit_intake_id"), "unit", ["intake_id"], unique=False)
    op.create_index(op.f("ix_unit_place_id"), "unit", ["place_id"], unique=False)
    op.create_index(op.f("ix_unit_received_on"), "unit", ["received_on"], unique=False)
    op.create_index(
        "ix_unit_shop",
        "unit",
        ["article_id", "condition", "price_ore", "refurbished", "id", "state"],
        unique=False,
        sqlite_where=sa.text("state = 'listed'"),
        postgresql_where=sa.text("state = 'listed'"),
    )
    op.create_index("ix_unit_state_article", "unit", ["state", "article_id"], unique=False)


def _case_unit() -> None:
    op.create_table(
        "case_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["workshop_case.id"], name=op.f("fk_case_unit_case_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_case_unit_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_unit")),
    )
    op.create_index(op.f("ix_case_unit_case_id"), "case_unit", ["case_id"], unique=False)
    op.create_index(op.f("ix_case_unit_unit_id"), "case_unit", ["unit_id"], unique=False)
    op.create_index(
        "uq_case_unit_open",
        "case_unit",
        ["unit_id"],
        unique=True,
        sqlite_where=sa.text("is_open"),
        postgresql_where=sa.text("is_open"),
    )


def _photo() -> None:
    op.create_table(
        "photo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(article_id IS NULL) <> (unit_id IS NULL)", name=op.f("ck_photo_owner")
        ),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_photo_article_id")),
        sa.ForeignKeyConstraint(["sha256"], ["photo_blob.sha256"], name=op.f("fk_photo_sha256")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_photo_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photo")),
    )
    op.create_index(op.f("ix_photo_article_id"), "photo", ["article_id"], unique=False)
    op.create_index(op.f("ix_photo_sha256"), "photo", ["sha256"], unique=False)
    op.create_index(op.f("ix_photo_unit_id"), "photo", ["unit_id"], unique=False)


def _unit_code() -> None:
    op.create_table(
        "unit_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_code_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_code")),
        sa.UniqueConstraint("code", name=op.f("uq_unit_code_code")),
    )
    op.create_index(op.f("ix_unit_code_unit_id"), "unit_code", ["unit_id"], unique=False)


def _unit_cost() -> None:
    op.create_table(
        "unit_cost",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("loop", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("task_type_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.String(length=48), nullable=False),
        sa.Column("labour_ore", sa.Integer(), nullable=False),
        sa.Column("parts_ore", sa.Integer(), nullable=False),
        sa.Column("co2e_kg", sa.String(length=48), nullable=False),
        sa.Column("co2e_low_kg", sa.String(length=48), nullable=False),
        sa.Column("co2e_high_kg", sa.String(length=48), nullable=False),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("booked_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["workshop_case.id"], name=op.f("fk_unit_cost_case_id")
        ),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_unit_cost_change_id")),
        sa.ForeignKeyConstraint(
            ["task_type_id"], ["task_type.id"], name=op.f("fk_unit_cost_task_type_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_cost_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_cost")),
    )
    op.create_index(op.f("ix_unit_cost_case_id"), "unit_cost", ["case_id"], unique=False)
    op.create_index("ix_unit_cost_unit_loop", "unit_cost", ["unit_id", "loop"], unique=False)

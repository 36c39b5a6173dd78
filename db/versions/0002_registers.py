"""Categories, factor sets, task types and furniture types."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of this step."""
    _category()
    _factor_set()
    _hour_rate()
    _import_batch()
    _task_type()
    _article()
    _factor()


def _category() -> None:
    op.create_table(
        "category",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name_da", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("unspsc", sa.String(length=12), nullable=False),
        sa.Column("group_key", sa.String(length=40), nullable=False),
        sa.Column("group_da", sa.String(length=60), nullable=False),
        sa.Column("group_en", sa.String(length=60), nullable=False),
        sa.Column("group_order", sa.Integer(), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column(
            "sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_category")),
    )
    op.create_index(op.f("ix_category_group_key"), "category", ["group_key"], unique=False)


def _factor_set() -> None:
    op.create_table(
        "factor_set",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("released", sa.Boolean(), nullable=False),
        sa.Column("based_on_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["based_on_id"], ["factor_set.id"], name=op.f("fk_factor_set_based_on_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor_set")),
        sa.UniqueConstraint("name", name=op.f("uq_factor_set_name")),
    )


def _hour_rate() -> None:
    op.create_table(
        "hour_rate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("rate_ore", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hour_rate")),
        sa.UniqueConstraint("name", name=op.f("uq_hour_rate_name")),
    )


def _import_batch() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("taken", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("state IN ('active', 'void')", name=op.f("ck_import_batch_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index(op.f("ix_import_batch_sha256"), "import_batch", ["sha256"], unique=False)


def _task_type() -> None:
    op.create_table(
        "task_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("parts_ore", sa.Integer(), nullable=False),
        sa.Column("co2e_kg", sa.String(length=48), nullable=False),
        sa.Column("co2e_low_kg", sa.String(length=48), nullable=True),
        sa.Column("co2e_high_kg", sa.String(length=48), nullable=True),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_type")),
        sa.UniqueConstraint("name", name=op.f("uq_task_type_name")),
    )


def _article_one() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=60), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("maker", sa.String(length=80), nullable=False),
        sa.Column("model", sa.String(length=120), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("width_mm", sa.Integer(), nullable=True),
        sa.Column("depth_mm", sa.Integer(), nullable=True),
        sa.Column("height_min_mm", sa.Integer(), nullable=True),
        sa.Column("height_max_mm", sa.Integer(), nullable=True),
        sa.Column("weight_g", sa.Integer(), nullable=True),
        sa.Column("volume_l", sa.Integer(), nullable=True),
        sa.Column("size_mark", sa.String(length=4), nullable=False),
        sa.Column("colour", sa.String(length=40), nullable=False),
        sa.Column("materials", sa.String(length=120), nullable=False),
    ]


def _article_two() -> list[sa.Column[object]]:
    return [
        sa.Column("ecolabel", sa.String(length=40), nullable=False),
        sa.Column("new_price_ore", sa.Integer(), nullable=True),
        sa.Column("new_price_on", sa.Date(), nullable=True),
        sa.Column("new_price_source", sa.String(length=200), nullable=False),
        sa.Column("supplier", sa.String(length=80), nullable=False),
        sa.Column("warranty_until", sa.Date(), nullable=True),
        sa.Column("spare_parts", sa.String(length=200), nullable=False),
        sa.Column("epd_kg", sa.String(length=48), nullable=True),
        sa.Column("epd_source", sa.String(length=200), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("import_id", sa.Integer(), nullable=True),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.Column(
            "sort_key", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False
        ),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def _article() -> None:
    op.create_table(
        "article",
        *_article_one(),
        *_article_two(),
        sa.ForeignKeyConstraint(
            ["category_key"], ["category.key"], name=op.f("fk_article_category_key")
        ),
        sa.ForeignKeyConstraint(
            ["import_id"], ["import_batch.id"], name=op.f("fk_article_import_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("key", name=op.f("uq_article_key")),
    )
    op.create_index(op.f("ix_article_category_key"), "article", ["category_key"], unique=False)
    op.create_index(op.f("ix_article_ecolabel"), "article", ["ecolabel"], unique=False)
    op.create_index(op.f("ix_article_import_id"), "article", ["import_id"], unique=False)
    op.create_index(op.f("ix_article_sort_key"), "article", ["sort_key"], unique=False)


def _factor_one() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("set_id", sa.Integer(), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("mass_kg", sa.String(length=48), nullable=True),
        sa.Column("co2e_low_kg", sa.String(length=48), nullable=True),
        sa.Column("co2e_mid_kg", sa.String(length=48), nullable=True),
        sa.Column("co2e_high_kg", sa.String(length=48), nullable=True),
        sa.Column("stages", sa.String(length=160), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("source_year", sa.Integer(), nullable=True),
    ]


def _factor_two() -> list[sa.Column[object]]:
    return [
        sa.Column("source_detail", sa.Text(), nullable=False),
        sa.Column("co2e_verified", sa.Boolean(), nullable=False),
        sa.Column("lifetime_years", sa.String(length=48), nullable=False),
        sa.Column("new_price_low_ore", sa.Integer(), nullable=True),
        sa.Column("new_price_mid_ore", sa.Integer(), nullable=True),
        sa.Column("new_price_high_ore", sa.Integer(), nullable=True),
        sa.Column("price_source", sa.Text(), nullable=False),
        sa.Column("price_verified", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    ]


def _factor() -> None:
    op.create_table(
        "factor",
        *_factor_one(),
        *_factor_two(),
        sa.ForeignKeyConstraint(
            ["category_key"], ["category.key"], name=op.f("fk_factor_category_key")
        ),
        sa.ForeignKeyConstraint(["set_id"], ["factor_set.id"], name=op.f("fk_factor_set_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_factor")),
        sa.UniqueConstraint("set_id", "category_key", name=op.f("uq_factor_set_id_category_key")),
    )

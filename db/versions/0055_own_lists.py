"""Lists of types and searches that a person keeps in the shop, and what the person saw lately."""

import sqlalchemy as sa
from alembic import op

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.create_table(
        "own_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("search", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_list"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name="fk_own_list_user_id"),
        sa.UniqueConstraint("user_id", "search", "name", name="uq_own_list_user_id_search_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "own_list_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_own_list_type"),
        sa.ForeignKeyConstraint(["list_id"], ["own_list.id"], name="fk_own_list_type_list_id"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_own_list_type_article_id"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "shop_seen",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user_id", "position", name="pk_shop_seen"),
        sa.ForeignKeyConstraint(["user_id"], ["app_user.id"], name="fk_shop_seen_user_id"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_shop_seen_article_id"),
    )
    for table, column in (
        ("own_list_type", "list_id"),
        ("own_list_type", "article_id"),
        ("shop_seen", "article_id"),
    ):
        op.create_index(f"ix_{table}_{column}", table, [column])

"""Lists of types that the warehouse puts before everyone's own in the shop."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    op.create_table(
        "shop_list",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("first", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shop_list"),
        sa.UniqueConstraint("name", name="uq_shop_list_name"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "shop_list_type",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("list_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_shop_list_type"),
        sa.ForeignKeyConstraint(["list_id"], ["shop_list.id"], name="fk_shop_list_type_list_id"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name="fk_shop_list_type_article_id"
        ),
        sqlite_autoincrement=True,
    )
    for column in ("list_id", "article_id"):
        op.create_index(f"ix_shop_list_type_{column}", "shop_list_type", [column])

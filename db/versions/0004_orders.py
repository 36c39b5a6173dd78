"""Baskets, orders and deliveries."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of this step."""
    _delivery()
    _basket()
    _shop_order()
    _basket_loss()
    _hold()
    _order_line()


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('prepared', 'handed', 'void')", name=op.f("ck_delivery_state")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_delivery_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("number", name=op.f("uq_delivery_number")),
    )
    op.create_index(
        op.f("ix_delivery_institution_id"), "delivery", ["institution_id"], unique=False
    )


def _basket() -> None:
    op.create_table(
        "basket",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("cost_bearer_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["cost_bearer_id"], ["cost_bearer.id"], name=op.f("fk_basket_cost_bearer_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_basket_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_basket")),
        sa.UniqueConstraint("institution_id", name=op.f("uq_basket_institution_id")),
    )


def _shop_order() -> None:
    op.create_table(
        "shop_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("cost_bearer_id", sa.Integer(), nullable=True),
        sa.Column("orderer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("needs", sa.String(length=20), nullable=False),
        sa.Column("limit_ore", sa.Integer(), nullable=True),
        sa.Column("total_ore", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('yes', 'some', 'no', 'unknown')", name=op.f("ck_shop_order_answer")
        ),
        sa.CheckConstraint(
            "state IN ('awaiting', 'approved', 'delivered', 'refused', 'cancelled', 'void')",
            name=op.f("ck_shop_order_state"),
        ),
        sa.ForeignKeyConstraint(
            ["cost_bearer_id"], ["cost_bearer.id"], name=op.f("fk_shop_order_cost_bearer_id")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["app_user.id"], name=op.f("fk_shop_order_decided_by_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_shop_order_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["orderer_id"], ["app_user.id"], name=op.f("fk_shop_order_orderer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shop_order")),
        sa.UniqueConstraint("number", name=op.f("uq_shop_order_number")),
    )
    op.create_index(
        op.f("ix_shop_order_institution_id"), "shop_order", ["institution_id"], unique=False
    )
    op.create_index(op.f("ix_shop_order_orderer_id"), "shop_order", ["orderer_id"], unique=False)
    op.create_index(op.f("ix_shop_order_sent_at"), "shop_order", ["sent_at"], unique=False)
    op.create_index("ix_shop_order_state", "shop_order", ["state", "institution_id"], unique=False)


def _basket_loss() -> None:
    op.create_table(
        "basket_loss",
        sa.Column("basket_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("lost_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["basket_id"], ["basket.id"], name=op.f("fk_basket_loss_basket_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_basket_loss_unit_id")),
        sa.PrimaryKeyConstraint("basket_id", "unit_id", name=op.f("pk_basket_loss")),
    )


def _hold() -> None:
    op.create_table(
        "hold",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("basket_id", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["basket_id"], ["basket.id"], name=op.f("fk_hold_basket_id")),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_hold_unit_id")),
        sa.PrimaryKeyConstraint("unit_id", name=op.f("pk_hold")),
    )
    op.create_index(op.f("ix_hold_basket_id"), "hold", ["basket_id"], unique=False)
    op.create_index(op.f("ix_hold_expires_at"), "hold", ["expires_at"], unique=False)


def _order_line() -> None:
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("condition", sa.String(length=1), nullable=False),
        sa.Column("price_ore", sa.Integer(), nullable=False),
        sa.Column("new_price_ore", sa.Integer(), nullable=False),
        sa.Column("net_g", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=10), nullable=True),
        sa.Column("exact", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("picked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("delivery_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'picked', 'delivered', 'refused', 'cancelled', 'void')",
            name=op.f("ck_order_line_state"),
        ),
        sa.CheckConstraint("price_ore >= 0", name=op.f("ck_order_line_price")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_order_line_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_order_line_delivery_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_line_order_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_order_line_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    op.create_index(op.f("ix_order_line_delivery_id"), "order_line", ["delivery_id"], unique=False)
    op.create_index(op.f("ix_order_line_order_id"), "order_line", ["order_id"], unique=False)
    op.create_index("ix_order_line_state", "order_line", ["state"], unique=False)
    op.create_index(op.f("ix_order_line_unit_id"), "order_line", ["unit_id"], unique=False)
    op.create_index(
        "uq_order_line_open_unit",
        "order_line",
        ["unit_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('open', 'picked')"),
        postgresql_where=sa.text("state IN ('open', 'picked')"),
    )

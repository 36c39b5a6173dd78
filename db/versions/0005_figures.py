"""Figure lines, charges and recorded reports."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of this step."""
    _report_record()
    _charge()
    _figure_line()
    _report_line()


def _report_record() -> None:
    op.create_table(
        "report_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("parameters", sa.JSON(), nullable=False),
        sa.Column("totals", sa.JSON(), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_report_record_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_report_record_institution_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_record")),
        sa.UniqueConstraint("number", name=op.f("uq_report_record_number")),
        sa.UniqueConstraint("year", "serial", name=op.f("uq_report_record_year_serial")),
    )
    op.create_index(
        op.f("ix_report_record_change_id"), "report_record", ["change_id"], unique=False
    )


def _charge() -> None:
    op.create_table(
        "charge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("cost_bearer_id", sa.Integer(), nullable=True),
        sa.Column("order_line_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("amount_ore", sa.BigInteger(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('hand_over', 'reversal')", name=op.f("ck_charge_kind")),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_charge_change_id")),
        sa.ForeignKeyConstraint(["corrects_id"], ["charge.id"], name=op.f("fk_charge_corrects_id")),
        sa.ForeignKeyConstraint(
            ["cost_bearer_id"], ["cost_bearer.id"], name=op.f("fk_charge_cost_bearer_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_charge_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_line.id"], name=op.f("fk_charge_order_line_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_charge_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_charge")),
    )
    op.create_index(op.f("ix_charge_change_id"), "charge", ["change_id"], unique=False)
    op.create_index(
        "ix_charge_institution", "charge", ["institution_id", "effective_on"], unique=False
    )
    op.create_index(op.f("ix_charge_order_line_id"), "charge", ["order_line_id"], unique=False)
    op.create_index(op.f("ix_charge_unit_id"), "charge", ["unit_id"], unique=False)


def _figure_line_one() -> list[sa.Column[object]]:
    return [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("corrects_id", sa.Integer(), nullable=True),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("loop", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("category_key", sa.String(length=40), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=True),
        sa.Column("order_line_id", sa.Integer(), nullable=True),
        sa.Column("factor_set_id", sa.Integer(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("price_paid_ore", sa.BigInteger(), nullable=False),
        sa.Column("days_in_house", sa.Integer(), nullable=True),
        sa.Column("own_factor", sa.Boolean(), nullable=False),
        sa.Column("own_epd", sa.Boolean(), nullable=False),
        sa.Column("documented", sa.Boolean(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
    ]


def _figure_line_two() -> list[sa.Column[object]]:
    return [
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("new_value_ore", sa.BigInteger(), nullable=False),
        sa.Column("cash_ore", sa.BigInteger(), nullable=False),
        sa.Column("lifetime_ore", sa.BigInteger(), nullable=False),
        sa.Column("net_g", sa.BigInteger(), nullable=True),
        sa.Column("low_g", sa.BigInteger(), nullable=True),
        sa.Column("high_g", sa.BigInteger(), nullable=True),
        sa.Column("gross_g", sa.BigInteger(), nullable=True),
        sa.Column("bound_low_g", sa.BigInteger(), nullable=True),
        sa.Column("bound_high_g", sa.BigInteger(), nullable=True),
        sa.Column("cash_d27_ore", sa.BigInteger(), nullable=False),
        sa.Column("cash_d50_ore", sa.BigInteger(), nullable=False),
        sa.Column("cash_d70_ore", sa.BigInteger(), nullable=False),
        sa.Column("cash_d100_ore", sa.BigInteger(), nullable=False),
        sa.Column("net_d27_g", sa.BigInteger(), nullable=True),
        sa.Column("net_d50_g", sa.BigInteger(), nullable=True),
        sa.Column("net_d70_g", sa.BigInteger(), nullable=True),
        sa.Column("net_d100_g", sa.BigInteger(), nullable=True),
        sa.Column("inputs", sa.JSON(), nullable=False),
    ]


def _figure_line() -> None:
    op.create_table(
        "figure_line",
        *_figure_line_one(),
        *_figure_line_two(),
        sa.CheckConstraint(
            "kind IN ('hand_over', 'reversal', 'adjustment', 'late_cost')",
            name=op.f("ck_figure_line_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_figure_line_article_id")
        ),
        sa.ForeignKeyConstraint(
            ["category_key"], ["category.key"], name=op.f("fk_figure_line_category_key")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_figure_line_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["corrects_id"], ["figure_line.id"], name=op.f("fk_figure_line_corrects_id")
        ),
        sa.ForeignKeyConstraint(
            ["factor_set_id"], ["factor_set.id"], name=op.f("fk_figure_line_factor_set_id")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institution.id"], name=op.f("fk_figure_line_institution_id")
        ),
        sa.ForeignKeyConstraint(
            ["order_line_id"], ["order_line.id"], name=op.f("fk_figure_line_order_line_id")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_figure_line_unit_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure_line")),
    )
    op.create_index(op.f("ix_figure_line_booked_at"), "figure_line", ["booked_at"], unique=False)
    op.create_index(op.f("ix_figure_line_change_id"), "figure_line", ["change_id"], unique=False)
    op.create_index(
        op.f("ix_figure_line_corrects_id"), "figure_line", ["corrects_id"], unique=False
    )
    op.create_index(
        op.f("ix_figure_line_order_line_id"), "figure_line", ["order_line_id"], unique=False
    )
    op.create_index(
        "ix_figure_line_period", "figure_line", ["effective_on", "institution_id"], unique=False
    )
    op.create_index(op.f("ix_figure_line_unit_id"), "figure_line", ["unit_id"], unique=False)


def _report_line() -> None:
    op.create_table(
        "report_line",
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["figure_line.id"], name=op.f("fk_report_line_line_id")
        ),
        sa.ForeignKeyConstraint(
            ["report_id"], ["report_record.id"], name=op.f("fk_report_line_report_id")
        ),
        sa.PrimaryKeyConstraint("report_id", "line_id", name=op.f("pk_report_line")),
    )

"""Batches of charges that were settled, their postings, and what became of each."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    _batches()
    _lines()
    _postings()
    _steps()


def _batches() -> None:
    op.create_table(
        "settlement_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=False),
        sa.Column("legal", sa.String(length=10), nullable=False),
        sa.Column("monthly", sa.Boolean(), nullable=False),
        sa.Column("posting_on", sa.Date(), nullable=False),
        sa.Column("fiscal_year", sa.Integer(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("charge_count", sa.Integer(), nullable=False),
        sa.Column("debit_ore", sa.BigInteger(), nullable=False),
        sa.Column("net_ore", sa.BigInteger(), nullable=False),
        sa.Column("profile", sa.JSON(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=False),
        sa.Column("posting_file", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("legal IN ('own', 'other')", name=op.f("ck_settlement_batch_legal")),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_settlement_batch_change_id")
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"], ["settlement_batch.id"], name=op.f("fk_settlement_batch_reverses_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_settlement_batch_number")),
        sa.UniqueConstraint(
            "reverses_id", "attempt", name="uq_settlement_batch_reverses_id_attempt"
        ),
        sa.UniqueConstraint("year", "serial", name="uq_settlement_batch_year_serial"),
    )
    op.create_index(op.f("ix_settlement_batch_change_id"), "settlement_batch", ["change_id"])


def _lines() -> None:
    op.create_table(
        "settlement_line",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("charge_id", sa.Integer(), nullable=False),
        sa.Column("take", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["settlement_batch.id"], name=op.f("fk_settlement_line_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["charge_id"], ["charge.id"], name=op.f("fk_settlement_line_charge_id")
        ),
        sa.PrimaryKeyConstraint("batch_id", "charge_id", name=op.f("pk_settlement_line")),
        sa.UniqueConstraint("charge_id", "take", name="uq_settlement_line_charge_id_take"),
    )


def _steps() -> None:
    op.create_table(
        "settlement_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("voucher", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "step IN ('released', 'withdrawn', 'booked')", name=op.f("ck_settlement_step_step")
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["settlement_batch.id"], name=op.f("fk_settlement_step_batch_id")
        ),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_settlement_step_change_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_step")),
        sa.UniqueConstraint("batch_id", "position", name="uq_settlement_step_batch_id_position"),
    )
    op.create_index(op.f("ix_settlement_step_change_id"), "settlement_step", ["change_id"])


def _postings() -> None:
    op.create_table(
        "settlement_posting",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("voucher", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=1), nullable=False),
        sa.Column("pays", sa.Boolean(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("cost_bearer_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("month", sa.Date(), nullable=True),
        sa.Column("account", sa.String(length=40), nullable=False),
        sa.Column("bearer", sa.String(length=40), nullable=False),
        sa.Column("amount_ore", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(length=255), nullable=False),
        sa.CheckConstraint("side IN ('D', 'K')", name=op.f("ck_settlement_posting_side")),
        sa.CheckConstraint("amount_ore > 0", name=op.f("ck_settlement_posting_amount")),
        *(
            sa.ForeignKeyConstraint(
                [column], [target], name=op.f(f"fk_settlement_posting_{column}")
            )
            for column, target in (
                ("batch_id", "settlement_batch.id"),
                ("cost_bearer_id", "cost_bearer.id"),
                ("institution_id", "institution.id"),
                ("order_id", "shop_order.id"),
            )
        ),
        sa.PrimaryKeyConstraint("batch_id", "position", name=op.f("pk_settlement_posting")),
    )

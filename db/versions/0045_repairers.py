"""Repairers outside the house, what is agreed with them, and what is sent to them."""

import sqlalchemy as sa
from alembic import op

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create and change what this step needs."""
    _repairer()
    _repairer_price()
    _errand()
    _indexes()
    # As one statement, since SQLite takes a constraint only with its column.
    op.execute(
        "ALTER TABLE repair_task ADD COLUMN repairer_id INTEGER"
        " CONSTRAINT fk_repair_task_repairer_id REFERENCES repairer (id)"
    )


def _repairer() -> None:
    op.create_table(
        "repairer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("cvr", sa.String(length=8), nullable=False),
        sa.Column("contact", sa.String(length=120), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repairer")),
        sa.UniqueConstraint("name", name=op.f("uq_repairer_name")),
        sqlite_autoincrement=True,
    )


def _repairer_price() -> None:
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "repairer_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repairer_id", sa.Integer(), nullable=False),
        sa.Column("task_type_id", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("price_ore", amount, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("price_ore >= 0", name=op.f("ck_repairer_price_price")),
        sa.ForeignKeyConstraint(
            ["repairer_id"], ["repairer.id"], name=op.f("fk_repairer_price_repairer_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_type_id"], ["task_type.id"], name=op.f("fk_repairer_price_task_type_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repairer_price")),
        sa.UniqueConstraint(
            "repairer_id",
            "task_type_id",
            "valid_from",
            name=op.f("uq_repairer_price_repairer_id_task_type_id_valid_from"),
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_repairer_price_task_type_id"), "repairer_price", ["task_type_id"])


def _errand() -> None:
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "errand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("case_task_id", sa.Integer(), nullable=False),
        sa.Column("repairer_id", sa.Integer(), nullable=False),
        sa.Column("pieces", sa.Integer(), nullable=False),
        sa.Column("price_ore", amount, nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("invoice_number", sa.String(length=40), nullable=False),
        sa.Column("invoice_ore", amount, nullable=True),
        sa.Column("invoiced_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("pieces > 0", name=op.f("ck_errand_pieces")),
        sa.CheckConstraint("price_ore >= 0", name=op.f("ck_errand_price")),
        sa.CheckConstraint(
            "returned_on IS NULL OR returned_on >= sent_on", name=op.f("ck_errand_returned")
        ),
        sa.CheckConstraint(
            "invoice_ore IS NULL OR (invoice_ore >= 0 AND returned_on IS NOT NULL)",
            name=op.f("ck_errand_invoice"),
        ),
        sa.CheckConstraint(
            "(invoice_ore IS NULL) = (invoiced_on IS NULL)", name=op.f("ck_errand_invoiced")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["workshop_case.id"], name=op.f("fk_errand_case_id")),
        sa.ForeignKeyConstraint(
            ["case_task_id"], ["case_task.id"], name=op.f("fk_errand_case_task_id")
        ),
        sa.ForeignKeyConstraint(
            ["repairer_id"], ["repairer.id"], name=op.f("fk_errand_repairer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_errand")),
        sa.UniqueConstraint("case_task_id", name=op.f("uq_errand_case_task_id")),
        sqlite_autoincrement=True,
    )


def _indexes() -> None:
    op.create_index(op.f("ix_errand_case_id"), "errand", ["case_id"])
    op.create_index(
        "uq_errand_out",
        "errand",
        ["case_id"],
        unique=True,
        sqlite_where=sa.text("returned_on IS NULL"),
        postgresql_where=sa.text("returned_on IS NULL"),
    )
    op.create_index(
        "uq_errand_invoice",
        "errand",
        ["repairer_id", "invoice_number"],
        unique=True,
        sqlite_where=sa.text("invoice_number <> ''"),
        postgresql_where=sa.text("invoice_number <> ''"),
    )

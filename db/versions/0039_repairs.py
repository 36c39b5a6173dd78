"""Repairs of what institutions own, and what they are charged for them."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None

_OLD = "kind IN ('hand_over', 'reversal', 'loan', 'fee', 'price')"
_NEW = "kind IN ('hand_over', 'reversal', 'loan', 'fee', 'price', 'repair', 'part', 'outside')"


def upgrade() -> None:
    """Create and change what this step needs."""
    _repair()
    _repair_task()
    _widen("charge", "kind", _OLD, _NEW)


def _repair() -> None:
    op.create_table(
        "repair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pickup_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("cost_bearer_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.String(length=10), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expected_on", sa.Date(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answer IN ('yes', 'some', 'no', 'unknown')", name=op.f("ck_repair_answer")
        ),
        sa.ForeignKeyConstraint(["pickup_id"], ["pickup.id"], name=op.f("fk_repair_pickup_id")),
        sa.ForeignKeyConstraint(["order_id"], ["shop_order.id"], name=op.f("fk_repair_order_id")),
        sa.ForeignKeyConstraint(
            ["cost_bearer_id"], ["cost_bearer.id"], name=op.f("fk_repair_cost_bearer_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair")),
        sa.UniqueConstraint("pickup_id", name=op.f("uq_repair_pickup_id")),
        sa.UniqueConstraint("order_id", name=op.f("uq_repair_order_id")),
        sqlite_autoincrement=True,
    )


def _repair_task() -> None:
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "repair_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("repair_id", sa.Integer(), nullable=False),
        sa.Column("task_type_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("labour_ore", amount, nullable=False),
        sa.Column("parts_ore", amount, nullable=False),
        sa.Column("outside_ore", amount, nullable=True),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_repair_task_minutes")),
        sa.CheckConstraint("labour_ore >= 0", name=op.f("ck_repair_task_labour")),
        sa.CheckConstraint("parts_ore >= 0", name=op.f("ck_repair_task_parts")),
        sa.CheckConstraint("outside_ore >= 0", name=op.f("ck_repair_task_outside")),
        sa.ForeignKeyConstraint(
            ["repair_id"], ["repair.id"], name=op.f("fk_repair_task_repair_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_type_id"], ["task_type.id"], name=op.f("fk_repair_task_task_type_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_repair_task")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_repair_task_repair_id"), "repair_task", ["repair_id"])


def _widen(table: str, column: str, old: str, new: str) -> None:
    """Let a check allow some words more.

    SQLite cannot change a check, and a table made anew would lose its triggers. No row is laid
    out differently, so the text of the table is changed in its place, as its makers describe.
    """
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint(f"ck_{table}_{column}", table, type_="check")
        op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, new)
        return
    connection = op.get_bind()
    op.execute("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?)"
        " WHERE type = 'table' AND name = ? AND instr(sql, ?) > 0",
        (old, new, table, old),
    ).rowcount
    op.execute("PRAGMA writable_schema = RESET")
    if changed != 1:
        raise RuntimeError(f"the check of {table}.{column} is not as it was made")

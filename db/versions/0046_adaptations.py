"""Furniture is ordered with an adaptation, whose case in the workshop is the order's.

No task type is an adaptation until the municipality says so. Whoever asked for a repair is told of
its price.
"""

import sqlalchemy as sa
from alembic import op

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

_BEFORE, _AFTER = "'ceiling_passed', ", "'undone')"
_NEW = "'order_adapted', 'repair_priced', "
_CAUSES = (
    "cause IN ('order_sent', 'order_waits', 'order_approved', 'order_refused', 'order_cancelled',"
    " 'order_ready', 'order_delivered', 'order_reminder', 'want_found', 'want_ending',"
    " 'pickup_accepted', 'pickup_question', 'pickup_planned', 'pickup_refused', 'pickup_home',"
    " 'loan_due', 'loan_late', 'retention_due', 'order_moved', 'loan_kept', 'loan_lost',"
    " 'complaint_refused', 'complaint_price', 'complaint_return', 'complaint_repair',"
    f" 'complaint_mended', {_BEFORE}{_NEW}{_AFTER}"
)


def upgrade() -> None:
    """Create and change what this step needs."""
    op.execute(sa.text("ALTER TABLE task_type ADD COLUMN adapt_weeks INTEGER"))
    op.execute(sa.text("ALTER TABLE task_type ADD COLUMN adapt_for TEXT"))
    op.execute(
        sa.text(
            "ALTER TABLE workshop_case ADD COLUMN order_id INTEGER"
            " CONSTRAINT fk_workshop_case_order_id REFERENCES shop_order (id)"
        )
    )
    op.create_index(op.f("ix_workshop_case_order_id"), "workshop_case", ["order_id"])
    _order_task()
    _widen_causes()


def _order_task() -> None:
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "order_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("task_type_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("labour_ore", amount, nullable=False),
        sa.Column("parts_ore", amount, nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.CheckConstraint("minutes >= 0", name=op.f("ck_order_task_minutes")),
        sa.CheckConstraint("labour_ore >= 0", name=op.f("ck_order_task_labour")),
        sa.CheckConstraint("parts_ore >= 0", name=op.f("ck_order_task_parts")),
        sa.CheckConstraint("weeks >= 0", name=op.f("ck_order_task_weeks")),
        sa.ForeignKeyConstraint(
            ["order_id"], ["shop_order.id"], name=op.f("fk_order_task_order_id")
        ),
        sa.ForeignKeyConstraint(
            ["task_type_id"], ["task_type.id"], name=op.f("fk_order_task_task_type_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_task")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_order_task_order_id"), "order_task", ["order_id"])


def _widen_causes() -> None:
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint("ck_message_cause", "message", type_="check")
        op.create_check_constraint(op.f("ck_message_cause"), "message", _CAUSES)
        return
    # SQLite cannot change a check, and a table made anew would lose its triggers. No row is laid
    # out differently, so the text of the table is changed in its place, as its makers describe.
    op.execute("PRAGMA writable_schema = ON")
    old = f"{_BEFORE}{_AFTER}"
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?)"
        " WHERE type = 'table' AND name = 'message' AND instr(sql, ?) > 0",
        (old, f"{_BEFORE}{_NEW}{_AFTER}", old),
    ).rowcount
    op.execute("PRAGMA writable_schema = RESET")
    if changed != 1:
        raise RuntimeError("the check of message.cause is not as it was made")

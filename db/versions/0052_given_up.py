"""What was ordered to be repaired or adapted and cannot be: why, and whoever ordered it is told."""

import sqlalchemy as sa
from alembic import op

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

_BEFORE, _AFTER = "'repair_priced', ", "'undone')"
_NEW = "'repair_given_up', 'adaptation_given_up', "
_CAUSES = (
    "cause IN ('order_sent', 'order_waits', 'order_approved', 'order_refused', 'order_cancelled',"
    " 'order_ready', 'order_delivered', 'order_reminder', 'want_found', 'want_ending',"
    " 'pickup_accepted', 'pickup_question', 'pickup_planned', 'pickup_refused', 'pickup_home',"
    " 'loan_due', 'loan_late', 'retention_due', 'order_moved', 'loan_kept', 'loan_lost',"
    " 'complaint_refused', 'complaint_price', 'complaint_return', 'complaint_repair',"
    f" 'complaint_mended', 'ceiling_passed', 'order_adapted', {_BEFORE}{_NEW}{_AFTER}"
)


def upgrade() -> None:
    """Add a column; nothing was given up before there was one."""
    op.add_column("workshop_case", sa.Column("given_up", sa.Text(), nullable=True))
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

"""Messages that tell administrators of what is too old to be kept."""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_CAUSES = (
    "cause IN ('order_sent', 'order_waits', 'order_approved', 'order_refused', 'order_cancelled',"
    " 'order_ready', 'order_delivered', 'order_reminder', 'want_found', 'want_ending',"
    " 'pickup_accepted', 'pickup_question', 'pickup_planned', 'pickup_refused', 'pickup_home',"
    " 'loan_due', 'loan_late', {more}'undone')"
)


def upgrade() -> None:
    """Create and change what this step needs."""
    old, new = _CAUSES.format(more=""), _CAUSES.format(more="'retention_due', ")
    _widen("message", "cause", old, new)


def _widen(table: str, column: str, old: str, new: str) -> None:
    """Let a check allow one word more.

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

"""Orders that are loans until a day, pieces on loan, charges of their days, and reminders."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_STATES = (
    "state IN ('offered', 'received', 'workshop', 'ready', 'listed', 'ordered', 'picked',"
    " 'delivered', {lent}'missing', 'dismantled', 'donated', 'sold', 'scrapped', 'void')"
)
_CAUSES = (
    "cause IN ('order_sent', 'order_waits', 'order_approved', 'order_refused', 'order_cancelled',"
    " 'order_ready', 'order_delivered', 'order_reminder', 'want_found', 'want_ending',"
    " 'pickup_accepted', 'pickup_question', 'pickup_planned', 'pickup_refused', 'pickup_home',"
    " {loans}'undone')"
)
_KINDS = "kind IN ('hand_over', 'reversal'{loan})"


def upgrade() -> None:
    """Create and change what this step needs."""
    _widen("unit", "state", _STATES.format(lent=""), _STATES.format(lent="'lent', "))
    _widen("charge", "kind", _KINDS.format(loan=""), _KINDS.format(loan=", 'loan'"))
    loans = "'loan_due', 'loan_late', "
    _widen("message", "cause", _CAUSES.format(loans=""), _CAUSES.format(loans=loans))
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("basket", sa.Column("loan_until", sa.Date(), nullable=True))
    op.add_column("shop_order", sa.Column("loan_until", sa.Date(), nullable=True))
    op.add_column("shop_order", sa.Column("loan_rate_ore", amount, nullable=True))
    op.create_index("ix_shop_order_loan_until", "shop_order", ["loan_until"])


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

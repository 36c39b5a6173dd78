"""A fee for a small order that does not wait: on the order, and as a charge of its own."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None

_OLD = "kind IN ('hand_over', 'reversal', 'loan')"
_NEW = "kind IN ('hand_over', 'reversal', 'loan', 'fee')"


def upgrade() -> None:
    """Create and change what this step needs."""
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.add_column("shop_order", sa.Column("fee_ore", amount, nullable=True))
    if op.get_bind().dialect.name != "sqlite":
        op.drop_constraint("ck_charge_kind", "charge", type_="check")
        op.create_check_constraint(op.f("ck_charge_kind"), "charge", _NEW)
        return
    # SQLite cannot change a check, and a table made anew would lose its triggers. No row is laid
    # out differently, so the text of the table is changed in its place, as its makers describe.
    connection = op.get_bind()
    op.execute("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?)"
        " WHERE type = 'table' AND name = 'charge' AND instr(sql, ?) > 0",
        (_OLD, _NEW, _OLD),
    ).rowcount
    op.execute("PRAGMA writable_schema = RESET")
    if changed != 1:
        raise RuntimeError("the check of charge.kind is not as it was made")

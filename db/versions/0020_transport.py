"""Figure lines of what was really driven."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_BEFORE = "kind IN ('hand_over', 'reversal', 'adjustment', 'late_cost')"
_AFTER = "kind IN ('hand_over', 'reversal', 'adjustment', 'late_cost', 'transport')"


def upgrade() -> None:
    """Create and change what this step needs."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        op.drop_constraint("ck_figure_line_kind", "figure_line", type_="check")
        op.create_check_constraint(op.f("ck_figure_line_kind"), "figure_line", _AFTER)
        return
    # SQLite cannot change a check, and a table made anew would lose its triggers. No row is laid
    # out differently, so the text of the table is changed in its place, as its makers describe.
    op.execute("PRAGMA writable_schema = ON")
    changed = connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?)"
        " WHERE type = 'table' AND name = 'figure_line' AND instr(sql, ?) > 0",
        (_BEFORE, _AFTER, _BEFORE),
    ).rowcount
    op.execute("PRAGMA writable_schema = RESET")
    if changed != 1:
        raise RuntimeError("the check of figure_line.kind is not as it was made")

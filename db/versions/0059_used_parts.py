"""A spare part is used in a task of a case, and knows the piece that it was taken from.

Of older parts that piece is named by their note alone.
"""

import sqlalchemy as sa
from alembic import op

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

_OLD, _NEW = "'dismantled', ", "'dismantled', 'fitted', "


def upgrade() -> None:
    """Create and change what this step needs."""
    op.execute(
        sa.text(
            "ALTER TABLE unit ADD COLUMN taken_from_id INTEGER"
            " CONSTRAINT fk_unit_taken_from_id REFERENCES unit (id)"
        )
    )
    _case_part()
    if op.get_bind().dialect.name == "sqlite":
        _widen_sqlite()
        return
    listed = _codes("ck_unit_state")
    op.drop_constraint("ck_unit_state", "unit", type_="check")
    op.create_check_constraint(op.f("ck_unit_state"), "unit", f"state IN ({_with(listed)})")


def _case_part() -> None:
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "case_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_task_id", sa.Integer(), nullable=False),
        sa.Column("part_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("place_id", sa.Integer(), nullable=True),
        sa.Column("saved_ore", amount, nullable=False),
        sa.CheckConstraint("saved_ore >= 0", name=op.f("ck_case_part_saved")),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_case_part_{column}"))
            for column, table in (
                ("case_task_id", "case_task"),
                ("part_id", "unit"),
                ("unit_id", "unit"),
                ("place_id", "place"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_part")),
        sa.UniqueConstraint("part_id", name=op.f("uq_case_part_part_id")),
        sqlite_autoincrement=True,
    )
    for column in ("case_task_id", "unit_id"):
        op.create_index(op.f(f"ix_case_part_{column}"), "case_part", [column])


def _with(listed: str) -> str:
    if listed.count(_OLD) != 1:
        raise RuntimeError(f"{_OLD} is not in the check as it was made: {listed}")
    return listed.replace(_OLD, _NEW)


def _codes(name: str) -> str:
    """The codes that a check of PostgreSQL lists now, as a list of SQL."""
    found = op.get_bind().execute(
        sa.text("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = :name"),
        {"name": name},
    )
    quoted = found.scalar_one().split("'")[1::2]
    return ", ".join(f"'{code}'" for code in quoted)


def _widen_sqlite() -> None:
    """SQLite cannot change a check, and a table made anew would lose its triggers.

    No row is laid out differently, so the text of the table is changed in its place, as its makers
    describe.
    """
    connection = op.get_bind()
    op.execute("PRAGMA writable_schema = ON")
    made = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'unit'"
    ).scalar_one()
    before, head, rest = made.partition("state IN (")
    listed, end, after = rest.partition(")")
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'unit'",
        (before + head + _with(listed) + end + after,),
    )
    op.execute("PRAGMA writable_schema = RESET")

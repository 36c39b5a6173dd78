"""Complaints about delivered pieces, and the charges, figure lines and messages that they cause."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None

#: What more a column may say: table, column, what its list ended with, and what comes before it.
_MORE = (
    ("charge", "kind", "'fee'", "'fee', 'price'"),
    ("figure_line", "kind", "'transport'", "'transport', 'complaint'"),
    ("unit", "state", "'lent', ", "'lent', 'mending', "),
    (
        "message",
        "cause",
        "'undone'",
        (
            "'complaint_refused', 'complaint_price', 'complaint_return', 'complaint_repair', "
            "'complaint_mended', 'undone'"
        ),
    ),
)


def upgrade() -> None:
    """Create and change what this step needs."""
    _create()
    if op.get_bind().dialect.name == "sqlite":
        _widen_sqlite()
        return
    for table, column, old, new in _MORE:
        name = f"ck_{table}_{column}"
        listed = _codes(name)
        op.drop_constraint(name, table, type_="check")
        op.create_check_constraint(op.f(name), table, f"{column} IN ({_with(listed, old, new)})")


def _create() -> None:
    amount = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    live = sa.text("state IN ('open', 'agreed')")
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("institution_id", sa.Integer(), nullable=False),
        sa.Column("reporter_id", sa.Integer(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("outcome", sa.String(length=10), nullable=True),
        sa.Column("price_ore", amount, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'agreed', 'closed', 'void')", name=op.f("ck_complaint_state")
        ),
        sa.CheckConstraint(
            "outcome IN ('refused', 'price', 'return', 'repair')", name=op.f("ck_complaint_outcome")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'void') OR outcome IS NOT NULL", name=op.f("ck_complaint_decided")
        ),
        sa.CheckConstraint(
            "state <> 'open' OR outcome IS NULL", name=op.f("ck_complaint_undecided")
        ),
        sa.CheckConstraint("price_ore >= 0", name=op.f("ck_complaint_price")),
        *_keys(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("number", name=op.f("uq_complaint_number")),
        sqlite_autoincrement=True,
    )
    for column in ("order_line_id", "delivery_id", "reporter_id", "case_id"):
        op.create_index(op.f(f"ix_complaint_{column}"), "complaint", [column])
    op.create_index("ix_complaint_state", "complaint", ["state", "institution_id"])
    op.create_index(
        "uq_complaint_live_line",
        "complaint",
        ["order_line_id"],
        unique=True,
        sqlite_where=live,
        postgresql_where=live,
    )


def _keys() -> list[sa.ForeignKeyConstraint]:
    return [
        sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_complaint_{column}"))
        for column, table in (
            ("order_line_id", "order_line"),
            ("delivery_id", "delivery"),
            ("institution_id", "institution"),
            ("reporter_id", "app_user"),
            ("decided_by_id", "app_user"),
            ("case_id", "workshop_case"),
        )
    ]


def _with(listed: str, old: str, new: str) -> str:
    if listed.count(old) != 1:
        raise RuntimeError(f"{old} is not in the check as it was made: {listed}")
    return listed.replace(old, new)


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

    No row is laid out differently, so the text of a table is changed in its place, as its makers
    describe.
    """
    connection = op.get_bind()
    op.execute("PRAGMA writable_schema = ON")
    for table, column, old, new in _MORE:
        made = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).scalar_one()
        before, head, rest = made.partition(f"{column} IN (")
        listed, end, after = rest.partition(")")
        connection.exec_driver_sql(
            "UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = ?",
            (before + head + _with(listed, old, new) + end + after, table),
        )
    op.execute("PRAGMA writable_schema = RESET")

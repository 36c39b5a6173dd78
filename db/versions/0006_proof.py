"""What proves the books: links between changes, digests, larger sums, ids that are never reused."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

#: Rows of these are written once and never deleted, so their ids cannot come again anyway.
_WRITTEN_ONCE = {"change", "event", "unit_cost", "figure_line", "charge", "report_record"}
_DEFENSIVE = 1010  # SQLite's number of the switch that some systems set


def upgrade() -> None:
    """Create and change what this step needs."""
    _never_reuse_ids()
    _costs_of_tasks()


def _never_reuse_ids() -> None:
    """On SQLite the next new row would get the id of the last one deleted, and so its history.

    Only the text of a table says so, no row changes: SQLite documents this way to add it
    ("Making Other Kinds Of Table Schema Changes"). PostgreSQL's sequences never go back.
    """
    bind = op.get_bind()
    if bind.dialect.name != "sqlite":
        return
    driver = bind.connection.dbapi_connection
    if driver is not None and hasattr(driver, "setconfig"):
        driver.setconfig(_DEFENSIVE, False)
    # Makes the table in which SQLite keeps the highest ids, and lets other connections look anew.
    op.execute("CREATE TABLE first_of_all (id INTEGER PRIMARY KEY AUTOINCREMENT)")
    op.execute("DROP TABLE first_of_all")
    tables = sa.text("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
    texts = {name: sql for name, sql in bind.execute(tables) if _can_be_deleted(name, sql)}
    op.execute("PRAGMA writable_schema = ON")
    change = sa.text("UPDATE sqlite_master SET sql = :sql WHERE type = 'table' AND name = :name")
    for name, sql in texts.items():
        bind.execute(change, {"name": name, "sql": _with_autoincrement(name, sql)})
    op.execute("PRAGMA writable_schema = RESET")
    _remember_highest(bind, list(texts))


def _can_be_deleted(name: str, sql: str) -> bool:
    return name not in _WRITTEN_ONCE and "PRIMARY KEY (id)" in sql


def _with_autoincrement(name: str, sql: str) -> str:
    before, _key, after = sql.partition(f"CONSTRAINT pk_{name} PRIMARY KEY (id)")
    bare = before.rstrip().removesuffix(",") + after
    return bare.replace("id INTEGER NOT NULL", "id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", 1)


def _remember_highest(bind: sa.Connection, names: list[str]) -> None:
    """The highest id there is, or has been: the events remember rows that were deleted."""
    query = "SELECT entity, max(CAST(entity_id AS INTEGER)) FROM event GROUP BY entity"
    known: dict[str, int] = dict(bind.execute(sa.text(query)).all())
    keep = sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)")
    for name in names:
        highest = bind.execute(sa.text(f"SELECT max(id) FROM {name}")).scalar() or 0
        bind.execute(keep, {"name": name, "seq": max(highest, known.get(name, 0))})


def _costs_of_tasks() -> None:
    """What is booked says of which task of its case it is."""
    op.add_column("unit_cost", sa.Column("case_task_id", sa.Integer(), nullable=True))

"""What proves the books: links between changes, digests, larger sums, ids that are never reused."""

import datetime as dt
import hashlib
import json
from typing import Any

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
    _better_conditions()
    _corrections()
    _link_changes()
    _larger_amounts()
    _short_reports()


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


def _link_changes() -> None:
    """Bind the changes there are to each other, as ``storage.chain`` does with those to come."""
    links = op.create_table(
        "change_link",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_change_link_change_id")
        ),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_change_link")),
    )
    op.add_column("person_text", sa.Column("salt", sa.String(length=32), nullable=True))
    bind = op.get_bind()
    last = bind.execute(sa.text("SELECT max(id) FROM change")).scalar() or 0
    link = ""
    for first in range(1, last + 1, _LINKED_AT_ONCE):
        rows = []
        events = _events_digests(bind, first)
        for row in bind.execute(_CHANGES, {"first": first, "last": first + _LINKED_AT_ONCE}):
            link = _link(link, row, events.get(row.id, hashlib.sha256()).hexdigest())
            rows.append({"change_id": row.id, "link": link})
        if rows:
            bind.execute(links.insert(), rows)


_LINKED_AT_ONCE = 1_000
_CHANGES = sa.text(
    "SELECT change.id, request_id, kind, actor_id, session, at, reverses_id, kinds,"
    " CAST(data AS TEXT) AS answer"
    " FROM change LEFT JOIN change_result ON change_id = change.id"
    " WHERE change.id >= :first AND change.id < :last ORDER BY change.id"
).columns(at=sa.DateTime(timezone=True))
_EVENTS = sa.text(
    "SELECT change_id, entity, entity_id, payload_version, CAST(before AS TEXT),"
    " CAST(after AS TEXT) FROM event"
    " WHERE change_id >= :first AND change_id < :last ORDER BY change_id, id"
)


def _events_digests(bind: sa.Connection, first: int) -> dict[int, "hashlib._Hash"]:
    found: dict[int, hashlib._Hash] = {}
    wanted = {"first": first, "last": first + _LINKED_AT_ONCE}
    for key, entity, row, version, before, after in bind.execute(_EVENTS, wanted):
        text = f"{entity}\x1f{row}\x1f{version}\x1f{before or ''}\x1f{after or ''}\n"
        found.setdefault(key, hashlib.sha256()).update(text.encode())
    return found


def _link(before: str, row: sa.Row[Any], events: str) -> str:
    at = row.at.replace(tzinfo=dt.UTC) if row.at.tzinfo is None else row.at.astimezone(dt.UTC)
    head = json.dumps(
        [
            row.id,
            row.request_id,
            row.kind,
            row.actor_id,
            row.session,
            at.isoformat(),
            row.reverses_id,
        ]
    )
    parts = (before, head, events, row.kinds or "", row.answer or "")
    return hashlib.sha256("".join(f"{part}\n" for part in parts).encode()).hexdigest()


def _better_conditions() -> None:
    """A piece keeps why its condition became better without work."""
    op.add_column("unit", sa.Column("condition_reason", sa.String(length=20), nullable=True))


#: Øre and grams that add up: an order may cost more than 21.474.836,47 kr.
_AMOUNTS = {
    "institution": ("limit_ore",),
    "shop_order": ("limit_ore", "total_ore"),
    "order_line": ("price_ore", "new_price_ore", "net_g"),
    "case_task": ("parts_ore",),
    "unit_cost": ("labour_ore", "parts_ore"),
}


def _larger_amounts() -> None:
    """Wider columns on PostgreSQL; SQLite's whole numbers are as large anyway."""
    if op.get_bind().dialect.name == "sqlite":
        return
    for table, columns in _AMOUNTS.items():
        for column in columns:
            op.alter_column(table, column, type_=sa.BigInteger())


def _short_reports() -> None:
    """A report is also kept as it is printed without its lines."""
    op.add_column("report_record", sa.Column("short_document", sa.LargeBinary(), nullable=True))


def _corrections() -> None:
    """A report tells its own lines from those that came too late for an earlier one."""
    op.add_column(
        "report_line",
        sa.Column("correction", sa.Boolean(), nullable=False, server_default=sa.false()),
    )

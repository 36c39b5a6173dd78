"""Trigrams of what is searched by pieces of words, so that a search need not read every text.

SQLite keeps them in an FTS5 table beside each table. A trigger only notes which rows it has yet to
read, since FTS5 is slow row by row; they are read in one go before a change is kept
(``read_changed``), and until then a search looks at their texts themselves. On PostgreSQL an index
of ``pg_trgm`` follows by itself. Where SQLite has no FTS5, or the extension may not be made, every
text is read instead: the same is found, only later.
"""

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    SQLColumnExpression,
    and_,
    column,
    literal_column,
    or_,
    select,
    text,
    union_all,
)
from sqlalchemy import table as plain_table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moebelcirkel.domain.fold import like_pattern

#: What is shorter has no trigram, and is looked for in the texts themselves.
SHORTEST = 3
#: Where a connection remembers that the tables are there.
_SEEN = "trigrams"
#: The tables that FTS5 keeps an index in.
PARTS = ("_data", "_idx", "_content", "_docsize", "_config")
_TOKENS = "trigram case_sensitive 1"


@dataclass(frozen=True, slots=True)
class Index:
    """The trigrams of one column: the text as SQLite reads it, and as the server does."""

    table: str
    column: str
    text: str
    server: str

    @property
    def words(self) -> str:
        """The FTS5 table; its key is the row's."""
        return f"{self.table}_words"

    @property
    def unread(self) -> str:
        """The table of the rows it has yet to read."""
        return f"{self.table}_unread"

    @property
    def server_index(self) -> str:
        """The name of the index on PostgreSQL."""
        return f"ix_{self.table}_words"

    def tables(self) -> tuple[str, ...]:
        """The statements that make both tables."""
        made = f"CREATE VIRTUAL TABLE {self.words} USING fts5(body, tokenize = '{_TOKENS}')"
        return made, f"CREATE TABLE {self.unread} (id INTEGER PRIMARY KEY)"

    def triggers(self) -> dict[str, str]:
        """By name the statements that make the triggers."""
        note = f"INSERT OR IGNORE INTO {self.unread} (id) VALUES ({{row}}.id)"
        changed = f"old.{self.column} IS NOT new.{self.column}"
        ways = {
            "insert": ("INSERT", "", "new"),
            "update": (f"UPDATE OF {self.column}", f" WHEN {changed}", "new"),
            "delete": ("DELETE", "", "old"),
        }
        return {
            f"{self.words}_{name}": f"CREATE TRIGGER {self.words}_{name} AFTER {event} ON"
            f" {self.table}{when} BEGIN {note.format(row=row)}; END"
            for name, (event, when, row) in ways.items()
        }


ARTICLES = Index("article", "search_text", "search_text", "search_text")
CODES = Index("unit_code", "code", "' ' || lower(code) || ' '", "lower(code)")
INDEXES = (ARTICLES, CODES)


@functools.cache
def names() -> frozenset[str]:
    """The tables, indexes and triggers that are made here and declared nowhere else."""
    found: set[str] = set()
    for index in INDEXES:
        found.update(f"{index.words}{part}" for part in ("", *PARTS))
        found.update((index.unread, index.server_index), index.triggers())
    return frozenset(found)


# --- making ----------------------------------------------------------------------------------


def install(connection: Connection) -> bool:
    """Make everything anew and read all rows; tells whether this database can have it."""
    if connection.dialect.name != "sqlite":
        return _install_postgres(connection)
    for index in INDEXES:
        _drop_sqlite(connection, index)
    can = _has_trigrams(connection)
    for index in INDEXES if can else ():
        _install_sqlite(connection, index)
    return can


def _install_postgres(connection: Connection) -> bool:
    """A role may lack the right to the extension, and a server the extension."""
    try:
        with connection.begin_nested():
            connection.execute(text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
            for index in INDEXES:
                connection.execute(text(f"DROP INDEX IF EXISTS {index.server_index}"))
                connection.execute(
                    text(
                        f"CREATE INDEX {index.server_index} ON {index.table}"
                        f" USING gin (({index.server}) gin_trgm_ops)"
                    )
                )
    except DBAPIError:
        return False
    return True


def _drop_sqlite(connection: Connection, index: Index) -> None:
    connection.info.pop(_SEEN, None)
    for name in index.triggers():
        connection.execute(text(f"DROP TRIGGER IF EXISTS {name}"))
    connection.execute(text(f"DROP TABLE IF EXISTS {index.unread}"))
    try:
        connection.execute(text(f"DROP TABLE IF EXISTS {index.words}"))
    except DBAPIError:
        _drop_damaged(connection, index)


def _drop_damaged(connection: Connection, index: Index) -> None:
    """FTS5 opens its table before it drops it, which one that lost its own parts does not let."""
    connection.execute(text("PRAGMA writable_schema = ON"))
    connection.execute(text(f"DELETE FROM sqlite_master WHERE name = '{index.words}'"))
    connection.execute(text("PRAGMA writable_schema = RESET"))
    for part in PARTS:
        connection.execute(text(f"DROP TABLE IF EXISTS {index.words}{part}"))


def _install_sqlite(connection: Connection, index: Index) -> None:
    for statement in (*index.tables(), *index.triggers().values()):
        connection.execute(text(statement))
    connection.execute(text(f"INSERT INTO {index.unread} (id) SELECT id FROM {index.table}"))
    _read(connection, index)


def _has_trigrams(connection: Connection) -> bool:
    """Whether this SQLite was built with FTS5, and is new enough for trigrams."""
    probe = "CREATE VIRTUAL TABLE temp.trigrams USING fts5(body, tokenize = 'trigram')"
    try:
        connection.execute(text(probe))
    except DBAPIError:
        return False
    connection.execute(text("DROP TABLE temp.trigrams"))
    return True


# --- following -------------------------------------------------------------------------------


def read_changed(session: Session, kinds: Iterable[str]) -> None:
    """Read the rows that this change has written; on PostgreSQL the server does it."""
    changed = [index for index in INDEXES if index.table in set(kinds)]
    connection = session.connection() if changed else None
    if connection is None or not stands(connection):
        return
    for index in changed:
        _read(connection, index)


def _read(connection: Connection, index: Index) -> None:
    unread = f"(SELECT id FROM {index.unread})"
    connection.execute(text(f"DELETE FROM {index.words} WHERE rowid IN {unread}"))
    connection.execute(
        text(
            f"INSERT INTO {index.words} (rowid, body) SELECT id, {index.text}"
            f" FROM {index.table} WHERE id IN {unread}"
        )
    )
    connection.execute(text(f"DELETE FROM {index.unread}"))


def stands(connection: Connection) -> bool:
    """Whether this is SQLite and has the tables; once seen, it is remembered."""
    if connection.dialect.name != "sqlite":
        return False
    if _SEEN not in connection.info:
        query = text("SELECT count(*) FROM sqlite_master WHERE name = :words OR name = :unread")
        index = INDEXES[-1]
        found = connection.execute(query, {"words": index.words, "unread": index.unread}).scalar()
        if found != len((index.words, index.unread)):
            return False
        connection.info[_SEEN] = True
    return True


# --- asking ----------------------------------------------------------------------------------

#: For each word the pieces of text of which one must be there.
Needles = Sequence[Sequence[str]]


def containing(
    session: Session,
    index: Index,
    key: SQLColumnExpression[int],
    body: SQLColumnExpression[str],
    wanted: Needles,
) -> ColumnElement[bool]:
    """The condition on a row's key that its text has one of the pieces of every word.

    ``key`` and ``body`` are the row's key and the text as the index has it.
    """
    long = [pieces for pieces in wanted if all(len(piece) >= SHORTEST for piece in pieces)]
    if not long or not stands(session.connection()):
        return and_(*(_has(body, pieces) for pieces in wanted))
    short = [pieces for pieces in wanted if pieces not in long]
    return and_(key.in_(_found(index, key, body, long)), *(_has(body, each) for each in short))


def _found(index: Index, key: Any, body: Any, wanted: Needles) -> Any:
    words = plain_table(index.words, column("rowid"))
    unread = select(plain_table(index.unread, column("id")).c.id)
    match = literal_column(index.words).op("MATCH")(_expression(wanted))
    return union_all(
        select(words.c.rowid).where(match, words.c.rowid.not_in(unread)),
        select(key).where(key.in_(unread), *(_has(body, pieces) for pieces in wanted)),
    )


def _expression(wanted: Needles) -> str:
    """In FTS5's language: each word's pieces as alternatives, all words together."""
    quoted = [[f'"{piece.replace(chr(34), chr(34) * 2)}"' for piece in word] for word in wanted]
    return " AND ".join(f"({' OR '.join(pieces)})" for pieces in quoted)


def _has(body: Any, pieces: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(body.like(f"%{like_pattern(piece)}%", escape="\\") for piece in pieces))

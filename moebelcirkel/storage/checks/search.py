"""The index of the search on SQLite: it is there, whole, and of the texts that stand in the rows.

On PostgreSQL the server keeps it. FTS5's own look at itself writes, and passes over a part of it
(``_idx``), so what it can find is asked here; nothing waits for it.
"""

import sqlite3

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage.search_index import INDEXES, SHORTEST, Index, stands

_MOST = 20
_DAMAGE = {sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CORRUPT}


def search_follows(session: Session, findings: Findings) -> None:
    """What is searched by pieces of words is what the texts say, and every piece finds its rows."""
    connection = session.connection()
    lost = missing(connection)
    for name in lost:
        findings.add(N_("The database no longer has its rule {name}."), name=name)
    for index in INDEXES if stands(connection) else ():
        if not {index.words, index.unread} & set(lost):
            _look_at(connection, index, findings)


def _look_at(connection: Connection, index: Index, findings: Findings) -> None:
    try:
        strays, whole = _astray(connection, index), _finds_all(connection, index)
    except DBAPIError as error:
        if getattr(error.orig, "sqlite_errorcode", 0) & 0xFF not in _DAMAGE:
            raise
        strays, whole = [], False
    for key in strays:
        findings.add(
            N_(
                "Search does not find {table} {key} by its words. An update of the database makes "
                "the index anew."
            ),
            table=index.table,
            key=key,
        )
    if not whole:
        findings.add(
            N_(
                "The index that search uses for {table} is damaged. An update of the database "
                "makes it anew."
            ),
            table=index.table,
        )


def missing(connection: Connection) -> list[str]:
    """What SQLite no longer has of it, by name; nothing where there never was any."""
    if connection.dialect.name != "sqlite":
        return []
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master"))
    there = {str(name): made for name, made in rows}
    tables = [name for index in INDEXES for name in (index.words, index.unread)]
    rules = {name: made for index in INDEXES for name, made in index.triggers().items()}
    if there.keys().isdisjoint([*tables, *rules]):
        return []
    lost = [name for name in tables if name not in there]
    return lost + [name for name, made in rules.items() if there.get(name) != made]


def _astray(connection: Connection, index: Index) -> list[int]:
    """Keys of rows that are searched by another text than they have, some of them."""
    seen = f"SELECT rowid, body FROM {index.words}"
    real = f"SELECT id, {index.text} FROM {index.table}"
    waits = f"SELECT id FROM {index.unread}"
    query = (
        f"WITH seen (key, body) AS ({seen}), real (key, body) AS ({real}), lost (key, body) AS"
        " (SELECT * FROM (SELECT * FROM seen EXCEPT SELECT * FROM real) UNION"
        " SELECT * FROM (SELECT * FROM real EXCEPT SELECT * FROM seen))"
        f" SELECT DISTINCT key FROM lost WHERE key NOT IN ({waits}) ORDER BY key LIMIT {_MOST}"
    )
    return list(connection.execute(text(query)).scalars())


def _finds_all(connection: Connection, index: Index) -> bool:
    """Whether each three signs of each text are noted where they stand, and are found when asked.

    A note that says something else than its text is one too many; so none can be missing.
    """
    words, step = index.words, SHORTEST - 1
    noted, wrong = _ask(
        connection,
        index,
        "instance",
        f"SELECT count(*), total(substr(body, offset + 1, {SHORTEST}) IS NOT term)"
        f" FROM temp.look LEFT JOIN {words} ON {words}.rowid = doc",
    )
    there = f"SELECT coalesce(sum(max(0, length(body) - {step})), 0) FROM {words}"
    if wrong or noted != connection.execute(text(there)).scalar():
        return False
    asked = """'"' || replace(term, '"', '""') || '"'"""
    found = f"SELECT count(*) FROM {words} WHERE {words} MATCH {asked}"
    (fails,) = _ask(
        connection, index, "row", f"SELECT count(*) FROM temp.look WHERE doc <> ({found})"
    )
    return not fails


def _ask(connection: Connection, index: Index, kind: str, query: str) -> tuple[int, ...]:
    """The answer to a question about the index's own notes, which FTS5 shows as a table."""
    table = f"CREATE VIRTUAL TABLE temp.look USING fts5vocab(main, {index.words}, {kind})"
    connection.execute(text(table))
    try:
        return tuple(connection.execute(text(query)).one())
    finally:
        connection.execute(text("DROP TABLE temp.look"))

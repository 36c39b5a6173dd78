"""The rules of the database: each that is declared is in force, word for word.

What a rule ought to say is not put together here. SQLite keeps the words it was given, so they are
compared with those of a database made anew by the same steps. PostgreSQL writes a rule in words of
its own, so it is asked to write the declared ones too, on tables that last only for the moment.
"""

import functools
import re
from collections.abc import Iterator

from sqlalchemy import Connection, MetaData, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage import migrate, search_index, triggers
from moebelcirkel.storage.schema import METADATA
from moebelcirkel.storage.tables.base import NAMING

#: By name what a rule says: triggers, indexes, constraints; columns as ``table.column``.
Rules = dict[str, str]


def rules_stand(session: Session, findings: Findings) -> None:
    """No trigger, index, constraint or column is gone, switched off or another; no trigger is new.

    More indexes are the business of whoever runs the server. Where the program's role may make no
    temporary tables there, only the triggers are compared.
    """
    connection = session.connection()
    if connection.dialect.name == "sqlite":
        ought, there = _sqlite_anew(), _sqlite(connection)
    else:
        ought = _postgres_anew(connection) | triggers.declared_on_server(connection)
        there = _postgres(connection, "current_schema()::regnamespace")
        there |= triggers.on_server(connection)
    for name in sorted(ought.keys() - there.keys()):
        findings.add(N_("The database no longer has its rule {name}."), name=name)
    for name in sorted(ought.keys() & there.keys()):
        if ought[name] != there[name]:
            findings.add(N_("The rule {name} of the database is another than it was."), name=name)
    for name in sorted(triggers.installed(connection) - ought.keys()):
        findings.add(N_("The database has a rule that is not the program's: {name}."), name=name)


# --- SQLite ------------------------------------------------------------------------------------


@functools.cache
def _sqlite_anew() -> Rules:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        migrate.upgrade(connection)
        found = _sqlite(connection)
    engine.dispose()
    return found


def _sqlite(connection: Connection) -> Rules:
    """The index of the search is looked at by itself, as not every SQLite can have it."""
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    found: Rules = {}
    for kind, name, words in connection.execute(text(query)):
        if name in search_index.names() or name.startswith("sqlite_"):
            continue
        found.update(_said_by(name, words) if kind == "table" else {name: _plain(words)})
    return found


@functools.lru_cache(500)
def _said_by(table: str, words: str) -> Rules:
    """The rules of one table; most databases have them in the very same words."""
    return dict(_parts(table, _plain(words)))


@functools.lru_cache(500)
def _plain(words: str) -> str:
    """Without the quotes and blanks that a step may leave round a name."""
    return " ".join(words.replace('"', "").split())


def _parts(table: str, words: str) -> Iterator[tuple[str, str]]:
    """The columns and constraints of a table, and what stands behind them."""
    head, inner = words.split("(", 1)
    inner, tail = inner.rsplit(")", 1)
    yield table, f"{head.strip()} {tail.strip()}"
    for part in _split(inner):
        first, name = (*part.split(maxsplit=2), "", "")[:2]
        yield (name, part) if first == "CONSTRAINT" else (f"{table}.{first}", part)


def _split(inner: str) -> Iterator[str]:
    """At the commas that stand in no brackets and in no quotes."""
    depth, start = 0, 0
    for match in re.finditer(r"'[^']*'|[(),]", inner):
        sign = match.group()
        depth += {"(": 1, ")": -1}.get(sign, 0)
        if sign == "," and not depth:
            yield inner[start : match.start()].strip()
            start = match.end()
    yield inner[start:].strip()


# --- PostgreSQL --------------------------------------------------------------------------------

#: A constraint that has an index of its own name tells what that says too.
_SAID = (
    """
    SELECT relname, pg_get_indexdef(indexrelid, 0, true)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
    WHERE indisvalid AND relnamespace = {schema}
    """,
    """
    SELECT conname, pg_get_constraintdef(oid, true) FROM pg_constraint
    WHERE contype IN ('c', 'f', 'p', 'u') AND connamespace = {schema}
    """,
    """
    SELECT relname || '.' || attname, concat_ws(' ',
        format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN 'NOT NULL' END,
        pg_get_expr(adbin, adrelid), collname)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    LEFT JOIN pg_collation ON pg_collation.oid = attcollation
    WHERE relkind = 'r' AND attnum > 0 AND NOT attisdropped AND relnamespace = {schema}
    """,
)
#: Between its two kinds of text a server casts otherwise once it has read a dump back.
_ALIKE = re.compile(r"::(?:character varying|text)(?:\[\])?")
#: What servers of each version have written, as it takes a fifth of a second to ask.
_ANEW: dict[object, Rules] = {}
_NOT_ALLOWED = "42501"


def _postgres(connection: Connection, schema: str) -> Rules:
    found: Rules = {}
    for query in _SAID:
        for name, words in connection.execute(text(query.format(schema=schema))):
            found[name] = _ALIKE.sub("", words)
    return found


def _postgres_anew(connection: Connection) -> Rules:
    version = connection.dialect.server_version_info
    if version not in _ANEW:
        copy = MetaData(naming_convention=NAMING)
        for table in METADATA.sorted_tables:
            table.to_metadata(copy, schema="pg_temp", referred_schema_fn=lambda *_: "pg_temp")
        try:
            with connection.engine.connect() as aside:
                aside.execute(text("SET TRANSACTION READ WRITE"))
                copy.create_all(aside, checkfirst=False)
                _ANEW[version] = _postgres(aside, "pg_my_temp_schema()")
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") != _NOT_ALLOWED:
                raise
            return {}
    return _ANEW[version]

"""The rules of the database: each that is declared is in force, and says what is declared."""

import itertools
import re
from collections.abc import Sequence

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKeyConstraint,
    Index,
    UniqueConstraint,
    inspect,
    text,
)
from sqlalchemy.orm import Session
from sqlalchemy.schema import Constraint

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage import triggers
from moebelcirkel.storage.tables import METADATA

_NAMED = (CheckConstraint, ForeignKeyConstraint, UniqueConstraint)


def rules_stand(session: Session, findings: Findings) -> None:
    """No trigger, index or constraint that is declared was dropped, switched off or weakened."""
    connection = session.connection()
    there = triggers.in_force(connection) | _rules(connection)
    gone = (triggers.expected(connection.dialect.name) | _declared()) - there
    for name in sorted(gone):
        findings.add(N_("The database no longer has its rule {name}."), name=name)
    says = _worded(connection)
    for name, words in sorted(_words(connection.dialect.name).items()):
        if name not in gone and f"{name} (unique)" not in gone and says.get(name) != words:
            findings.add(N_("The rule {name} of the database is another than it was."), name=name)


def _declared() -> frozenset[str]:
    names = [each.name for each in _constraints()]
    names += [_index(each.name, each.unique) for each in _indexes()]
    return frozenset(str(name) for name in names)


def _constraints() -> list[Constraint]:
    tables = METADATA.tables.values()
    return [each for table in tables for each in table.constraints if isinstance(each, _NAMED)]


def _indexes() -> list[Index]:
    return [each for table in METADATA.tables.values() for each in table.indexes]


def _index(name: object, unique: object) -> str:
    return f"{name} (unique)" if unique else str(name)


def _rules(connection: Connection) -> frozenset[str]:
    if connection.dialect.name == "sqlite":
        rows = connection.execute(text("SELECT type, name, coalesce(sql, '') FROM sqlite_master"))
        found = []
        for kind, name, sql in rows:
            words = sql.replace(",", " ").split()
            found += [after for word, after in itertools.pairwise(words) if word == "CONSTRAINT"]
            if kind == "index":
                found.append(_index(name, sql.startswith("CREATE UNIQUE")))
        return frozenset(found)
    indexes = connection.execute(text(_POSTGRES_INDEXES))
    names = connection.execute(text("SELECT conname FROM pg_constraint WHERE convalidated"))
    return frozenset(_index(*row) for row in indexes) | frozenset(names.scalars())


_POSTGRES_INDEXES = (
    "SELECT relname, indisunique FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid"
    " WHERE indisvalid"
)


# --- what a rule says --------------------------------------------------------------------------


def _plain(condition: object) -> str:
    """A condition without what an engine adds when it keeps one: casts, brackets, blanks."""
    words = re.sub(r"::(character varying|text|bigint|integer)(\[\])?", "", str(condition))
    words = re.sub(r"\bIN\s*\(", "= ANY (ARRAY[", words)
    return re.sub(r'[\s()\[\]"]', "", words)


def _words(dialect: str) -> dict[str, str]:
    """By name what each declared constraint and partial index says."""
    found = {}
    for each in _constraints():
        if isinstance(each, CheckConstraint):
            found[str(each.name)] = _plain(each.sqltext)
        elif isinstance(each, ForeignKeyConstraint):
            others = [key.column for key in each.elements]
            referred = [column.name for column in others]
            found[str(each.name)] = _link(each.column_keys, others[0].table.name, referred)
        elif isinstance(each, UniqueConstraint):
            found[str(each.name)] = ",".join(each.columns.keys())
    for index in _indexes():
        where = index.dialect_options[dialect]["where"]
        if where is not None:
            found[str(index.name)] = _plain(where)
    return found


def _worded(connection: Connection) -> dict[str, str]:
    """The same as the database has it."""
    look = inspect(connection)
    found: dict[str | None, str] = {}
    for table in look.get_table_names():
        for check in look.get_check_constraints(table):
            found[check["name"]] = _plain(check["sqltext"])
        for key in look.get_foreign_keys(table):
            found[key["name"]] = _link(
                key["constrained_columns"], key["referred_table"], key["referred_columns"]
            )
        for unique in look.get_unique_constraints(table):
            found[unique["name"]] = ",".join(unique["column_names"])
        for index in look.get_indexes(table):
            where = index.get("dialect_options", {}).get(f"{connection.dialect.name}_where")
            if where is not None:
                found[index["name"]] = _plain(where)
    return {name: words for name, words in found.items() if name}


def _link(columns: Sequence[str], table: str, referred: Sequence[str]) -> str:
    return f"{','.join(columns)} -> {table}.{','.join(referred)}"

"""The database itself before its contents: damage, and what is kept to search and sort by."""

import contextlib
import functools
import sqlite3
from collections.abc import Callable
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, Table, inspect, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import IMPOSSIBLE, Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage import derived
from moebelcirkel.storage.checks import stored
from moebelcirkel.storage.checks.asking import filled
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.work import CHUNK

_MOST_DAMAGE = 20
_DAMAGED = N_(
    "The database is damaged: some of it cannot be read, so not everything was checked. Restore a"
    " copy."
)
#: What the driver says of bytes that are no letters.
_NO_LETTERS = "could not decode"
_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PLACE = "checked"
_KEEP, _BACK = text(f"SAVEPOINT {_PLACE}"), text(f"ROLLBACK TO SAVEPOINT {_PLACE}")
#: A server's words for a table and for a column that it does not have.
_GONE = ("42P01", "42703")
#: What a sum comes to that is no whole number of a database any more: in a server's words, and in
#: SQLite's.
_OUT_OF_RANGE, _OVERFLOW = "22003", "integer overflow"


def guarded(
    part: Callable[[Session, Findings], None], session: Session, findings: Findings
) -> None:
    """Do a part of the check; damage that ends it is a finding and no error."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    if not sqlite:
        _keep_place(session)
    try:
        part(session, findings)
    except IMPOSSIBLE:
        _unreadable(findings)
    except DBAPIError as error:
        if not _damage(error):
            raise
        if not sqlite:
            session.execute(_BACK)
        _unreadable(findings)
        if _NO_LETTERS in str(error.orig).lower():
            with contextlib.suppress(DBAPIError):  # more damage, which is told already
                stored.texts_are_letters(session, findings)


def _keep_place(session: Session) -> None:
    """A server does nothing more in a transaction that had an error, but from a place before it."""
    if session.info.get(_PLACE) is not session.get_transaction():
        session.execute(_KEEP)
        session.info[_PLACE] = session.get_transaction()


def _damage(error: DBAPIError) -> bool:
    """What the file holds is none of ours, or a table or column is not there."""
    if not isinstance(error.orig, sqlite3.Error):
        return getattr(error.orig, "sqlstate", "") in (*_GONE, _OUT_OF_RANGE)
    # The driver's own errors, such as letters that are none, have no code.
    code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
    said = str(error.orig).lower()
    return code in _CODES or said.startswith(("no such", _OVERFLOW)) or _NO_LETTERS in said


def _unreadable(findings: Findings) -> None:
    """Said once; which table or value it is, the looks at rules and at values tell."""
    if all(each.message != _DAMAGED for each in findings.found):
        findings.add(_DAMAGED)


def file_is_sound(session: Session, findings: Findings) -> None:
    """SQLite's own look at every page; a server does this itself."""
    if session.get_bind().dialect.name != "sqlite":
        return
    for row in session.execute(text(f"PRAGMA integrity_check({_MOST_DAMAGE})")).scalars():
        if row != "ok":
            findings.add(N_("The database file is damaged: {what}"), what=row)


def derived_columns_follow(session: Session, findings: Findings) -> None:
    """Search texts and sort keys are those of the names beside them."""
    connection = session.connection()
    there = filled(session)
    for model, columns in derived.DERIVED_BY.items():
        if model.__tablename__ not in there:
            continue
        query, key = _all_of(model)
        for row in connection.execute(query).mappings():
            for name, value in columns(dict(row), connection).items():
                if row[name] != value:
                    findings.add(
                        N_("{table} {key}: {column} does not follow from the others."),
                        table=model.__tablename__,
                        key=row[key],
                        column=name,
                    )


def _table(model: type[Base]) -> Table:
    table: Any = model.__table__
    return cast(Table, table)


@functools.cache
def _all_of(model: type[Base]) -> tuple[Select[Any], ColumnElement[Any]]:
    """All rows of a table, some at a time, and the column of their key."""
    table = _table(model)
    key = inspect(model).primary_key[0]
    return select(table).order_by(key).execution_options(yield_per=CHUNK), key

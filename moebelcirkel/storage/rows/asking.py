"""Queries that answer frozen rows; by the connection, as a session prepares for its own."""

from collections.abc import Mapping
from typing import TypeVar

from sqlalchemy import Connection, Executable
from sqlalchemy.orm import Session

from moebelcirkel.storage.rows.filling import filled
from moebelcirkel.storage.rows.known import known

RowT = TypeVar("RowT")


def connected(session: Session | Connection) -> Connection:
    """The connection of a session, once what has changed is written as before any query."""
    if not isinstance(session, Session):
        return session
    if session.autoflush:
        session.flush()
    return session.connection()


def fill(
    kind: type[RowT],
    session: Session | Connection,
    query: Executable,
    values: Mapping[str, object] | None = None,
) -> list[RowT]:
    """All rows of a query, as instances of a frozen dataclass with slots.

    A label without a field of its name, or a field without a label, is a bug and raises TypeError.
    """
    connection = connected(session)
    again = known(connection.dialect, query, values)
    if again is not None and again[0].model is None:
        return again[0].ready.fill(kind, connection, again[1])
    found = connection.execute(query, values)
    return filled(kind, tuple(found.keys()), found)


def first(
    kind: type[RowT],
    session: Session | Connection,
    query: Executable,
    values: Mapping[str, object] | None = None,
) -> RowT | None:
    """The first row of a query, if it finds any."""
    connection = connected(session)
    again = known(connection.dialect, query, values)
    if again is not None and again[0].model is None:
        rows = again[0].ready.fill(kind, connection, again[1])
        return rows[0] if rows else None
    found = connection.execute(query, values)
    labels, row = tuple(found.keys()), found.first()
    return None if row is None else filled(kind, labels, [row])[0]

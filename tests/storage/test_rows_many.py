"""Many rows that go in at once: what is there then is what one by one would have brought."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    event,
    insert,
    select,
)
from sqlalchemy.exc import DataError, IntegrityError

from moebelcirkel.storage import numbering, rows
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.base import ExactDecimal, UtcDateTime
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.places import Place

_MANY = 1_203


def _table(name: str, *, with_bytes: bool = False) -> Table:
    more = [Column("data", LargeBinary)] if with_bytes else []
    return Table(
        name,
        MetaData(),
        Column("id", Integer, primary_key=True),
        Column("number", Integer),
        Column("large", BigInteger),
        Column("yes", Boolean),
        Column("day", Date),
        Column("moment", UtcDateTime),
        Column("exact", ExactDecimal),
        Column("measured", Float),
        Column("words", Text),
        Column("code", String(12), unique=True),
        Column("said", JSON),
        Column("told", JSON(none_as_null=True)),
        *more,
    )


#: What has a meaning in a list, in a text of SQL, or in how a driver fills in values.
_WORDS = (
    "NULL",
    "",
    'a "b" \\c\\',
    "{1,2}",
    "a,b",
    "50 % %s %(x)s :y",
    "  ",
    "\n\t",
    "æøå 🪑",
    None,
    "'; --",
    "\\N",
)


def _row(number: int) -> tuple[object, ...]:
    words = _WORDS[number % len(_WORDS)]
    odd = number % 2 == 1
    return (
        number,
        None if odd else -number,
        2**40 + number,
        (True, False, None)[number % 3],
        dt.date(2026, 1, 1) + dt.timedelta(number) if odd else None,
        dt.datetime(2026, 3, 4, 5, 6, 7, number, dt.UTC) if odd else None,
        Decimal(number) / 8 if odd else None,
        number / 7,
        words,
        f"c{number}",
        {"said": words, "list": [number, None]} if odd else None,
        [words, {'"': "\\"}] if odd else None,
    )


@pytest.fixture
def writing(database: Database) -> Iterator[Connection]:
    with database.write() as session:
        yield session.connection()
        session.rollback()


def _stored(connection: Connection, table: Table) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]


def _put(connection: Connection, table: Table, given: list[tuple[object, ...]]) -> None:
    """Put rows in within a savepoint, and wait for what comes of it."""
    with connection.begin_nested():
        rows.put_in(connection, table, tuple(table.columns.keys()), given)
        rows.await_all(connection)


@pytest.mark.parametrize("with_bytes", [False, True])
def test_many_rows_are_those_that_come_one_by_one(writing: Connection, with_bytes: bool) -> None:
    many, single = (_table(name, with_bytes=with_bytes) for name in ("many", "single"))
    for table in (many, single):
        table.create(writing)
    names = tuple(many.columns.keys())
    more = (b"\x00\xff\\",) if with_bytes else ()
    given = [(*_row(number), *more) for number in range(_MANY)]
    rows.put_in(writing, many, names, given)
    writing.execute(insert(single), [dict(zip(names, row, strict=True)) for row in given])
    found = _stored(writing, many)
    assert len(found) == _MANY
    assert found == _stored(writing, single)


def test_rows_that_are_alike_but_for_nothing_are_all_there(writing: Connection) -> None:
    table = Table("alike", MetaData(), Column("a", Integer), Column("b", Text), Column("c", JSON))
    table.create(writing)
    alike = (7, 'seven "7"', {"seven": 7})
    rows.put_in(writing, table, ("a", "b", "c"), [alike] * 30)
    assert [tuple(row) for row in writing.execute(select(table))] == [alike] * 30


def test_rows_without_a_number_get_theirs_in_their_order(writing: Connection) -> None:
    change: Any = Change.__table__
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    names = ("request_id", "kind", "session", "at")
    rows.put_in(writing, change, names, [("a", "many", "", at)])
    key = writing.scalar(select(change.c.id).where(change.c.kind == "many"))
    told: Any = Event.__table__
    columns = ("change_id", "entity", "entity_id", "payload_version", "before", "after")
    given = [(key, "e", str(number), 2, None, {"n": number}) for number in range(_MANY, 0, -1)]
    rows.put_in(writing, told, columns, given)
    query = select(told.c.entity_id, told.c.before, told.c.after).order_by(told.c.id)
    found = [tuple(row) for row in writing.execute(query.where(told.c.change_id == key))]
    assert found == [(str(n), None, {"n": n}) for n in range(_MANY, 0, -1)]


def test_what_one_row_may_not_is_refused_of_all(writing: Connection) -> None:
    table = _table("refused")
    table.create(writing)
    given = [_row(number) for number in range(40)]
    twice = [*given[:39], (40, *given[39][1:9], "c7", *given[39][10:])]
    with pytest.raises(IntegrityError):
        _put(writing, table, twice)
    assert _stored(writing, table) == []


def test_a_text_that_is_too_long_for_its_column_is_not_cut(writing: Connection) -> None:
    table = _table("long")
    table.create(writing)
    if writing.dialect.name == "sqlite":  # which knows no lengths
        return
    given = [_row(number) for number in range(40)]
    with pytest.raises(DataError):
        _put(writing, table, [*given, (40, *given[0][1:9], "x" * 13, None, None)])
    assert _stored(writing, table) == []


def test_ids_that_were_expected_are_taken_in_turn_and_then_others(database: Database) -> None:
    with database.write() as session:
        sent: list[str] = []
        event.listen(session.connection(), "before_cursor_execute", lambda *h: sent.append(h[2]))
        numbering.expect_ids(session, {Place: 5})
        first = numbering.reserve_ids(session, Place, 2)
        asked = len(sent)
        second = numbering.reserve_ids(session, Place, 3)
        if not database.is_sqlite:
            assert (asked, len(sent)) == (1, 1)
            third = numbering.reserve_ids(session, Place, 2)
            assert len(sent) == 2
            assert [*first, *second, *third] == list(range(first[0], first[0] + 7))
        assert second == list(range(second[0], second[0] + 3))
        session.rollback()

"""Rows of a query: filled by name, frozen, and refused where labels and fields differ."""

import dataclasses
import datetime as dt
import gc
import weakref
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, bindparam, event, func, insert, literal, select, update
from sqlalchemy.exc import IntegrityError

from moebelcirkel.storage import rows
from moebelcirkel.storage.derived import defaults_of
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.base import UtcDateTime
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.parameters import Counter, ParameterRow


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row as queries have it."""

    name: str
    value: int

    @property
    def next(self) -> int:
        """The value after it."""
        return self.value + 1


QUERY = select(literal(7).label("value"), literal("seven").label("name"))


def test_fields_are_filled_by_name_whatever_their_order(database: Database) -> None:
    with database.read() as session:
        assert rows.fill(Numbered, session, QUERY) == [Numbered("seven", 7)]
        row = rows.first(Numbered, session, QUERY)
    assert row is not None
    assert type(row) is Numbered
    assert (row.next, hash(row)) == (8, hash(Numbered("seven", 7)))
    with pytest.raises(dataclasses.FrozenInstanceError):
        row.value = 9  # type: ignore[misc]


def test_nothing_found_is_no_row(database: Database) -> None:
    none = select(Counter.name, Counter.value).where(Counter.name == "no such series")
    with database.read() as session:
        assert rows.fill(Numbered, session, none) == []
        assert rows.first(Numbered, session, none) is None


def test_a_query_asks_for_the_fields_of_the_first_model_that_has_them(database: Database) -> None:
    asked = rows.query(Numbered, Counter, ParameterRow, name=func.upper(Counter.name))
    assert asked.selected_columns.keys() == ["name", "value"]
    assert asked.get_final_froms() == [Counter.__table__]
    with database.read() as session:
        found = rows.fill(Numbered, session, asked.order_by(Counter.name))
        plain = session.execute(select(Counter.name, Counter.value).order_by(Counter.name)).all()
    assert [(each.name, each.value) for each in found] == [(key.upper(), at) for key, at in plain]
    with pytest.raises(TypeError, match="value"):
        rows.query(Numbered, name=literal("seven"))


@pytest.mark.parametrize(
    "query",
    [
        select(literal("seven").label("name")),
        select(literal("seven").label("name"), literal(7).label("number")),
        QUERY.add_columns(literal(dt.date(2026, 1, 1)).label("day")),
    ],
)
def test_labels_that_are_not_the_fields_are_a_bug(database: Database, query: object) -> None:
    with database.read() as session, pytest.raises(TypeError, match="Numbered is not"):
        rows.fill(Numbered, session, query)  # type: ignore[arg-type]


def test_rows_that_the_driver_takes_in_are_those_that_the_session_writes(
    database: Database,
) -> None:
    """Every kind of column: words, moments, days, decimals, JSON and nothing at all."""
    moment = dt.datetime(2026, 3, 4, 5, 6, 7, 89, dt.UTC)
    values = {
        Change: {"id": 901, "request_id": "a", "kind": "k", "session": "s", "at": moment},
        Event: {"id": 902, "change_id": 901, "entity": "e", "entity_id": "1", "after": {"æ": 1}},
        Counter: {"name": "a series", "value": 7},
    }
    with database.write() as session:
        connection = session.connection()
        for model, row in values.items():
            table: Any = model.__table__
            row = {**defaults_of(model), **row}
            names = tuple(column.key for column in table.columns if column.key in row)
            rows.put_in(connection, table, names, [[row[name] for name in names]])
            key = table.primary_key.columns[0]
            found = session.execute(select(table).where(key == row[key.key])).mappings().one()
            assert {name: found[name] for name in names} == row


def test_a_row_that_lacks_a_value_of_its_own_making_is_a_bug(database: Database) -> None:
    table: Any = Event.__table__
    with database.write() as session, pytest.raises(TypeError, match="payload_version"):
        rows.put_in(
            session.connection(), table, ("change_id", "entity", "entity_id"), [(1, "", "")]
        )
    counters: Any = Counter.__table__
    # A server is told the names of the values, so that their order is nothing to it.
    refused = (
        pytest.raises(TypeError, match="another order") if database.is_sqlite else nullcontext()
    )
    with database.write() as session, refused:
        rows.put_in(session.connection(), counters, ("value", "name"), [(1, "a")])


def test_a_row_is_filled_from_another_by_name() -> None:
    counter = Counter(name="seven", value=7)
    assert rows.like(Numbered, counter) == Numbered("seven", 7)
    assert rows.like(Numbered, counter, value=8) == Numbered("seven", 8)
    with pytest.raises(TypeError):
        rows.like(Numbered, counter, other=8)


NAMED = rows.Ready(
    select(Counter.name, Counter.value)
    .where(Counter.name.in_(bindparam("names", expanding=True)), Counter.value >= 0)
    .order_by(Counter.name)
)


PUT = rows.Ready(insert(Counter))


@pytest.fixture
def writing(database: Database) -> Iterator[Connection]:
    """A connection that writes, with two series of numbers; nothing of it is kept."""
    with database.write() as session:
        connection = session.connection()
        given = [{"name": "order", "value": 1}, {"name": "unit", "value": 2}]
        assert PUT.run_many(connection, given) == 2
        yield connection
        session.rollback()


def test_a_ready_statement_finds_what_the_same_query_does(writing: Connection) -> None:
    for names in (["unit"], ["order", "unit"], [], ["order", "unit"]):
        found = NAMED.all(writing, {"names": names})
        assert [each.name for each in found] == names
        assert NAMED.fill(Numbered, writing, {"names": names}) == [
            Numbered(each.name, each.value) for each in found
        ]
    assert NAMED.first(writing, {"names": ["no such"]}) is None
    assert NAMED.scalar(writing, {"names": ["no such"]}) is None


def test_a_ready_statement_turns_values_both_ways(writing: Connection) -> None:
    said = {"key": "no such key", "value": {"when": [1, None, "æ"]}, "version": 1}
    put = rows.Ready(insert(ParameterRow).returning(ParameterRow.value))
    at = dt.datetime(2026, 3, 4, 5, 6, tzinfo=dt.UTC)
    moment = rows.Ready(select(bindparam("at", type_=UtcDateTime())))
    assert put.scalar(writing, said) == said["value"]
    assert moment.scalar(writing, {"at": at}) == at


def test_errors_of_a_ready_statement_are_those_of_any_other(writing: Connection) -> None:
    with pytest.raises(IntegrityError) as met, writing.begin_nested():
        PUT.run(writing, {"name": "unit", "value": 1})
    assert "unit" not in str(met.value.args[1:]), "values may be names"
    assert [each.value for each in NAMED.all(writing, {"names": ["unit"]})] == [2]


def test_a_value_for_every_column_is_needed_at_the_first_time(writing: Connection) -> None:
    with pytest.raises(TypeError, match="version"):
        rows.Ready(insert(ParameterRow)).run(writing, {"key": "x", "value": 1})


def test_who_listens_hears_of_ready_statements_and_of_rows_put_in(writing: Connection) -> None:
    heard: list[str] = []

    def hear(_connection: object, _cursor: object, text: str, *_more: object) -> None:
        heard.append(text)

    event.listen(writing, "before_cursor_execute", hear)
    found = NAMED.all(writing, {"names": ["unit", "order"]})
    table: Any = Counter.__table__
    rows.put_in(writing, table, ("name", "value"), [("x", 1), ("y", 2)])
    assert [each.name for each in found] == ["order", "unit"]
    assert ["counter" in text for text in heard] == [True, True]
    assert len(NAMED.all(writing, {"names": ["x", "y"]})) == 2


def test_a_ready_statement_says_how_many_it_touched(writing: Connection) -> None:
    raised = rows.Ready(
        update(Counter).where(Counter.name == bindparam("which")).values(value=bindparam("to"))
    )
    given = [{"which": name, "to": to} for name, to in (("unit", 5), ("none", 6), ("order", 7))]
    assert raised.run_many(writing, given) == 2
    assert raised.run_many(writing, given[1:2]) == 0
    assert [each.value for each in NAMED.all(writing, {"names": ["order", "unit"]})] == [7, 5]


def test_lists_of_every_length_are_sent_in_a_few_ways(writing: Connection) -> None:
    sent: list[str] = []
    event.listen(writing, "before_cursor_execute", lambda *heard: sent.append(heard[2]))
    there = [("order",), ("unit",)]
    for length in range(400):
        asked = ["order", *(f"no such {n}" for n in range(length)), "unit"]
        assert [(each.name,) for each in NAMED.all(writing, {"names": asked})] == there
        assert NAMED.all(writing, {"names": asked[1 : 1 + length]}) == []
    assert len(sent) == 800
    assert len(set(sent)) < 40


def test_what_is_asked_ahead_is_fetched_later_and_in_any_order(writing: Connection) -> None:
    first = NAMED.ask(writing, {"names": ["unit"]})
    second = NAMED.ask(writing, {"names": ["order"]})
    assert second() == [("order", 1)]
    assert first() == [("unit", 2)]


@pytest.mark.parametrize("pieces", [1, 2])
def test_rows_of_two_tables_go_in_together(database: Database, pieces: int) -> None:
    counters, changes = _tables()
    names = [f"both {number}" for number in range(pieces)]
    with database.write() as session:
        rows.put_in_both(session.connection(), counters(names), changes(names))
        asked = select(Change.request_id).where(Change.kind == "both").order_by(Change.id)
        assert session.scalars(asked).all() == names
        values = NAMED.tuples(session.connection(), {"names": names})
    assert values == [(name, place) for place, name in enumerate(names)]


def test_what_failed_ahead_is_told_at_the_latest_by_the_commit(database: Database) -> None:
    counters, changes = _tables()

    def write(*names: str) -> None:
        with database.write() as session:
            for name in names:
                rows.put_in_both(session.connection(), counters([name]), changes([name]))

    write("there")
    with pytest.raises(IntegrityError):
        write("new", "there")
    with database.read() as session:
        assert NAMED.tuples(session.connection(), {"names": ["new"]}) == []
    write("new")  # the connection goes on
    with database.read() as session:
        assert NAMED.tuples(session.connection(), {"names": ["new"]}) == [("new", 0)]


def test_a_savepoint_goes_on_after_what_failed_in_it(writing: Connection) -> None:
    counter: Any = Counter.__table__

    def put(name: str) -> None:
        with writing.begin_nested():
            rows.put_in(writing, counter, ("name", "value"), [(name, 9)])
            rows.await_all(writing)

    with pytest.raises(IntegrityError):
        put("unit")
    put("after")
    found = NAMED.tuples(writing, {"names": ["after", "unit"]})
    assert found == [("after", 9), ("unit", 2)]


def _tables() -> tuple[Callable[[list[str]], rows.Rows], Callable[[list[str]], rows.Rows]]:
    """Rows of two tables, one for each of some names."""
    counter: Any = Counter.__table__
    change: Any = Change.__table__
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)

    def counters(names: list[str]) -> rows.Rows:
        values = [(name, place) for place, name in enumerate(names)]
        return rows.Rows(counter, ("name", "value"), values)

    def changes(names: list[str]) -> rows.Rows:
        values = [(name, "both", "", at) for name in names]
        return rows.Rows(change, ("request_id", "kind", "session", "at"), values)

    return counters, changes


def test_nothing_is_kept_of_a_database_that_was_closed(database: Database) -> None:
    """Neither what it was asked by statements and shapes, nor how rows went in."""
    other = Database(database.url)
    change: Any = Change.__table__
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with other.write() as session:
        names = ("request_id", "kind", "session", "at")
        given = [(f"request {number}", "k", "", at) for number in range(40)]
        rows.put_in(session.connection(), change, names, given)
        NAMED.all(session.connection(), {"names": ["a series"]})
    for _time in range(2):
        with other.read() as session:
            session.scalars(select(Change).where(Change.at == at)).all()
    other.close()
    dialect = weakref.ref(other.engine.dialect)
    del other, session
    gc.collect()
    assert dialect() is None

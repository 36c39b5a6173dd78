"""Rows of a query: filled by name, frozen, and refused where labels and fields differ."""

import dataclasses
import datetime as dt
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import func, literal, select

from moebelcirkel.storage import rows
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.parameters import Counter, ParameterRow
from moebelcirkel.storage.work import defaults_of


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

"""Rows of a query: filled by name, frozen, and refused where labels and fields differ."""

import dataclasses
import datetime as dt
from dataclasses import dataclass

import pytest
from sqlalchemy import literal, select

from moebelcirkel.storage import rows
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.parameters import Counter


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

"""Columns computed from others (search text, Danish sort key), kept right by the tables themselves.

Services set names and never think of these; the same functions fill rows inserted in bulk, as does
what a column has where nothing is said.
"""

import functools
from collections.abc import Callable, Collection, Mapping
from typing import Any

from sqlalchemy import Connection, event, select, update
from sqlalchemy.orm import Mapper

from moebelcirkel.domain.fold import search_text, sort_key
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.pickups import PickupLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.users import User

Row = Mapping[str, Any]
Columns = Callable[[Row, Connection], dict[str, str]]

_ARTICLE_PARTS = ("name", "maker", "model", "colour", "materials", "ecolabel", "size_mark", "key")


def _article(row: Row, connection: Connection) -> dict[str, str]:
    parts = [row.get(name) for name in _ARTICLE_PARTS]
    parts.extend(_category_words(row["category_key"], connection))
    parts.append(measures(row))
    return {"search_text": search_text(parts), "sort_key": sort_key(row["name"])}


def _category_words(key: str, connection: Connection) -> tuple[str, ...]:
    """Names of a category, kept with the connection: an import asks thousands of times."""
    kept: dict[str, tuple[str, ...]] = connection.info.setdefault("category_words", {})
    if key not in kept:
        query = select(Category.key, Category.name_da, Category.name_en, Category.group_da)
        kept.update({row[0]: tuple(row[1:]) for row in connection.execute(query)})
    return kept.get(key, ())


def measures(row: Row) -> str:
    """Width x depth x height in cm as people search for them; unknown ones are left out."""
    found = [row.get(name) for name in ("width_mm", "depth_mm", "height_max_mm")]
    return "x".join(f"{value / 10:g}" for value in found if value)


def _institution(row: Row, _connection: Connection) -> dict[str, str]:
    parts = [row.get(name) for name in ("name", "department", "kind", "ean")]
    return {"search_text": search_text(parts), "sort_key": sort_key(row["name"])}


def _place(row: Row, _connection: Connection) -> dict[str, str]:
    parts = [row["code"], row.get("name")]
    return {"search_text": search_text(parts), "sort_key": sort_key(row["code"])}


def _pickup_line(row: Row, connection: Connection) -> dict[str, str]:
    parts = [row["name"], *_category_words(row["category_key"], connection)]
    return {"search_text": search_text(parts)}


def _user(row: Row, _connection: Connection) -> dict[str, str]:
    parts = [row["name"], row["login"], row.get("email")]
    return {"search_text": search_text(parts), "sort_key": sort_key(row["name"])}


def _category(row: Row, _connection: Connection) -> dict[str, str]:
    return {"sort_key": sort_key(row["name_da"])}


DERIVED_BY: dict[type[Base], Columns] = {
    Article: _article,
    Institution: _institution,
    Place: _place,
    PickupLine: _pickup_line,
    Category: _category,
    User: _user,
}


def search_anew(connection: Connection, category_keys: Collection[str]) -> None:
    """Let what is of these categories be found by the words they have now."""
    connection.info.pop("category_words", None)
    for model in (Article, PickupLine):
        table: Any = model.__table__
        query = select(table).where(table.c.category_key.in_(sorted(category_keys)))
        for row in connection.execute(query).mappings().all():
            text = DERIVED_BY[model](dict(row), connection)["search_text"]
            found = update(table).where(table.c.id == row["id"])
            connection.execute(found.values(search_text=text))


def complete(model: type[Base], row: Row, connection: Connection) -> Row:
    """The row with its derived columns, for bulk inserts."""
    columns = DERIVED_BY.get(model)
    return row if columns is None else {**row, **columns(row, connection)}


def _fill(_mapper: Mapper[Any], connection: Connection, target: Base) -> None:
    values = {key: getattr(target, key, None) for key in type(target).__table__.columns.keys()}  # noqa: SIM118
    for name, value in DERIVED_BY[type(target)](values, connection).items():
        setattr(target, name, value)


for _model in DERIVED_BY:
    event.listen(_model, "before_insert", _fill)
    event.listen(_model, "before_update", _fill)


@functools.cache
def defaults_of(model: type[Base]) -> Mapping[str, object]:
    """What a new row has where nothing is said."""
    columns = model.__table__.columns
    return {
        column.key: column.default.arg
        for column in columns
        if column.default is not None and column.default.is_scalar
    }

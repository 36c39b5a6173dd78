"""The table of all pieces: filtered, ordered by any column, and read a page at a time.

The page is found first, over ids and the one value it is ordered by; what a row shows is joined
only to the pieces of that page, so that the cost does not grow with the columns.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.fold import words
from moebelcirkel.domain.stock import STATE_ORDER, SortBy, StockFilter, StockOrder
from moebelcirkel.storage.articles import Article
from moebelcirkel.storage.factors import Category
from moebelcirkel.storage.institutions import Institution
from moebelcirkel.storage.photo_queries import first_of_unit
from moebelcirkel.storage.photos import Photo
from moebelcirkel.storage.places import Place
from moebelcirkel.storage.stock_search import mentions
from moebelcirkel.storage.units import Unit

Giver = aliased(Institution, name="giver")
Holder = aliased(Institution, name="holder")

#: Where empty cells sort: after everything in a table ordered upwards, before it downwards.
_AFTER_TEXT, _BEFORE_TEXT = "\x7f", ""
_AFTER_NUMBER, _BEFORE_NUMBER = 2_000_000_000, -1


@dataclass(frozen=True, slots=True)
class After:
    """The row before the page that is asked for: its sort value and its id."""

    value: Any
    unit_id: int


@dataclass(frozen=True, slots=True)
class StockLine:
    """One row; ``sort`` is what it is ordered by, for the page after it."""

    id: int
    sort: Any
    number: str
    article_id: int
    article: str
    category_key: str
    category_da: str
    category_en: str
    condition: str
    refurbished: bool
    state: str
    place: str
    price_ore: int | None
    new_price_ore: int | None
    loop: int
    giver: str
    holder: str
    received_on: dt.date
    photo: str | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many pieces there are of one state, condition and group."""

    state: str
    condition: str
    group: str
    pieces: int


_STATE_RANK = case({state.value: rank for rank, state in enumerate(STATE_ORDER)}, value=Unit.state)

#: What a column is ordered by, the tables it needs, and whether it is text, number or never empty.
_SORTS: dict[SortBy, tuple[Any, tuple[tuple[Any, Any], ...], str]] = {
    SortBy.NUMBER: (Unit.serial, (), ""),
    SortBy.ARTICLE: (Article.sort_key, ((Article, Article.id == Unit.article_id),), ""),
    SortBy.CATEGORY: (
        Category.sort_key,
        (
            (Article, Article.id == Unit.article_id),
            (Category, Category.key == Article.category_key),
        ),
        "",
    ),
    SortBy.CONDITION: (Unit.condition, (), ""),
    SortBy.STATE: (_STATE_RANK, (), ""),
    SortBy.PLACE: (Place.sort_key, ((Place, Place.id == Unit.place_id),), "text"),
    SortBy.PRICE: (Unit.price_ore, (), "number"),
    SortBy.NEW_PRICE: (
        Article.new_price_ore,
        ((Article, Article.id == Unit.article_id),),
        "number",
    ),
    SortBy.LOOP: (Unit.loop, (), ""),
    SortBy.GIVER: (Giver.sort_key, ((Giver, Giver.id == Unit.giver_id),), "text"),
    SortBy.HOLDER: (Holder.sort_key, ((Holder, Holder.id == Unit.holder_id),), "text"),
    SortBy.RECEIVED: (Unit.received_on, (), ""),
    SortBy.DAYS: (Unit.received_on, (), ""),
}


def count(session: Session, wanted: StockFilter) -> int:
    """How many pieces the filter leaves."""
    return session.scalar(select(func.count()).select_from(Unit).where(*conditions(wanted))) or 0


def page(
    session: Session,
    wanted: StockFilter,
    order: StockOrder,
    *,
    limit: int,
    offset: int = 0,
    after: After | None = None,
) -> list[StockLine]:
    """A page of rows: behind a known row, or (when someone jumped) from an offset."""
    found = _ids(wanted, order, after).limit(limit)
    if after is None and offset:
        found = found.offset(offset)
    inner = found.subquery("page")
    query = (
        select(
            Unit.id, inner.c.sort, Unit.number, Article.id, Article.name,
            Article.category_key, Category.name_da, Category.name_en, Unit.condition,
            Unit.refurbished, Unit.state,
            func.coalesce(func.nullif(Place.name, ""), Place.code, ""), Unit.price_ore,
            Article.new_price_ore, Unit.loop, func.coalesce(Giver.name, ""),
            func.coalesce(Holder.name, ""), Unit.received_on, first_of_unit(),
        )
        .join(inner, inner.c.id == Unit.id)
        .join(Article, Article.id == Unit.article_id)
        .join(Category, Category.key == Article.category_key)
        .outerjoin(Place, Place.id == Unit.place_id)
        .outerjoin(Giver, Giver.id == Unit.giver_id)
        .outerjoin(Holder, Holder.id == Unit.holder_id)
        .order_by(*_directed(order, inner.c.sort, inner.c.id))
    )  # fmt: skip
    return [StockLine(*row) for row in session.execute(query)]


def ids(
    session: Session, wanted: StockFilter, order: StockOrder, *, limit: int, offset: int = 0
) -> list[int]:
    """The ids of a stretch of the table, in its order."""
    query = _ids(wanted, order, None).limit(limit).offset(offset)
    return [row.id for row in session.execute(query)]


def place_in_order(
    session: Session, wanted: StockFilter, order: StockOrder, unit_id: int
) -> int | None:
    """How many rows come before a piece in the table, or None if the filter leaves it out."""
    value, _joins = _sort(order)
    own = session.execute(_ids(wanted, order, None).where(Unit.id == unit_id)).first()
    if own is None:
        return None
    before = _ids(wanted, order, None).where(_precedes(order, value, own.sort, unit_id))
    counted = select(func.count()).select_from(before.order_by(None).subquery())
    return session.scalar(counted) or 0


def counts(session: Session, wanted: StockFilter) -> list[Count]:
    """Pieces by state, condition and group, for the figures beside the filters."""
    query = (
        select(Unit.state, Unit.condition, Article.category_key, func.count().label("pieces"))
        .join(Article, Article.id == Unit.article_id)
        .where(*conditions(wanted))
        .group_by(Unit.state, Unit.condition, Article.category_key)
    )
    groups = {row[0]: row[1] for row in session.execute(select(Category.key, Category.group_key))}
    return [
        Count(row.state, row.condition, groups[row.category_key], row.pieces)
        for row in session.execute(query)
    ]


# --- filters --------------------------------------------------------------------------------


def conditions(wanted: StockFilter) -> list[ColumnElement[bool]]:
    """The filter as conditions on pieces alone; other tables are asked in subqueries."""
    found = [*_choices(wanted), *_ranges(wanted), *map(mentions, words(wanted.text))]
    if wanted.without_photo:
        found.append(_no_photo())
    if wanted.without_price:
        found.append(Unit.price_ore.is_(None))
    return found


def _choices(wanted: StockFilter) -> Iterable[ColumnElement[bool]]:
    states = sorted(wanted.states) or [state.value for state in STATE_ORDER]
    yield Unit.state.in_(states)
    if wanted.conditions:
        yield Unit.condition.in_(sorted(wanted.conditions))
    if wanted.groups:
        yield Unit.article_id.in_(
            select(Article.id)
            .join(Category, Category.key == Article.category_key)
            .where(Category.group_key.in_(sorted(wanted.groups)))
        )
    if wanted.article_id is not None:
        yield Unit.article_id == wanted.article_id
    if wanted.place_id is not None:
        yield Unit.place_id == wanted.place_id
    if wanted.institution_id is not None:
        own = wanted.institution_id
        yield or_(Unit.giver_id == own, Unit.holder_id == own)


def _ranges(wanted: StockFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.received_from is not None:
        yield Unit.received_on >= wanted.received_from
    if wanted.received_to is not None:
        yield Unit.received_on <= wanted.received_to
    if wanted.price_from_ore is not None:
        yield Unit.price_ore >= wanted.price_from_ore
    if wanted.price_to_ore is not None:
        yield Unit.price_ore <= wanted.price_to_ore


def _no_photo() -> ColumnElement[bool]:
    own = select(Photo.unit_id).where(Photo.unit_id.is_not(None))
    shared = select(Photo.article_id).where(Photo.article_id.is_not(None))
    return and_(Unit.id.not_in(own), Unit.article_id.not_in(shared))


# --- order ----------------------------------------------------------------------------------


def _ids(wanted: StockFilter, order: StockOrder, after: After | None) -> Select[Any]:
    value, joins = _sort(order)
    query = select(Unit.id, value.label("sort")).select_from(Unit)
    for table, on in joins:
        query = query.outerjoin(table, on)
    query = query.where(*conditions(wanted)).order_by(*_directed(order, value, Unit.id))
    if after is not None:
        query = query.where(_follows(order, value, after))
    return query


def _sort(order: StockOrder) -> tuple[Any, tuple[tuple[Any, Any], ...]]:
    """The value rows are ordered by; an empty one sorts last in both directions."""
    column, joins, kind = _SORTS[order.by]
    down = _descends(order)
    if kind == "text":
        column = func.coalesce(column, literal(_BEFORE_TEXT if down else _AFTER_TEXT))
    elif kind == "number":
        column = func.coalesce(column, literal(_BEFORE_NUMBER if down else _AFTER_NUMBER))
    return column, joins


def _descends(order: StockOrder) -> bool:
    """Days in stock grow while the day of receipt shrinks."""
    return order.descending != (order.by is SortBy.DAYS)


def _directed(order: StockOrder, value: Any, unit_id: Any) -> Sequence[Any]:
    return (value.desc(), unit_id.desc()) if _descends(order) else (value, unit_id)


def _follows(order: StockOrder, value: Any, after: After) -> ColumnElement[bool]:
    if _descends(order):
        later = value < after.value
        return or_(later, and_(value == after.value, Unit.id < after.unit_id))
    later = value > after.value
    return or_(later, and_(value == after.value, Unit.id > after.unit_id))


def _precedes(order: StockOrder, value: Any, own: Any, unit_id: int) -> ColumnElement[bool]:
    if _descends(order):
        return or_(value > own, and_(value == own, Unit.id > unit_id))
    return or_(value < own, and_(value == own, Unit.id < unit_id))

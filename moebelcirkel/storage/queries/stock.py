"""The table of all pieces: filtered, ordered by any column, and read a page at a time.

The page is found first, over ids and the one value it is ordered by; what a row shows is joined
only to the pieces of that page, so that the cost does not grow with the columns.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Date,
    Select,
    and_,
    bindparam,
    case,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.facts import PieceFacts
from moebelcirkel.domain.fold import words
from moebelcirkel.domain.labels import parse_label
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.domain.stock import STATE_ORDER, SortBy, StockFilter, StockOrder
from moebelcirkel.language import current_language
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries import stock_search
from moebelcirkel.storage.queries.photos import first_of_unit
from moebelcirkel.storage.queries.stock_filters import conditions, narrow, only_in_house
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks, load_parameter

SelectT = TypeVar("SelectT", bound=Select[*tuple[Any, ...]])
Giver = aliased(Institution, name="giver")
Holder = aliased(Institution, name="holder")

#: Where empty cells sort: after everything in a table ordered upwards, before it downwards.
_AFTER_TEXT, _BEFORE_TEXT = "\x7f", ""
_AFTER_NUMBER, _BEFORE_NUMBER = 2_000_000_000, -1
#: A page of so many pieces or more is looked for among the nearest first, and among how many.
_MANY, _NEAREST = 2_000, 20_000
_BY_DAY = (SortBy.RECEIVED, SortBy.DAYS)

#: What rows are ordered by: a number, a text or a day.
SortValue = int | str | dt.date


@dataclass(frozen=True, slots=True)
class After:
    """The row before the page that is asked for: its sort value and its id."""

    value: SortValue
    unit_id: int


@dataclass(frozen=True, slots=True)
class StockRow(PieceFacts):
    """One piece as the table shows it; ``sort`` is what it is ordered by, for the page after it."""

    id: int
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
    today: dt.date
    sort: SortValue

    @property
    def category(self) -> str:
        """Its category in the reader's language."""
        return self.category_da if current_language() == "da" else self.category_en

    @property
    def days(self) -> int | None:
        """How long it has been in the warehouse; empty once it has left."""
        return max(0, (self.today - self.received_on).days) if self.state in IN_STOCK else None


_STATE_RANK = case({state.value: rank for rank, state in enumerate(STATE_ORDER)}, value=Unit.state)

_TYPE = (Article, Article.id == Unit.article_id)
_CATEGORY = (Category, Category.key == Article.category_key)
#: What a column is ordered by, the tables it needs, and whether it is text, number or never empty.
_SORTS: dict[SortBy, tuple[Any, tuple[tuple[Any, Any], ...], str]] = {
    SortBy.NUMBER: (Unit.serial, (), ""),
    SortBy.ARTICLE: (Article.sort_key, (_TYPE,), ""),
    SortBy.CATEGORY: (Category.sort_key, (_TYPE, _CATEGORY), ""),
    SortBy.CONDITION: (Unit.condition, (), ""),
    SortBy.STATE: (_STATE_RANK, (), ""),
    SortBy.PLACE: (Place.sort_key, ((Place, Place.id == Unit.place_id),), "text"),
    SortBy.PRICE: (Unit.price_ore, (), "number"),
    SortBy.NEW_PRICE: (Article.new_price_ore, (_TYPE,), "number"),
    SortBy.LOOP: (Unit.loop, (), ""),
    SortBy.GIVER: (Giver.sort_key, ((Giver, Giver.id == Unit.giver_id),), "text"),
    SortBy.HOLDER: (Holder.sort_key, ((Holder, Holder.id == Unit.holder_id),), "text"),
    SortBy.RECEIVED: (Unit.received_on, (), ""),
    SortBy.DAYS: (Unit.received_on, (), ""),
}


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for: the filter, and the ways on which its words find pieces."""

    wanted: StockFilter
    ways: tuple[ColumnElement[bool], ...]
    labelled: bool = False
    #: PostgreSQL looks up once what the words find (IS TRUE lets it), before it is ordered.
    apart: bool = False
    #: The ids of the types that the first way finds pieces by.
    types: Select[int] | None = None
    #: What words find, where types and places tell it.
    words: tuple[stock_search.WordFound, ...] | None = None

    @classmethod
    def of(cls, session: Session, wanted: StockFilter) -> "Search":
        """Understand the words; a whole label number is one piece, and is not looked for."""
        number = parse_label(wanted.text, str(load_parameter(session, "label_prefix")))
        if number is not None:
            unit_id = session.scalar(select(Unit.id).where(Unit.number == number))
            if unit_id is not None:
                return cls(wanted, (Unit.id == unit_id,), labelled=True)
        typed = words(wanted.text)
        found = stock_search.ways(session, typed)
        if found is None:
            return cls(wanted, ())
        apart, types = stock_search.on_server(session), stock_search.types(session, typed)
        return cls(wanted, found.conditions, apart=apart, types=types, words=found.words)

    def but(self, wanted: StockFilter) -> "Search":
        """The same words with another filter."""
        return replace(self, wanted=wanted)

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """What a piece must fulfil that is looked at anyway."""
        found = [or_(*self.ways)] if self.ways else []
        found = [each.is_(true()) for each in found] if self.apart else found
        return [*found, *conditions(self.wanted)]

    def each_way(self, query: SelectT) -> list[SelectT]:
        """The query for the pieces of each way, where no piece comes twice."""
        found = query.where(*conditions(self.wanted))
        if not self.ways:
            return [found if narrow(self.wanted) else self._by_type(found)]
        if self.labelled:
            return [found.where(*self.ways)]
        first, *others = [found.where(way) for way in self.ways]
        return [self._by_type(first), *others]

    def _by_type(self, query: SelectT) -> SelectT:
        """Along the index that answers counts by itself; SQLite would guess wrong."""
        name = "ix_unit_house" if only_in_house(self.wanted) else "ix_unit_article"
        return query.with_hint(Unit, f"INDEXED BY {name}", "sqlite")


@dataclass(frozen=True, slots=True)
class _Found:
    """A piece of the page, and what it is ordered by."""

    id: int
    sort: SortValue


def page(
    session: Session,
    search: Search,
    order: StockOrder,
    *,
    today: dt.date,
    limit: int,
    offset: int = 0,
    after: After | None = None,
    total: int | None = None,
) -> list[StockRow]:
    """A page of rows: behind a known row, or (when someone jumped) from an offset.

    ``total`` is how many pieces there are, where that is known.
    """
    found = None
    if order.by in _BY_DAY and not offset and (total is None or total >= _MANY):
        found = _recent(session, search, order, after, limit)
    if found is None:
        start = 0 if after is not None else offset
        found = rows.fill(_Found, session, _ids(search, order, after, limit, start))
    return _shown(session, found, today)


def _recent(
    session: Session, search: Search, order: StockOrder, after: After | None, limit: int
) -> list[_Found] | None:
    """The page from the nearest days alone, if it fills there: most pages do."""
    down = _descends(order)
    day = Unit.received_on.desc() if down else Unit.received_on
    days = select(Unit.received_on).order_by(day).limit(1).offset(_NEAREST)
    found = _one_way(order, after).where(*search.conditions).limit(limit)
    if after is not None:
        near = Unit.received_on <= after.value if down else Unit.received_on >= after.value
        days, found = days.where(near), found.where(near)
    last = session.scalar(days)
    if last is not None:
        found = found.where(Unit.received_on > last if down else Unit.received_on < last)
    found = found.with_hint(Unit, "INDEXED BY ix_unit_received_on", "sqlite")
    near_ones = rows.fill(_Found, session, found)
    return None if len(near_ones) < limit and last is not None else near_ones


#: What a row shows, by ids; made once, as a search is typed letter by letter.
_SHOWN = (
    rows.query(
        StockRow,
        Unit,
        Article,
        article=Article.name,
        category_da=func.coalesce(Category.name_da, Article.category_key),
        category_en=func.coalesce(Category.name_en, Article.category_key),
        place=func.coalesce(func.nullif(Place.name, ""), Place.code, ""),
        giver=func.coalesce(Giver.name, ""),
        holder=func.coalesce(Holder.name, ""),
        photo=first_of_unit(),
        today=bindparam("today", type_=Date),
        sort=null(),
    )
    .join(Article, Article.id == Unit.article_id)
    .outerjoin(Category, Category.key == Article.category_key)
    .outerjoin(Place, Place.id == Unit.place_id)
    .outerjoin(Giver, Giver.id == Unit.giver_id)
    .outerjoin(Holder, Holder.id == Unit.holder_id)
    .where(Unit.id.in_(bindparam("ids", expanding=True)))
)


def _shown(session: Session, found: Sequence[_Found], today: dt.date) -> list[StockRow]:
    """What the rows of a page show, in the order in which they were found."""
    shown: dict[int, StockRow] = {}
    for part in chunks([row.id for row in found]):
        read = rows.fill(StockRow, session, _SHOWN, {"ids": part, "today": today})
        shown |= {row.id: row for row in read}
    for row in found:
        rows.put(shown[row.id], "sort", row.sort)
    return rows.proved([shown[row.id] for row in found], state=State, condition=Condition)


def ids(
    session: Session, search: Search, order: StockOrder, *, limit: int, offset: int = 0
) -> list[int]:
    """The ids of a stretch of the table, in its order."""
    query = _ids(search, order, None, limit, offset)
    return [row.id for row in session.execute(query)]


def place_in_order(session: Session, search: Search, order: StockOrder, unit_id: int) -> int | None:
    """How many rows come before a piece in the table, or None if the filter leaves it out."""
    value, _joins = _sort(order)
    own = _one_way(order, None).where(*search.conditions, Unit.id == unit_id)
    row = session.execute(own).first()
    if row is None:
        return None
    earlier = _one_way(order, None).where(_precedes(order, value, row.sort, unit_id)).order_by(None)
    return sum(
        session.scalar(select(func.count()).select_from(way.subquery())) or 0
        for way in search.each_way(earlier)
    )


# --- order ----------------------------------------------------------------------------------


def _ids(
    search: Search, order: StockOrder, after: After | None, limit: int, offset: int
) -> Select[Any]:
    """A stretch of the table, from the beginnings of what each way finds."""
    query = _one_way(order, after)
    ways = search.each_way(query.order_by(None) if search.apart else query.limit(limit + offset))
    if search.apart:
        found: list[Any] = [way.cte().prefix_with("MATERIALIZED") for way in ways]
    else:
        found = [way.subquery() for way in ways]
    rows = found[0]
    if len(found) > 1:
        rows = union_all(*(select(way.c.id, way.c.sort) for way in found)).subquery()
    stretch = select(rows.c.id, rows.c.sort).order_by(*_directed(order, rows.c.sort, rows.c.id))
    return stretch.limit(limit).offset(offset)


def _one_way(order: StockOrder, after: After | None) -> Select[Any]:
    """All pieces in the order of the table, with the value they are ordered by."""
    value, joins = _sort(order)
    query = select(Unit.id, value.label("sort")).select_from(Unit)
    for table, on in joins:
        query = query.outerjoin(table, on)
    query = query.order_by(*_directed(order, value, Unit.id))
    return query if after is None else query.where(_follows(order, value, after))


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

"""The list of all furniture types with what stands of each, a page at a time."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, String, and_, cast, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.fold import words
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.wants import WantState
from moebelcirkel.language import current_language
from moebelcirkel.storage import references, rows
from moebelcirkel.storage.queries import article_left
from moebelcirkel.storage.queries.articles import matching
from moebelcirkel.storage.queries.photos import first_of_article
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.photos import Photo
from moebelcirkel.storage.tables.pickups import PickupLine
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.wants import Want
from moebelcirkel.storage.work import chunks

_STOCK_STATES = sorted(state.value for state in IN_STOCK)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """One type as the list shows it; ``sort_key`` is where the next page begins."""

    id: int
    sort_key: str
    name: str
    maker: str
    colour: str
    category_key: str
    category_da: str
    category_en: str
    new_price_ore: int | None
    documented: bool
    in_stock: int
    registered: int
    photo: str | None

    @property
    def category(self) -> str:
        """Its category in the reader's language."""
        return self.category_da if current_language() == "da" else self.category_en

    @property
    def look(self) -> str:
        """Who made it, and its colour."""
        return " · ".join(text for text in (self.maker, self.colour) if text)


def _conditions(text: str, *, without_price: bool, unused: bool) -> list[ColumnElement[bool]]:
    found = [article_left.shown(), *matching(words(text))]
    if without_price:
        found.append(Article.new_price_ore.is_(None))
    if unused:
        found += [Article.id.not_in(named) for named in _naming()]
    return found


def _naming() -> list[Select[int]]:
    """By table that can speak of a type, the types it does: asked once, not for each type."""
    table: Any = Article.__table__
    return [
        select(key.parent).where(key.parent.is_not(None)).distinct()
        for key in references.pointing_to(table)
    ]


def used(session: Session, article_ids: Sequence[int]) -> set[int]:
    """Those of the types that something speaks of: a piece, a picture, a paper."""
    found: set[int] = set()
    for part in chunks(article_ids):
        for named in _naming():
            column = named.selected_columns[0]
            found.update(session.scalars(named.where(column.in_(part))))
    return found


def of_ids(session: Session, article_ids: Collection[int]) -> list[Article]:
    """The types with these ids."""
    return list(session.scalars(select(Article).where(Article.id.in_(article_ids))))


@dataclass(frozen=True, slots=True)
class Speaking:
    """How many pieces, waiting order lines, holds, pictures, wants and reports name a type.

    ``priced`` are pieces with a price, which is their own from then on.
    """

    pieces: int
    priced: int
    ordered: int
    held: int
    pictures: int
    wants: int
    reported: int


def speaking(session: Session, article_ids: Collection[int]) -> dict[int, Speaking]:
    """By type, what names it today."""
    priced = (Unit.price_ore.is_not(None), Unit.state.in_(_STOCK_STATES))
    counts = (
        _count(Unit.article_id, Unit.state != State.VOID),
        _count(Unit.article_id, *priced),
        _count(OrderLine.article_id, OrderLine.state.in_((LineState.OPEN, LineState.PICKED))),
        _count(Unit.article_id).join(Hold, Hold.unit_id == Unit.id),
        _count(Photo.article_id),
        _count(Want.article_id, Want.state == WantState.OPEN),
        _count(PickupLine.article_id),
    )
    found: list[dict[int, int]] = []
    for query in counts:
        of_these = query.where(query.selected_columns[0].in_(article_ids))
        found.append(dict(iter(session.execute(of_these))))
    return {key: Speaking(*(each.get(key, 0) for each in found)) for key in article_ids}


def taken_in(session: Session, kept_id: int, change_ids: Collection[int]) -> dict[int, list[str]]:
    """By change that merged types, what those are called that the kept one took in."""
    query = (
        select(Event.change_id, Article.name)
        .join(Article, cast(Article.id, String) == Event.entity_id)
        .where(
            Event.change_id.in_(change_ids),
            Event.entity == Article.__tablename__,
            Article.merged_into_id == kept_id,
        )
        .order_by(Article.sort_key, Article.id)
    )
    found: dict[int, list[str]] = {}
    for change_id, name in session.execute(query):
        found.setdefault(change_id, []).append(name)
    return found


def _count(column: Any, *conditions: ColumnElement[bool]) -> Select[int, int]:
    return select(column, func.count()).where(*conditions).group_by(column)


def ids(session: Session, text: str, *, without_price: bool, unused: bool) -> list[int]:
    """All types that fit, in Danish order."""
    conditions = _conditions(text, without_price=without_price, unused=unused)
    query = select(Article.id).where(*conditions).order_by(Article.sort_key, Article.id)
    return list(session.scalars(query))


def count(session: Session, text: str, *, without_price: bool, unused: bool = False) -> int:
    """How many types fit."""
    conditions = _conditions(text, without_price=without_price, unused=unused)
    query = select(func.count()).select_from(Article).where(*conditions)
    return session.scalar(query) or 0


def page(
    session: Session,
    text: str,
    *,
    without_price: bool,
    unused: bool = False,
    limit: int,
    offset: int = 0,
    after: tuple[str, int] | None = None,
) -> list[ArticleRow]:
    """Types in Danish order: behind a known one, or (when someone jumped) from an offset."""

    def pieces(*extra: ColumnElement[bool]) -> ScalarSelect[int]:
        query = select(func.count(Unit.id)).where(Unit.article_id == Article.id, *extra)
        return query.correlate(Article).scalar_subquery()

    documented = and_(Article.new_price_on.is_not(None), Article.new_price_source != "")
    query = (
        rows.query(
            ArticleRow,
            Article,
            category_da=Category.name_da,
            category_en=Category.name_en,
            documented=and_(Article.new_price_ore.is_not(None), documented),
            in_stock=pieces(Unit.state.in_(_STOCK_STATES)),
            registered=pieces(Unit.state != State.VOID),
            photo=first_of_article(),
        )
        .join(Category, Category.key == Article.category_key)
        .where(*_conditions(text, without_price=without_price, unused=unused))
        .order_by(Article.sort_key, Article.id)
        .limit(limit)
    )
    if after is not None:
        key, article_id = after
        same = and_(Article.sort_key == key, Article.id > article_id)
        query = query.where(or_(Article.sort_key > key, same))
    elif offset:
        query = query.offset(offset)
    return rows.fill(ArticleRow, session, query)

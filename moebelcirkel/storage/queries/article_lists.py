"""The list of all furniture types with what stands of each, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.fold import words
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.language import current_language
from moebelcirkel.storage import references, rows
from moebelcirkel.storage.queries import article_left
from moebelcirkel.storage.queries.articles import matching
from moebelcirkel.storage.queries.photos import first_of_article
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.units import Unit
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
        select(
            Article.id,
            Article.sort_key,
            Article.name,
            Article.maker,
            Article.colour,
            Article.category_key,
            Category.name_da.label("category_da"),
            Category.name_en.label("category_en"),
            Article.new_price_ore,
            and_(Article.new_price_ore.is_not(None), documented).label("documented"),
            pieces(Unit.state.in_(_STOCK_STATES)).label("in_stock"),
            pieces(Unit.state != State.VOID).label("registered"),
            first_of_article().label("photo"),
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

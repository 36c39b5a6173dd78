"""The shop's queries: pieces on sale gathered into cards, in the database and page by page.

Pieces are grouped along the partial index of what is on sale before anything else is looked at,
so that a search costs the same whether it finds little or much. Figures beside the filters are
counted by category, condition and ecolabel at once, in the same question as the first page.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Select,
    Subquery,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    literal_column,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ColumnCollection

from moebelcirkel.domain.fold import RANK_INSIDE, RANK_START, RANK_WORD, like_pattern
from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.domain.shop import Query, Span, Wish, stems
from moebelcirkel.storage import rows, search_index
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.queries.photos import first_of_article
from moebelcirkel.storage.queries.shop_rows import (
    CardRow,
    CategoryName,
    Counted,
    FreePiece,
    Named,
    NotOnSale,
    OutRow,
)
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit, UnitCode

Column = ColumnElement[Any]
#: Written out, not bound, or neither engine would use the partial index.
ON_SALE = Unit.state == literal_column("'listed'")


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose basket does not stand in the way (none for those who only look), and when it is."""

    basket_id: int | None
    now: dt.datetime


@dataclass(frozen=True, slots=True)
class CardKey:
    """What makes pieces alike: type, condition and price."""

    article_id: int
    condition: str
    price_ore: int


def held_by_others(asker: Asker) -> ColumnElement[bool]:
    """The unit is kept for another basket right now."""
    live = select(Hold.unit_id).where(Hold.expires_at > asker.now)
    if asker.basket_id is not None:
        live = live.where(Hold.basket_id != asker.basket_id)
    return Unit.id.in_(live)


def groups(
    session: Session, asker: Asker, query: Query, wish: Wish, only: CardKey | None
) -> Subquery:
    """Free pieces on sale as article x condition x price with their count.

    Types without the words are left out before anything is counted, where trigrams tell them.
    """
    free = (
        select(
            Unit.article_id,
            Unit.condition,
            Unit.price_ore,
            func.count().label("available"),
            func.min(case((Unit.refurbished, 1), else_=0)).label("refurbished"),
            func.min(Unit.id).label("first_unit_id"),
        )
        .with_hint(Unit, "INDEXED BY ix_unit_shop", "sqlite")
        .where(ON_SALE, ~held_by_others(asker))
        .group_by(Unit.article_id, Unit.condition, Unit.price_ore)
    )
    if long := [_needles(wish, word) for word in wish.words if _has_trigrams(word)]:
        free = free.where(Unit.article_id.in_(article_queries.called(session, long)))
    if query.max_price_ore is not None:
        free = free.where(Unit.price_ore <= query.max_price_ore)
    if query.types is not None:
        free = free.where(Unit.article_id.in_(sorted(query.types)))
    if only is not None:
        free = free.where(is_card(only))
    if wish.least is not None:
        free = free.having(func.count() >= wish.least)
    return free.subquery("cards")


def is_card(key: CardKey) -> ColumnElement[bool]:
    """The unit belongs to this card."""
    return and_(
        Unit.article_id == key.article_id,
        Unit.condition == key.condition,
        Unit.price_ore == key.price_ore,
    )


def matches(wish: Wish) -> list[ColumnElement[bool]]:
    """Every word is found that ``groups`` has not looked for, and every measure fits."""
    fits = [_fits(name, span) for name, span in wish.spans.items()]
    if short := [word for word in wish.words if not _has_trigrams(word)]:
        patterns = [[f"%{like_pattern(each)}%" for each in _needles(wish, w)] for w in wish.words]
        own = and_(*(_like(f"%{like_pattern(word)}%") for word in short))
        fits.append(or_(own, article_queries.formerly_called(patterns)))
    return fits


def _like(pattern: str) -> ColumnElement[bool]:
    return Article.search_text.like(pattern, escape="\\")


def _needles(wish: Wish, word: str) -> tuple[str, ...]:
    """The word anywhere, as the end of another without the ending of a plural, or its like."""
    alike = {other for form in (word, *stems(word)) for other in wish.also.get(form, ())}
    long = sorted(each for each in alike if _has_trigrams(each))
    return word, *(f"{stem} " for stem in stems(word)), *long


def _has_trigrams(word: str) -> bool:
    return len(word) >= search_index.SHORTEST


def _fits(name: str, span: Span) -> ColumnElement[bool]:
    if name == "height":
        low = func.coalesce(Article.height_min_mm, Article.height_max_mm)
        high = func.coalesce(Article.height_max_mm, Article.height_min_mm)
        return and_(low <= span.high_mm, high >= span.low_mm)
    column = {"width": Article.width_mm, "depth": Article.depth_mm}[name]
    return column.between(span.low_mm, span.high_mm)


def rank(words: Iterable[str]) -> ColumnElement[int]:
    """Lower is better: whole words before starts of words before insides of compounds."""
    total: ColumnElement[int] = literal(0)
    for word in words:
        whole = [_like(f"% {like_pattern(form)} %") for form in (word, *stems(word))]
        start = _like(f"% {like_pattern(word)}%")
        total = total + case((or_(*whole), RANK_WORD), (start, RANK_START), else_=RANK_INSIDE)
    return total


def facet_filters(
    cards: CTE, query: Query, category_keys: frozenset[str] | None, type_1: frozenset[str] | None
) -> list[ColumnElement[bool]]:
    """The filters with counts beside them, as conditions on the list."""
    found: list[ColumnElement[bool]] = []
    if category_keys is not None:
        found.append(cards.c.category_key.in_(sorted(category_keys)) if category_keys else false())
    if query.conditions:
        found.append(cards.c.condition.in_(sorted(query.conditions)))
    if query.ecolabels:
        found.append(cards.c.ecolabel.in_(sorted(query.ecolabels)))
    if type_1 is not None:
        found.append(cards.c.ecolabel.in_(sorted(type_1)) if type_1 else false())
    return found


#: What a card needs of its type; the names also make an ``ArticleFigures`` row.
_OF_TYPE = (
    Article.name,
    Article.maker,
    Article.model,
    Article.colour,
    Article.weight_g,
    Article.new_price_ore,
    Article.new_price_on,
    Article.new_price_source,
    Article.epd_kg,
    Article.epd_source,
)
#: What it needs of the piece that would be taken next.
_OF_PIECE = (Unit.loop, Unit.life_left)


def matching(cards: Subquery, wish: Wish) -> CTE:
    """The cards that are asked for, with what they are counted by and ordered by."""
    ranked = rank(wish.words) if wish.words else literal(0)
    keys = (Article.category_key, Article.ecolabel)
    order = (ranked.label("rank"), Article.sort_key.label("name_key"))
    found = select(*cards.c, *keys, *order).select_from(cards)
    return found.join(Article, Article.id == cards.c.article_id).where(*matches(wish)).cte("found")


def page(
    session: Session,
    found: CTE,
    filters: Sequence[ColumnElement[bool]],
    offset: int,
    limit: int,
    *,
    counted: bool,
) -> tuple[list[CardRow], list[Counted]]:
    """Cards in order of relevance, then of the Danish alphabet, and where wanted the counts.

    These are ``cards`` and pieces (``available``) by category, condition and ecolabel before
    those three filter. Both are asked at once, so that pieces are gathered into cards once.
    """
    shown: Select[*tuple[object, ...]] | CompoundSelect[*tuple[object, ...]]
    shown = _shown(found, filters, offset, limit)
    if counted:
        shown = union_all(shown, _counted(found))
    shown = shown.order_by(*_in_order(shown.selected_columns))
    both = rows.fill(CardRow, session, shown)
    # A count is no card: nothing but what it is of, and how many, is in it.
    told = [
        Counted(row.category_key, row.condition, row.ecolabel, row.cards, row.available)
        for row in both
        if row.cards
    ]
    return [row for row in both if not row.cards], told


def _in_order(of: ColumnCollection[str, Column]) -> tuple[Column, ...]:
    return (of.rank, of.name_key, of.article_id, of.condition, of.price_ore)


def _shown(
    found: CTE, filters: Sequence[ColumnElement[bool]], offset: int, limit: int
) -> Select[*tuple[object, ...]]:
    """Only what cards are ordered by is sorted; the rest is read for those of the page alone."""
    chosen = select(found).where(*filters).order_by(*_in_order(found.c))
    on_page = chosen.offset(offset).limit(limit).subquery("page")
    return (
        select(*on_page.c, literal(0).label("cards"), *_OF_TYPE, *_OF_PIECE)
        .join(Article, Article.id == on_page.c.article_id)
        .join(Unit, Unit.id == on_page.c.first_unit_id)
    )


def _counted(found: CTE) -> Select[*tuple[object, ...]]:
    """Counts in the columns of cards, and nothing in the others."""
    keys = (found.c.category_key, found.c.condition, found.c.ecolabel)
    units = cast(func.sum(found.c.available), BigInteger)
    told = {"condition": keys[1], "available": units, "category_key": keys[0], "ecolabel": keys[2]}
    empty = [null().label(column.name) for column in (*_OF_TYPE, *_OF_PIECE)]
    return select(
        *(told.get(column.name, null()).label(column.name) for column in found.c),
        func.count().label("cards"),
        *empty,
    ).group_by(*keys)


def not_on_sale(
    session: Session, asker: Asker, query: Query, wish: Wish, category_keys: frozenset[str] | None
) -> NotOnSale:
    """Pieces of what is asked for that cannot be had.

    Their condition, price and number do not count, as those of what comes are not decided yet.
    """
    held = held_by_others(asker)
    ways = {
        "free": and_(ON_SALE, ~held),
        "held": and_(ON_SALE, held),
        "ordered": Unit.state.in_((State.ORDERED, State.PICKED)),
        "coming": Unit.state.in_((State.RECEIVED, State.WORKSHOP, State.READY)),
    }
    columns = [func.count().filter(way).label(name) for name, way in ways.items()]
    fits = [_fits(name, span) for name, span in wish.spans.items()]
    if wish.words:
        needles = [_needles(wish, word) for word in wish.words]
        fits.append(Article.id.in_(article_queries.called(session, needles)))
    if category_keys is not None:
        fits.append(Article.category_key.in_(sorted(category_keys)))
    if query.ecolabels:
        fits.append(Article.ecolabel.in_(sorted(query.ecolabels)))
    if query.types is not None:
        fits.append(Article.id.in_(sorted(query.types)))
    types = select(Article.id).where(*fits)
    in_house = Unit.state.in_(sorted(IN_STOCK))
    query_of_counts = select(*columns).where(in_house, Unit.article_id.in_(types))
    return rows.fill(NotOnSale, session, query_of_counts)[0]


def all_cards(session: Session, now: dt.datetime) -> list[OutRow]:
    """Every card of the shop as whoever is no customer of it sees it."""
    cards = groups(session, Asker(None, now), Query(), Wish(), None)
    counted = cards.c.article_id, cards.c.condition, cards.c.price_ore
    query = (
        select(
            *counted,
            cards.c.available,
            cards.c.refurbished,
            Article.name,
            Article.maker,
            Article.model,
            Article.colour,
            Article.ecolabel,
            Article.width_mm,
            Article.depth_mm,
            Article.height_min_mm,
            Article.height_max_mm,
            Article.new_price_ore,
            Category.name_da.label("category_da"),
            Category.name_en.label("category_en"),
            Category.unspsc,
            first_of_article().label("photo"),
        )
        .select_from(cards)
        .join(Article, Article.id == cards.c.article_id)
        .join(Category, Category.key == Article.category_key)
        .order_by(Article.sort_key, *counted)
    )
    return rows.fill(OutRow, session, query)


def is_known(session: Session, word: str) -> bool:
    """Whether any type, on sale or not, is found by the word."""
    types = article_queries.called(session, [_needles(Wish(), word)])
    return session.scalar(select(Article.id).where(Article.id.in_(types)).limit(1)) is not None


def names_on_sale(session: Session) -> list[str]:
    """What the types on sale are called, each name once."""
    types = select(Unit.article_id).where(ON_SALE).distinct()
    return list(session.scalars(select(Article.name).where(Article.id.in_(types)).distinct()))


def ecolabels(session: Session) -> list[str]:
    """Every ecolabel that some type has, as it was written."""
    return list(session.scalars(select(Article.ecolabel).where(Article.ecolabel != "").distinct()))


def newest(session: Session, since: dt.datetime, most: int) -> list[int]:
    """Types that came to the shop since then, the newest first."""
    came = func.max(Unit.listed_at)
    query = select(Unit.article_id).where(ON_SALE).group_by(Unit.article_id).having(came >= since)
    return list(session.scalars(query.order_by(came.desc(), Unit.article_id).limit(most)))


def categories(session: Session) -> list[CategoryName]:
    """Every category with its group, in the order of the filters."""
    return rows.fill(CategoryName, session, _CATEGORIES)


_CATEGORIES = select(
    Category.key,
    Category.name_da,
    Category.name_en,
    Category.group_key,
    Category.group_da,
    Category.group_en,
    Category.group_order,
).order_by(Category.group_order, Category.sort_key)


def unit_by_code(session: Session, number: str | None, code: str) -> Named | None:
    """The unit with this label number, or carrying this other code."""
    columns = select(
        Unit.id,
        Unit.number,
        Unit.state,
        Unit.article_id,
        Unit.condition,
        Unit.price_ore,
        Article.name.label("article"),
    ).join(Article, Article.id == Unit.article_id)
    if number is not None:
        return rows.first(Named, session, columns.where(Unit.number == number))
    carried = select(UnitCode.unit_id).where(UnitCode.code == code)
    return rows.first(Named, session, columns.where(Unit.id.in_(carried)))


def units_of(session: Session, key: CardKey, asker: Asker, limit: int) -> list[FreePiece]:
    """Single free pieces of a card, with what tells them apart."""
    query = (
        select(Unit.id, Unit.number, Unit.refurbished, Unit.loop)
        .where(ON_SALE, is_card(key), ~held_by_others(asker))
        .order_by(Unit.id)
        .limit(limit)
    )
    return rows.fill(FreePiece, session, query)

"""The shop's queries: pieces on sale gathered into cards, in the database and page by page.

Pieces are grouped along the partial index of what is on sale before anything else is looked at,
so that a search costs the same whether it finds little or much. Figures beside the filters are
counted by all that they filter by at once, in the same question as the first page.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
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

from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.fold import RANK_INSIDE, RANK_START, RANK_WORD, like_pattern
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.runs import TWO_PEOPLE_G
from moebelcirkel.domain.shop import Query, Span, Wish, needles, stems
from moebelcirkel.storage import remembered, rows, search_index
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.queries.pickups.standing import not_at
from moebelcirkel.storage.queries.shop.rows import CardRow, Counted
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

Column = ColumnElement[Any]
#: Written out, not bound, or neither engine would use the partial index.
ON_SALE = Unit.state == literal_column("'listed'")


@dataclass(frozen=True, slots=True)
class Asker:
    """Whose basket does not stand in the way (none for those who only look), and when it is.

    At the places ``kept_back`` others have first refusal of what is on sale.
    """

    basket_id: int | None
    now: dt.datetime
    kept_back: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CardKey:
    """What makes pieces alike: type, condition and price."""

    article_id: int
    condition: str
    price_ore: int


def open_to(asker: Asker) -> list[ColumnElement[bool]]:
    """The unit is on sale, kept for nobody else, and nobody else has first refusal of it."""
    return [ON_SALE, ~held_by_others(asker), *not_at(asker.kept_back)]


def held_by_others(asker: Asker) -> ColumnElement[bool]:
    """The unit is kept for another basket right now."""
    live = select(Hold.unit_id).where(Hold.expires_at > asker.now)
    if asker.basket_id is not None:
        live = live.where(Hold.basket_id != asker.basket_id)
    return Unit.id.in_(live)


def free(
    session: Session, asker: Asker, query: Query, wish: Wish, only: CardKey | None
) -> list[ColumnElement[bool]]:
    """Conditions on pieces before anything is counted.

    Types without the words are left out here, where trigrams tell them.
    """
    fits = open_to(asker)
    if long := [needles(wish, word) for word in wish.words if _has_trigrams(word)]:
        fits.append(Unit.article_id.in_(article_queries.called(session, long)))
    if query.max_price_ore is not None:
        fits.append(Unit.price_ore <= query.max_price_ore)
    if query.types is not None:
        fits.append(Unit.article_id.in_(sorted(query.types)))
    if only is not None:
        fits.append(is_card(only))
    return fits


def groups(
    session: Session,
    asker: Asker,
    query: Query,
    wish: Wish,
    only: CardKey | None,
    single: Sequence[ColumnElement[bool]] = (),
) -> Subquery:
    """Free pieces on sale as article x condition x price with their count.

    ``single`` are conditions that each piece must fulfil by itself.
    """
    found = (
        select(
            Unit.article_id,
            Unit.condition,
            Unit.price_ore,
            func.count().label("available"),
            func.min(case((Unit.refurbished, 1), else_=0)).label("refurbished"),
            func.min(Unit.id).label("first_unit_id"),
        )
        .with_hint(Unit, "INDEXED BY ix_unit_shop", "sqlite")
        .where(*free(session, asker, query, wish, only), *single)
        .group_by(Unit.article_id, Unit.condition, Unit.price_ore)
    )
    if wish.least is not None:
        found = found.having(func.count() >= wish.least)
    return found.subquery("cards")


def is_card(key: CardKey) -> ColumnElement[bool]:
    """The unit belongs to this card."""
    return and_(
        Unit.article_id == key.article_id,
        Unit.condition == key.condition,
        Unit.price_ore == key.price_ore,
    )


def matches(wish: Wish) -> list[ColumnElement[bool]]:
    """Every word is found that ``groups`` has not looked for, and every measure fits."""
    fits = [fits_measure(name, span) for name, span in wish.spans.items()]
    if short := [word for word in wish.words if not _has_trigrams(word)]:
        patterns = [[f"%{like_pattern(each)}%" for each in needles(wish, w)] for w in wish.words]
        own = and_(*(_like(f"%{like_pattern(word)}%") for word in short))
        fits.append(or_(own, article_queries.formerly_called(patterns)))
    return fits


def _like(pattern: str) -> ColumnElement[bool]:
    return Article.search_text.like(pattern, escape="\\")


def _has_trigrams(word: str) -> bool:
    return len(word) >= search_index.SHORTEST


def fits_measure(name: str, span: Span) -> ColumnElement[bool]:
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
    of: Mapping[str, Column],
    chosen: Mapping[str, Collection[str]],
    unlabelled: Collection[str] = (),
) -> list[Column]:
    """The filters with counts beside them, as conditions on what has these columns.

    Whatever ecolabel is asked for, the categories ``unlabelled`` pass without.
    """
    filters: dict[str, Column] = {
        name: of[name].in_(sorted(values)) if values else false()
        for name, values in chosen.items()
        if name in of
    }
    if unlabelled and "ecolabel" in filters:
        without = of["category_key"].in_(sorted(unlabelled))
        filters["ecolabel"] = or_(filters["ecolabel"], without)
    return list(filters.values())


#: What a card needs of its type; the names also make an ``ArticleFigures`` row.
_OF_TYPE = (
    Article.name,
    Article.maker,
    Article.model,
    Article.weight_g,
    Article.new_price_ore,
    Article.new_price_on,
    Article.new_price_source,
    Article.epd_kg,
    Article.epd_source,
)
#: What it needs of the piece that would be taken next.
_OF_PIECE = (Unit.loop, Unit.life_left)


#: What filters count by besides the condition; ``hands`` says how many people carry it.
_COUNTED_OF_TYPE = (Article.category_key, Article.ecolabel, Article.colour, Article.size_mark)
_HANDS = case(
    (Article.weight_g >= TWO_PEOPLE_G, literal_column("'2'")),
    (Article.weight_g > 0, literal_column("'1'")),
    else_=literal_column("''"),
)
#: The columns of a type that filters count by.
OF_TYPES: dict[str, Column] = {
    **{column.key: column.expression for column in _COUNTED_OF_TYPE},
    "hands": _HANDS,
}
#: More than the words of any search add up to: an arm rest is no chair.
_AFTER_FURNITURE = 1_000
_COUNTED_BY = ("condition", *(column.key for column in _COUNTED_OF_TYPE), "hands")


def matching(cards: Subquery, wish: Wish) -> CTE:
    """The cards that are asked for, with what they are counted by and ordered by."""
    last = case((Article.category_key == SPARE_PART, _AFTER_FURNITURE), else_=0)
    ranked = rank(wish.words) + last
    keys = (*_COUNTED_OF_TYPE, _HANDS.label("hands"))
    order = (ranked.label("rank"), Article.sort_key.label("name_key"))
    found = select(*cards.c, *keys, *order).select_from(cards)
    return found.join(Article, Article.id == cards.c.article_id).where(*matches(wish)).cte("found")


def page(
    session: Session,
    found: CTE,
    filters: Sequence[Column],
    offset: int,
    limit: int,
    *,
    counted: bool,
) -> tuple[list[CardRow], list[Counted]]:
    """Cards in order of relevance, then of the Danish alphabet, and where wanted the counts.

    These are ``cards`` and pieces (``available``) by all that filters count, before they filter.
    Both are asked at once, so that pieces are gathered into cards once.
    """
    shown: Select[*tuple[object, ...]] | CompoundSelect[*tuple[object, ...]]
    shown = _shown(found, filters, offset, limit)
    if counted:
        shown = union_all(shown, _counted(found))
    shown = shown.order_by(*_in_order(shown.selected_columns))
    both = rows.fill(CardRow, session, shown)
    # A count is no card: nothing but what it is of, and how many, is in it.
    told = [
        Counted(
            row.category_key,
            row.condition,
            row.ecolabel,
            row.colour,
            row.size_mark,
            row.hands,
            row.cards,
            row.available,
        )
        for row in both
        if row.cards
    ]
    return [row for row in both if not row.cards], told


def _in_order(of: ColumnCollection[str, Column]) -> tuple[Column, ...]:
    return (of.rank, of.name_key, of.article_id, of.condition, of.price_ore)


def _shown(
    found: CTE, filters: Sequence[Column], offset: int, limit: int
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
    keys = {name: found.c[name] for name in _COUNTED_BY}
    told = {**keys, "available": cast(func.sum(found.c.available), BigInteger)}
    empty = [null().label(column.name) for column in (*_OF_TYPE, *_OF_PIECE)]
    return select(
        *(told.get(column.name, null()).label(column.name) for column in found.c),
        func.count().label("cards"),
        *empty,
    ).group_by(*keys.values())


def standing_with_givers(session: Session) -> Mapping[CardKey, Mapping[int, str]]:
    """The pieces on sale that still stand with their giver, by card: where each of them stands."""
    kinds = {"place", "unit"}
    return remembered.of(session, "with givers", kinds, lambda: _with_givers(session))


def _with_givers(session: Session) -> dict[CardKey, dict[int, str]]:
    query = select(Place.id, Place.name).where(Place.pickup_id.is_not(None))
    places: dict[int, str] = dict(map(tuple[Any, ...], session.execute(query)))
    found: dict[CardKey, dict[int, str]] = {}
    # By their places, which are few: asked for what is on sale, SQLite looks through all of it.
    for part in chunks(sorted(places)):
        for article, condition, price, unit, place, state in session.execute(
            select(
                Unit.article_id, Unit.condition, Unit.price_ore, Unit.id, Unit.place_id, Unit.state
            ).where(Unit.place_id.in_(part))
        ):
            if state == State.LISTED and place is not None:
                key = CardKey(article, condition, price or 0)
                found.setdefault(key, {})[unit] = places[place]
    return found

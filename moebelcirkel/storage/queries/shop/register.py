"""What else is asked of the shop: what cannot be had, all that can, its words and colours."""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Exists, and_, exists, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import IN_STOCK, State
from moebelcirkel.domain.shop import Query, Wish, colour_group, marks_of, needles
from moebelcirkel.storage import remembered, rows
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.queries.photos import first_of_article
from moebelcirkel.storage.queries.pickups.standing import kept_back
from moebelcirkel.storage.queries.shop.cards import (
    Asker,
    CardKey,
    fits_measure,
    groups,
    held_by_others,
    is_card,
    open_to,
)
from moebelcirkel.storage.queries.shop.rows import CategoryName, FreePiece, Named, NotOnSale, OutRow
from moebelcirkel.storage.queries.units import ON_SALE
from moebelcirkel.storage.tables.articles import Article, Ecolabel
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.units import Unit, UnitCode


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
    fits = [fits_measure(name, span) for name, span in wish.spans.items()]
    if wish.words:
        wanted = [needles(wish, word) for word in wish.words]
        fits.append(Article.id.in_(article_queries.called(session, wanted)))
    if category_keys is not None:
        fits.append(Article.category_key.in_(sorted(category_keys)))
    if query.ecolabels:
        fits.append(Article.ecolabel.in_(sorted(query.ecolabels)))
    if query.size_marks:
        marks = [each for each in size_marks(session) if query.size_marks & {*marks_of(each)}]
        fits.append(Article.size_mark.in_(marks))
    if query.colours:
        seen = [each for each in colours(session) if colour_group(each) in query.colours]
        fits.append(Article.colour.in_(seen))
    if query.types is not None:
        fits.append(Article.id.in_(sorted(query.types)))
    types = select(Article.id).where(*fits)
    in_house = Unit.state.in_(sorted(IN_STOCK))
    query_of_counts = select(*columns).where(in_house, Unit.article_id.in_(types))
    return rows.fill(NotOnSale, session, query_of_counts)[0]


def nobody(session: Session, now: dt.datetime) -> Asker:
    """Whoever is no customer: of what some have first refusal they see nothing."""
    return Asker(None, now, kept_back(session, (), now))


def all_cards(session: Session, now: dt.datetime) -> list[OutRow]:
    """Every card of the shop as whoever is no customer of it sees it."""
    cards = groups(nobody(session, now))
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
            Article.size_mark,
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
    return bool(session.scalar(select(found_by(session, word))))


def found_by(session: Session, word: str) -> Exists:
    """The same as a column, to be asked of several words at once."""
    types = article_queries.called(session, [needles(Wish(), word)])
    return exists(select(Article.id).where(Article.id.in_(types)))


def names_on_sale(session: Session) -> list[str]:
    """What the types on sale are called, each name once."""
    types = select(Unit.article_id).where(ON_SALE).distinct()
    return list(session.scalars(select(Article.name).where(Article.id.in_(types)).distinct()))


def type_1_of(session: Session) -> dict[str, bool | None]:
    """By the name of each ecolabel whether it is of type 1; nothing where nobody can tell."""
    return remembered.of(
        session, "type_1", {"ecolabel"}, lambda: dict(session.execute(_TYPE_1).all())
    )


_TYPE_1 = select(Ecolabel.name, Ecolabel.type_1)


def colours(session: Session) -> list[str]:
    """Every colour that some type has, as it was written."""
    query = select(Article.colour).where(Article.colour != "").distinct()
    return remembered.of(session, "colours", {"article"}, lambda: list(session.scalars(query)))


def size_marks(session: Session) -> list[str]:
    """Every size mark that some type has, as it was written."""
    query = select(Article.size_mark).where(Article.size_mark != "").distinct()
    return remembered.of(session, "size marks", {"article"}, lambda: list(session.scalars(query)))


def newest(session: Session, since: dt.datetime, most: int) -> list[int]:
    """Types that came to the shop since then, the newest first."""
    came = func.max(Unit.listed_at)
    query = select(Unit.article_id).where(ON_SALE).group_by(Unit.article_id).having(came >= since)
    return list(session.scalars(query.order_by(came.desc(), Unit.article_id).limit(most)))


def categories(session: Session) -> list[CategoryName]:
    """Every category with its group, in the order of the filters."""
    return remembered.of(
        session, "categories", {"category"}, lambda: rows.fill(CategoryName, session, _CATEGORIES)
    )


_CATEGORIES = rows.query(CategoryName, Category).order_by(Category.group_order, Category.sort_key)


def unit_by_code(session: Session, number: str | None, code: str) -> Named | None:
    """The unit with this label number, or carrying this other code."""
    columns = rows.query(Named, Unit, article=Article.name).join(
        Article, Article.id == Unit.article_id
    )
    if number is not None:
        return rows.first(Named, session, columns.where(Unit.number == number))
    carried = select(UnitCode.unit_id).where(UnitCode.code == code)
    return rows.first(Named, session, columns.where(Unit.id.in_(carried)))


def units_of(
    session: Session,
    key: CardKey,
    asker: Asker,
    limit: int,
    single: Sequence[ColumnElement[bool]] = (),
) -> list[FreePiece]:
    """Single free pieces of a card, with what tells them apart."""
    query = (
        rows.query(FreePiece, Unit)
        .where(is_card(key), *open_to(asker), *single)
        .order_by(Unit.id)
        .limit(limit)
    )
    return rows.fill(FreePiece, session, query)

"""What makes a card of the shop: what is on sale, who may have it, and what a card shows."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Subquery,
    and_,
    bindparam,
    case,
    false,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.runs import TWO_PEOPLE_G
from moebelcirkel.domain.shop import Span
from moebelcirkel.storage import remembered, rows
from moebelcirkel.storage.queries.pickups.standing import not_at
from moebelcirkel.storage.queries.shop.rows import CardRow
from moebelcirkel.storage.queries.units import ON_SALE
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

Column = ColumnElement[Any]


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


def groups(asker: Asker) -> Subquery:
    """Free pieces on sale as article x condition x price with their count."""
    return (
        select(
            Unit.article_id,
            Unit.condition,
            Unit.price_ore,
            func.count().label("available"),
            func.min(case((Unit.refurbished, 1), else_=0)).label("refurbished"),
        )
        .with_hint(Unit, "INDEXED BY ix_unit_shop", "sqlite")
        .where(*open_to(asker))
        .group_by(Unit.article_id, Unit.condition, Unit.price_ore)
        .subquery("cards")
    )


def is_card(key: CardKey) -> ColumnElement[bool]:
    """The unit belongs to this card."""
    return and_(
        Unit.article_id == key.article_id,
        Unit.condition == key.condition,
        Unit.price_ore == key.price_ore,
    )


def fits_measure(name: str, span: Span) -> ColumnElement[bool]:
    if name == "height":
        low = func.coalesce(Article.height_min_mm, Article.height_max_mm)
        high = func.coalesce(Article.height_max_mm, Article.height_min_mm)
        return and_(low <= span.high_mm, high >= span.low_mm)
    column = {"width": Article.width_mm, "depth": Article.depth_mm}[name]
    return column.between(span.low_mm, span.high_mm)


def facet_filters(of: Mapping[str, Column], chosen: Mapping[str, Collection[str]]) -> list[Column]:
    """The filters with counts beside them, as conditions on what has these columns."""
    return [
        of[name].in_(sorted(values)) if values else false()
        for name, values in chosen.items()
        if name in of
    ]


_HANDS = case(
    (Article.weight_g >= TWO_PEOPLE_G, literal_column("'2'")),
    (Article.weight_g > 0, literal_column("'1'")),
    else_=literal_column("''"),
)
#: The columns of a type that filters choose by; ``hands`` says how many people carry it.
OF_TYPES: dict[str, Column] = {
    "category_key": Article.category_key.expression,
    "ecolabel": Article.ecolabel.expression,
    "colour": Article.colour.expression,
    "size_mark": Article.size_mark.expression,
    "hands": _HANDS,
}


def card_rows(session: Session, first_unit_ids: Sequence[int]) -> dict[int, CardRow]:
    """What cards show, by the piece of each that would be taken next."""
    found: dict[int, CardRow] = {}
    for part in chunks(sorted(first_unit_ids)):
        read = rows.proved(rows.fill(CardRow, session, _CARD_ROWS, {"ids": part}))
        found.update((row.first_unit_id, row) for row in read)
    return found


_CARD_ROWS = (
    rows.query(CardRow, Unit, Article, first_unit_id=Unit.id)
    .join(Article, Article.id == Unit.article_id)
    .where(Unit.id.in_(bindparam("ids", expanding=True)))
)


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

"""Types of which pieces are free or become ready, as a search looks at them."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.wants import Offer
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.pickups.standing import kept_back, not_at
from moebelcirkel.storage.queries.units import ON_SALE
from moebelcirkel.storage.queries.wants.serving import OF_TYPE
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit


@dataclass(frozen=True, slots=True)
class FreeCard(Offer):
    """One of ``pieces`` alike that nobody holds, so that a line is held against few."""

    pieces: int = 0


def free_cards(session: Session, now: dt.datetime, own: Collection[int] | None) -> list[FreeCard]:
    """Pieces on sale that nobody holds, alike ones together, as these institutions see them."""
    held = exists().where(Hold.unit_id == Unit.id, Hold.expires_at > now)
    price = func.coalesce(Unit.price_ore, 0)
    cards = (
        select(
            func.min(Unit.id).label("unit_id"),
            Unit.article_id,
            Unit.condition,
            price.label("price_ore"),
            func.count().label("pieces"),
        )
        .where(ON_SALE, ~held, *not_at(kept_back(session, own, now)))
        .group_by(Unit.article_id, Unit.condition, price)
        .subquery()
    )
    query = select(cards, *OF_TYPE).join(Article, Article.id == cards.c.article_id)
    found = session.execute(query.order_by(cards.c.unit_id)).mappings()
    return [FreeCard(**row) for row in found]


@dataclass(frozen=True, slots=True)
class Becoming:
    """Alike pieces that become ready: how many, and how many of them are in the workshop."""

    article_id: int
    category_key: str
    search_text: str
    width_mm: int | None
    depth_mm: int | None
    height_min_mm: int | None
    height_max_mm: int | None
    size_mark: str
    colour: str
    pieces: int
    workshop: int


def becoming(session: Session) -> list[Becoming]:
    """By type what was received, is repaired, or is ready without being on sale."""
    return _by_type(session, Unit.state.in_((State.RECEIVED, State.WORKSHOP, State.READY)))


def worn_out(session: Session, institution_ids: Collection[int]) -> list[Becoming]:
    """By type what these institutions have that shows use: repaired, it may do instead."""
    shows_use = Unit.condition.in_((Condition.C, Condition.D))
    theirs = Unit.holder_id.in_(sorted(institution_ids))
    return _by_type(session, theirs & (Unit.state == State.DELIVERED) & shows_use)


def owned(session: Session, institution_ids: Collection[int]) -> dict[str, int]:
    """By category what these institutions have, of whatever condition."""
    query = (
        select(Article.category_key, func.count())
        .join(Unit, Unit.article_id == Article.id)
        .where(Unit.holder_id.in_(sorted(institution_ids)), Unit.state == State.DELIVERED)
        .group_by(Article.category_key)
    )
    return dict(session.execute(query).all())


def _by_type(session: Session, which: ColumnElement[bool]) -> list[Becoming]:
    repaired = func.sum(case((Unit.state == State.WORKSHOP, 1), else_=0))
    query = (
        select(Unit.article_id, *OF_TYPE, func.count().label("pieces"), repaired.label("workshop"))
        .join(Article, Article.id == Unit.article_id)
        .where(which)
        .group_by(Unit.article_id, *OF_TYPE)
        .order_by(Unit.article_id)
    )
    return rows.fill(Becoming, session, query)


@dataclass(frozen=True, slots=True)
class TypeOnSale:
    """What a type is called, its colour, and its new price where it has one of its own."""

    id: int
    name: str
    colour: str
    new_price_ore: int | None


def on_sale(session: Session) -> dict[int, TypeOnSale]:
    """The types of which something is on sale, by id."""
    types = select(Unit.article_id).where(ON_SALE).distinct()
    query = rows.query(TypeOnSale, Article)
    found = rows.fill(TypeOnSale, session, query.where(Article.id.in_(types)))
    return {each.id: each for each in found}

"""Spare parts on sale that may fit: taken from a piece of the same type, or of the same kind.

A part knows the piece that it was taken from; an older one names it in its note.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.units import ON_SALE
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit

#: What a part was taken from, and the type of that.
DONOR, SOURCE = aliased(Unit), aliased(Article)


def from_donor() -> ColumnElement[bool]:
    """That a part was taken from ``DONOR``."""
    named = and_(Unit.taken_from_id.is_(None), Unit.note != "", DONOR.number == Unit.note)
    return or_(DONOR.id == Unit.taken_from_id, named)


@dataclass(frozen=True, slots=True)
class FittingPart:
    """Alike parts that nobody holds, the type they were taken from, and whether it is the one."""

    article_id: int
    condition: str
    price_ore: int
    name: str
    source: str
    same_type: bool
    pieces: int


def fitting(
    session: Session, now: dt.datetime, article_id: int | None, category_key: str, limit: int
) -> list[FittingPart]:
    """Parts for a type, or for furniture of a category; those of the very type first."""
    price = func.coalesce(Unit.price_ore, 0)
    same = case((SOURCE.id == article_id, 1), else_=0)
    keys = (Unit.article_id, Unit.condition, price, Article.name, SOURCE.name, same)
    held = exists().where(Hold.unit_id == Unit.id, Hold.expires_at > now)
    query = (
        select(
            Unit.article_id,
            Unit.condition,
            price.label("price_ore"),
            Article.name,
            SOURCE.name.label("source"),
            same.label("same_type"),
            func.count().label("pieces"),
        )
        .join(Article, Article.id == Unit.article_id)
        .join(DONOR, from_donor())
        .join(SOURCE, SOURCE.id == DONOR.article_id)
        .where(
            ON_SALE,
            ~held,
            Article.category_key == SPARE_PART,
            or_(SOURCE.id == article_id, SOURCE.category_key == category_key),
        )
        .group_by(*keys, Article.sort_key, Article.id, SOURCE.id)
        .order_by(same.desc(), Article.sort_key, price, Unit.condition, Article.id, SOURCE.id)
        .limit(limit)
    )
    return rows.fill(FittingPart, session, query)

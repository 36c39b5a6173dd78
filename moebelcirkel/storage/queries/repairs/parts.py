"""Spare parts on sale that may fit: taken from a piece of the same type, or of the same kind."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.shop import ON_SALE
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit


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
    donor, source = aliased(Unit), aliased(Article)
    price = func.coalesce(Unit.price_ore, 0)
    same = case((source.id == article_id, 1), else_=0)
    keys = (Unit.article_id, Unit.condition, price, Article.name, source.name, same)
    held = exists().where(Hold.unit_id == Unit.id, Hold.expires_at > now)
    query = (
        select(
            Unit.article_id,
            Unit.condition,
            price.label("price_ore"),
            Article.name,
            source.name.label("source"),
            same.label("same_type"),
            func.count().label("pieces"),
        )
        .join(Article, Article.id == Unit.article_id)
        .join(donor, donor.number == Unit.note)
        .join(source, source.id == donor.article_id)
        .where(
            ON_SALE,
            ~held,
            Article.category_key == SPARE_PART,
            or_(source.id == article_id, source.category_key == category_key),
        )
        .group_by(*keys, Article.sort_key, Article.id, source.id)
        .order_by(same.desc(), Article.sort_key, price, Unit.condition, Article.id, source.id)
        .limit(limit)
    )
    return rows.fill(FittingPart, session, query)

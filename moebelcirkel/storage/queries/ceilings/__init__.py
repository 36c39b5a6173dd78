"""What is asked about budget ceilings: those of an institution, and what is used by group."""

import datetime as dt
from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import Ceiling
from moebelcirkel.storage.tables.orders import Order, OrderLine

_COUNTS = (LineState.OPEN, LineState.PICKED, LineState.DELIVERED)


def of(session: Session, institution_id: int) -> list[Ceiling]:
    """The ceilings of an institution, the latest year first."""
    query = (
        select(Ceiling)
        .where(Ceiling.institution_id == institution_id)
        .order_by(Ceiling.from_year.desc(), Ceiling.category_group)
    )
    return list(session.scalars(query))


def used(
    session: Session, institution_id: int, since: dt.datetime, until: dt.datetime
) -> dict[str, int]:
    """What was ordered in that time and is not given up, by group; also what waits."""
    query = (
        select(Category.group_key, func.sum(OrderLine.price_ore))
        .join(Order, Order.id == OrderLine.order_id)
        .join(Article, Article.id == OrderLine.article_id)
        .join(Category, Category.key == Article.category_key)
        .where(
            Order.institution_id == institution_id,
            Order.state != OrderState.VOID,
            Order.sent_at >= since,
            Order.sent_at < until,
            OrderLine.state.in_(_COUNTS),
        )
        .group_by(Category.group_key)
    )
    return {group: int(ore) for group, ore in session.execute(query)}


def groups(session: Session) -> list[tuple[str, str, str]]:
    """Key, Danish and English name of each group of categories, in the order of the filters."""
    query = (
        select(Category.group_key, Category.group_da, Category.group_en)
        .group_by(Category.group_key, Category.group_da, Category.group_en)
        .order_by(func.min(Category.group_order))
    )
    return [(key, da, en) for key, da, en in session.execute(query)]


def group_of_articles(session: Session, article_ids: Collection[int]) -> dict[int, str]:
    """The group that each type belongs to."""
    query = (
        select(Article.id, Category.group_key)
        .join(Category, Category.key == Article.category_key)
        .where(Article.id.in_(sorted(set(article_ids))))
    )
    return {row.id: row.group_key for row in session.execute(query)}

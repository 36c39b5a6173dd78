"""What is asked about budget ceilings: those of an institution, and what is used by group."""

import datetime as dt
from collections import Counter
from collections.abc import Collection

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.orders import LineState, OrderState
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import InstitutionCeiling
from moebelcirkel.storage.tables.orders import Order, OrderLine

_FIRST = aliased(Charge)

_COUNTS = (LineState.OPEN, LineState.PICKED, LineState.DELIVERED)
#: Charges that come after the hand-over's own.
_LATER = ("loan", "price")


def of(session: Session, institution_id: int) -> list[InstitutionCeiling]:
    """The ceilings of an institution, the latest year first."""
    return list(session.scalars(_OF, {"institution_id": institution_id}))


_OF = (
    select(InstitutionCeiling)
    .where(InstitutionCeiling.institution_id == bindparam("institution_id"))
    .order_by(InstitutionCeiling.from_year.desc(), InstitutionCeiling.category_group)
)


def used(
    session: Session, institution_id: int, since: dt.datetime, until: dt.datetime
) -> dict[str, int]:
    """What was ordered in that time and is not given up, by group; also what waits.

    A loan counts by its real days as soon as it has ended, and a piece that was complained of by
    its new price. Fees are of no group: an empty one.
    """
    ordered = and_(
        Order.institution_id == institution_id,
        Order.state != OrderState.VOID,
        Order.sent_at >= since,
        Order.sent_at < until,
    )
    query = (
        select(Category.group_key, func.sum(OrderLine.price_ore))
        .join(Order, Order.id == OrderLine.order_id)
        .join(Article, Article.id == OrderLine.article_id)
        .join(Category, Category.key == Article.category_key)
        .where(ordered, OrderLine.state.in_(_COUNTS))
        .group_by(Category.group_key)
        # By their state SQLite would look at all that were ever ordered.
        .with_hint(OrderLine, "INDEXED BY ix_order_line_order_id", "sqlite")
    )
    found = Counter({group: int(ore) for group, ore in session.execute(query)})
    found.update({group: int(ore) for group, ore in session.execute(_put_right(ordered))})
    found.update({"": int(session.scalar(_FEES.where(ordered)) or 0)})
    return {group: ore for group, ore in found.items() if ore or group}


_FEES = select(func.sum(Order.cost_ore - Order.total_ore)).where(Order.state != OrderState.REFUSED)


def _put_right(ordered: ColumnElement[bool]) -> Select[str, int]:
    """What real days of loans and complaints made of what was ordered; nothing where undone."""
    taken_back = exists().where(_FIRST.id == Charge.corrects_id, _FIRST.kind.in_(_LATER))
    return (
        select(Category.group_key, func.sum(Charge.amount_ore))
        .join(OrderLine, OrderLine.id == Charge.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Article, Article.id == OrderLine.article_id)
        .join(Category, Category.key == Article.category_key)
        .where(ordered, or_(Charge.kind.in_(_LATER), taken_back))
        .group_by(Category.group_key)
    )


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
    found = session.execute(_GROUPS, {"ids": sorted(set(article_ids))})
    return {row.id: row.group_key for row in found}


_GROUPS = (
    select(Article.id, Category.group_key)
    .join(Category, Category.key == Article.category_key)
    .where(Article.id.in_(bindparam("ids", expanding=True)))
)

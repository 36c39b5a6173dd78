"""The names of the furniture in orders, deliveries and reports; what is most of comes first."""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from moebelcirkel.domain.orders import OPEN_LINES, LineState
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.pickups import PickupLine

Names = dict[int, tuple[str, ...]]


def in_orders(session: Session, order_ids: Collection[int]) -> Names:
    """The furniture of orders that was not cancelled or refused, by order."""
    return _told(session, _lines(OrderLine.order_id, order_ids))


def in_deliveries(session: Session, delivery_ids: Collection[int]) -> Names:
    """The furniture on delivery notes, by note."""
    return _told(session, _lines(OrderLine.delivery_id, delivery_ids))


def in_reports(session: Session, pickup_ids: Collection[int]) -> Names:
    """What givers call the furniture of their reports, by report."""
    query = (
        select(PickupLine.pickup_id, PickupLine.name)
        .where(PickupLine.pickup_id.in_(sorted(pickup_ids)))
        .group_by(PickupLine.pickup_id, PickupLine.name)
        .order_by(func.sum(PickupLine.pieces).desc(), PickupLine.name)
    )
    return _told(session, query)


def _lines(
    owner: InstrumentedAttribute[int] | InstrumentedAttribute[int | None], ids: Collection[int]
) -> Select[int | None, str]:
    standing = sorted({*OPEN_LINES, LineState.DELIVERED})
    return (
        select(owner, Article.name)
        .join(Article, Article.id == OrderLine.article_id)
        .where(owner.in_(sorted(ids)), OrderLine.state.in_(standing))
        .group_by(owner, Article.name)
        .order_by(func.count().desc(), Article.name)
    )


def _told(session: Session, query: Select[int, str] | Select[int | None, str]) -> Names:
    found: Names = {}
    for owner, name in session.execute(query):
        assert owner is not None  # only those that were asked for
        found[owner] = (*found.get(owner, ()), name)
    return found

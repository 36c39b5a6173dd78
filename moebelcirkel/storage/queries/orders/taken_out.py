"""What an approver took out of somebody's orders, or refused, of types that are ordered again."""

import datetime as dt
import functools
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Select, String, bindparam, cast, exists, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.orders import LineState, Needs
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.users import User

_ENDED_SINCE, _ENDED_BY = aliased(Event), aliased(Change)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """Pieces of one type that an approver left out of an order above the limit."""

    number: str
    name: str
    at: dt.datetime
    by: str
    reason: str
    pieces: int


def taken_out(
    session: Session,
    institution_id: int,
    orderer_id: int | None,
    articles: Collection[int],
    since: dt.datetime,
    until: dt.datetime,
) -> tuple[TakenOut, ...]:
    """What was left out of the orders this person sent for this institution, oldest first."""
    asked = {
        "institution": institution_id,
        "orderer": orderer_id,
        "articles": sorted(set(articles)),
        "since": since,
        "until": until,
    }
    return tuple(rows.fill(TakenOut, session, _query(), asked))


@functools.cache
def _query() -> Select[*tuple[object, ...]]:
    """Built once: every order that is sent asks it."""
    own_again = (
        exists()
        .where(_ENDED_SINCE.entity == Event.entity, _ENDED_SINCE.entity_id == Event.entity_id)
        .where(_ENDED_SINCE.id > Event.id, _ENDED_BY.id == _ENDED_SINCE.change_id)
        .where(_ENDED_BY.kind.in_(("order.cancel", "order.call_off")))
    )
    return (
        select(
            Order.number,
            Article.name,
            Change.at,
            func.coalesce(User.name, "").label("by"),
            Order.reason,
            func.count().label("pieces"),
        )
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Article, Article.id == OrderLine.article_id)
        .join(
            Event,
            (Event.entity == OrderLine.__tablename__)
            & (Event.entity_id == cast(OrderLine.id, String)),
        )
        .join(Change, Change.id == Event.change_id)
        .outerjoin(User, User.id == Change.actor_id)
        .where(
            Order.institution_id == bindparam("institution"),
            Order.orderer_id == bindparam("orderer"),
            Order.needs == Needs.APPROVER,
            # Counted with, so that SQLite does not start with a type: of one alone it would read
            # what ever happened to any line.
            (OrderLine.article_id + 0).in_(bindparam("articles", expanding=True)),
            OrderLine.state.in_((LineState.CANCELLED, LineState.REFUSED)),
            Change.kind.in_(("order.adjust", "order.refuse")),
            Change.at > bindparam("since"),
            Change.at < bindparam("until"),
            ~own_again,
        )
        .group_by(Change.id, Change.at, Order.id, Article.id, User.name)
        .order_by(Change.id, Article.sort_key, Article.id)
    )

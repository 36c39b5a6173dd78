"""What others did to one's orders, told to who sent them until they have seen it."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain.orders import OrderState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import orders as order_queries

#: What happened longer ago is known or no news any more.
_DAYS = 30


@dataclass(frozen=True, slots=True)
class News:
    """An order that somebody else refused, with the reason, or cancelled, whole or in part."""

    change_id: int
    order_id: int
    number: str
    refused: bool
    reason: str
    by: str
    whole: bool


def news(context: Context, after: int = 0) -> tuple[News, ...]:
    """What came after a change that was seen, oldest first; nothing for who orders nothing."""
    if context.actor.user_id is None or not context.allows(Action.ORDER):
        return ()
    since = context.now() - dt.timedelta(days=_DAYS)
    kinds = ("order.refuse", "order.cancel", "order.call_off")
    with context.read() as session:
        found = order_queries.ended_by_others(session, context.actor.user_id, kinds, after, since)
    return tuple(
        News(
            row.id,
            row.order_id,
            row.number,
            row.kind == "order.refuse",
            row.reason,
            row.by,
            row.state == OrderState.CANCELLED,
        )
        for row in found
    )

"""Pairs of writes on an order that was delivered: how it went, given back, taken back."""

from sqlalchemy import select

from moebelcirkel.domain.orders import Rating
from moebelcirkel.services import orders
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services.beside import Call, undo
from tests.services.working_day import Day


def _delivered(day: Day) -> int:
    query = select(OrderLine.order_id).where(OrderLine.unit_id == day["out"][0])
    return int(trade.rows(day.context, query)[0])


FEEDBACK_PAIRS: tuple[tuple[Call, Call], ...] = (
    (
        Call(orders.give_feedback, "naboleder", lambda day: (_delivered(day), Rating.GOOD)),
        undo("hand_over", "lager"),
    ),
    (
        Call(orders.give_back, "naboleder", lambda day: (_delivered(day),)),
        Call(orders.give_back, "naboleder", lambda day: (_delivered(day),)),
    ),
)

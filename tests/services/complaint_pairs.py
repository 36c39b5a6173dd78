"""Pairs of writes on a complaint: two who decide, and the piece that comes back meanwhile."""

from sqlalchemy import select

from moebelcirkel.services import complaints
from moebelcirkel.services.deliveries import returns
from moebelcirkel.services.deliveries.returns import Returned
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services.beside import Call, undo
from tests.services.working_day import Day


def _reported(day: Day) -> tuple[int, list[int], str]:
    query = select(OrderLine.id).where(OrderLine.delivery_id == day["handed"])
    return day["handed"], trade.rows(day.context, query), "Vakler"


def _back(day: Day) -> tuple[list[Returned]]:
    return ([Returned(trade.number(day.context, day["complained"]), "C")],)


COMPLAINTS: tuple[tuple[Call, Call], ...] = (
    (
        Call(complaints.report, "naboleder", _reported),
        Call(complaints.report, "homeworker", _reported),
    ),
    (Call(complaints.report, "naboleder", _reported), undo("hand_over")),
    (
        Call(complaints.refuse, "lager", lambda day: (day["complaint"], "Brugsspor")),
        Call(complaints.lower_price, "lager2", lambda day: (day["complaint"], 0)),
    ),
    (
        Call(complaints.send_to_repair, "lager", lambda day: (day["complaint"],)),
        Call(returns.take_back, "lager2", _back, lambda day: {"place_id": day.shelf}),
    ),
    (
        Call(complaints.agree_return, "lager", lambda day: (day["complaint"],)),
        Call(returns.take_back, "lager2", _back, lambda day: {"place_id": day.shelf}),
    ),
)

"""Pairs of writes about what came, and what was missing, that rely on each other."""

from moebelcirkel.domain.orders import Why
from moebelcirkel.services import deliveries, orders, receipts
from tests.services.beside import Call, undo
from tests.services.complaint_pairs import COMPLAINTS
from tests.services.feedback_pairs import FEEDBACK_PAIRS

RECEIPTS: tuple[tuple[Call, Call], ...] = (
    *COMPLAINTS,
    *FEEDBACK_PAIRS,
    (
        Call(receipts.confirm, "naboleder", lambda day: (day["handed"],)),
        Call(receipts.confirm, "homeworker", lambda day: (day["handed"],)),
    ),
    (Call(receipts.confirm, "naboleder", lambda day: (day["handed"],)), undo("hand_over")),
    (
        Call(deliveries.take_alike, "lager", lambda day: (day["open"][0], day["free"][0])),
        Call(deliveries.take_alike, "lager2", lambda day: (day["open"][1], day["free"][0])),
    ),
    (
        Call(deliveries.take_alike, "lager", lambda day: (day["open"][0], day["free"][0])),
        Call(orders.call_off, "lager2", lambda day: (day["order"], Why.NOT_FOUND)),
    ),
)

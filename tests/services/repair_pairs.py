"""Pairs of writes about repairs of what institutions own, one priced, one agreed to."""

from moebelcirkel.services import orders, repairs
from moebelcirkel.services.repairs import TaskOffer
from tests.services import repairing
from tests.services.beside import Call
from tests.services.working_day import Day


def _offer(day: Day) -> tuple[int, list[TaskOffer]]:
    return day["repair"], [TaskOffer(repairing.task(day, "Maling"))]


REPAIRING: tuple[tuple[Call, Call], ...] = (
    (
        Call(repairs.report, "leader", lambda day: (repairing.wish(day),)),
        Call(repairs.report, "employee", lambda day: (repairing.wish(day),)),
    ),
    (
        Call(repairs.accept, "leader", lambda day: (day["repair"],)),
        Call(repairs.offer, "bench", _offer),
    ),
    (
        Call(repairs.accept, "leader", lambda day: (day["repair"],)),
        Call(repairs.refuse, "bench", lambda day: (day["repair"], "Kan ikke.")),
    ),
    (
        Call(repairs.receive, "bench", lambda day: (day["agreed"], 3)),
        Call(repairs.receive, "lager", lambda day: (day["agreed"], 4)),
    ),
    (
        Call(orders.cancel, "leader", lambda day: (day["agreed_order"],)),
        Call(repairs.receive, "bench", lambda day: (day["agreed"], 4)),
    ),
)

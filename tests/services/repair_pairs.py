"""Pairs of writes about repairs of what institutions own, one priced, one agreed to; and about
an order that is adapted.
"""

import dataclasses

from moebelcirkel.services import orders, repairs, stock
from moebelcirkel.services.orders import AdaptWish
from moebelcirkel.services.repairs import PartWish, TaskOffer
from tests import trade
from tests.services import adapting, repairing
from tests.services.beside import Call
from tests.services.working_day import Day


def _offer(day: Day) -> tuple[int, list[TaskOffer]]:
    return day["repair"], [TaskOffer(repairing.task(day, "Maling"))]


def _adapted(day: Day) -> tuple[AdaptWish]:
    """The very piece that the warehouse takes off sale."""
    unit = trade.unit(day, day["fresh"][0])
    key = dataclasses.replace(day["key"], condition=unit.condition, price_ore=unit.price_ore)
    wish = adapting.wish(day.person("leader"), day, 1)
    return (dataclasses.replace(wish, key=key, exactly=(unit.id,)),)


def _part(place: int) -> tuple[int, PartWish]:
    return place, PartWish(what="Kontorstol", part="Armlæn")


REPAIRING: tuple[tuple[Call, Call], ...] = (
    (
        Call(repairs.take_part, "leader", lambda day: _part(day.school)),
        Call(repairs.take_part, "naboleder", lambda day: _part(day.home)),
    ),
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
    (
        Call(orders.adapt, "leader", _adapted),
        Call(stock.take_off_sale, "lager", lambda day: ([day["fresh"][0]],)),
    ),
)

"""Pairs of writes about loans: another day, fetched, back after all, kept, and lost."""

import datetime as dt

from moebelcirkel.services import loans
from moebelcirkel.services.deliveries import returns
from moebelcirkel.services.deliveries.returns import Returned
from tests import trade
from tests.services.beside import Call
from tests.services.working_day import Day


def came_back(day: Day) -> tuple[list[Returned]]:
    return ([Returned(trade.number(day.context, unit), "B") for unit in day["lent"]],)


LOANS: tuple[tuple[Call, Call], ...] = (
    (
        Call(loans.move, "lager", lambda day: (day["loan"], dt.date(2027, 2, 1))),
        Call(loans.move, "lager2", lambda day: (day["loan"], dt.date(2027, 3, 1))),
    ),
    (
        Call(loans.move, "lager", lambda day: (day["loan"], dt.date(2027, 2, 1))),
        Call(returns.take_back, "lager2", came_back, lambda day: {"place_id": day.shelf}),
    ),
    (
        Call(loans.fetch, "lager", lambda day: (day["loan"],)),
        Call(loans.fetch, "lager2", lambda day: (day["loan"],)),
    ),
    (
        Call(loans.fetch, "lager", lambda day: (day["loan"],)),
        Call(returns.take_back, "lager2", came_back, lambda day: {"place_id": day.shelf}),
    ),
    (
        Call(loans.keep, "lager", lambda day: (day["loan"], day["lent"])),
        Call(loans.lose, "lager2", lambda day: (day["loan"], day["lent"])),
    ),
    (
        Call(loans.lose, "lager", lambda day: (day["loan"], day["lent"])),
        Call(returns.take_back, "lager2", came_back, lambda day: {"place_id": day.shelf}),
    ),
)

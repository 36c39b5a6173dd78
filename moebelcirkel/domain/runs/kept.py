"""Whether what was promised was kept: by week, and by who gave up what did not come."""

import datetime as dt

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode
from moebelcirkel.domain.runs.weeks import week_of

#: Orders that cost less are small: a trip for one is hardly worth it.
SMALL_ORE = 50_000


class Kept(NamedCode):
    """How an order stands to the week it was promised in."""

    KEPT = "kept", N_("Came in the promised week or before")
    LATE = "late", N_("Came later, or has not come although its week is over")
    WAITING = "waiting", N_("Its week is not over")
    GIVEN_UP = "given_up", N_("Given up before it came")


def kept(
    promised_on: dt.date, last_delivered_on: dt.date | None, left: int, today: dt.date
) -> Kept:
    """How an order stands of which so many pieces are ``left`` to be delivered."""
    week = week_of(promised_on)
    if left:
        return Kept.LATE if week_of(today) > week else Kept.WAITING
    if last_delivered_on is None:
        return Kept.GIVEN_UP
    return Kept.KEPT if week_of(last_delivered_on) <= week else Kept.LATE


def is_small(total_ore: int, pieces: int) -> bool:
    """Whether an order is small; one of which nothing came or is to come is none."""
    return pieces > 0 and total_ore < SMALL_ORE

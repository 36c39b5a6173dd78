"""Small orders: they wait for the day on which small ones go, or cost a fee to go at once."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Small:
    """Below what an order is small, what it costs not to wait, and the day it can wait for."""

    below_ore: int
    fee_ore: int
    waits_for: dt.date


def small_order(
    total_ore: int, below_ore: int, fee_ore: int, weekday: int, today: dt.date
) -> Small | None:
    """What applies to an order of so much; none where it is not small, or small ones cost nothing.

    ``weekday`` is 1 for Monday; ordered on the day itself, it goes that day.
    """
    if total_ore >= below_ore or not fee_ore:
        return None
    return Small(below_ore, fee_ore, today + dt.timedelta(days=(weekday - today.isoweekday()) % 7))

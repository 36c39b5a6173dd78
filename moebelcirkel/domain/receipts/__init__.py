"""Whether a delivery is confirmed: by who received it, or by the days that have passed.

They run from the day on which the hand-over was registered: one dated back has been for nobody to
see before. A clock that was wrong never takes days away, so the later of the two days counts.
"""

from datetime import date, timedelta

from moebelcirkel.domain.days import working_day_after
from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.named import NamedCode


class Standing(NamedCode):
    """Where a delivery that was handed over stands with its receiver."""

    WAITING = "waiting", N_("not confirmed")
    CONFIRMED = "confirmed", N_("confirmed")
    ASSUMED = "assumed", N_("counts as confirmed")


def last_day(registered_on: date, days: int) -> date:
    """The last day on which the receiver can say something; the day after it is confirmed."""
    return working_day_after(registered_on, days)


def first_open(today: date, days: int) -> date:
    """What was registered on this day or later is not confirmed by time today."""
    day = today
    while last_day(day - timedelta(days=1), days) >= today:
        day -= timedelta(days=1)
    return day


def standing(registered_on: date, confirmed_on: date | None, days: int, today: date) -> Standing:
    """Where it stands today."""
    if confirmed_on is not None:
        return Standing.CONFIRMED
    return Standing.WAITING if today <= last_day(registered_on, days) else Standing.ASSUMED

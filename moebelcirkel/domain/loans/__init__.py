"""Loans: furniture that an institution has until a day, free or by a daily rate."""

import datetime as dt

from moebelcirkel.domain.errors import N_, Refused

#: A loan for longer than this is no passing need.
MOST_DAYS = 366


def days_between(start: dt.date, end: dt.date) -> int:
    """How many days a loan takes; none where it ends before it has begun."""
    return max(0, (end - start).days)


def price_ore(rate_ore: int, days: int) -> int:
    """What one piece costs for so many days."""
    return rate_ore * days


def check_until(until: dt.date, today: dt.date) -> None:
    """Refuse a day that no loan can be planned to end on."""
    if until <= today:
        raise Refused(N_("The furniture must be returned on a later day than today."), field="loan")
    if days_between(today, until) > MOST_DAYS:
        raise Refused(
            N_("A loan lasts at most {most} days. Order the furniture for good instead."),
            field="loan",
            most=MOST_DAYS,
        )

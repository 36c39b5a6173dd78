"""The week in which an institution is delivered to: its weekday, and the weeks it is closed.

Closing weeks are ISO week numbers that hold in every year, such as 28-30, 42 and 52.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple

from moebelcirkel.domain.days import WEEKDAYS, holidays, working_day_after
from moebelcirkel.domain.errors import N_, Refused

_LAST_WEEK = 53
#: More closed weeks than half a year are a slip of the hand, and one must be left to come in.
MOST_CLOSED = 26
_SPAN = r"(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?"


class Week(NamedTuple):
    """A week as ISO counts it: the year it belongs to and its number."""

    year: int
    number: int

    @property
    def monday(self) -> dt.date:
        """Its first day."""
        return dt.date.fromisocalendar(self.year, self.number, 1)


def week_of(day: dt.date) -> Week:
    """The week a day lies in."""
    year, number, _day = day.isocalendar()
    return Week(year, number)


def closing_weeks(typed: str) -> frozenset[int]:
    """The week numbers that a text such as "28-30, 42" names; one of 52-1 goes over New Year."""
    found: set[int] = set()
    for part in filter(None, (part.strip() for part in re.split(r"[,;]", typed))):
        span = re.fullmatch(_SPAN, part)
        if span is None:
            raise Refused(N_("Write weeks as numbers, for example 28-30, 42, 52."))
        first = int(span[1])
        last = int(span[2] or first)
        if not (1 <= first <= _LAST_WEEK and 1 <= last <= _LAST_WEEK):
            raise Refused(N_("A week is a number from 1 to 53."))
        found |= _between(first, last)
    if len(found) > MOST_CLOSED:
        raise Refused(N_("At most {most} weeks can be closed."), most=MOST_CLOSED)
    return frozenset(found)


def _between(first: int, last: int) -> set[int]:
    if first <= last:
        return set(range(first, last + 1))
    return {*range(first, _LAST_WEEK + 1), *range(1, last + 1)}


def spelled_weeks(weeks: Iterable[int]) -> str:
    """The weeks as they are typed, those that follow each other as one span."""
    spans: list[list[int]] = []
    for week in sorted(set(weeks)):
        if spans and spans[-1][-1] == week - 1:
            spans[-1].append(week)
        else:
            spans.append([week])
    return ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)


def next_delivery(
    today: dt.date,
    weekday: int | None = None,
    closed: Collection[int] = frozenset(),
    lead_days: int = 0,
) -> dt.date:
    """The first day an institution can be delivered to what is ordered today.

    ``lead_days`` working days go by first. Without a ``weekday`` (1 for Monday to 5) any working
    day will do; a holiday on the weekday moves the delivery to its next week.
    """
    if len({week for week in closed if 1 <= week <= _LAST_WEEK}) > MOST_CLOSED:
        raise ValueError(f"{len(closed)} closed weeks")
    day = working_day_after(today, lead_days)
    while not _can_come(day, weekday, closed):
        day += dt.timedelta(days=1)
    return day


def fits(day: dt.date, weekday: int | None, closed: Collection[int]) -> bool:
    """Whether an institution takes deliveries on a day."""
    return weekday in (None, day.isoweekday()) and week_of(day).number not in closed


def _can_come(day: dt.date, weekday: int | None, closed: Collection[int]) -> bool:
    at = day.isoweekday()
    return (
        (at in WEEKDAYS if weekday is None else at == weekday)
        and day not in holidays(day.year)
        and week_of(day).number not in closed
    )

"""What is done without a person: when it is due, and when whoever began it must have died."""

import datetime as dt
import re
from dataclasses import dataclass

from moebelcirkel.domain.copies import time_of_day

#: What failed is tried again after this, or sooner where it is done more often.
AGAIN = dt.timedelta(minutes=30)
#: So long the log tells of what was done.
REMEMBERED = dt.timedelta(days=90)
#: So long after its time ran out furniture still lies in a basket that nobody looks at.
BASKET_KEPT = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class RoutinePace:
    """How often something is done, and how long one time of it may last at most."""

    every: dt.timedelta
    longest: dt.timedelta


@dataclass(frozen=True, slots=True)
class Last:
    """The last time it was begun; without ``finished_at`` somebody is at it, or died."""

    claimed_at: dt.datetime
    finished_at: dt.datetime | None
    failed: bool = False


def due_at(pace: RoutinePace, last: Last | None, now: dt.datetime) -> dt.datetime:
    """When it is to be done next; at once where it never was, or the clock has gone back since."""
    if last is None or last.claimed_at > now:
        return now
    return last.claimed_at + (min(AGAIN, pace.every) if last.failed else pace.every)


def is_held(pace: RoutinePace, last: Last | None, now: dt.datetime) -> bool:
    """Whether somebody is at it: one who began longer ago than it may last is taken for dead."""
    if last is None or last.finished_at is not None:
        return False
    return dt.timedelta(0) <= now - last.claimed_at < pace.longest


def hours_of(text: str) -> tuple[dt.time, ...]:
    """The times of a day as they are typed, such as "6.00, 12.30", in their order."""
    times = (time_of_day(each) for each in re.split(r"[,;\s]+", text))
    return tuple(sorted({each for each in times if each is not None}))


def is_due_by_hours(hours: tuple[dt.time, ...], last: Last | None, now: dt.datetime) -> bool:
    """Whether one of the hours has come since; ``now`` is in the municipality's zone.

    One that was missed is made good once; what failed is tried again after a while.
    """
    if last is None:
        return True
    if last.failed:
        return now - last.claimed_at >= AGAIN
    days = (now.date(), now.date() - dt.timedelta(days=1))
    moments = [dt.datetime.combine(day, hour, now.tzinfo) for day in days for hour in hours]
    come = [each for each in moments if each <= now]
    return bool(come) and last.claimed_at < max(come)

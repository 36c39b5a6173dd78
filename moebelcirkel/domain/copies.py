"""Copies of the database: when one is due, which are kept, and when their age is a worry."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from moebelcirkel.domain.errors import N_, Refused

#: Why a copy was taken: by itself, by hand, or before something large.
Why = Literal["daily", "hand", "import"]

#: After so long without a good copy the administrator is warned.
WORRY = dt.timedelta(days=2)
#: One that failed is tried again after this.
AGAIN = dt.timedelta(minutes=30)
#: Copies with faults in their figures; the newest are kept beside the good ones.
FLAWED_KEPT = 3

_TIME = re.compile(r"(\d{1,2})[.:](\d{2})")


@dataclass(frozen=True, slots=True)
class CopyPlan:
    """How many copies are kept, and at what time one is taken; without, at the first start."""

    daily: int = 7
    weekly: int = 8
    monthly: int = 12
    at: dt.time | None = None


def time_of_day(text: str) -> dt.time | None:
    """A time as it is typed, such as "14.30"; nothing means no time."""
    clean = text.strip()
    if not clean:
        return None
    found = _TIME.fullmatch(clean)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise Refused(N_("Write a time, for example 14.30, or leave the field empty."))
    return dt.time(int(found[1]), int(found[2]))


def is_due(
    now: dt.datetime,
    last_good: dt.datetime | None,
    last_try: dt.datetime | None,
    at: dt.time | None,
) -> bool:
    """Whether a copy should be taken by itself; all moments are in the municipality's zone.

    One that was missed, because the program was closed at its time, is taken at the next start.
    """
    if last_try is not None and dt.timedelta(0) <= now - last_try < AGAIN:
        return False
    if last_good is None or last_good > now:
        return True
    days = (now.date() - last_good.date()).days
    return days > 1 or (days == 1 and (at is None or now.time() >= at))


def is_worry(now: dt.datetime, last_good: dt.datetime | None) -> bool:
    """Whether the last good copy is so old that somebody should know."""
    return last_good is None or now - last_good > WORRY


def kept(taken: Iterable[dt.datetime], now: dt.datetime, plan: CopyPlan) -> set[dt.datetime]:
    """Which good copies are kept: all of today, and the newest of each day, week and month.

    The newest of all is kept whatever the plan says.
    """
    newest = sorted(taken, reverse=True)
    keep = {moment for moment in newest if moment.date() == now.date()} | set(newest[:1])
    spans: tuple[tuple[int, Callable[[dt.datetime], object]], ...] = (
        (plan.daily, lambda moment: moment.date()),
        (plan.weekly, lambda moment: moment.isocalendar()[:2]),
        (plan.monthly, lambda moment: (moment.year, moment.month)),
    )
    for count, span in spans:
        last_of: dict[object, dt.datetime] = {}
        for moment in newest:
            last_of.setdefault(span(moment), moment)
        keep |= set(list(last_of.values())[:count])
    return keep

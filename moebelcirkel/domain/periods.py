"""Periods people ask for figures of: this year, last year, a quarter, a month, from day to day."""

import datetime as dt
from calendar import isleap
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused

MOST_YEARS = 30
QUARTER = 3


@dataclass(frozen=True, slots=True)
class LeapDay:
    """A 29 February that comes between a period and the same days a year earlier.

    ``counted`` tells that it is in one of the two; else it follows on the last day of the earlier.
    """

    day: dt.date
    counted: bool


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day, both included."""

    start: dt.date
    end: dt.date

    def check(self) -> "Period":
        """The period itself; refuses one that ends before it begins or spans a lifetime."""
        if self.end < self.start:
            raise Refused(N_("The period ends before it begins."), field="end")
        if self.end.year - self.start.year > MOST_YEARS:
            raise Refused(
                N_("The period may be at most {count} years."), field="end", count=MOST_YEARS
            )
        return self

    def year_before(self) -> "Period":
        """The same days a year earlier; 29 February becomes 28 February."""
        return Period(_a_year_earlier(self.start), _a_year_earlier(self.end))

    def leap_day(self) -> LeapDay | None:
        """The 29 February that makes the year before another than this; None where there is none.

        Of two periods of whole years both have one or neither, which is no difference.
        """
        before = self.year_before()
        mine, other = _leap_days(self), _leap_days(before)
        if len(mine) != len(other):
            return LeapDay((mine or other)[-1], counted=True)
        following = before.end + dt.timedelta(days=1)
        if (following.month, following.day) == (2, 29):
            return LeapDay(following, counted=False)
        return None

    def months(self) -> list[tuple[int, int]]:
        """(year, month) of every month the period touches."""
        first = self.start.year * 12 + self.start.month - 1
        last = self.end.year * 12 + self.end.month - 1
        return [(month // 12, month % 12 + 1) for month in range(first, last + 1)]


def _leap_days(period: Period) -> list[dt.date]:
    years = range(period.start.year, period.end.year + 1)
    found = [dt.date(year, 2, 29) for year in years if isleap(year)]
    return [day for day in found if period.start <= day <= period.end]


def _a_year_earlier(day: dt.date) -> dt.date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap_day else day.day)


def this_year(today: dt.date) -> Period:
    """From 1 January up to today."""
    return Period(today.replace(month=1, day=1), today)


def last_year(today: dt.date) -> Period:
    """All of the year before."""
    return Period(dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31))


def last_twelve_months(today: dt.date) -> Period:
    """The year that ends today."""
    return Period(_a_year_earlier(today) + dt.timedelta(days=1), today)


def first_twelve_months(first: dt.date) -> Period:
    """The year that begins on a day."""
    leap_day = (first.month, first.day) == (2, 29)
    following = dt.date(first.year + 1, 3, 1) if leap_day else first.replace(year=first.year + 1)
    return Period(first, following - dt.timedelta(days=1))


def month(year: int, number: int) -> Period:
    """One calendar month."""
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return Period(dt.date(year, number, 1), following - dt.timedelta(days=1))


def quarter(year: int, number: int) -> Period:
    """One quarter, 1 to 4."""
    first = (number - 1) * QUARTER + 1
    return Period(month(year, first).start, month(year, first + QUARTER - 1).end)


def month_before(day: dt.date) -> Period:
    """The calendar month that ended last before a day."""
    end = day.replace(day=1) - dt.timedelta(days=1)
    return Period(end.replace(day=1), end)


def quarter_before(day: dt.date) -> Period:
    """The quarter that ended last before a day."""
    first = day.replace(day=1, month=day.month - (day.month - 1) % QUARTER)
    end = first - dt.timedelta(days=1)
    return quarter(end.year, (end.month - 1) // QUARTER + 1)


def latest_months(today: dt.date, count: int) -> list[tuple[int, int]]:
    """The latest months as (year, month), this one first."""
    now = today.year * 12 + today.month - 1
    return [(each // 12, each % 12 + 1) for each in range(now, now - count, -1)]


def latest_quarters(today: dt.date, count: int) -> list[tuple[int, int]]:
    """The latest quarters as (year, quarter), this one first."""
    now = today.year * 4 + (today.month - 1) // QUARTER
    return [(each // 4, each % 4 + 1) for each in range(now, now - count, -1)]


def median(counts: list[tuple[int, int]]) -> int | None:
    """The middle value of (value, how often) in rising order; the lower of two middle ones."""
    whole = sum(often for _value, often in counts)
    if whole == 0:
        return None
    seen = 0
    for value, often in counts:
        seen += often
        if seen * 2 >= whole:
            return value
    raise AssertionError("the counts do not add up")

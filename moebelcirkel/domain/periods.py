"""Periods people ask for figures of: this year, last year, a quarter, a month, from day to day."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused

MOST_YEARS = 30
QUARTER = 3


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

    def months(self) -> list[tuple[int, int]]:
        """(year, month) of every month the period touches."""
        first = self.start.year * 12 + self.start.month - 1
        last = self.end.year * 12 + self.end.month - 1
        return [(month // 12, month % 12 + 1) for month in range(first, last + 1)]


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


def month(year: int, number: int) -> Period:
    """One calendar month."""
    following = dt.date(year + number // 12, number % 12 + 1, 1)
    return Period(dt.date(year, number, 1), following - dt.timedelta(days=1))


def quarter(year: int, number: int) -> Period:
    """One quarter, 1 to 4."""
    first = (number - 1) * QUARTER + 1
    return Period(month(year, first).start, month(year, first + QUARTER - 1).end)


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

"""Periods: their bounds, the year before, and the middle of counts."""

import datetime as dt

import pytest

from moebelcirkel.domain import periods
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.periods import Period

TODAY = dt.date(2026, 11, 20)


def test_named_periods() -> None:
    assert periods.this_year(TODAY) == Period(dt.date(2026, 1, 1), TODAY)
    assert periods.last_year(TODAY) == Period(dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert periods.last_twelve_months(TODAY) == Period(dt.date(2025, 11, 21), TODAY)
    assert periods.month(2028, 2) == Period(dt.date(2028, 2, 1), dt.date(2028, 2, 29))
    assert periods.month(2026, 12).end == dt.date(2026, 12, 31)
    assert periods.quarter(2026, 4) == Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31))


def test_latest_months_and_quarters_cross_the_year() -> None:
    assert periods.latest_months(dt.date(2026, 2, 1), 3) == [(2026, 2), (2026, 1), (2025, 12)]
    assert periods.latest_quarters(dt.date(2026, 2, 1), 2) == [(2026, 1), (2025, 4)]


def test_the_year_before_and_its_leap_day() -> None:
    before = Period(dt.date(2028, 2, 29), dt.date(2028, 3, 1)).year_before()
    assert before == Period(dt.date(2027, 2, 28), dt.date(2027, 3, 1))


def test_months_of_a_period() -> None:
    found = Period(dt.date(2025, 11, 21), dt.date(2026, 1, 1)).months()
    assert found == [(2025, 11), (2025, 12), (2026, 1)]


def test_impossible_periods() -> None:
    with pytest.raises(Refused, match="before it begins"):
        Period(TODAY, dt.date(2026, 11, 19)).check()
    with pytest.raises(Refused, match="at most"):
        Period(dt.date(1990, 1, 1), TODAY).check()
    assert Period(TODAY, TODAY).check().start == TODAY


@pytest.mark.parametrize(
    ("counts", "middle"),
    [([], None), ([(4, 1)], 4), ([(1, 2), (9, 2)], 1), ([(1, 1), (2, 1), (9, 1)], 2)],
)
def test_the_median(counts: list[tuple[int, int]], middle: int | None) -> None:
    assert periods.median(counts) == middle


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [
        (dt.date(2026, 1, 1), (dt.date(2025, 12, 1), 31), (dt.date(2025, 10, 1), 31)),
        (dt.date(2026, 3, 31), (dt.date(2026, 2, 1), 28), (dt.date(2025, 10, 1), 31)),
        (dt.date(2028, 4, 1), (dt.date(2028, 3, 1), 31), (dt.date(2028, 1, 1), 31)),
        (dt.date(2028, 3, 1), (dt.date(2028, 2, 1), 29), (dt.date(2027, 10, 1), 31)),
    ],
)
def test_the_month_and_the_quarter_that_ended_last(
    day: dt.date, month: tuple[dt.date, int], quarter: tuple[dt.date, int]
) -> None:
    for found, (start, last) in (
        (periods.month_before(day), month),
        (periods.quarter_before(day), quarter),
    ):
        assert (found.start, found.end.day) == (start, last)
        assert found.end < day

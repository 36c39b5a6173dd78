"""The week an institution is delivered to."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.days import WEEKDAYS, holidays
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.runs import (
    MOST_CLOSED,
    closing_weeks,
    next_delivery,
    spelled_weeks,
    week_of,
)

WEEKS = st.frozensets(st.integers(1, 53), max_size=MOST_CLOSED)
DAYS = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))


@given(DAYS, st.sampled_from([None, 1, 2, 3, 4, 5]), WEEKS, st.integers(0, 10))
def test_the_day_is_the_first_that_fits(
    today: dt.date, weekday: int | None, closed: frozenset[int], lead: int
) -> None:
    day = next_delivery(today, weekday, closed, lead)
    assert day >= today + dt.timedelta(days=lead)
    assert day.isoweekday() == weekday if weekday else day.isoweekday() in WEEKDAYS
    assert week_of(day).number not in closed
    assert day not in holidays(day.year)
    if day > today and lead == 0:
        assert next_delivery(day - dt.timedelta(days=1), weekday, closed) == day


@given(WEEKS)
def test_weeks_read_back_as_they_are_spelled(weeks: frozenset[int]) -> None:
    assert closing_weeks(spelled_weeks(weeks)) == weeks


def test_a_wednesdays_order_waits_for_the_next_thursday_but_not_in_a_closed_week() -> None:
    wednesday = dt.date(2026, 11, 25)
    assert next_delivery(wednesday, 4) == dt.date(2026, 11, 26)
    assert next_delivery(wednesday, 4, lead_days=2) == dt.date(2026, 12, 3)
    assert next_delivery(wednesday, 4, {48, 49}) == dt.date(2026, 12, 10)
    # Ascension Day of 2026 is a Thursday.
    assert next_delivery(dt.date(2026, 5, 11), 4) == dt.date(2026, 5, 21)
    # The year's last week belongs to the year of its Thursday.
    assert week_of(dt.date(2027, 1, 1)) == (2026, 53)


def test_a_span_goes_over_new_year() -> None:
    assert closing_weeks("52-1; 7") == {52, 53, 1, 7}
    assert spelled_weeks({28, 29, 30, 42}) == "28-30, 42"


@pytest.mark.parametrize("typed", ["0", "54", "uge 28", "28-", "1-40", "28--30"])
def test_what_is_no_week_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        closing_weeks(typed)

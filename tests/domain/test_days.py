"""The days on which a municipality works."""

import datetime as dt

import pytest

from moebelcirkel.domain.days import is_working_day, working_day_after
from moebelcirkel.domain.orders import promised_on


@pytest.mark.parametrize(
    "day",
    [
        dt.date(2026, 1, 1),
        dt.date(2026, 4, 2),
        dt.date(2026, 4, 3),
        dt.date(2026, 4, 6),
        dt.date(2026, 5, 14),
        dt.date(2026, 5, 25),
        dt.date(2026, 6, 5),
        dt.date(2026, 12, 24),
        dt.date(2026, 12, 25),
        dt.date(2028, 12, 26),
        dt.date(2023, 5, 5),
    ],
)
def test_nobody_works_on_holidays_constitution_day_and_christmas_eve(day: dt.date) -> None:
    assert day.isoweekday() <= 5
    assert not is_working_day(day)
    assert working_day_after(day - dt.timedelta(days=1), 1) > day


@pytest.mark.parametrize(
    "day", [dt.date(2024, 4, 26), dt.date(2026, 12, 23), dt.date(2026, 12, 31), dt.date(2026, 6, 4)]
)
def test_store_bededag_is_a_working_day_since_2024_and_so_is_new_years_eve(day: dt.date) -> None:
    assert is_working_day(day)


def test_a_deadline_goes_over_christmas_and_a_promise_comes_before_it() -> None:
    assert working_day_after(dt.date(2026, 12, 23), 1) == dt.date(2026, 12, 28)
    assert working_day_after(dt.date(2026, 6, 4), 1) == dt.date(2026, 6, 8)
    # Without a weekday it comes by the week's last working day.
    assert promised_on(dt.date(2026, 12, 21), 0, None) == dt.date(2026, 12, 23)
    # Christmas Eve of 2026 is a Thursday.
    assert promised_on(dt.date(2026, 12, 21), 0, 4) == dt.date(2026, 12, 31)

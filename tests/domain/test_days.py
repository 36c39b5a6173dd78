"""The days on which a municipality works."""

import datetime as dt

import pytest

from moebelcirkel.domain.days import Lies, Near, is_working_day, typed_day, working_day_after
from moebelcirkel.domain.errors import Refused
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


MONTHS = (
    "januar februar marts april maj juni juli august september oktober november december",
    "January February March April May June July August September October November December",
)


def meant_day(text: str, near: Near | None) -> dt.date:
    return typed_day(text, MONTHS, "20.11.2026", near)


@pytest.mark.parametrize(
    ("text", "today", "lies", "meant"),
    [
        ("3.12", "2026-11-30", "near", "2026-12-03"),
        ("12/12", "2026-11-30", "ahead", "2026-12-12"),
        ("12-1", "2026-11-30", "ahead", "2027-01-12"),
        ("12. 1.", "2026-11-30", "near", "2027-01-12"),
        ("1.1", "2026-11-30", "past", "2026-01-01"),
        ("30.11.", "2026-11-30", "ahead", "2026-11-30"),
        ("30.11", "2026-11-30", "past", "2026-11-30"),
        ("1/12", "2026-11-30", "past", "2025-12-01"),
        ("3. december", "2026-11-30", "ahead", "2026-12-03"),
        ("3 dec", "2026-11-30", "ahead", "2026-12-03"),
        ("29.2", "2027-11-30", "ahead", "2028-02-29"),
    ],
)
def test_a_day_without_a_year_is_the_one_that_is_meant(
    text: str, today: str, lies: Lies, meant: str
) -> None:
    near = Near(dt.date.fromisoformat(today), lies)
    assert meant_day(text, near) == dt.date.fromisoformat(meant)


@pytest.mark.parametrize("text", ["29.2", "31.4", "12.13", "3.124", "3,12"])
def test_without_a_year_there_are_days_that_are_none(text: str) -> None:
    with pytest.raises(Refused):
        meant_day(text, Near(dt.date(2026, 11, 30)))


@pytest.mark.parametrize("text", ["3.12", "12/12", "3. december"])
def test_in_a_file_it_is_none(text: str) -> None:
    with pytest.raises(Refused):
        meant_day(text, None)

"""When a copy is due, which are kept, and how a time is typed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain import copies
from moebelcirkel.domain.copies import CopyPlan
from moebelcirkel.domain.errors import Refused

NOW = dt.datetime(2026, 11, 20, 9, 5, tzinfo=dt.UTC)
_HOUR, _DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def test_the_first_copy_is_due_at_once_and_the_next_one_tomorrow() -> None:
    assert copies.is_due(NOW, None, None, None)
    assert not copies.is_due(NOW, NOW - _HOUR, NOW - _HOUR, None)
    assert copies.is_due(NOW, NOW - 12 * _HOUR, NOW - 12 * _HOUR, None)


def test_with_a_time_it_is_due_at_that_time_or_when_it_was_missed() -> None:
    at = dt.time(14, 30)
    yesterday = NOW - _DAY
    assert not copies.is_due(NOW, yesterday, yesterday, at)
    assert copies.is_due(NOW + 6 * _HOUR, yesterday, yesterday, at)
    assert copies.is_due(NOW, yesterday - _DAY, yesterday - _DAY, at)


def test_one_that_failed_is_tried_again_after_a_while() -> None:
    assert not copies.is_due(NOW, None, NOW - dt.timedelta(minutes=5), None)
    assert copies.is_due(NOW, None, NOW - _HOUR, None)


def test_a_clock_that_was_ahead_once_does_not_end_the_copies() -> None:
    assert copies.is_due(NOW, NOW + 100 * _DAY, NOW + 100 * _DAY, None)


def test_two_days_without_a_good_copy_are_a_worry() -> None:
    assert copies.is_worry(NOW, None)
    assert not copies.is_worry(NOW, NOW - 2 * _DAY)
    assert copies.is_worry(NOW, NOW - 2 * _DAY - _HOUR)


def test_a_year_of_daily_copies_leaves_days_weeks_and_months() -> None:
    taken = [NOW - day * _DAY for day in range(365)]
    kept = sorted(copies.kept(taken, NOW, CopyPlan()), reverse=True)
    assert kept[:7] == taken[:7]
    weeks = {moment.isocalendar()[:2] for moment in kept}
    months = {(moment.year, moment.month) for moment in kept}
    assert len(weeks) >= 8
    assert len(months) == 12
    assert len(kept) <= 7 + 8 + 12


def test_all_of_today_is_kept() -> None:
    taken = [NOW - minutes * dt.timedelta(minutes=1) for minutes in range(20)]
    assert copies.kept(taken, NOW, CopyPlan()) == set(taken)


_MOMENTS = st.lists(
    st.integers(0, 2_000_000).map(lambda minutes: NOW - dt.timedelta(minutes=minutes)), max_size=60
)


@given(_MOMENTS, st.integers(1, 10), st.integers(0, 10), st.integers(0, 15))
def test_whatever_is_kept_was_taken_and_the_newest_always_stays(
    taken: list[dt.datetime], daily: int, weekly: int, monthly: int
) -> None:
    kept = copies.kept(taken, NOW, CopyPlan(daily, weekly, monthly))
    assert kept <= set(taken)
    assert not taken or max(taken) in kept
    # Thinning out again takes nothing more away.
    assert copies.kept(kept, NOW, CopyPlan(daily, weekly, monthly)) == kept


@pytest.mark.parametrize(("text", "meant"), [("14.30", (14, 30)), (" 7:05 ", (7, 5))])
def test_a_time_is_typed_as_people_write_it(text: str, meant: tuple[int, int]) -> None:
    assert copies.time_of_day(text) == dt.time(*meant)
    assert copies.time_of_day("") is None


@pytest.mark.parametrize("text", ["24.00", "12.60", "middag", "9"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(Refused, match="14.30"):
        copies.time_of_day(text)

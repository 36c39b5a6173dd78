"""Who has to approve an order, and what it becomes when its last line is gone."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.days import holidays
from moebelcirkel.domain.errors import Invalid
from moebelcirkel.domain.orders import (
    Needs,
    OrderState,
    Party,
    Why,
    Wishes,
    makes_it,
    needs,
    order_number,
    promised_on,
    reasons,
    state_when_nothing_is_open,
)


@pytest.mark.parametrize(
    ("total", "leads", "expected"),
    [
        (0, True, Needs.NOTHING),
        (1_000_000, True, Needs.NOTHING),
        (1_000_001, True, Needs.APPROVER),
        (0, False, Needs.LEADER),
        (1_000_000, False, Needs.LEADER),
        (1_000_001, False, Needs.APPROVER),
    ],
)
def test_the_limit_decides_who_approves(total: int, leads: bool, expected: Needs) -> None:
    assert needs(total, 1_000_000, leads=leads) is expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["open", "delivered"], None),
        (["picked"], None),
        (["cancelled", "delivered"], OrderState.DELIVERED),
        (["cancelled", "cancelled"], OrderState.CANCELLED),
    ],
)
def test_an_order_ends_with_its_last_open_line(
    lines: list[str], expected: OrderState | None
) -> None:
    assert state_when_nothing_is_open(lines) is expected


def test_order_numbers_have_six_digits() -> None:
    assert order_number(123) == "B-000123"


_DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))


@given(_DAYS, st.integers(0, 60), st.none() | st.integers(1, 5))
def test_what_is_promised_is_a_working_day_on_the_fixed_weekday(
    ordered: dt.date, lead: int, weekday: int | None
) -> None:
    day = promised_on(ordered, lead, weekday)
    assert day >= ordered
    assert day.isoweekday() <= 5
    assert day not in holidays(day.year)
    assert weekday is None or day.isoweekday() == weekday
    assert promised_on(ordered, lead + 1, weekday) >= day


def test_without_a_fixed_day_the_whole_week_is_promised() -> None:
    assert promised_on(dt.date(2026, 11, 30), 5, None) == dt.date(2026, 12, 11)
    assert promised_on(dt.date(2026, 11, 30), 5, 4) == dt.date(2026, 12, 10)
    assert promised_on(dt.date(2026, 12, 17), 1, None) == dt.date(2026, 12, 18)
    christmas = promised_on(dt.date(2026, 12, 18), 1, None)
    assert christmas == dt.date(2026, 12, 23)


def test_it_is_in_time_when_promised_by_the_day_it_is_needed() -> None:
    friday = dt.date(2026, 12, 11)
    assert makes_it(friday, friday)
    assert makes_it(friday, None)
    assert not makes_it(friday, friday - dt.timedelta(days=1))


def test_wishes_are_trimmed_and_refused_field_by_field() -> None:
    today = dt.date(2026, 11, 30)
    assert Wishes(None, "  A  12 ", " 1. sal ").checked(today).building == "A 12"
    late = Wishes(today - dt.timedelta(days=1), "x" * 121, "y" * 21, "rope")  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused:
        late.checked(today)
    assert set(refused.value.errors) == {"needed_on", "building", "floor", "way_in"}


def test_every_reason_lies_on_one_side() -> None:
    assert {*reasons(Party.INSTITUTION), *reasons(Party.EXCHANGE)} == set(Why)

"""Who has to approve an order, and what it becomes when its last line is gone."""

import pytest

from moebelcirkel.domain.orders import (
    Needs,
    OrderState,
    needs,
    order_number,
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

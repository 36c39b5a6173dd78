"""The internal price and the advice to repair."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.prices import (
    PriceRule,
    checked_price,
    cost_pays,
    is_far_out,
    labour_ore,
    suggested_price,
)


def test_default_rule() -> None:
    prices = [suggested_price(335_000, condition) for condition in Condition]
    assert prices == [168_000, 134_000, 84_000, 34_000]
    assert suggested_price(0, Condition.A) == 0
    assert suggested_price(335_000, Condition.C, PriceRule(step_ore=5_000)) == 85_000


@given(st.integers(0, 10**9), st.sampled_from(Condition), st.integers(0, 100))
def test_prices_are_whole_tens_near_the_percentage(
    new_price: int, condition: Condition, percent: int
) -> None:
    price = suggested_price(new_price, condition, PriceRule(percent, percent, percent, percent))
    assert price % 1000 == 0
    assert abs(price - new_price * percent / 100) <= 500.001


def test_rules_that_make_no_sense() -> None:
    PriceRule().check()
    PriceRule(0, 0, 0, 0).check()
    for wrong in [PriceRule(101), PriceRule(d=-1), PriceRule(b=60), PriceRule(step_ore=0)]:
        with pytest.raises(Refused):
            wrong.check()


def test_typed_prices() -> None:
    assert checked_price(0) == 0
    for wrong in [-1, 100_000_001]:
        with pytest.raises(Refused):
            checked_price(wrong)


def test_repair_advice() -> None:
    assert labour_ore(35, 30_000) == 17_500
    assert cost_pays(335_000, 21_000 + 17_500)
    assert not cost_pays(10_000, 4_000)
    assert not cost_pays(0, 0)


def test_prices_far_from_what_a_category_costs() -> None:
    low, high = 100_500, 804_000
    assert not is_far_out(1_005, low, high)
    assert is_far_out(1_004, low, high)
    assert not is_far_out(80_400_000, low, high)
    assert is_far_out(80_400_001, low, high)

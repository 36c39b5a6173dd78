"""Rounding and sharing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.money import grams, split_evenly, split_ore, whole


def test_half_even() -> None:
    assert [whole(Decimal(text)) for text in ("0.5", "1.5", "2.5", "-0.5", "-1.5")] == [
        0,
        2,
        2,
        0,
        -2,
    ]
    assert grams(Decimal("24.7958")) == 24796


@given(
    st.integers(-(10**12), 10**12),
    st.lists(st.integers(0, 10**6) | st.decimals(0, 1000, places=3), min_size=1, max_size=30),
)
def test_a_shared_sum_adds_up_and_is_fair(total: int, weights: list[int | Decimal]) -> None:
    parts = split_ore(total, weights)
    assert sum(parts) == total
    assert len(parts) == len(weights)
    whole_weight = sum(Decimal(weight) for weight in weights)
    if whole_weight:
        for part, weight in zip(parts, weights, strict=True):
            assert abs(part - total * Decimal(weight) / whole_weight) <= 1


def test_the_largest_remainder_gets_the_odd_ore() -> None:
    assert split_ore(100, [1, 1, 1]) == [34, 33, 33]
    assert split_ore(10, [1, 2]) == [3, 7]
    assert split_ore(-100, [1, 1, 1]) == [-34, -33, -33]
    assert split_ore(5, [0, 0]) == [3, 2]
    assert split_evenly(7, 3) == [3, 2, 2]


@pytest.mark.parametrize("weights", [[], [1, -1]])
def test_sharing_that_makes_no_sense(weights: list[int | Decimal]) -> None:
    with pytest.raises(ValueError, match=r"share|weight"):
        split_ore(100, weights)

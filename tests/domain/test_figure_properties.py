"""What holds for the figures of any unit, however often it goes round."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel.domain.figures import (
    FIGURE_NAMES,
    SCENARIOS,
    Figures,
    credited_fee_ore,
    hand_over,
    l_at_hand_over,
    late_cost,
    life_left_after_return,
    lifetime_at_shares,
    negative,
    outermost,
    returned,
    reversal,
    total,
)
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.domain.money import whole
from tests.domain.figure_cases import chair, decimals, figure_inputs


@given(figure_inputs())
def test_inputs_survive_storage(inputs: FigureInputs) -> None:
    restored = FigureInputs.from_dict(json.loads(json.dumps(inputs.as_dict())))
    assert restored == inputs
    assert restored.as_dict() == inputs.as_dict()
    assert hand_over(restored) == hand_over(inputs)


@given(figure_inputs(), st.integers(0, 20_000))
def test_a_reversal_is_the_exact_negative(inputs: FigureInputs, days: int) -> None:
    for line in (hand_over(inputs), returned(inputs, days)[0], late_cost(inputs)):
        assert negative(reversal(line)) == line
        assert -line == reversal(line)
        undone = total([line, reversal(line)])
        assert all(not getattr(undone, name) for name in FIGURE_NAMES)


@given(st.lists(figure_inputs(), max_size=6))
def test_a_total_is_the_sum_of_its_rounded_lines(several: list[FigureInputs]) -> None:
    lines = [hand_over(inputs) for inputs in several]
    whole = total(lines)
    for name in FIGURE_NAMES:
        known = [value for line in lines if (value := getattr(line, name)) is not None]
        expected = sum(known) if known or not name.endswith("_g") else None
        assert getattr(whole, name) == expected


@given(figure_inputs(factor=True))
def test_figures_are_linear_in_d(inputs: FigureInputs) -> None:
    figures = hand_over(inputs)
    assert figures.net_d27_g is not None
    assert figures.net_d100_g is not None
    assert figures.net_d50_g is not None
    # 0.5 lies 23/73 of the way from 0.27 to 1.
    for low, mid, high in (
        (figures.cash_d27_ore, figures.cash_d50_ore, figures.cash_d100_ore),
        (figures.net_d27_g, figures.net_d50_g, figures.net_d100_g),
    ):
        assert abs(Decimal(low) + Decimal(high - low) * 23 / 73 - mid) <= Decimal("1.5")


def _span(line: Figures) -> list[int]:
    """From one extreme of CO2e to the other, as far as there is a factor."""
    names = ("bound_low_g", "low_g", "net_g", "high_g", "bound_high_g")
    return [value for name in names if (value := getattr(line, name)) is not None]


@given(figure_inputs(factor=True), st.integers(0, 20_000))
def test_no_line_lies_outside_its_own_extremes(inputs: FigureInputs, days: int) -> None:
    """What a return takes back is largest at the highest: there the order is turned round."""
    figures, (back, _used) = hand_over(inputs), returned(inputs, days)
    for rising in (figures, late_cost(inputs), reversal(back)):
        assert _span(rising) == sorted(_span(rising))
    for falling in (back, reversal(figures), reversal(late_cost(inputs))):
        assert _span(falling) == sorted(_span(falling), reverse=True)
    assert (figures.net_g or 0) <= (figures.gross_g or 0)


@given(figure_inputs(factor=True), st.integers(0, 20_000), st.booleans())
def test_what_stands_of_a_loop_lies_within_its_extremes(
    inputs: FigureInputs, days: int, undone: bool
) -> None:
    """Hand-over and return together are the line with the life used, a gram of each rounded."""
    back, _used = returned(inputs, days)
    lines = [hand_over(inputs), back, *([reversal(back)] if undone else [])]
    together = _span(total(lines))
    assert all(one <= other + len(lines) for one, other in itertools.pairwise(together))


PARTS = st.lists(st.lists(st.integers(-9_000, 9_000), min_size=3, max_size=3), max_size=12)


@given(PARTS, st.integers(0, 12))
def test_a_sum_lies_within_what_its_parts_reach_and_finer_parts_reach_farther(
    parts: list[list[int]], at: int
) -> None:
    low, high = outermost(parts)
    assert low <= sum(part[1] for part in parts) <= high
    assert low <= sum(part[0] for part in parts) <= high
    joined = [[sum(column) for column in zip(*parts[:at], strict=True)], *parts[at:]]
    least, most = outermost(filter(None, joined))
    assert low <= least <= most <= high


@given(figure_inputs(), st.integers(0, 20_000))
def test_the_waste_fee_stays_with_the_last_hand_over_alone(inputs: FigureInputs, days: int) -> None:
    fee = whole(credited_fee_ore(inputs))
    free = replace(inputs, fee_ore_per_tonne=0)
    handed, back = hand_over(inputs), returned(inputs, days)[0]
    assert abs(handed.cash_ore - hand_over(free).cash_ore - fee) <= 1
    ended = total([handed, back])
    without = total([hand_over(free), returned(free, days)[0]])
    for name in ("cash_ore", "lifetime_ore", "cash_d27_ore", "cash_d100_ore"):
        assert abs(getattr(ended, name) - getattr(without, name)) <= 2
    kept = total([handed, returned(inputs, days, fee_kept=True)[0]])
    assert abs(kept.cash_ore - without.cash_ore - fee) <= 2


@given(figure_inputs(), st.integers(0, 20_000))
def test_a_return_takes_back_and_never_gives(inputs: FigureInputs, days: int) -> None:
    adjustment, used = returned(inputs, days)
    assert 0 <= used <= inputs.l
    assert adjustment.count == adjustment.new_value_ore == 0
    assert not adjustment.gross_g
    assert adjustment.cash_ore <= 0
    assert adjustment.lifetime_ore <= 0
    assert (adjustment.net_g or 0) <= 0
    assert (adjustment.bound_high_g or 0) <= 0


LOOPS = st.lists(
    st.tuples(
        decimals("0", "1"),
        st.sampled_from(["0.2", "0.4", "0.6", "0.8", "1"]).map(Decimal),
        st.integers(0, 4_000),
    ),
    min_size=1,
    max_size=8,
)


@given(LOOPS, st.integers(0, 5_000_000), decimals("1", "25", 1))
def test_a_life_is_never_credited_twice(
    loops: list[tuple[Decimal, Decimal, int]], price: int, years: Decimal
) -> None:
    """Ended loops and the open one stay within one new price and one life, whatever comes."""
    left, used_in_all = Decimal(1), Decimal(0)
    booked = Figures()
    for number, (share, base, days) in enumerate(loops):
        inputs = chair(
            new_price_ore=price,
            lifetime_years=years,
            d=share,
            base_l=base,
            life_left=left,
            l=l_at_hand_over(base, left),
            r_kg=Decimal(0),
            r_low_kg=Decimal(0),
            r_high_kg=Decimal(0),
            km=Decimal(0),
        )
        booked += hand_over(inputs)
        rounding = 2 * (number + 1)
        assert booked.cash_ore <= price + rounding
        assert booked.cash_d100_ore <= price + rounding
        assert booked.lifetime_ore <= price + rounding
        assert (booked.net_g or 0) <= 73_562 + rounding
        adjustment, used = returned(inputs, days)
        booked += adjustment
        used_in_all += used
        left = life_left_after_return(left, used)
        assert used_in_all + left == 1
    assert booked.cash_ore <= price * used_in_all + 2 * len(loops)


@pytest.mark.parametrize(
    "wrong",
    [
        {"l": Decimal("0.9"), "life_left": Decimal("0.8")},
        {"life_left": Decimal("1.1")},
        {"d": Decimal("1.1")},
        {"lifetime_years": Decimal(0)},
        {"mass_kg": Decimal(-1)},
        {"e_low": None},
    ],
)
def test_inputs_that_contradict_each_other_are_a_fault(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        chair(**wrong)


@given(figure_inputs(), st.integers(0, 20_000))
def test_at_its_own_share_a_line_is_adjusted_for_life_as_it_was(
    inputs: FigureInputs, days: int
) -> None:
    own = [place for place, d in enumerate(SCENARIOS.values()) if d == inputs.d]
    for place in own:
        assert lifetime_at_shares(inputs)[place] == hand_over(inputs).lifetime_ore
        back, _used = returned(inputs, days)
        assert lifetime_at_shares(inputs, days)[place] == back.lifetime_ore

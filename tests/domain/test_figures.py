"""The worked examples of db/reference/METODE.md, section 7, to the last printed digit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.figures import (
    PRECISION,
    Figures,
    co2_value_ore,
    exact_co2,
    exact_money,
    hand_over,
    l_at_hand_over,
    l_used,
    late_cost,
    life_at_hand_over,
    life_left_after_return,
    life_when_ended,
    returned,
    shadow_price_ore,
)
from moebelcirkel.domain.figures.breakdown import RowKind, breakdown, money_breakdown
from moebelcirkel.domain.figures.inputs import FigureInputs
from tests.domain.figure_cases import chair

FEE = 60_000  # øre per tonne
DAYS_3_2_YEARS = 1168

EXAMPLE_A = chair(
    d=Decimal("0.7"),
    l=Decimal("0.5"),
    base_l=Decimal("0.5"),
    refurb_ore=10_000,
    transport_ore=10_000,
    fee_ore_per_tonne=FEE,
)
EXAMPLE_B = chair(
    category_key="desk_sit_stand",
    mass_kg=Decimal(60),
    e_low=Decimal(110),
    e_mid=Decimal(160),
    e_high=Decimal(180),
    d=Decimal("0.7"),
    l=Decimal("0.5"),
    base_l=Decimal("0.5"),
    new_price_ore=420_000,
    refurb_ore=20_000,
    transport_ore=10_000,
    fee_ore_per_tonne=FEE,
)
EXAMPLE_C = chair()


def second_loop() -> FigureInputs:
    """Example C's hand-over of 2026, with the life its first loop has left."""
    left = life_left_after_return(EXAMPLE_C.life_left, returned(EXAMPLE_C, DAYS_3_2_YEARS)[1])
    return chair(
        answer=Answer.YES,
        d=Decimal(1),
        life_left=left,
        l=l_at_hand_over(EXAMPLE_C.base_l, left),
        r_kg=Decimal("3.5"),
        r_low_kg=Decimal("3.5"),
        r_high_kg=Decimal("3.5"),
    )


def printed(inputs: FigureInputs) -> dict[str, str]:
    """Unrounded kg of a hand-over at the four decimals the paper prints."""
    exact = exact_co2(inputs, life_at_hand_over(inputs))
    return {name: f"{exact[name]:.4f}" for name in ("net_g", "low_g", "high_g", "gross_g")}


def test_example_a() -> None:
    figures = hand_over(EXAMPLE_A)
    assert printed(EXAMPLE_A)["net_g"] == "24.7958"
    assert printed(EXAMPLE_A)["gross_g"] == "72.6105"
    assert (figures.net_g, figures.gross_g) == (24_796, 72_610)
    assert (figures.cash_ore, figures.lifetime_ore) == (215_652, 98_402)
    assert (figures.count, figures.new_value_ore) == (1, 335_000)
    assert co2_value_ore(24_796, 121_000) == 3_000


def test_example_b() -> None:
    figures = hand_over(EXAMPLE_B)
    assert printed(EXAMPLE_B)["net_g"] == "55.7993"
    assert printed(EXAMPLE_B)["gross_g"] == "162.9702"
    assert (figures.net_g, figures.gross_g) == (55_799, 162_970)
    assert (figures.cash_ore, figures.lifetime_ore) == (267_600, 120_600)
    assert co2_value_ore(55_799, 121_000) == 6_752


def test_example_c_first_hand_over() -> None:
    figures = hand_over(EXAMPLE_C)
    assert printed(EXAMPLE_C) == {
        "net_g": "21.1177",
        "low_g": "10.3177",
        "high_g": "35.5177",
        "gross_g": "72.6105",
    }
    assert (figures.net_g, figures.low_g, figures.high_g) == (21_118, 10_318, 35_518)
    assert (figures.cash_ore, figures.lifetime_ore) == (167_500, 100_500)


def test_example_c_return() -> None:
    figures, used = returned(EXAMPLE_C, DAYS_3_2_YEARS)
    assert f"{used:.6f}" == "0.213333"
    old = exact_co2(EXAMPLE_C, life_at_hand_over(EXAMPLE_C))
    new = exact_co2(EXAMPLE_C, life_when_ended(used))
    assert [f"{new[name] - old[name]:.4f}" for name in ("net_g", "low_g", "high_g")] == [
        "-14.2218",
        "-7.2618",
        "-23.5018",
    ]
    assert (figures.net_g, figures.low_g, figures.high_g) == (-14_222, -7_262, -23_502)
    assert (figures.gross_g, figures.count, figures.new_value_ore) == (0, 0, 0)
    assert (figures.cash_ore, figures.lifetime_ore) == (-131_767, -64_767)


def test_example_c_second_hand_over() -> None:
    inputs = second_loop()
    figures = hand_over(inputs)
    assert f"{inputs.life_left:.4f}" == "0.7867"
    assert inputs.l == Decimal("0.6")
    assert printed(inputs) == {
        "net_g": "40.1860",
        "low_g": "18.5860",
        "high_g": "68.9860",
        "gross_g": "69.6105",
    }
    assert (figures.net_g, figures.low_g, figures.high_g) == (40_186, 18_586, 68_986)
    assert (figures.cash_ore, figures.lifetime_ore) == (263_533, 201_000)


def test_bounding_line_takes_all_extremes() -> None:
    """0.27 x 0.3 x (36 + 1.561037) - 13.3 - 1.50192, and 1 x 1 x (120 + 1.561037 + 8.64) - ..."""
    inputs = chair(r_kg=Decimal(9), r_low_kg=Decimal("3.4"), r_high_kg=Decimal("13.3"))
    figures = hand_over(inputs)
    assert figures.bound_low_g == -11_759
    assert figures.bound_high_g == 126_651


def test_bounding_line_is_capped_by_life_left_and_keeps_the_life_used() -> None:
    short = chair(life_left=Decimal("0.1"), l=Decimal("0.1"))
    exact = exact_co2(short, life_at_hand_over(short))
    as_ended = exact_co2(short, life_when_ended(Decimal("0.1")))
    assert exact["bound_low_g"] == as_ended["bound_low_g"]
    assert exact["bound_high_g"] == as_ended["bound_high_g"]
    adjustment, used = returned(EXAMPLE_C, DAYS_3_2_YEARS)
    old, new = hand_over(EXAMPLE_C), exact_co2(EXAMPLE_C, life_when_ended(used))
    assert adjustment.bound_high_g is not None
    assert old.bound_high_g is not None
    assert abs(old.bound_high_g + adjustment.bound_high_g - new["bound_high_g"] * 1000) <= 1


def test_scenarios_replace_d() -> None:
    figures = hand_over(EXAMPLE_C)
    at_d = {share: hand_over(chair(d=Decimal(share))) for share in ("0.27", "0.5", "0.7", "1")}
    assert [
        (figures.cash_d27_ore, figures.net_d27_g),
        (figures.cash_d50_ore, figures.net_d50_g),
        (figures.cash_d70_ore, figures.net_d70_g),
        (figures.cash_d100_ore, figures.net_d100_g),
    ] == [(one.cash_ore, one.net_g) for one in at_d.values()]


def test_with_no_life_left_a_line_shows_only_its_costs() -> None:
    spent = chair(
        life_left=Decimal(0),
        l=Decimal(0),
        refurb_ore=10_000,
        transport_ore=10_000,
        fee_ore_per_tonne=FEE,
    )
    figures = hand_over(spent)
    assert figures.cash_ore == figures.lifetime_ore == figures.cash_d100_ore == -20_000
    assert figures.net_g == figures.low_g == figures.high_g == figures.net_d100_g == -951
    assert figures.count == 1


def test_late_cost_shows_only_what_was_booked() -> None:
    figures = late_cost(chair(refurb_ore=12_345, transport_ore=10_000, r_high_kg=Decimal("0.7")))
    assert figures == Figures(
        cash_ore=-12_345,
        lifetime_ore=-12_345,
        net_g=-500,
        low_g=-500,
        high_g=-500,
        gross_g=0,
        bound_low_g=-700,
        bound_high_g=-500,
        cash_d27_ore=-12_345,
        cash_d50_ore=-12_345,
        cash_d70_ore=-12_345,
        cash_d100_ore=-12_345,
        net_d27_g=-500,
        net_d50_g=-500,
        net_d70_g=-500,
        net_d100_g=-500,
    )


def test_without_a_factor_co2_is_empty_not_zero() -> None:
    inputs = chair(e_low=None, e_mid=None, e_high=None, own_factor=False)
    for figures in (hand_over(inputs), returned(inputs, 100)[0], late_cost(inputs)):
        assert figures.net_g is figures.gross_g is figures.bound_low_g is figures.net_d50_g is None
    assert hand_over(inputs).cash_ore == 167_500
    assert [row.value for row in breakdown(inputs) if row.strong] == [None]


def test_life_used() -> None:
    assert l_used(Decimal("0.6"), 0, Decimal(15)) == 0
    assert l_used(Decimal("0.6"), 365 * 30, Decimal(15)) == Decimal("0.6")
    with pytest.raises(ValueError, match="days"):
        l_used(Decimal("0.6"), -1, Decimal(15))


def test_shadow_prices() -> None:
    years = (2022, 2023, 2024, 2025, 2026, 2030, 2040)
    assert [shadow_price_ore(year) for year in years] == [
        None,
        100_000,
        107_000,
        114_000,
        121_000,
        150_000,
        150_000,
    ]
    assert shadow_price_ore(2026, {2020: 75_000}) == 75_000


def test_breakdown_is_the_picture() -> None:
    rows = breakdown(second_loop())
    shown = [(row.label, "" if row.value is None else f"{row.value:.1f}") for row in rows]
    assert shown == [
        ("New piece, production", "72.0"),
        ("+ freight of a new one, {km} km", "1.6"),
        ("× share that replaces a new purchase ({answer})", "1.0"),
        ("× life left (condition {condition})", "0.6"),
        ("− refurbishment", "-3.5"),
        ("− transport, {km} km", "-0.5"),
        ("Avoided, net (estimate)", "40.2"),
        ("Low–high", "18.6"),
        ("Gross, for comparison", "69.6"),
    ]
    assert f"{rows[7].high:.1f}" == "69.0"
    assert rows[2].values == {"answer": "Yes"}
    assert rows[3].values == {"condition": "B"}


def test_breakdown_tells_what_decided_the_life() -> None:
    def life_label(inputs: FigureInputs) -> str:
        return next(row.label for row in breakdown(inputs) if "life" in row.label)

    assert "renewed" in life_label(chair(renewed=True, base_l=Decimal(1), l=Decimal(1)))
    worn_out = chair(life_left=Decimal("0.2"), l=Decimal("0.2"))
    assert "earlier periods" in life_label(worn_out)
    assert any("waste" in row.label for row in breakdown(chair(waste=Decimal("0.45"))))


def test_money_breakdown_adds_up() -> None:
    rows = money_breakdown(EXAMPLE_A)
    values = [row.value for row in rows]
    assert values[:3] == [335_000, Decimal("0.7"), 1]
    assert [f"{value:.0f}" for value in values[3:] if value is not None] == [
        "-10000",
        "-10000",
        "1152",
        "215652",
        "98402",
    ]
    assert [row.kind for row in rows].count(RowKind.SHARE) == 2
    assert len(money_breakdown(EXAMPLE_C)) == len(rows) - 1
    assert exact_money(EXAMPLE_A, life_at_hand_over(EXAMPLE_A))["cash_ore"] == Decimal(215_652)
    assert PRECISION == 40

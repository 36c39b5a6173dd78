"""The climate levy by its years, and the shadow price: both stand beside the savings."""

from decimal import Decimal

import pytest

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.figures import (
    SHADOW_PRICES_ORE,
    avoided_levy_ore,
    hand_over,
    prices_of,
    read_shadow_prices,
    value_of_years,
    write_shadow_prices,
)
from moebelcirkel.domain.figures.breakdown import price_breakdown
from moebelcirkel.domain.purchases import read_levies
from tests.domain.figure_cases import chair

DESK = {"e_low": Decimal(110), "e_mid": Decimal(160), "e_high": Decimal(180)}


def test_the_avoided_levy_is_by_what_making_a_new_one_emits_and_by_the_answer() -> None:
    """160 kg at 1,210 kr. are 193.60 kr., however long it is used; half of it where nobody said."""
    yes = chair(**DESK, answer=Answer.YES, d=Decimal(1), levy_ore_per_tonne=121_000)
    assert avoided_levy_ore(yes) == 19_360
    asked = chair(**DESK, levy_ore_per_tonne=121_000)
    assert avoided_levy_ore(asked) == 9_680
    no = chair(**DESK, answer=Answer.NO, d=Decimal(0), levy_ore_per_tonne=121_000)
    assert avoided_levy_ore(no) == 0
    for without in (chair(**DESK), chair(**DESK, levy_ore_per_tonne=0)):
        assert avoided_levy_ore(without) is None
    empty = {"e_low": None, "e_mid": None, "e_high": None}
    assert avoided_levy_ore(chair(**empty, levy_ore_per_tonne=121_000)) is None
    assert hand_over(yes) == hand_over(chair(**DESK, answer=Answer.YES, d=Decimal(1)))


def test_lines_of_before_keep_their_form() -> None:
    assert "levy_ore_per_tonne" not in chair().as_dict()
    asked = chair(levy_ore_per_tonne=0)
    assert type(asked).from_dict(asked.as_dict()) == asked


def test_a_rate_holds_from_its_year_on() -> None:
    table = read_levies(
        "Kontorstol 2025 = 1.140; Kontorstol 2026 = 1.210; Borde = 900; Reoler", 100
    )
    rates = [table.rate_for(("Kontorstol", "Kontorstole"), year) for year in (2024, 2025, 2031)]
    assert rates == [0, 114_000, 121_000]
    assert [table.rate_for((name,), 2020) for name in ("Borde", "Reoler", "Senge")] == [
        90_000,
        100,
        0,
    ]
    nearer = read_levies("Hæve-sænkebord 2027 = 1.280; Borde = 900", 0)
    rates = [nearer.rate_for(("Hæve-sænkebord", "Borde"), year) for year in (2026, 2027)]
    assert rates == [90_000, 128_000]


def test_shadow_prices_are_typed_as_they_are_written() -> None:
    written = write_shadow_prices(SHADOW_PRICES_ORE)
    assert written.startswith("2023 = 1.000; 2024 = 1.070")
    assert read_shadow_prices(written) == SHADOW_PRICES_ORE
    assert read_shadow_prices("2026=1210,50 kr.;\n 2027 = 900") == {2026: 121_050, 2027: 90_000}
    assert write_shadow_prices({2026: 121_050}) == "2026 = 1.210,50"
    assert read_shadow_prices("") == {}
    for wrong in ("1.210", "26 = 1", "2026 = mange", "2026 = -5", "2026 = 1.21"):
        with pytest.raises(Refused):
            read_shadow_prices(wrong)


def test_the_value_of_years_is_rounded_once() -> None:
    """Ten desks of 97.519 kg net are 1,179.98 kr. at 1,210 kr., not ten times 118.00."""
    assert value_of_years({2026: 975_190}, {2026: 121_000}) == 117_998
    assert value_of_years({2026: 97_519}, {2026: 121_000}) == 11_800
    years = {2022: 5_000_000, 2025: 1_000_000, 2026: -500_000}
    assert prices_of(years, SHADOW_PRICES_ORE) == {2025: 114_000, 2026: 121_000}
    assert value_of_years(years, prices_of(years, SHADOW_PRICES_ORE)) == 114_000 - 60_500


def test_both_stand_by_themselves_under_the_money() -> None:
    desk = chair(**DESK, answer=Answer.YES, d=Decimal(1), levy_ore_per_tonne=121_000)
    net = hand_over(desk).net_g or 0
    rows = price_breakdown(desk, 121_000)
    assert [row.value for row in rows] == [19_360, round(Decimal(net) * 121_000 / 1_000_000)]
    assert not any(row.strong for row in rows)
    assert price_breakdown(chair(), None) == []

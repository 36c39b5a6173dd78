"""What the figures of a category must satisfy."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.factors import FIGURE_NAMES, FactorFigures, checked_figures, valid_from

TODAY = dt.date(2026, 11, 20)
GOOD = FactorFigures(
    mass_kg=Decimal("19.2"),
    co2e_low_kg=Decimal(36),
    co2e_mid_kg=Decimal(72),
    co2e_high_kg=Decimal(120),
    stages="A1-A3",
    source="FIRA 2011",
    source_year=2011,
    source_detail="",
    co2e_verified=True,
    lifetime_years=Decimal(15),
    new_price_low_ore=100_500,
    new_price_mid_ore=335_000,
    new_price_high_ore=804_000,
    price_source="katalog 2025",
    price_verified=False,
)


def test_every_figure_has_a_name() -> None:
    assert set(FIGURE_NAMES) == set(FactorFigures.__dataclass_fields__)


def test_good_figures_pass() -> None:
    checked_figures(GOOD, TODAY)
    checked_figures(
        replace(GOOD, co2e_low_kg=None, co2e_mid_kg=None, co2e_high_kg=None, source=""), TODAY
    )


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("mass_kg", {"mass_kg": Decimal(0)}),
        ("mass_kg", {"mass_kg": Decimal("1.1234567")}),
        ("co2e_low_kg", {"co2e_low_kg": Decimal(73)}),
        ("co2e_high_kg", {"co2e_high_kg": Decimal(71)}),
        ("co2e_low_kg", {"co2e_low_kg": None}),
        ("co2e_mid_kg", {"co2e_mid_kg": Decimal(-1)}),
        ("source", {"source": "  "}),
        ("source_year", {"source_year": 2027}),
        ("lifetime_years", {"lifetime_years": Decimal(0)}),
        ("new_price_high_ore", {"new_price_high_ore": None}),
        ("new_price_low_ore", {"new_price_low_ore": 400_000}),
        ("price_source", {"price_source": ""}),
        ("source_detail", {"source_detail": "Peter, 010203-1234"}),
    ],
)
def test_figures_that_cannot_be(field: str, change: dict[str, object]) -> None:
    with pytest.raises(Invalid) as caught:
        checked_figures(replace(GOOD, **change), TODAY)  # type: ignore[arg-type]
    assert field in caught.value.errors


def test_a_first_day_in_this_century() -> None:
    assert valid_from(TODAY) == TODAY
    with pytest.raises(Refused):
        valid_from(dt.date(1999, 12, 31))

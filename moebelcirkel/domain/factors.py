"""Factor sets: what the figures of one category must satisfy before they can be used."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import Fields, long_text, required_text, short_text

#: The category that counts in kroner alone: what is in it has nothing in common to average.
WITHOUT_FACTOR = "other_inventory"
#: What is taken from a piece to repair another with.
SPARE_PART = "spare_part"
EARLIEST = dt.date(2000, 1, 1)
LATEST = dt.date(2100, 1, 1)
MOST_KG = Decimal(100_000)
MOST_YEARS = Decimal(100)
MOST_ORE = 100_000_000_00
DECIMALS = 6

_READ_ELSEWHERE = N_(
    "The middle figure is another now. Write the source it was read in, or untick."
)

NumberT = TypeVar("NumberT", Decimal, int)


@dataclass(frozen=True, slots=True)
class FactorFigures:
    """The figures of one category with their sources, as a form gives them."""

    mass_kg: Decimal | None
    co2e_low_kg: Decimal | None
    co2e_mid_kg: Decimal | None
    co2e_high_kg: Decimal | None
    stages: str
    source: str
    source_year: int | None
    source_detail: str
    co2e_verified: bool
    lifetime_years: Decimal
    new_price_low_ore: int | None
    new_price_mid_ore: int | None
    new_price_high_ore: int | None
    price_source: str
    price_verified: bool


#: What each figure is called, also in the comparison of two sets.
FIGURE_NAMES: dict[str, str] = {
    "mass_kg": N_("Weight, kg"),
    "co2e_low_kg": N_("CO₂e low, kg"),
    "co2e_mid_kg": N_("CO₂e, kg"),
    "co2e_high_kg": N_("CO₂e high, kg"),
    "stages": N_("Life-cycle stages"),
    "source": N_("Source of CO₂e"),
    "source_year": N_("Year of the source"),
    "source_detail": N_("What the source says"),
    "co2e_verified": N_("CO₂e was read in a source"),
    "lifetime_years": N_("Lifetime, years"),
    "new_price_low_ore": N_("New price low"),
    "new_price_mid_ore": N_("New price"),
    "new_price_high_ore": N_("New price high"),
    "price_source": N_("Source of the new price"),
    "price_verified": N_("New price was read in a source"),
}


def checked_figures(figures: FactorFigures, today: dt.date) -> None:
    """Refuse figures that cannot be right, each by its field; a figure needs its source."""
    form = Fields()
    _check_mass(form, figures)
    _check_co2(form, figures)
    _check_prices(form, figures)
    if not 0 < figures.lifetime_years <= MOST_YEARS:
        form.wrong("lifetime_years", Refused(N_("Write how many years it lasts, from 1 to 100.")))
    if figures.source_year is not None and not 1950 <= figures.source_year <= today.year:
        form.wrong(
            "source_year", Refused(N_("Write a year from 1950 to {year}."), year=str(today.year))
        )
    with form.field("stages"):
        short_text(figures.stages, 160)
    with form.field("source_detail"):
        long_text(figures.source_detail, 4000)
    form.finish()


def checked_reading(before: FactorFigures, after: FactorFigures) -> None:
    """Refuse a middle figure that is said to be read, but is another than the source was read for.

    Whoever has read the new one in a source writes which; else it is an estimate.
    """
    form = Fields()
    if (
        after.co2e_verified
        and before.co2e_mid_kg != after.co2e_mid_kg
        and (before.source, before.source_detail) == (after.source, after.source_detail)
    ):
        form.wrong("co2e_verified", Refused(_READ_ELSEWHERE))
    if (
        after.price_verified
        and before.new_price_mid_ore != after.new_price_mid_ore
        and before.price_source == after.price_source
    ):
        form.wrong("price_verified", Refused(_READ_ELSEWHERE))
    form.finish()


def _check_mass(form: Fields, figures: FactorFigures) -> None:
    if figures.mass_kg is not None and not 0 < figures.mass_kg <= MOST_KG:
        form.wrong("mass_kg", Refused(N_("The weight must be more than 0 kg.")))
    _check_places(form, "mass_kg", figures.mass_kg)


def _check_co2(form: Fields, figures: FactorFigures) -> None:
    low, mid, high = figures.co2e_low_kg, figures.co2e_mid_kg, figures.co2e_high_kg
    names = ("co2e_low_kg", "co2e_mid_kg", "co2e_high_kg")
    for name, value in zip(names, (low, mid, high), strict=True):
        _check_places(form, name, value)
        if value is not None and not 0 <= value <= MOST_KG:
            form.wrong(name, Refused(N_("Write a number of kg from 0 and up.")))
    _check_three(form, names, (low, mid, high))
    with form.field("source"):
        if mid is not None:
            required_text(figures.source, 1000)
        long_text(figures.source, 1000)


def _check_prices(form: Fields, figures: FactorFigures) -> None:
    prices = (figures.new_price_low_ore, figures.new_price_mid_ore, figures.new_price_high_ore)
    names = ("new_price_low_ore", "new_price_mid_ore", "new_price_high_ore")
    for name, value in zip(names, prices, strict=True):
        if value is not None and not 0 <= value <= MOST_ORE:
            form.wrong(name, Refused(N_("A price cannot be below 0 or above 100 million kroner.")))
    _check_three(form, names, prices)
    with form.field("price_source"):
        if prices[1] is not None:
            required_text(figures.price_source, 1000)
        long_text(figures.price_source, 1000)


def _check_three(
    form: Fields, names: tuple[str, str, str], values: Sequence[NumberT | None]
) -> None:
    """Low, mid and high are all there or none of them, and stand in order."""
    low, mid, high = values
    missing = [name for name, value in zip(names, values, strict=True) if value is None]
    if 0 < len(missing) < 3:
        for name in missing:
            form.wrong(name, Refused(N_("Fill in low, middle and high, or none of them.")))
    if low is None or mid is None or high is None:
        return
    if low > mid:
        form.wrong(names[0], Refused(N_("The low figure may not be above the middle one.")))
    if high < mid:
        form.wrong(names[2], Refused(N_("The high figure may not be below the middle one.")))


def _check_places(form: Fields, name: str, value: Decimal | None) -> None:
    if value is not None and value != round(value, DECIMALS):
        form.wrong(name, Refused(N_("Write at most {count} decimals."), count=DECIMALS))


def set_name(typed: str) -> str:
    """The name of a factor set, e.g. 2027.1."""
    return required_text(typed, 40)


def valid_from(day: dt.date) -> dt.date:
    """The first day a set is in force."""
    if not EARLIEST <= day < LATEST:
        raise Refused(N_("Write a date from 2000 to 2099."))
    return day

"""What a unit is worth in money and CO2e: the inputs of the formulas, taken from the rows.

The formulas are those of db/reference/METODE.md, sections 2 to 4. The arithmetic is in
``domain.figures``; ``figure_lines`` writes what is computed here.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any, Protocol

from moebelcirkel.domain import figures as rules
from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.conditions import Condition, base_l
from moebelcirkel.domain.figures import Figures, Glance
from moebelcirkel.domain.figures.inputs import FigureInputs, bounds
from moebelcirkel.domain.orders import KnownCategory, called
from moebelcirkel.domain.parameters import Value
from moebelcirkel.domain.purchases import levy_ore, read_levies
from moebelcirkel.storage import remembered
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.factors import Factor
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import Session, load_parameter

#: The category used where nothing better is known; its factor does not count as "own".
AVERAGE = "furniture_average"
#: What stands for the life stages of a type's own declared value.
EPD = "EPD"


@dataclass(frozen=True, slots=True)
class Factors:
    """The factor set in force on a day, and the municipality's settings that go with it.

    ``levies`` has øre per tonne by category, of those whose new pieces pay a climate levy.
    """

    set_id: int
    set_name: str
    by_category: Mapping[str, Factor]
    handling_ore: int
    fee_ore_per_tonne: int
    km: Decimal
    km_new: Decimal
    levies: Mapping[str, int]

    @classmethod
    def of(
        cls,
        set_id: int,
        set_name: str,
        by_category: Mapping[str, Factor],
        setting: Callable[[str], Value],
        levies: Mapping[str, int],
    ) -> "Factors":
        """The set with the settings that go with it."""
        return cls(
            set_id=set_id,
            set_name=set_name,
            by_category=by_category,
            handling_ore=int(setting("handling_ore")),
            fee_ore_per_tonne=int(setting("waste_fee_ore")),
            km=Decimal(setting("transport_km")),
            km_new=Decimal(setting("new_transport_km")),
            levies=levies,
        )

    def new_levy_ore(self, category_key: str, own_kg: Decimal | None = None) -> int:
        """What a new piece pays by what making it emits: its own declared value, or its factor."""
        factor = self.by_category.get(category_key)
        kg = own_kg if own_kg is not None or factor is None else factor.co2e_mid_kg
        return levy_ore(kg, self.levies.get(category_key, 0))


def levies_in(
    setting: Callable[[str], Value], categories: Callable[[], Iterable[KnownCategory]], year: int
) -> Mapping[str, int]:
    """The levies of a year; what categories are called is only asked where there are any."""
    table = read_levies(str(setting("levy_categories")), int(setting("levy_ore")))
    if not table.by_name and not table.rate_ore:
        return {}
    return {each.key: table.rate_for(called(each), year) for each in categories()}


@dataclass(frozen=True, slots=True)
class Refurbishment:
    """What tasks cost one piece since its previous hand-over: kg CO2e with bounds, and øre."""

    kg: Decimal = Decimal(0)
    low_kg: Decimal = Decimal(0)
    high_kg: Decimal = Decimal(0)
    ore: int = 0
    renewed: bool = False

    def __add__(self, more: "Refurbishment") -> "Refurbishment":
        return Refurbishment(
            self.kg + more.kg,
            self.low_kg + more.low_kg,
            self.high_kg + more.high_kg,
            self.ore + more.ore,
            self.renewed or more.renewed,
        )


class ArticleFigures(Protocol):
    """What of an article counts; an ``Article`` or any row with the same names will do."""

    @property
    def category_key(self) -> str: ...
    @property
    def weight_g(self) -> int | None: ...
    @property
    def new_price_ore(self) -> int | None: ...
    @property
    def new_price_on(self) -> dt.date | None: ...
    @property
    def new_price_source(self) -> str: ...
    @property
    def epd_kg(self) -> Decimal | None: ...
    @property
    def epd_source(self) -> str: ...


def load_factors(
    session: Session, on: dt.date, categories: Collection[str] | None = None
) -> Factors:
    """The released set that is in force on the day; the oldest one for days before all sets.

    Where a write looks at furniture of some ``categories`` only, it reads what holds for it.
    """
    if categories is not None and remembered.reads_anew(session):
        return _load(session, on, categories)
    return remembered.of(session, ("factors", on), _OF_FACTORS, partial(_load, session, on))


#: The tables that they are made of.
_OF_LEVIES = frozenset({"category", "parameter"})
_OF_FACTORS = frozenset({"factor_set", "factor", *_OF_LEVIES})


def _load(session: Session, on: dt.date, categories: Collection[str] | None = None) -> Factors:
    chosen = costing_queries.factor_set_on(session, on)
    setting = partial(load_parameter, session)
    return Factors.of(
        chosen.id,
        chosen.name,
        costing_queries.factors_of(session, chosen.id, categories),
        setting,
        remembered.of(session, ("levies", on.year), _OF_LEVIES, partial(_levies, session, on.year)),
    )


def _levies(session: Session, year: int) -> Mapping[str, int]:
    def known() -> Iterable[KnownCategory]:
        return costing_queries.categories(session).values()

    return levies_in(partial(load_parameter, session), known, year)


def new_price(factors: Factors, article: ArticleFigures) -> tuple[int, bool]:
    """The new price in øre ex VAT, and whether it is the type's own (else the category's)."""
    if article.new_price_ore is not None:
        return article.new_price_ore, True
    factor = factors.by_category.get(article.category_key)
    return ((factor.new_price_mid_ore or 0) if factor else 0), False


def price_as_new(session: Session, on: dt.date, article: ArticleFigures) -> int:
    """The new price in øre; only what has none of its own needs a look into the factors."""
    if article.new_price_ore:
        return article.new_price_ore
    return new_price(load_factors(session, on, [article.category_key]), article)[0]


def make_inputs(
    factors: Factors,
    article: ArticleFigures,
    condition: str,
    answer: Answer,
    *,
    refurbishment: Refurbishment = Refurbishment(),
    life_left: Decimal = Decimal(1),
    condition_reason: str | None = None,
    loan_days: int | None = None,
    stays: bool = False,
    went_home: bool = False,
) -> FigureInputs:
    """Every input of one unit at one hand-over, with its source.

    One that ``stays`` was on loan there and is not driven again; what ``went_home`` is its owner's.
    """
    km = Decimal(0) if stays else factors.km
    price, own_price = new_price(factors, article)
    base = base_l(Condition(condition), renewed=refurbishment.renewed)
    left = Decimal(1) if refurbishment.renewed else life_left
    own = _factor_inputs(factors, article)
    return FigureInputs(
        **own,
        category_key=article.category_key,
        factor_set=factors.set_name,
        new_price_ore=price,
        price_documented=bool(own_price and article.new_price_on and article.new_price_source),
        price_source=article.new_price_source if own_price else "",
        price_date=article.new_price_on if own_price else None,
        answer=answer,
        d=answer.d,
        condition=Condition(condition),
        condition_reason=condition_reason or "",
        renewed=refurbishment.renewed,
        base_l=base,
        life_left=left,
        l=rules.l_credited(base, left, own["lifetime_years"], loan_days),
        r_kg=refurbishment.kg,
        r_low_kg=refurbishment.low_kg,
        r_high_kg=refurbishment.high_kg,
        refurb_ore=refurbishment.ore,
        transport_ore=0 if stays else factors.handling_ore,
        fee_ore_per_tonne=factors.fee_ore_per_tonne,
        **bounds(answer.d, base, km),
        km=km,
        km_new=factors.km_new,
        loan_days=loan_days,
        went_home=went_home,
    )


def has_factor(factors: Factors, article: ArticleFigures) -> bool:
    """Whether anything is known of the CO2e of such a piece."""
    return _factor_inputs(factors, article)["e_mid"] is not None


def _factor_inputs(factors: Factors, article: ArticleFigures) -> dict[str, Any]:
    factor = factors.by_category.get(article.category_key)
    own_epd = article.epd_kg
    mass = factor.mass_kg if factor and factor.mass_kg is not None else Decimal(0)
    if article.weight_g:
        mass = Decimal(article.weight_g) / 1000
    low, mid, high = (
        (own_epd, own_epd, own_epd)
        if own_epd is not None
        else (factor.co2e_low_kg, factor.co2e_mid_kg, factor.co2e_high_kg)
        if factor
        else (None, None, None)
    )
    complete = None not in (low, mid, high)
    return {
        "own_factor": complete and (own_epd is not None or article.category_key != AVERAGE),
        "co2_source": article.epd_source
        if own_epd is not None
        else factor.source
        if factor
        else "",
        "co2_year": None if own_epd is not None or factor is None else factor.source_year,
        "co2_stages": EPD if own_epd is not None else factor.stages if factor else "",
        "co2_verified": own_epd is not None or bool(factor and factor.co2e_verified),
        "mass_kg": mass,
        "e_low": low if complete else None,
        "e_mid": mid if complete else None,
        "e_high": high if complete else None,
        "lifetime_years": factor.lifetime_years if factor else Decimal(10),
        "levy_ore_per_tonne": factors.levies.get(article.category_key, 0),
    }


def estimate(
    factors: Factors,
    article: ArticleFigures,
    condition: str,
    answer: Answer = Answer.UNANSWERED,
    *,
    refurbishment: Refurbishment = Refurbishment(),
    life_left: Decimal = Decimal(1),
    loan_days: int | None = None,
    stays: bool = False,
) -> Figures:
    """What one such piece would be worth if handed over now."""
    inputs = make_inputs(
        factors,
        article,
        condition,
        answer,
        refurbishment=refurbishment,
        life_left=life_left,
        loan_days=loan_days,
        stays=stays,
    )
    return rules.hand_over(inputs)


def at_a_glance(
    factors: Factors,
    article: ArticleFigures,
    condition: str,
    *,
    refurbishment: Refurbishment = Refurbishment(),
    life_left: Decimal = Decimal(1),
) -> Glance:
    """What a card shows of that, before anybody has answered."""
    inputs = make_inputs(
        factors,
        article,
        condition,
        Answer.UNANSWERED,
        refurbishment=refurbishment,
        life_left=life_left,
    )
    return rules.glance(inputs)


def refurbishments(session: Session, units: Iterable[Unit]) -> dict[int, Refurbishment]:
    """What was booked on each unit in its present loop; units without costs are left out."""
    return refurbishments_in(session, {unit.id: unit.loop for unit in units})


def refurbishments_in(session: Session, loops: Mapping[int, int]) -> dict[int, Refurbishment]:
    """The same in given loops, by unit id."""
    found = costing_queries.costs_of(session, loops)
    return {key: sum_costs(costs) for key, costs in found.items()}


def sum_costs(booked: Iterable[UnitCost]) -> Refurbishment:
    """What the tasks of one loop cost together; what was undone is there with opposite sign."""
    costs = list(booked)
    return Refurbishment(
        kg=sum((cost.co2e_kg for cost in costs), Decimal(0)),
        low_kg=sum((cost.co2e_low_kg for cost in costs), Decimal(0)),
        high_kg=sum((cost.co2e_high_kg for cost in costs), Decimal(0)),
        ore=sum(cost.labour_ore + cost.parts_ore for cost in costs),
        renewed=sum(cost.count for cost in costs if cost.renews) > 0,
    )

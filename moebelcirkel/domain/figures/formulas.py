"""Money saved and CO2e avoided by one unit at one hand-over, return or late cost.

net = D x L x (E + T_new + W x m) - R - T_reuse, in kg CO2e;
cash = D x life not yet credited x P - refurbishment - transport + fee, in øre excluding VAT.
What each symbol means and where it is from: db/reference/METODE.md, sections 2 to 4.

Everything is computed in exact decimals and rounded half-even once per line; totals are sums of
lines. A return does not change its old line: it adds one that takes back the life not used.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal, localcontext
from typing import Any

from moebelcirkel.domain.figures.inputs import FigureInputs, LifeTerms
from moebelcirkel.domain.figures.life import PRECISION, l_used, most_used
from moebelcirkel.domain.money import grams, whole

SCENARIOS = {27: Decimal("0.27"), 50: Decimal("0.5"), 70: Decimal("0.7"), 100: Decimal(1)}
"""The D that replaces every line's own D in the printed table of assumptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The rounded figures of one line, or a sum of lines; the names are database columns.

    Grams are None where the line has no factor: empty is not zero.
    """

    count: int = 0
    new_value_ore: int = 0
    cash_ore: int = 0
    lifetime_ore: int = 0
    net_g: int | None = None
    low_g: int | None = None
    high_g: int | None = None
    gross_g: int | None = None
    bound_low_g: int | None = None
    bound_high_g: int | None = None
    cash_d27_ore: int = 0
    cash_d50_ore: int = 0
    cash_d70_ore: int = 0
    cash_d100_ore: int = 0
    net_d27_g: int | None = None
    net_d50_g: int | None = None
    net_d70_g: int | None = None
    net_d100_g: int | None = None

    def __add__(self, other: Figures) -> Figures:
        """Sum of two lines; a missing CO2e figure leaves the other one alone."""
        values: dict[str, Any] = {
            name: _added(getattr(self, name), getattr(other, name)) for name in FIGURE_NAMES
        }
        return Figures(**values)

    def __neg__(self) -> Figures:
        return negative(self)


FIGURE_NAMES = tuple(field.name for field in fields(Figures))


def _added(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return other if one is None else one
    return one + other


def total(lines: Iterable[Figures]) -> Figures:
    """Sum of lines; how many lack a factor is told beside it, as coverage."""
    result = Figures()
    for line in lines:
        result += line
    return result


@dataclass(frozen=True, slots=True)
class Extremes:
    """How far a sum of lines reaches, in grams: ``span`` by the factors, ``bounds`` by all inputs.

    Both hold the net of the sum, and the bounds hold the span.
    """

    span: tuple[int, int] = (0, 0)
    bounds: tuple[int, int] = (0, 0)


def outermost(parts: Iterable[Sequence[int]]) -> tuple[int, int]:
    """The smallest and largest a sum can be whose parts move apart from each other.

    Each part is a sum of lines that move together, told at their low, as booked and at their high.
    A part that takes more back than it gives is smallest where its lines are at their high.
    """
    found = [(min(part), max(part)) for part in parts]
    return sum(low for low, _high in found), sum(high for _low, high in found)


def negative(figures: Figures) -> Figures:
    """The same figures with opposite sign."""
    values: dict[str, Any] = {}
    for name in FIGURE_NAMES:
        value = getattr(figures, name)
        values[name] = None if value is None else -value
    return Figures(**values)


@dataclass(frozen=True, slots=True)
class Glance:
    """What a card shows of a hand-over: new value in øre, net CO2e with its bounds in grams."""

    new_value_ore: int
    net_g: int | None = None
    low_g: int | None = None
    high_g: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a result rests on something better than an estimate; values in øre.

    ``read`` is how many lines use a factor whose middle figure was itself read in a source.
    """

    lines: int
    own_factor: int
    without_factor: int
    answered: int
    new_value: int
    documented: int
    read: int = 0


@dataclass(frozen=True, slots=True)
class Life:
    """The shares of life a line credits: in CO2e, in cash, and in the two bounds.

    ``fee`` tells whether the saved waste fee is credited as well.
    """

    co2: Decimal
    cash: Decimal
    bound_low: Decimal
    bound_high: Decimal
    fee: bool = True


def life_at_hand_over(inputs: FigureInputs) -> Life:
    """What the line credits while its loop is open: of a loan the life it is planned to use."""
    if inputs.loan_days is not None:
        return life_when_ended(inputs.l)
    return Life(
        co2=inputs.l,
        cash=inputs.life_left,
        bound_low=min(inputs.l_low, inputs.life_left),
        bound_high=min(inputs.l_high, inputs.life_left),
    )


def life_when_ended(used: Decimal, *, fee: bool = False) -> Life:
    """What the line may credit once its loop has ended: the life that was used.

    Waste is saved by the piece's last hand-over alone, so that a life has one fee at most.
    """
    return Life(co2=used, cash=used, bound_low=used, bound_high=used, fee=fee)


def transport_new_kg(inputs: FigureInputs) -> Decimal:
    """T_new: freight of a new piece from factory to site."""
    return inputs.mass_kg / 1000 * inputs.km_new * inputs.freight_new


def transport_reuse_kg(inputs: FigureInputs, km: Decimal | None = None) -> Decimal:
    """T_reuse: driving the reused piece."""
    return inputs.mass_kg / 1000 * (inputs.km if km is None else km) * inputs.freight_reuse


def credited_fee_ore(inputs: FigureInputs | LifeTerms) -> Decimal:
    """Saved waste fee; a piece with no life left shows only its costs, and a loan ends none."""
    if inputs.life_left == 0 or inputs.loan_days is not None:
        return Decimal(0)
    return inputs.mass_kg / 1000 * inputs.fee_ore_per_tonne


def exact_net(inputs: FigureInputs, life: Life) -> dict[str, Decimal]:
    """Unrounded kg CO2e with its bounds by column; nothing where the line has no factor."""
    if inputs.e_low is None or inputs.e_mid is None or inputs.e_high is None:
        return {}
    freight, waste = transport_new_kg(inputs), inputs.waste * inputs.mass_kg
    costs = inputs.r_kg + transport_reuse_kg(inputs)
    share = inputs.d * life.co2
    return {
        "net_g": share * (inputs.e_mid + freight + waste) - costs,
        "low_g": share * (inputs.e_low + freight + waste) - costs,
        "high_g": share * (inputs.e_high + freight + waste) - costs,
    }


def exact_co2(inputs: FigureInputs, life: Life) -> dict[str, Decimal]:
    """Unrounded kg CO2e by column; nothing where the line has no factor."""
    if inputs.e_low is None or inputs.e_mid is None or inputs.e_high is None:
        return {}
    freight = transport_new_kg(inputs)
    costs = inputs.r_kg + transport_reuse_kg(inputs)
    new_mid = inputs.e_mid + freight + inputs.waste * inputs.mass_kg
    bound_low = inputs.e_low + freight + inputs.waste_low * inputs.mass_kg
    bound_high = inputs.e_high + freight + inputs.waste_high * inputs.mass_kg
    bound_low_costs = inputs.r_high_kg + transport_reuse_kg(inputs, inputs.km_high)
    bound_high_costs = inputs.r_low_kg + transport_reuse_kg(inputs, inputs.km_low)
    return (
        exact_net(inputs, life)
        | {
            "gross_g": new_mid - costs,
            "bound_low_g": inputs.d_low * life.bound_low * bound_low - bound_low_costs,
            "bound_high_g": inputs.d_high * life.bound_high * bound_high - bound_high_costs,
        }
        | {f"net_d{key}_g": d * life.co2 * new_mid - costs for key, d in SCENARIOS.items()}
    )


def exact_money(inputs: FigureInputs, life: Life) -> dict[str, Decimal]:
    """Unrounded øre by column."""
    price = Decimal(inputs.new_price_ore)
    fee = credited_fee_ore(inputs) if life.fee else Decimal(0)
    rest = fee - inputs.refurb_ore - inputs.transport_ore
    return {
        "cash_ore": inputs.d * life.cash * price + rest,
        "lifetime_ore": inputs.d * life.co2 * price + rest,
    } | {f"cash_d{key}_ore": d * life.cash * price + rest for key, d in SCENARIOS.items()}


def _rounded(money_ore: dict[str, Decimal], co2_kg: dict[str, Decimal], **counted: int) -> Figures:
    values: dict[str, int] = {name: whole(value) for name, value in money_ore.items()}
    values |= {name: grams(value) for name, value in co2_kg.items()}
    return Figures(**(values | counted))


@functools.lru_cache(maxsize=512)
def hand_over(inputs: FigureInputs) -> Figures:
    """The line written when a unit is handed over; alike pieces, of which many go at once, come to
    the same.
    """
    with localcontext(prec=PRECISION):
        life = life_at_hand_over(inputs)
        return _rounded(
            exact_money(inputs, life),
            exact_co2(inputs, life),
            count=1,
            new_value_ore=inputs.new_price_ore,
        )


def glance(inputs: FigureInputs) -> Glance:
    """What ``hand_over`` comes to in these, without the rest of the line."""
    with localcontext(prec=PRECISION):
        net = exact_net(inputs, life_at_hand_over(inputs))
        return Glance(inputs.new_price_ore, **{name: grams(kg) for name, kg in net.items()})


def lifetime_at_shares(
    inputs: FigureInputs | LifeTerms, days_in_use: int | None = None, *, fee_kept: bool = False
) -> tuple[int, ...]:
    """Øre adjusted for life at each share of ``SCENARIOS``; of a return when it has its days.

    A return takes back the life that was not used and the fee, and none of the costs.
    """
    life = inputs.l
    if days_in_use is not None:
        life = l_used(most_used(inputs), days_in_use, inputs.lifetime_years) - inputs.l
    with localcontext(prec=PRECISION):
        fee = credited_fee_ore(inputs)
        if days_in_use is None:
            rest = fee - inputs.refurb_ore - inputs.transport_ore
        else:
            rest = Decimal(0) if fee_kept else -fee
        price = Decimal(inputs.new_price_ore)
        return tuple(whole(d * life * price + rest) for d in SCENARIOS.values())


def returned(
    inputs: FigureInputs, days_in_use: int, *, fee_kept: bool = False
) -> tuple[Figures, Decimal]:
    """Adjustment line of a return, and the share of life that was used.

    It is the old line recomputed with the life used and without a saved waste fee, minus the old
    line; costs cancel out, and count, new value and gross stay as they were. ``fee_kept`` is how
    the first version did it: its returns left the fee with the hand-over.
    """
    used = l_used(most_used(inputs), days_in_use, inputs.lifetime_years)
    with localcontext(prec=PRECISION):
        old, ended = life_at_hand_over(inputs), life_when_ended(used, fee=fee_kept)
        money = _difference(exact_money(inputs, ended), exact_money(inputs, old))
        co2 = _difference(exact_co2(inputs, ended), exact_co2(inputs, old))
        return _rounded(money, co2), used


def _difference(new: dict[str, Decimal], old: dict[str, Decimal]) -> dict[str, Decimal]:
    return {name: value - old[name] for name, value in new.items()}


def transported(inputs: FigureInputs, ore: int, weight_g: int) -> Figures:
    """What the real driving of a hand-over changes: its share of the run, for what was reckoned.

    The bounds keep holding it: no piece lies outside its own, however far it was driven.
    """
    with localcontext(prec=PRECISION):
        money = Decimal(inputs.transport_ore - ore)
        names = ["cash_ore", "lifetime_ore", *(f"cash_d{key}_ore" for key in SCENARIOS)]
        co2: dict[str, Decimal] = {}
        if inputs.has_factor:
            real = Decimal(weight_g) / 1000
            less = transport_reuse_kg(inputs) - real
            far = transport_reuse_kg(inputs, inputs.km_high)
            near = transport_reuse_kg(inputs, inputs.km_low)
            co2 = dict.fromkeys(
                ["net_g", "low_g", "high_g", "gross_g", *(f"net_d{key}_g" for key in SCENARIOS)],
                less,
            )
            co2 |= {"bound_low_g": far - max(far, real), "bound_high_g": near - min(near, real)}
            if inputs.went_home:  # a line that gained nothing tells of no costs in its gross
                co2["gross_g"] = Decimal(0)
        return _rounded(dict.fromkeys(names, money), co2)


def reversal(figures: Figures) -> Figures:
    """Line of a hand-over that was undone or never accepted: the exact negative of all of it."""
    return negative(figures)


def late_cost(inputs: FigureInputs) -> Figures:
    """Line of a unit that leaves without a hand-over: what was booked on it, and nothing gained.

    Handling and driving belong to a hand-over and are not in it, but where the piece went home.
    """
    ore, kilos = inputs.refurb_ore, (inputs.r_kg, inputs.r_low_kg, inputs.r_high_kg)
    if inputs.went_home:
        ore += inputs.transport_ore
        with localcontext(prec=PRECISION):
            kilos = (
                inputs.r_kg + transport_reuse_kg(inputs),
                inputs.r_low_kg + transport_reuse_kg(inputs, inputs.km_low),
                inputs.r_high_kg + transport_reuse_kg(inputs, inputs.km_high),
            )
    return _spent(ore, kilos if inputs.has_factor else None)


def fetched(ore: int, weight_g: int, *, has_factor: bool = True) -> Figures:
    """Line of a piece that a run of pickups alone has fetched: its driving, and nothing gained.

    Its hand-over, if one ever comes, is reckoned as any other. Without a factor its CO2e is not
    known, so that it is left out here too.
    """
    kg = Decimal(weight_g) / 1000
    return _spent(ore, (kg, kg, kg) if has_factor else None)


def _spent(ore: int, kilos: tuple[Decimal, Decimal, Decimal] | None) -> Figures:
    """Øre and kg CO2e that were spent, these with low and high; gross tells of no costs."""
    with localcontext(prec=PRECISION):
        names = ["cash_ore", "lifetime_ore", *(f"cash_d{key}_ore" for key in SCENARIOS)]
        co2: dict[str, Decimal] = {}
        if kilos is not None:
            mid, low, high = kilos
            same = ["net_g", "low_g", "high_g", *(f"net_d{key}_g" for key in SCENARIOS)]
            co2 = dict.fromkeys(same, -mid) | {
                "gross_g": Decimal(0),
                "bound_low_g": -high,
                "bound_high_g": -low,
            }
        return _rounded(dict.fromkeys(names, Decimal(-ore)), co2)

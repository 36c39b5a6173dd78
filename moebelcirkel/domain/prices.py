"""The internal price: a percentage of the new price by condition, rounded to whole tens."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal, localcontext

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.money import whole

TEN_KRONER = 1000
MAX_PRICE_ORE = 100_000_000
"""A million kroner: more than any piece costs, so what is above is a slip of the finger."""
FIRST_PRICE_DAY = dt.date(1950, 1, 1)
"""No price in use is older, so a day before it is a slip of the finger."""
REPAIR_LIMIT = Decimal("0.4")


def price_day(day: dt.date, today: dt.date) -> dt.date:
    """The day a new price is from: not ahead, and not before anything that is still in use."""
    if day > today:
        raise Refused(N_("The date lies ahead. Write the day the price is from."))
    if day < FIRST_PRICE_DAY:
        raise Refused(N_("The date is before {year}. Check the year."), year=FIRST_PRICE_DAY.year)
    return day


@dataclass(frozen=True, slots=True)
class PriceRule:
    """Percent of the new price for each condition (0 means free), and the step prices go in."""

    a: int = 50
    b: int = 40
    c: int = 25
    d: int = 10
    step_ore: int = TEN_KRONER

    def percent(self, condition: Condition) -> int:
        """Percent of the new price in this condition."""
        return {Condition.A: self.a, Condition.B: self.b, Condition.C: self.c, Condition.D: self.d}[
            condition
        ]

    def check(self) -> None:
        """Refuse a rule outside 0 to 100 percent, or dearer for a worse condition."""
        percents = [self.percent(condition) for condition in Condition]
        if any(not 0 <= percent <= 100 for percent in percents):
            raise Refused(N_("The price must be between 0 and 100 percent of the new price."))
        if self.step_ore < 1:
            raise Refused(N_("Prices must be rounded to more than 0 kr."))
        if percents != sorted(percents, reverse=True):
            raise Refused(N_("A worse condition cannot cost more than a better one."))


DEFAULT_RULE = PriceRule()


def suggested_price(
    new_price_ore: int, condition: Condition, rule: PriceRule = DEFAULT_RULE
) -> int:
    """Price in øre by the rule, rounded half-even to the rule's step, 10 kr. by default."""
    with localcontext(prec=40):
        steps = Decimal(new_price_ore) * rule.percent(condition) / 100 / rule.step_ore
        return whole(steps) * rule.step_ore


def checked_price(price_ore: int) -> int:
    """A price someone typed: never negative, never absurd."""
    if price_ore < 0:
        raise Refused(N_("A price cannot be below 0. Write 0 if the piece is free."))
    if price_ore > MAX_PRICE_ORE:
        raise Refused(N_("A price above 1 million kroner is surely a mistake. Check the amount."))
    return price_ore


def is_far_out(price_ore: int, low_ore: int, high_ore: int) -> bool:
    """Whether a new price is below 1 % of what its category costs at least, or above 100 times
    what it costs at most: then a decimal sign or a currency was surely misread."""
    return price_ore * 100 < low_ore or price_ore > high_ore * 100


def labour_ore(minutes: int, rate_ore_per_hour: int) -> int:
    """Cost of working time at the rate of the group that did it."""
    return whole(Decimal(minutes) * rate_ore_per_hour / 60)


def cost_pays(new_price_ore: int, cost_ore: int) -> bool:
    """Whether repair is advised: parts and time below 40 percent of the new price."""
    return cost_ore < REPAIR_LIMIT * new_price_ore

"""Everything one figure line was computed from, frozen with it so it can be recomputed for ever.

Methods and factors change; a line keeps the values it used. Stored as plain JSON with decimals as
text, so nothing is lost on the way through either database.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple, TypeAlias

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.conditions import Condition

KM_WITHOUT_RUN = Decimal(30)
KM_NEW = Decimal(800)
FREIGHT_NEW = Decimal("0.10163")
FREIGHT_REUSE = Decimal("0.78225")

D_LOW, D_HIGH = Decimal("0.27"), Decimal(1)
L_LOW, L_HIGH = Decimal("0.3"), Decimal(1)
KM_LOW, KM_HIGH = Decimal(10), Decimal(100)

Plain: TypeAlias = str | int | bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureInputs:
    """The inputs of one unit at one hand-over, each with its source.

    The names are the symbols of db/reference/METODE.md, section 2.2: e for E, d for D, l for L.
    """

    category_key: str
    factor_set: str
    own_factor: bool
    co2_source: str
    co2_year: int | None
    co2_stages: str
    co2_verified: bool
    mass_kg: Decimal
    e_low: Decimal | None
    e_mid: Decimal | None
    e_high: Decimal | None
    lifetime_years: Decimal

    new_price_ore: int
    price_documented: bool
    price_source: str
    price_date: date | None

    answer: Answer
    d: Decimal

    condition: Condition
    condition_reason: str = ""
    """Why it is better than before without work; a code of ``conditions.BETTER_REASONS``."""
    renewed: bool
    base_l: Decimal
    life_left: Decimal
    l: Decimal  # noqa: E741 - the formula's own name

    r_kg: Decimal
    r_low_kg: Decimal
    r_high_kg: Decimal
    refurb_ore: int
    transport_ore: int
    fee_ore_per_tonne: int = 0

    km: Decimal = KM_WITHOUT_RUN
    km_new: Decimal = KM_NEW
    freight_new: Decimal = FREIGHT_NEW
    freight_reuse: Decimal = FREIGHT_REUSE
    waste: Decimal = Decimal(0)

    loan_days: int | None = None
    """The days a loan was planned for; None where the piece was not lent."""
    levy_ore_per_tonne: int | None = None
    """The climate levy on a new one; None in lines of versions that did not ask for it."""
    went_home: bool = False
    """Whether it went back to its owner, who gains nothing by it: it could not be repaired."""

    # The bounds: all extremes at once (db/reference/METODE.md, section 6). Lines of the first
    # version have them as they stand here, also where their own values lie outside.
    d_low: Decimal = D_LOW
    d_high: Decimal = D_HIGH
    l_low: Decimal = L_LOW
    l_high: Decimal = L_HIGH
    km_low: Decimal = KM_LOW
    km_high: Decimal = KM_HIGH
    waste_low: Decimal = Decimal(0)
    waste_high: Decimal = Decimal("0.45")

    def __post_init__(self) -> None:
        """Inputs that contradict each other are a fault in the program, not in what was typed."""
        if not 0 <= self.l <= self.life_left <= 1:
            raise ValueError(f"life: L {self.l} of {self.life_left} left")
        if not 0 <= self.d <= 1:
            raise ValueError(f"share that replaces new: {self.d}")
        if self.loan_days is not None and self.loan_days < 0:
            raise ValueError(f"{self.loan_days} days on loan")
        if self.lifetime_years <= 0 or self.mass_kg < 0:
            raise ValueError(f"lifetime {self.lifetime_years}, mass {self.mass_kg}")
        if len({factor is None for factor in (self.e_low, self.e_mid, self.e_high)}) > 1:
            raise ValueError("a factor needs low, mid and high")

    @property
    def has_factor(self) -> bool:
        """Whether CO2e can be computed at all."""
        return self.e_mid is not None

    def as_dict(self) -> dict[str, Plain]:
        """Plain JSON values; ``from_dict`` gives the equal inputs back."""
        plain = {field.name: _plain(getattr(self, field.name)) for field in fields(self)}
        if self.loan_days is None:
            # Lines of pieces that are no loan stay as they were before there were any.
            del plain["loan_days"]
        if not self.went_home:
            del plain["went_home"]
        if self.levy_ore_per_tonne is None:
            del plain["levy_ore_per_tonne"]
        return plain

    @classmethod
    def from_dict(cls, stored: Mapping[str, Plain]) -> FigureInputs:
        """Inputs out of their stored form."""
        values: dict[str, Any] = dict(stored)
        for name, restore in _RESTORED.items():
            value = stored.get(name)
            if value is not None:
                values[name] = restore(str(value))
        return cls(**values)


class LifeTerms(NamedTuple):
    """What a line's money adjusted for life is made with: a few of its inputs, by their names.

    A sheet of all lines needs no more, and taking all inputs would be half of its time.
    """

    l: Decimal  # noqa: E741 - the formula's own name
    base_l: Decimal
    life_left: Decimal
    lifetime_years: Decimal
    mass_kg: Decimal
    new_price_ore: int
    refurb_ore: int
    transport_ore: int
    fee_ore_per_tonne: int
    loan_days: int | None

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> LifeTerms:
        """Out of the inputs in their stored form."""
        return cls(
            exact(stored["l"]),
            exact(stored["base_l"]),
            exact(stored["life_left"]),
            exact(stored["lifetime_years"]),
            exact(stored["mass_kg"]),
            stored["new_price_ore"],
            stored["refurb_ore"],
            stored["transport_ore"],
            stored.get("fee_ore_per_tonne", 0),
            stored.get("loan_days"),
        )


def bounds(d: Decimal, base_l: Decimal, km: Decimal) -> dict[str, Any]:
    """The extremes that a line's own values never lie outside, by field.

    W's own extremes hold for every line: nothing but 0 is used.
    """
    return {
        "d_low": min(d, D_LOW),
        "d_high": max(d, D_HIGH),
        "l_low": min(base_l, L_LOW),
        "l_high": max(base_l, L_HIGH),
        "km_low": min(km, KM_LOW),
        "km_high": max(km, KM_HIGH),
    }


def _plain(value: object) -> Plain:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Answer | Condition):
        return value.value
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"cannot be stored: {value!r}")


#: A year's lines hold the same few factors, shares and distances over and over.
exact = functools.lru_cache(4_096)(Decimal)
_RESTORE: dict[str, Callable[[str], object]] = {
    "Decimal": exact,
    "date": date.fromisoformat,
    "Answer": Answer,
    "Condition": Condition,
}
#: The inputs that are no plain JSON. Asking the fields anew for every line would take a third of
#: a check's time.
_RESTORED = {
    field.name: _RESTORE[kind]
    for field in fields(FigureInputs)
    if (kind := str(field.type).removesuffix(" | None")) in _RESTORE
}

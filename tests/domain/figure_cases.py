"""The worked examples of METODE.md as inputs, and random inputs for the properties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.figures.inputs import FigureInputs, bounds

CHAIR: dict[str, Any] = {
    "category_key": "office_task_chair",
    "factor_set": "2026.1",
    "own_factor": True,
    "co2_source": "FIRA 2011",
    "co2_year": 2011,
    "co2_stages": "A1-A3",
    "co2_verified": True,
    "mass_kg": Decimal("19.2"),
    "e_low": Decimal(36),
    "e_mid": Decimal(72),
    "e_high": Decimal(120),
    "lifetime_years": Decimal(15),
    "new_price_ore": 335_000,
    "price_documented": True,
    "price_source": "price list",
    "price_date": date(2026, 1, 31),
    "answer": Answer.UNANSWERED,
    "d": Decimal("0.5"),
    "condition": Condition.B,
    "renewed": False,
    "base_l": Decimal("0.6"),
    "life_left": Decimal(1),
    "l": Decimal("0.6"),
    "r_kg": Decimal("0.5"),
    "r_low_kg": Decimal("0.5"),
    "r_high_kg": Decimal("0.5"),
    "refurb_ore": 0,
    "transport_ore": 0,
}


def chair(**changed: object) -> FigureInputs:
    """The task chair of example C's first hand-over, with what a test changes."""
    return FigureInputs(**(CHAIR | changed))


def decimals(low: str, high: str, places: int = 3) -> st.SearchStrategy[Decimal]:
    """Decimals as a register would hold them."""
    return st.decimals(Decimal(low), Decimal(high), places=places)


@st.composite
def figure_inputs(draw: st.DrawFn, *, factor: bool | None = None) -> FigureInputs:
    """Any inputs that hang together."""
    with_factor = draw(st.booleans()) if factor is None else factor
    e_low, e_mid, e_high = sorted(draw(st.tuples(*[decimals("0", "900")] * 3)))
    life_left = draw(decimals("0", "1", 12))
    base = draw(st.sampled_from(["0.2", "0.4", "0.6", "0.8", "1"]).map(Decimal))
    r_low, r_kg, r_high = sorted(draw(st.tuples(*[decimals("0", "30")] * 3)))
    d, km = draw(decimals("0", "1")), draw(decimals("0", "500", 1))
    return chair(
        **bounds(d, base, km),
        mass_kg=draw(decimals("0", "300")),
        e_low=e_low if with_factor else None,
        e_mid=e_mid if with_factor else None,
        e_high=e_high if with_factor else None,
        co2_year=draw(st.none() | st.integers(1990, 2030)),
        lifetime_years=draw(decimals("0.5", "40", 1)),
        new_price_ore=draw(st.integers(0, 10_000_000)),
        price_date=draw(st.none() | st.dates()),
        answer=draw(st.sampled_from(Answer)),
        d=d,
        condition=draw(st.sampled_from(Condition)),
        renewed=draw(st.booleans()),
        base_l=base,
        life_left=life_left,
        l=min(base, life_left),
        r_kg=r_kg,
        r_low_kg=r_low,
        r_high_kg=r_high,
        refurb_ore=draw(st.integers(0, 1_000_000)),
        transport_ore=draw(st.integers(0, 100_000)),
        fee_ore_per_tonne=draw(st.integers(0, 100_000)),
        km=km,
        waste=draw(decimals("0", "0.45")),
    )

"""What a complaint changes of a hand-over that stands: what its repair cost, or only the price.

The repair is a later cost of the same hand-over: it gains nothing, and whoever has the piece has
been promised it whole.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from moebelcirkel.domain.figures.formulas import Figures, late_cost
from moebelcirkel.domain.figures.inputs import FigureInputs

#: What such a line keeps, and by it is known: øre, and kg CO2e with its bounds.
REPAIR_ORE = "repair_ore"
_MASSES = ("r_kg", "r_low_kg", "r_high_kg")


def kept(ore: int, kg: Decimal, low_kg: Decimal, high_kg: Decimal) -> dict[str, Any]:
    """The inputs of such a line, as it keeps them."""
    masses = zip(_MASSES, map(str, (kg, low_kg, high_kg)), strict=True)
    return {REPAIR_ORE: ore, **dict(masses)}


def complained(inputs: FigureInputs, said: Mapping[str, Any]) -> Figures:
    """The figures of such a line, from what it keeps and the hand-over's own inputs."""
    kg, low_kg, high_kg = (Decimal(said[name]) for name in _MASSES)
    ore = int(said[REPAIR_ORE])
    return late_cost(replace(inputs, refurb_ore=ore, r_kg=kg, r_low_kg=low_kg, r_high_kg=high_kg))

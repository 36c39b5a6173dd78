"""The inputs of a line as they would be with the figures of another factor set.

Only what the line took from its own set is exchanged: a type's own weight, price or declared value
stays, and so do the answer, the condition and the life left as they were frozen.
"""

from dataclasses import replace

from moebelcirkel.domain.factors import FactorFigures
from moebelcirkel.domain.figures.inputs import FigureInputs
from moebelcirkel.domain.figures.life import l_credited


def with_figures(
    inputs: FigureInputs, own: FactorFigures, other: FactorFigures, *, declared: bool
) -> FigureInputs:
    """The inputs with the category's figures of another set.

    ``own`` is what the line's set says, ``declared`` that the type has a declared value of its own.
    """
    life = l_credited(inputs.base_l, inputs.life_left, other.lifetime_years, inputs.loan_days)
    changed = replace(inputs, lifetime_years=other.lifetime_years, l=life)
    if own.mass_kg is not None and inputs.mass_kg == own.mass_kg:
        changed = replace(changed, mass_kg=other.mass_kg or inputs.mass_kg)
    believed = not inputs.price_documented and not inputs.price_source
    if believed and inputs.new_price_ore == own.new_price_mid_ore:
        changed = replace(changed, new_price_ore=other.new_price_mid_ore or 0)
    if not declared:
        changed = replace(
            changed, e_low=other.co2e_low_kg, e_mid=other.co2e_mid_kg, e_high=other.co2e_high_kg
        )
    return changed

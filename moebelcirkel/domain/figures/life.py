"""How much of a piece's life a line credits, and what an ended loop has used of it."""

from decimal import Decimal, localcontext

from moebelcirkel.domain.figures.inputs import FigureInputs, LifeTerms

PRECISION = 40
DAYS_A_YEAR = 365
LIFE_STEP = Decimal("1E-12")
"""Shares of life are kept to twelve decimals, so that every database stores them whole."""


def l_used(l_credited: Decimal, days_in_use: int, lifetime_years: Decimal) -> Decimal:
    """Share of life an ended loop has used, never more than the line credited."""
    if days_in_use < 0:
        raise ValueError(f"{days_in_use} days in use")
    with localcontext(prec=PRECISION):
        used = Decimal(days_in_use) / DAYS_A_YEAR / lifetime_years
        return min(l_credited, used.quantize(LIFE_STEP))


def life_left_after_return(life_left: Decimal, used: Decimal) -> Decimal:
    """Life left when a loop has ended; a task that renews sets it to 1 again."""
    with localcontext(prec=PRECISION):
        return max(Decimal(0), life_left - used)


def l_at_hand_over(base: Decimal, life_left: Decimal) -> Decimal:
    """L of a new line: judged by condition, capped by what the unit's own lines have left."""
    return min(base, life_left)


def l_credited(
    base: Decimal, life_left: Decimal, lifetime_years: Decimal, loan_days: int | None = None
) -> Decimal:
    """L of a new line: of a loan no more than its planned days use."""
    most = l_at_hand_over(base, life_left)
    return most if loan_days is None else l_used(most, loan_days, lifetime_years)


def most_used(inputs: FigureInputs | LifeTerms) -> Decimal:
    """The most life that a loop may use: a loan may last longer than its line has credited."""
    if inputs.loan_days is None:
        return inputs.l
    return l_at_hand_over(inputs.base_l, inputs.life_left)

"""Money saved and CO2e avoided by one unit at one hand-over, return or late cost."""

from moebelcirkel.domain.figures.beside import (
    SHADOW_PRICES_ORE,
    avoided_levy_ore,
    co2_value_ore,
    prices_of,
    read_shadow_prices,
    shadow_price_ore,
    value_of_years,
    write_shadow_prices,
)
from moebelcirkel.domain.figures.complaints import REPAIR_ORE, complained, kept
from moebelcirkel.domain.figures.formulas import (
    FIGURE_NAMES,
    SCENARIOS,
    Coverage,
    Extremes,
    Figures,
    Glance,
    credited_fee_ore,
    exact_co2,
    exact_money,
    fetched,
    glance,
    hand_over,
    late_cost,
    life_at_hand_over,
    life_when_ended,
    lifetime_at_shares,
    negative,
    outermost,
    returned,
    reversal,
    total,
    transported,
)
from moebelcirkel.domain.figures.kinds import CORRECTING, HANDED_KINDS, ChargeKind, LineKind
from moebelcirkel.domain.figures.life import (
    PRECISION,
    l_at_hand_over,
    l_credited,
    l_used,
    life_left_after_return,
    most_used,
)
from moebelcirkel.domain.figures.sums import SEALED_NAMES, Sums

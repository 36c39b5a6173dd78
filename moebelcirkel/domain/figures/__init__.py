"""Money saved and CO2e avoided by one unit at one hand-over, return or late cost."""

from moebelcirkel.domain.figures.complaints import REPAIR_ORE, complained, kept
from moebelcirkel.domain.figures.formulas import (
    FIGURE_NAMES,
    SCENARIOS,
    SHADOW_PRICES_ORE,
    Coverage,
    Extremes,
    Figures,
    Glance,
    Life,
    co2_value_ore,
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
    shadow_price_ore,
    total,
    transport_new_kg,
    transport_reuse_kg,
    transported,
)
from moebelcirkel.domain.figures.life import (
    DAYS_A_YEAR,
    LIFE_STEP,
    PRECISION,
    l_at_hand_over,
    l_credited,
    l_used,
    life_left_after_return,
    most_used,
)
from moebelcirkel.domain.figures.sums import SEALED_NAMES, Sums

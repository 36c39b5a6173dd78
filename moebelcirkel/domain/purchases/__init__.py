"""A purchase that is planned: its lines, what new ones cost, and what became of them."""

from moebelcirkel.domain.purchases.endings import FUNNEL, Ending, PlanState, plan_number
from moebelcirkel.domain.purchases.levies import check_levies, read_levies
from moebelcirkel.domain.purchases.plans import (
    COUNT_HEADS,
    MOST_LINES,
    MOST_PIECES,
    PRICE_HEADS,
    WHAT_HEADS,
    PlannedLine,
    levy_ore,
    per_year_ore,
    read_plan,
)

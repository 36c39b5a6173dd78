"""Runs of the van: which week an order comes in, what is driven, and what it cost."""

from moebelcirkel.domain.runs.kept import KEPT_NAMES, SMALL_ORE, Kept, kept
from moebelcirkel.domain.runs.standing import (
    MOST_DAYS_AHEAD,
    MOST_STOPS,
    RUN_STATE_NAMES,
    TWO_PEOPLE_G,
    Driven,
    Load,
    RunState,
    driven,
    fullest,
    run_number,
    shares,
    total_load,
    trips_saved,
)
from moebelcirkel.domain.runs.weeks import (
    MOST_CLOSED,
    Week,
    closing_weeks,
    next_delivery,
    spelled_weeks,
    week_of,
)

__all__ = [
    "KEPT_NAMES",
    "MOST_CLOSED",
    "MOST_DAYS_AHEAD",
    "MOST_STOPS",
    "RUN_STATE_NAMES",
    "SMALL_ORE",
    "TWO_PEOPLE_G",
    "Driven",
    "Kept",
    "Load",
    "RunState",
    "Week",
    "closing_weeks",
    "driven",
    "fullest",
    "kept",
    "next_delivery",
    "run_number",
    "shares",
    "spelled_weeks",
    "total_load",
    "trips_saved",
    "week_of",
]

"""Runs of the van: which week an order comes in, what is driven, and what it cost."""

from moebelcirkel.domain.runs.kept import SMALL_ORE, Kept, is_small, kept
from moebelcirkel.domain.runs.missed import Missed
from moebelcirkel.domain.runs.standing import (
    MOST_DAYS_AHEAD,
    MOST_STOPS,
    TWO_PEOPLE_G,
    Driven,
    Errand,
    Load,
    RunState,
    driven,
    fullest,
    read_stop_code,
    run_number,
    shares,
    stop_code,
    too_full,
    total_load,
    trips_saved,
)
from moebelcirkel.domain.runs.weeks import (
    MOST_CLOSED,
    Week,
    closing_weeks,
    fits,
    next_delivery,
    spelled_weeks,
    week_of,
)

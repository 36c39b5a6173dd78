"""Runs of the van: which week an order comes in, what is driven, and what it cost."""

from moebelcirkel.domain.runs.weeks import (
    MOST_CLOSED,
    Week,
    closing_weeks,
    next_delivery,
    spelled_weeks,
    week_of,
)

__all__ = ["MOST_CLOSED", "Week", "closing_weeks", "next_delivery", "spelled_weeks", "week_of"]

"""What an institution needs and the shop does not have."""

from moebelcirkel.domain.wants.matching import Offer, Sought, Wanted, words_of
from moebelcirkel.domain.wants.standing import (
    MOST_DAYS,
    MOST_PIECES,
    WANT_STATE_NAMES,
    Seed,
    WantStanding,
    WantState,
    standing,
    want_number,
)

__all__ = [
    "MOST_DAYS",
    "MOST_PIECES",
    "WANT_STATE_NAMES",
    "Offer",
    "Seed",
    "Sought",
    "WantStanding",
    "WantState",
    "Wanted",
    "standing",
    "want_number",
    "words_of",
]

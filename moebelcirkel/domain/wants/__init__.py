"""What an institution needs and the shop does not have."""

from moebelcirkel.domain.wants.filters import TYPE_FILTERS, TYPES, read_within, write_within
from moebelcirkel.domain.wants.matching import Offer, Sought, Wanted, sought, words_in, words_of
from moebelcirkel.domain.wants.standing import (
    MOST_DAYS,
    MOST_PIECES,
    Seed,
    WantStanding,
    WantState,
    standing,
    want_number,
)

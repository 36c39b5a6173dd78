"""Queries about wants: who lacks what, what is free and held, and the lists."""

from moebelcirkel.storage.queries.wants.lists import (
    HeldPiece,
    WantRow,
    found,
    held_pieces,
    listed,
    numbers_of_holds,
    one,
    orders_of,
)
from moebelcirkel.storage.queries.wants.serving import (
    ANY_OPEN,
    Lacking,
    any_open,
    asking,
    free,
    free_alike,
    free_of,
    has_too_many,
    holds_of,
    known_as,
    lacking,
    lapsed,
    offered,
    offers_of,
    ordered_of,
    touched,
)

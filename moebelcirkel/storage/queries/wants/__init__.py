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
    Lacking,
    any_open,
    free,
    free_alike,
    free_of,
    holds_of,
    lacking,
    lapsed,
    offered,
    offers_of,
    ordered_of,
    touched,
)

__all__ = [
    "HeldPiece",
    "Lacking",
    "WantRow",
    "any_open",
    "found",
    "free",
    "free_alike",
    "free_of",
    "held_pieces",
    "holds_of",
    "lacking",
    "lapsed",
    "listed",
    "numbers_of_holds",
    "offered",
    "offers_of",
    "one",
    "ordered_of",
    "orders_of",
    "touched",
]

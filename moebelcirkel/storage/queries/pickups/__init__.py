"""Queries about pickups: reports and their lines, what came of them, and what became of that."""

from moebelcirkel.storage.queries.pickups.listing import (
    Line,
    Listed,
    PickupEvent,
    Reach,
    count,
    history,
    lines,
    listed,
    one,
    receivable,
)
from moebelcirkel.storage.queries.pickups.pieces import (
    Coming,
    Fate,
    coming,
    fates,
    has_pieces,
    line_rows,
    photo_rows,
    photos,
    unreported,
)

"""Queries about pickups: reports and their lines, what came of them, and what became of that."""

from moebelcirkel.storage.queries.pickups.listing import (
    ListedPickup,
    PickupEvent,
    PickupLineRow,
    PickupReach,
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
    Given,
    coming,
    fates,
    fates_of,
    fetched_before,
    given,
    has_pieces,
    line_rows,
    photo_rows,
    photos,
    unreported,
)
from moebelcirkel.storage.queries.pickups.standing import (
    LOOSE,
    expect_material,
    kept_back,
    material,
    not_at,
    orders_of,
    pickups_of,
    pieces_kept_back,
    standing,
    standing_of,
    standing_units,
)

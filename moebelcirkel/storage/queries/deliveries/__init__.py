"""Queries of picking and delivering: the list by place, receivers, notes, and what is scanned."""

from moebelcirkel.storage.queries.deliveries.lines import (
    PickLine,
    Receiver,
    count_receivers,
    held_back,
    holds_off_sale,
    line_ids,
    line_states,
    lines_by_place,
    loose_lines,
    note_moved_on,
    order_ids_of,
    receivers,
)
from moebelcirkel.storage.queries.deliveries.notes import (
    Going,
    Note,
    going,
    note_by_number,
    note_fees,
    note_lines,
    note_pieces,
    note_rides_on,
    waiting_notes,
)
from moebelcirkel.storage.queries.deliveries.scanning import (
    Returnable,
    ScannedFreePiece,
    alike_counts,
    alike_line,
    free_alike,
    numbers,
    open_line_of,
    open_lines_of,
    order_picked_with,
    piece_out,
    to_pick,
    wanting,
)

"""Queries of picking and delivering: the list by place, receivers, notes, and what is scanned."""

from moebelcirkel.storage.queries.deliveries.lines import (
    Note,
    NotePiece,
    PickLine,
    Receiver,
    count_receivers,
    held_back,
    holds_off_sale,
    line_ids,
    line_states,
    lines_by_place,
    loose_lines,
    note_by_number,
    note_lines,
    note_moved_on,
    note_pieces,
    order_ids_of,
    receivers,
    waiting_notes,
)
from moebelcirkel.storage.queries.deliveries.scanning import (
    FreePiece,
    Returnable,
    alike_counts,
    alike_line,
    free_alike,
    numbers,
    open_line_of,
    order_picked_with,
    piece_out,
    wanting,
)

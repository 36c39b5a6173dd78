"""Delivering what was picked: delivery notes, hand-over with its figure lines and charges."""

from moebelcirkel.services.deliveries.handing_over import hand_over, prepare_note, prepare_notes
from moebelcirkel.services.deliveries.papers import notes_pdf, pick_list_pdf
from moebelcirkel.services.deliveries.pick_lists import (
    Note,
    PickRow,
    Receiver,
    find_note,
    line_ids,
    notes,
    pick_list,
    receivers,
    waiting_count,
)
from moebelcirkel.services.deliveries.picking import Swap, pick, pick_by_scan, unpick
from moebelcirkel.services.deliveries.returns import Returnable, Returned, returnable, take_back

__all__ = [
    "Note",
    "PickRow",
    "Receiver",
    "Returnable",
    "Returned",
    "Swap",
    "find_note",
    "hand_over",
    "line_ids",
    "notes",
    "notes_pdf",
    "pick",
    "pick_by_scan",
    "pick_list",
    "pick_list_pdf",
    "prepare_note",
    "prepare_notes",
    "receivers",
    "returnable",
    "take_back",
    "unpick",
    "waiting_count",
]

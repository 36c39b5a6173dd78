"""Delivering what was picked: delivery notes, hand-over with its figure lines and charges."""

from moebelcirkel.services.deliveries.handing_over import (
    Damage,
    HandedOver,
    NotesPrepared,
    hand_over,
    prepare_note,
    prepare_notes,
)
from moebelcirkel.services.deliveries.papers import notes_pdf, pick_list_pdf
from moebelcirkel.services.deliveries.pick_lists import (
    Going,
    Note,
    PickRow,
    Receiver,
    find_note,
    going,
    held_back,
    line_ids,
    notes,
    pick_list,
    receivers,
    waiting_count,
)
from moebelcirkel.services.deliveries.picking import (
    LinesChanged,
    PickedByScan,
    pick,
    pick_by_scan,
    unpick,
)
from moebelcirkel.services.deliveries.returns import Returnable, Returned, returnable, take_back
from moebelcirkel.services.deliveries.short import MissingLine, TookAlike, short, take_alike
from moebelcirkel.services.deliveries.tally import OrderRef, StopRef, Tally, run_tally, tally

"""Our own drawings of furniture, for demonstration data: one per kind, in any tint.

The same kind, tint and seed always give the same bytes.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from moebelcirkel.documents import drawn_rooms, drawn_seats, drawn_storage, drawn_tables
from moebelcirkel.documents.drawing_canvas import Canvas, Colour

_Drawing = Callable[[Canvas, Colour, random.Random], None]

_DRAWINGS: dict[str, _Drawing] = {
    drawing.__name__: drawing
    for drawing in (
        drawn_seats.task_chair,
        drawn_seats.stacking_chair,
        drawn_seats.visitor_chair,
        drawn_seats.bar_stool,
        drawn_seats.stool,
        drawn_seats.armchair,
        drawn_seats.sofa_for_two,
        drawn_seats.sofa_for_three,
        drawn_seats.pouf,
        drawn_seats.bench,
        drawn_seats.high_chair,
        drawn_tables.sit_stand_desk,
        drawn_tables.desk,
        drawn_tables.table,
        drawn_tables.round_table,
        drawn_tables.coffee_table,
        drawn_tables.folding_table,
        drawn_tables.children_set,
        drawn_tables.child_chair,
        drawn_tables.changing_table,
        drawn_storage.bookcase,
        drawn_storage.steel_shelving,
        drawn_storage.cupboard,
        drawn_storage.steel_cupboard,
        drawn_storage.tambour,
        drawn_storage.filing_cabinet,
        drawn_storage.pedestal,
        drawn_storage.wardrobe,
        drawn_storage.lockers,
        drawn_storage.cloakroom,
        drawn_storage.trolley,
        drawn_storage.coat_stand,
        drawn_storage.toy_box,
        drawn_rooms.bed,
        drawn_rooms.care_bed,
        drawn_rooms.child_bed,
        drawn_rooms.mattress,
        drawn_rooms.activity_mat,
        drawn_rooms.floor_lamp,
        drawn_rooms.desk_lamp,
        drawn_rooms.whiteboard,
        drawn_rooms.notice_board,
        drawn_rooms.screen,
        drawn_rooms.desk_screen,
        drawn_rooms.monitor_arm,
        drawn_rooms.reception,
        drawn_rooms.any_piece,
    )
}
KINDS = tuple(_DRAWINGS)

KIND_BY_CATEGORY = {
    "office_task_chair": "task_chair",
    "conference_swivel_chair": "task_chair",
    "visitor_chair": "visitor_chair",
    "stacking_chair": "stacking_chair",
    "dining_chair_wood": "stacking_chair",
    "bar_stool": "bar_stool",
    "stool_wood": "stool",
    "armchair": "armchair",
    "sofa_2_seat": "sofa_for_two",
    "sofa_3_seat": "sofa_for_three",
    "sofa_bed": "sofa_for_three",
    "pouf": "pouf",
    "desk_fixed": "desk",
    "desk_sit_stand": "sit_stand_desk",
    "conference_table": "table",
    "meeting_table_small": "round_table",
    "dining_table": "table",
    "folding_table": "folding_table",
    "coffee_table": "coffee_table",
    "reception_desk": "reception",
    "pedestal": "pedestal",
    "cupboard_wood": "cupboard",
    "cabinet_tambour": "tambour",
    "cupboard_steel": "steel_cupboard",
    "filing_cabinet_steel": "filing_cabinet",
    "bookcase_wood": "bookcase",
    "shelving_steel": "steel_shelving",
    "lockers": "lockers",
    "wardrobe_wood": "wardrobe",
    "cloakroom_unit_daycare": "cloakroom",
    "coat_stand": "coat_stand",
    "school_desk": "folding_table",
    "school_chair": "stacking_chair",
    "child_chair": "child_chair",
    "child_table": "children_set",
    "high_chair": "high_chair",
    "child_bed": "child_bed",
    "changing_table_electric": "changing_table",
    "changing_table_fixed": "changing_table",
    "toys_box": "toy_box",
    "activity_mat": "activity_mat",
    "bed_frame": "bed",
    "care_bed": "care_bed",
    "mattress_single": "mattress",
    "mattress_double": "mattress",
    "table_lamp": "desk_lamp",
    "floor_lamp": "floor_lamp",
    "whiteboard": "whiteboard",
    "glass_board": "whiteboard",
    "notice_board": "notice_board",
    "acoustic_screen_floor": "screen",
    "desk_screen": "desk_screen",
    "monitor_arm": "monitor_arm",
    "trolley": "trolley",
    "outdoor_bench": "bench",
    "garden_set": "bench",
    "furniture_average": "any_piece",
}


def draw(kind: str, tint: tuple[int, int, int], seed: int) -> bytes:
    """A JPEG of 1600×1138 points; the seed varies small things such as arms, books and feet."""
    chance = random.Random(f"{kind}/{seed}")
    canvas = Canvas((239, 235, 228), (226, 221, 208))
    _DRAWINGS[kind](canvas, tint, chance)
    return canvas.jpeg()

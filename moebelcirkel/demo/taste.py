"""Which institutions of the example have use for what: a cot stands where small children sleep."""

_SMALL = ("Daginstitution", "Børnehave", "Vuggestue", "Dagpleje")
_PUPILS = ("Skole", "Specialskole", "Ungdomsskole", "Musikskole", "Undervisning")
_BEDS = ("Plejecenter", "Bosted", "Depot")

#: Categories that stand with these kinds of institution only; all others stand anywhere.
_ONLY: dict[str, tuple[str, ...]] = {
    "activity_mat": (*_SMALL, "Fritidshjem", "Specialskole"),
    "bed_frame": _BEDS,
    "care_bed": _BEDS,
    "changing_table_electric": _SMALL,
    "child_bed": _SMALL,
    "child_chair": _SMALL,
    "child_table": _SMALL,
    "cloakroom_unit_daycare": _SMALL,
    "high_chair": _SMALL,
    "lockers": (*_PUPILS, "Fritidshjem", "Ungdomsklub", "Idræt"),
    "school_chair": _PUPILS,
    "school_desk": _PUPILS,
    "toys_box": (*_SMALL, "Fritidshjem"),
}

#: What an institution looks for first, by words in the category.
_TASTE = {
    "Skole": ("school", "stacking", "lockers", "whiteboard"),
    "Specialskole": ("school", "activity", "armchair"),
    "Ungdomsskole": ("school", "sofa", "stacking"),
    "Undervisning": ("school", "whiteboard", "stacking"),
    "Musikskole": ("stacking", "school_chair"),
    "Daginstitution": ("child", "toys", "activity", "cloakroom", "changing", "high_chair"),
    "Børnehave": ("child", "toys", "activity", "cloakroom"),
    "Vuggestue": ("child", "high_chair", "changing"),
    "Dagpleje": ("child", "high_chair", "toys"),
    "Fritidshjem": ("toys", "activity", "sofa", "pouf"),
    "Plejecenter": ("armchair", "bed", "dining", "sofa", "trolley"),
    "Bosted": ("armchair", "bed", "sofa"),
    "Rådhus": ("office", "desk", "conference", "screen"),
    "Jobcenter": ("office", "desk", "visitor", "screen"),
    "Administration": ("office", "desk", "cabinet", "screen"),
    "Bibliotek": ("bookcase", "armchair", "pouf"),
    "Kulturhus": ("stacking", "folding", "sofa"),
}


def suits(kind: str, category: str) -> bool:
    """Whether furniture of the category stands at this kind of institution at all."""
    return kind in _ONLY.get(category, (kind,))


def liking(kind: str, category: str) -> int:
    """How much it is looked for: 1 for anything, more for what the place is known for."""
    liked = any(word in category for word in _TASTE.get(kind, ()))
    return 1 + liked + 3 * (liked and category in _ONLY)

"""Which ecolabels are of type 1 (ISO 14024): given by a third party over the whole life."""

from moebelcirkel.domain.fold import fold

_TYPE_1 = (
    "svane",
    "nordic swan",
    "nordic ecolabel",
    "eu-blomst",
    "eu blomst",
    "blomsten",
    "eu ecolabel",
    "eu-ecolabel",
    "blauer engel",
    "blaue engel",
    "blue angel",
    "bra miljoeval",
)
_OTHERS = ("fsc", "pefc", "moebelfakta", "greenguard", "indeklima", "oeko-tex", "epd")


def is_type_1(label: str) -> bool | None:
    """Whether an ecolabel as it was written is of type 1; ``None`` where nobody can tell."""
    text = fold(label)
    if any(name in text for name in _TYPE_1):
        return True
    return False if any(name in text for name in _OTHERS) else None

"""Which ecolabels are of type 1 (ISO 14024): given by a third party over the whole life."""

from moebelcirkel.domain.fold import fold

#: Those of type 1 that a municipality begins with; a label is one whose name has one of them.
DEFAULT_TYPE_1 = (
    "Svane; Nordic Swan; Nordic Ecolabel; EU-Blomst; EU Blomst; Blomsten; EU Ecolabel;"
    " EU-Ecolabel; Blauer Engel; Blaue Engel; Blue Angel; Bra Miljöval"
)
_OTHERS = ("fsc", "pefc", "moebelfakta", "greenguard", "indeklima", "oeko-tex", "epd")


def is_type_1(label: str, type_1: str = DEFAULT_TYPE_1) -> bool | None:
    """Whether an ecolabel as it was written is of type 1; ``None`` where nobody can tell.

    ``type_1`` are the names of those that are, with semicolons between them.
    """
    text = fold(label)
    if any(name in text for each in type_1.split(";") if (name := fold(each))):
        return True
    return False if any(name in text for name in _OTHERS) else None

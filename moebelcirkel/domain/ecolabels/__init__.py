"""Ecolabels, and which are of type 1 (ISO 14024): given by a third party over the whole life."""

from collections.abc import Iterable
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.fold import fold

#: What the settings said before there was a register: a label was one whose name had one of them.
DEFAULT_TYPE_1 = (
    "Svane; Nordic Swan; Nordic Ecolabel; EU-Blomst; EU Blomst; Blomsten; EU Ecolabel;"
    " EU-Ecolabel; Blauer Engel; Blaue Engel; Blue Angel; Bra Miljöval"
)
_OTHERS = ("fsc", "pefc", "moebelfakta", "greenguard", "indeklima", "oeko-tex", "epd")


@dataclass(frozen=True, slots=True)
class ReferenceEcolabel:
    """A label as types name it; ``also`` are parts of what others call it.

    Nobody can tell the type where ``type_1`` is ``None``.
    """

    name: str
    also: str = ""
    type_1: bool | None = None

    def is_meant(self, text: str) -> bool:
        """Whether a folded text has its name or another of its names."""
        return any(part in text for part in _parts(f"{self.name};{self.also}"))


#: What the register begins with.
STANDARD = (
    ReferenceEcolabel("Svanemærket", "Svane; Nordic Swan; Nordic Ecolabel"),
    ReferenceEcolabel("EU-Blomsten", "EU-Blomst; EU Blomst; Blomsten; EU Ecolabel; EU-Ecolabel"),
    ReferenceEcolabel("Der Blaue Engel", "Blauer Engel; Blaue Engel; Blue Angel"),
    ReferenceEcolabel("Bra Miljöval"),
    ReferenceEcolabel("FSC"),
    ReferenceEcolabel("PEFC"),
    ReferenceEcolabel("Möbelfakta"),
    ReferenceEcolabel("GREENGUARD"),
    ReferenceEcolabel("Dansk Indeklima Mærkning", "Indeklima"),
    ReferenceEcolabel("OEKO-TEX"),
)


def beginning(used: Iterable[str], type_1: str) -> list[ReferenceEcolabel]:
    """The register of a database whose types have these labels and that had this setting.

    What the setting said in more signs than a label has was in the label of no type.
    """
    known = list(STANDARD)
    known += [ReferenceEcolabel(name) for name in used if name not in {each.name for each in known}]
    found = [
        ReferenceEcolabel(each.name, each.also, is_type_1(each.name, type_1)) for each in known
    ]
    own = [" ".join(each.split()) for each in type_1.split(";")]
    new = {
        fold(name): ReferenceEcolabel(name, type_1=True)
        for name in own
        if 0 < len(name) <= limits.ECOLABEL and not any(each.is_meant(fold(name)) for each in found)
    }
    return found + list(new.values())


def is_type_1(label: str, type_1: str = DEFAULT_TYPE_1) -> bool | None:
    """Whether an ecolabel as it was written is of type 1; ``None`` where nobody can tell.

    ``type_1`` are the names of those that are, with semicolons between them.
    """
    text = fold(label)
    if any(name in text for name in _parts(type_1)):
        return True
    return False if any(name in text for name in _OTHERS) else None


def label_meant(written: str, known: Iterable[ReferenceEcolabel]) -> ReferenceEcolabel | None:
    """The one label that a text means: by its whole name, else the only one whose names it has."""
    text, labels = fold(written), list(known)
    whole = [each for each in labels if each.name == written]
    whole = whole or [each for each in labels if fold(each.name) == text]
    found = whole or [each for each in labels if each.is_meant(text)]
    return found[0] if text and len(found) == 1 else None


def _parts(names: str) -> list[str]:
    return [part for each in names.split(";") if (part := fold(each))]

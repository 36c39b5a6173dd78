"""Files of places: a path such as "Hal 1 / Reol 2 / A", or a whole series in one line."""

from dataclasses import dataclass

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.places import place_code
from moebelcirkel.exchange.kinds.records import RecordField, one_of, optional, text

_KINDS = {
    "reol": "shelf",
    "hylde": "shelf",
    "shelf": "shelf",
    "værksted": "workshop",
    "workshop": "workshop",
    "gulv": "floor",
    "gulvplads": "floor",
    "floor": "floor",
    "vogn": "trolley",
    "trolley": "trolley",
    "palle": "pallet",
    "pallet": "pallet",
    "bur": "cage",
    "cage": "cage",
}


@dataclass(frozen=True, slots=True)
class PlaceRecord:
    """A path, or a code with what it is called; what kind of place it is."""

    line: int
    path: str
    code: str
    kind: str


FIELDS = (
    RecordField(
        "path",
        N_("Path or name"),
        "placering, sti, plads, navn, lokation, place, path, location, name",
        text(200),
    ),
    RecordField("code", N_("Code"), "kode, placeringskode, code", optional(place_code, "")),
    RecordField("kind", N_("Kind"), "art, type, slags, kind", one_of(_KINDS, "shelf"), shared=True),
)

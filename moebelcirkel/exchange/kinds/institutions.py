"""Files of institutions: name, department, numbers, address, and what can pay for them."""

from dataclasses import dataclass
from decimal import Decimal

from moebelcirkel.domain import identifiers, limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.runs import closing_weeks, spelled_weeks
from moebelcirkel.exchange.article_cells import collapsed
from moebelcirkel.exchange.kinds.records import RecordField, one_of, optional, parts, text

_WEEKDAYS = {
    "mandag": 1,
    "tirsdag": 2,
    "onsdag": 3,
    "torsdag": 4,
    "fredag": 5,
    "monday": 1,
    "tuesday": 2,
    "wednesday": 3,
    "thursday": 4,
    "friday": 5,
    "man": 1,
    "tir": 2,
    "tirs": 2,
    "ons": 3,
    "tor": 4,
    "tors": 4,
    "fre": 5,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "5": 5,
}
_LEGAL = {
    "egen": "own",
    "kommunal": "own",
    "kommunens egen": "own",
    "kommunens": "own",
    "own": "own",
    "anden": "other",
    "selvejende": "other",
    "privat": "other",
    "other": "other",
}


@dataclass(frozen=True, slots=True)
class InstitutionRecord:
    """One institution as a file tells it; the address with postcode and town."""

    line: int
    name: str
    department: str
    kind: str
    address: str
    postcode: str
    town: str
    ean: str
    cvr: str
    legal: str
    bearers: tuple[str, ...]
    weekday: int | None = None
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    closed_weeks: str = ""
    contact: str = ""
    phone: str = ""

    def full_address(self) -> str:
        """The address in one line."""
        town = " ".join(filter(None, (self.postcode, self.town)))
        return ", ".join(filter(None, (self.address, town)))


def _weekday(cell: str) -> int | None:
    said = collapsed(cell)
    day = _WEEKDAYS.get(said.casefold().removesuffix("e").rstrip("."))
    if said and day is None:
        raise Refused(N_("“{text}” is no day from Monday to Friday."), text=said[:40])
    return day


def _weeks(cell: str) -> str:
    return spelled_weeks(closing_weeks(cell.replace(" og ", ", ")))


def _bearers(cell: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(identifiers.cost_bearer(part) for part in parts(cell)))


FIELDS = (
    RecordField(
        "name",
        N_("Name"),
        "institution, navn, institutionsnavn, enhed, skole, name, school",
        text(limits.NAME),
        needed=True,
    ),
    RecordField(
        "department",
        N_("Department"),
        "forvaltning, afdeling, område, center, magistratsafdeling, department",
        text(limits.NAME),
        shared=True,
    ),
    RecordField(
        "kind", N_("Kind"), "art, institutionstype, type, slags, kind", text(60), shared=True
    ),
    RecordField(
        "ean",
        N_("EAN number"),
        "ean, ean nummer, ean nr, gln, gln nummer, eannummer",
        optional(identifiers.ean_number, ""),
    ),
    RecordField(
        "cvr",
        N_("CVR number"),
        "cvr, cvr nummer, cvr nr, cvrnummer",
        identifiers.storable_cvr,
        shared=True,
    ),
    RecordField(
        "legal",
        N_("Legal type"),
        "juridisk type, ejerforhold, ejer, legal type, owner",
        one_of(_LEGAL, "own"),
        shared=True,
    ),
    RecordField(
        "bearers",
        N_("Cost bearers"),
        (
            "omkostningssted, omkostningssteder, kostbærer, kostbærere, psp, psp element, "
            "konto, cost bearer, cost centre"
        ),
        _bearers,
    ),
    RecordField("address", N_("Address"), "adresse, vej, gade, address, street", text(200)),
    RecordField(
        "postcode",
        N_("Postcode"),
        "postnummer, postnr, post nr, postcode, zip",
        identifiers.postcode,
    ),
    RecordField("town", N_("Town"), "by, bynavn, postdistrikt, town, city", text(60)),
    RecordField(
        "weekday",
        N_("Fixed delivery day"),
        "leveringsdag, ugedag, køredag, leveringsugedag, weekday, delivery day",
        _weekday,
        shared=True,
    ),
    RecordField(
        "closed_weeks",
        N_("Closed weeks"),
        "lukkeuger, ferieuger, lukkede uger, lukket uge, closed weeks",
        _weeks,
        shared=True,
    ),
    RecordField(
        "latitude",
        N_("Degrees north"),
        "breddegrad, bredde, lat, latitude, wgs84 lat, nord",
        identifiers.degrees,
    ),
    RecordField(
        "longitude",
        N_("Degrees east"),
        "længdegrad, længde, lon, lng, long, longitude, wgs84 long, øst",
        identifiers.degrees,
    ),
    # A column of contact persons holds names, which are not taken by themselves.
    RecordField(
        "contact",
        N_("Ask there for"),
        "kontaktfunktion, spørg efter, funktion på stedet, contact function, ask for",
        text(limits.NAME),
        shared=True,
    ),
    RecordField(
        "phone",
        N_("Telephone"),
        "telefon, telefonnummer, telefon nr, tlf, tlf nr, phone, telephone",
        identifiers.telephone,
    ),
)

"""Files of the furniture that is there on the first day: one line for n alike pieces."""

from collections.abc import Callable
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.conditions import read_condition
from moebelcirkel.domain.days import year_bought
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.facts import FACTS, WRITTEN, Kept, PieceFact, PieceFacts
from moebelcirkel.exchange.article_cells import collapsed
from moebelcirkel.exchange.kinds.records import RecordField, code, parts, text

MAX_COUNT = 5_000
MAX_PATH = 200


@dataclass(frozen=True, slots=True)
class PieceRecord(PieceFacts):
    """Alike pieces of one line; ``codes`` are their old numbers, one for each, or none at all."""

    line: int
    codes: tuple[str, ...]
    count: int
    key: str
    name: str
    category: str
    maker: str
    colour: str
    condition: str
    place: str
    year: int | None
    note: str


def _count(cell: str) -> int:
    said = collapsed(cell).removesuffix(".0").removesuffix(",0")
    if not said:
        return 1
    if not said.isascii() or not said.isdigit() or not 1 <= int(said) <= MAX_COUNT:
        raise Refused(
            N_("The number of pieces must be a whole number from 1 to {most}."), most=MAX_COUNT
        )
    return int(said)


def _codes(cell: str) -> tuple[str, ...]:
    return tuple(str(_CODE(part)) for part in parts(cell))


def _condition(cell: str) -> str:
    return str(read_condition(cell)) if cell.strip() else ""


def _year(cell: str) -> int | None:
    said = collapsed(cell).removesuffix(".0")
    if not said:
        return None
    if not said.isascii() or not said.isdigit():
        raise Refused(N_("Write the year with four digits, e.g. 2016."))
    return year_bought(int(said), 9999)


def _answer(fact: PieceFact) -> Callable[[str], Kept]:
    """What a cell says of a piece: a key or a label of an answer, in either language."""

    def read(cell: str) -> Kept:
        said = _plain(cell)
        if not said:
            return None
        for key, (kept, label) in fact.answers.items():
            if said in {key, _plain(label), *map(_plain, WRITTEN.get(key, ()))}:
                return kept
        raise Refused(
            N_("Write one of: {answers}."),
            answers=", ".join(WRITTEN[key][0] for key in fact.answers),
        )

    return read


def _plain(text: str) -> str:
    """Without what people write differently: spaces, kinds of dashes, capitals."""
    return "".join(text.casefold().replace("–", "-").split())


_CODE = code(limits.UNIT_CODE)
FIELDS = (
    RecordField(
        "name",
        N_("Furniture type"),
        (
            "møbeltype, navn, møbel, varenavn, betegnelse, beskrivelse, genstand, type, "
            "artikel, name, item, description, product"
        ),
        text(limits.ARTICLE_NAME),
    ),
    RecordField(
        "key",
        N_("Item number"),
        "varenummer, varenr, artikelnummer, artikelnr, item number, sku",
        code(limits.ARTICLE_KEY),
    ),
    RecordField(
        "codes",
        N_("Old number"),
        (
            "gammelt nummer, inventarnummer, inventarnr, inventar nr, løbenummer, mærkat, "
            "stregkode, gl nr, gammelt nr, møbelnummer, nummer, nr, old number, inventory "
            "number, barcode, number, id"
        ),
        _codes,
    ),
    RecordField(
        "count", N_("Count"), "antal, stk, antal stk, count, quantity, qty", _count, shared=True
    ),
    RecordField(
        "condition",
        N_("Condition"),
        "stand, tilstand, kvalitet, condition, grade",
        _condition,
        needed=True,
        shared=True,
    ),
    RecordField(
        "place",
        N_("Place"),
        "placering, plads, lokation, hylde, reol, place, location, shelf",
        text(MAX_PATH),
        needed=True,
        shared=True,
    ),
    RecordField(
        "category",
        N_("Category"),
        "kategori, varegruppe, produktgruppe, møbelgruppe, gruppe, category, group",
        text(limits.ARTICLE_NAME),
        shared=True,
    ),
    RecordField(
        "maker",
        N_("Maker"),
        "fabrikant, producent, mærke, fabrikat, maker, brand",
        text(limits.MAKER),
        shared=True,
    ),
    RecordField("colour", N_("Colour"), "farve, colour, color", text(limits.COLOUR)),
    RecordField(
        "year",
        N_("Bought new in"),
        "indkøbsår, købsår, anskaffelsesår, anskaffet, årgang, år, year",
        _year,
        shared=True,
    ),
    *(RecordField(f.column, f.name, f.headers, _answer(f)) for f in FACTS.values()),
    RecordField(
        "note",
        N_("Note"),
        "bemærkning, bemærkninger, note, noter, kommentar, remark",
        text(limits.UNIT_NOTE),
    ),
)

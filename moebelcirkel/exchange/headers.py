"""What columns are called in price lists, in Danish and English, and how sure a name is."""

import re
from collections.abc import Iterable, Sequence

# Header names by field, the surest first; they are compared as whole words in lower case.
_HEADERS = {
    "key": (
        "varenummer, varenr, vare nr, artikelnummer, artikelnr, artikel nr, "
        "produktnummer, produktnr, item id, item number, item no, article number, "
        "article no, product id, sku, nummer, nr, number, id, ean"
    ),
    "name": (
        "navn, varenavn, produktnavn, møbeltype, artikelnavn, betegnelse, varetekst, "
        "name, product name, item name, title, titel, produkt, vare, product, article, "
        "artikel"
    ),
    "maker": (
        "fabrikant, producent, mærke, varemærke, fabrikat, maker, manufacturer, brand, "
        "brand name, make"
    ),
    "model": (
        "model, beskrivelse, kort beskrivelse, short description, description, "
        "varebeskrivelse, produktbeskrivelse"
    ),
    "category": (
        "kategori, varegruppe, produktgruppe, møbelgruppe, category, product group, "
        "gruppe, group, type"
    ),
    "width": "bredde, width, b, w",
    "depth": "dybde, depth, d",
    "height": "højde, height, h",
    "weight": "vægt, nettovægt, weight, net weight, kg",
    "colour": "farve, colour, color",
    "materials": "materiale, materialer, material, materials",
    "ecolabel": "miljømærke, miljømærkning, miljø, ecolabel, eco label, label",
    "size_mark": "størrelsesmærke, størrelsesmærkning, en 1729, size mark",
    "supplier": "leverandør, forhandler, supplier, vendor",
    "price": (
        "nypris, ny pris, new price, listepris, vejledende pris, vejl pris, "
        "indkøbspris, kostpris, stykpris, enhedspris, pris, list price, unit price, "
        "price, pris pr stk, beløb"
    ),
    "price_date": "prisdato, pris dato, price date, gyldig fra, valid from, dato, date",
    "price_source": "priskilde, kilde, price source, source",
    "link": "link, url, webadresse, hjemmeside, web, weblink, website",
}
HEADERS = {field: tuple(names.split(", ")) for field, names in _HEADERS.items()}
_NUMBERS = {"sku", "nr", "nummer", "number", "no", "id", "ean", "gtin", "varenr", "kode", "code"}
_PICTURES = {"foto", "photo", "billede", "image", "img", "picture"}
# "Old price" and "price group" hold the word but not the thing.
_NEVER = {
    "price": {"old", "gammel", "tidligere", "gruppe", "group", "kilde", "source", "dato", "date"},
    "name": {"kategori", "category", "leverandør", "supplier", "fil", "file", "brand", *_NUMBERS},
    "maker": _NUMBERS,
    "model": {"long", "lang"},
    "key": {"ordre", "order", "kunde", "customer", "telefon", "phone"},
    "link": _PICTURES,
}
_GROUPS = {
    "mål",
    "dimensioner",
    "dimensions",
    "størrelse",
    "size",
    "measures",
    "pris",
    "priser",
    "price",
    "prices",
    "vare",
    "varer",
    "produkt",
    "product",
}
_VAT = r" ?(?:moms|vat|tax)\b"
_WITHOUT_VAT = re.compile(
    rf"\b(?:ekskl|eksl|eks|eksklusive?|exkl|excl|ex|excluding|exclusive|uden|without|før|u){_VAT}"
)
_WITH_VAT = re.compile(rf"\b(?:inkl|inklusive?|incl|inc|including|inclusive|med|with|m){_VAT}")
_UNIT = re.compile(r"\b(mm|cm|kg|gram|g|m)\b")


def words_of(header: str) -> str:
    """A header in lower case without its unit and punctuation."""
    plain = re.sub(r"[^\w]|_", " ", header.lower())
    return " ".join(_UNIT.sub(" ", plain).split()) or plain.strip()


def rank(field: str, header: str) -> int | None:
    """How sure a header names a field, lower is surer: its whole name before a word in it."""
    words = words_of(header)
    parts = words.split()
    if _NEVER.get(field, set()) & set(parts):
        return None
    if parts and parts[0] in _GROUPS and len(parts) == 2 and len(parts[1]) == 1:
        words = parts[1]
    return _place_among(HEADERS[field], words)


def rank_among(names: Sequence[str], header: str) -> int | None:
    """The same for a field that is called any of these names."""
    return _place_among(names, words_of(header))


def _place_among(names: Sequence[str], words: str) -> int | None:
    if words in names:
        return names.index(words)
    for place, name in enumerate(names):
        if len(name) > 2 and f" {name} " in f" {words} ":
            return 100 + place
    return None


def recognised(cells: Iterable[str]) -> int:
    """How many fields a line names outright."""
    said = {words_of(cell) for cell in cells if cell.strip()}
    return sum(1 for names in HEADERS.values() if not said.isdisjoint(names))


def names_group(cells: Iterable[str]) -> bool:
    """Whether a line holds a word that stands over several columns, such as "Mål"."""
    return any(words_of(cell) in _GROUPS for cell in cells)


def unit_in(header: str) -> str | None:
    """The unit a header names, in lower case."""
    found = _UNIT.search(re.sub(r"[^\w]|_", " ", header.lower()))
    return found[1] if found else None


def contains_vat(column: str) -> bool | None:
    """What a price column's own name says of VAT; None where it says nothing."""
    header = words_of(column)
    if _WITHOUT_VAT.search(header):
        return False
    return True if _WITH_VAT.search(header) else None

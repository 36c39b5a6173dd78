"""What an import proposes: which column holds what, and which category a file's words mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from statistics import median

from moebelcirkel.domain.categories import Category, guess_category, is_accessory
from moebelcirkel.exchange.mapping import LEFT_OUT, Mapping, Measure
from moebelcirkel.exchange.tabular import Table
from moebelcirkel.exchange.written_numbers import looks_like_number, number

_SAMPLE = 500
_MOST_HEADS = 5_000
# Header names by field, the surest first; they are compared as whole words in lower case.
_HEADERS: dict[str, tuple[str, ...]] = {
    "key": (
        "varenummer", "varenr", "vare nr", "artikelnummer", "artikelnr", "artikel nr",
        "produktnummer", "produktnr", "item id", "item number", "item no", "article number",
        "article no", "product id", "sku", "nummer", "nr", "number", "id", "ean",
    ),
    "name": (
        "navn", "varenavn", "produktnavn", "møbeltype", "artikelnavn", "betegnelse", "varetekst",
        "name", "product name", "item name", "title", "titel", "produkt", "vare", "product",
        "article", "artikel",
    ),
    "maker": (
        "fabrikant", "producent", "mærke", "varemærke", "fabrikat", "maker", "manufacturer",
        "brand", "make",
    ),
    "model": (
        "model", "beskrivelse", "kort beskrivelse", "short description", "description",
        "varebeskrivelse", "produktbeskrivelse",
    ),
    "category": (
        "kategori", "varegruppe", "produktgruppe", "møbelgruppe", "category", "product group",
        "gruppe", "group", "type",
    ),
    "width": ("bredde", "width", "b", "w"),
    "depth": ("dybde", "depth", "d"),
    "height": ("højde", "height", "h"),
    "weight": ("vægt", "nettovægt", "weight", "net weight", "kg"),
    "colour": ("farve", "colour", "color"),
    "materials": ("materiale", "materialer", "material", "materials"),
    "ecolabel": ("miljømærke", "miljømærkning", "miljø", "ecolabel", "eco label", "label"),
    "supplier": ("leverandør", "forhandler", "supplier", "vendor"),
    "price": (
        "nypris", "ny pris", "new price", "listepris", "vejledende pris", "vejl pris",
        "indkøbspris", "kostpris", "stykpris", "enhedspris", "pris", "list price", "unit price",
        "price", "pris pr stk", "beløb",
    ),
    "price_date": (
        "prisdato", "pris dato", "price date", "gyldig fra", "valid from", "dato", "date",
    ),
    "price_source": ("priskilde", "kilde", "price source", "source"),
    "link": ("link", "url", "webadresse", "hjemmeside", "web", "weblink", "website"),
}  # fmt: skip
# "Old price" and "price group" hold the word but not the thing.
_NEVER = {
    "price": {"old", "gammel", "tidligere", "gruppe", "group", "kilde", "source", "dato", "date"},
    "name": {"kategori", "category", "leverandør", "supplier", "fil", "file"},
    "model": {"long", "lang"},
    "key": {"ordre", "order", "kunde", "customer", "telefon", "phone"},
}
_VAT = r" ?(?:moms|vat|tax)\b"
_WITHOUT_VAT = re.compile(
    rf"\b(?:ekskl|eksl|eks|eksklusive?|exkl|excl|ex|excluding|exclusive|uden|without|før|u){_VAT}"
)
_WITH_VAT = re.compile(rf"\b(?:inkl|inklusive?|incl|inc|including|inclusive|med|with|m){_VAT}")
_UNIT = re.compile(r"\b(mm|cm|kg|gram|g|m)\b")


def suggest_mapping(table: Table) -> Mapping:
    """The columns that header names, in Danish or English, and contents point to."""
    found = _by_header(table)
    free = [column for column in table.columns if column not in found.values()]
    if "link" not in found and (column := _first(table, free, _are_links)):
        found["link"] = column
    if "price" not in found and (column := _first(table, free, _are_amounts)):
        found["price"] = column
    if "name" not in found:
        wordy = found.pop("model", None) or _first(table, free, _are_words)
        if wordy:
            found["name"] = wordy
    if "key" not in found:
        key = _first(table, free, _are_keys)
        if key or "name" in found:
            found["key"] = key or found["name"]
    return _mapping(table, found)


def contains_vat(column: str) -> bool | None:
    """What a price column's own name says of VAT; None where it says nothing."""
    header = _words(column)
    if _WITHOUT_VAT.search(header):
        return False
    return True if _WITH_VAT.search(header) else None


def suggest_categories(
    values: Iterable[str], categories: Sequence[Category]
) -> dict[str, str | None]:
    """The category each of a file's values points to, or None."""
    return {value: guess_category(value, categories) for value in values}


def suggest_words(
    table: Table, columns: Sequence[str], categories: Sequence[Category]
) -> tuple[tuple[str, str], ...]:
    """Beginnings of names with the category they say; covers and legs are left out."""
    heads = {_head(name) for column in columns for name in table.distinct(column)}
    if len(heads) > _MOST_HEADS:
        return ()
    found = []
    for head in sorted(filter(None, heads)):
        key = LEFT_OUT if is_accessory(head) else guess_category(head, categories)
        if key is not None:
            found.append((head, key))
    return tuple(found)


def _head(name: str) -> str:
    """What a name says before its measures and colours: "Bar table" of "Bar table, 51x51 cm"."""
    return " ".join(re.split(r"[,;(]|\s\d", name, maxsplit=1)[0].split())


def _mapping(table: Table, found: dict[str, str]) -> Mapping:
    name: tuple[str, ...] = (found["name"],) if "name" in found else ()
    if name and "model" in found and _says_too_little(table, found["name"], found["model"]):
        name += (found["model"],)
        found["model"] = found["name"]
    return Mapping(
        key=found.get("key", ""),
        name=name,
        maker=found.get("maker"),
        model=found.get("model"),
        category=found.get("category"),
        width=_measure(table, found.get("width")),
        depth=_measure(table, found.get("depth")),
        height=_measure(table, found.get("height")),
        weight=_weight(found.get("weight")),
        colour=found.get("colour"),
        materials=found.get("materials"),
        ecolabel=found.get("ecolabel"),
        supplier=found.get("supplier"),
        price=found.get("price"),
        price_date=found.get("price_date"),
        price_source=found.get("price_source"),
        link=found.get("link"),
    )


def _by_header(table: Table) -> dict[str, str]:
    """The best column for each field whose header and contents agree; each column serves once."""
    offers: list[tuple[int, int, str, str]] = []
    for field, names in _HEADERS.items():
        for place, column in enumerate(table.columns):
            rank = _rank(_words(column), names, _NEVER.get(field, set()))
            if rank is not None:
                offers.append((rank, place, field, column))
    found: dict[str, str] = {}
    for _rank_of, _place, field, column in sorted(offers):
        if field not in found and column not in found.values() and _agrees(table, field, column):
            found[field] = column
    return found


def _rank(words: str, names: tuple[str, ...], never: set[str]) -> int | None:
    """How sure a header is: the whole name before a word in it, and earlier names before later."""
    if never & set(words.split()):
        return None
    for place, name in enumerate(names):
        if words == name:
            return place
    for place, name in enumerate(names):
        if len(name) > 2 and f" {name} " in f" {words} ":
            return 100 + place
    return None


def _words(header: str) -> str:
    """A header in lower case without its unit and punctuation."""
    plain = re.sub(r"[^\w]|_", " ", header.lower())
    return " ".join(_UNIT.sub(" ", plain).split()) or plain.strip()


def _agrees(table: Table, field: str, column: str) -> bool:
    check = _CONTENTS.get(field)
    cells = _sample(table, column)
    return not cells or check is None or check(cells)


def _sample(table: Table, column: str) -> list[str]:
    cells = table.cells(column)
    step = max(1, len(cells) // _SAMPLE)
    return [cell for cell in cells[::step] if cell.strip()]


def _first(table: Table, columns: list[str], check: Callable[[list[str]], bool]) -> str | None:
    for column in columns:
        cells = _sample(table, column)
        if cells and check(cells):
            return column
    return None


def _mostly(cells: list[str], check: Callable[[str], object]) -> bool:
    return sum(1 for cell in cells if check(cell)) >= 0.8 * len(cells)


def _are_links(cells: list[str]) -> bool:
    return _mostly(cells, lambda cell: cell.strip().lower().startswith(("http://", "https://")))


def _hold_figures(cells: list[str]) -> bool:
    return _mostly(cells, lambda cell: any(char.isdigit() for char in cell))


def _are_amounts(cells: list[str]) -> bool:
    """Figures with decimals or a currency; bare whole numbers could be anything."""
    return _mostly(
        cells, lambda cell: re.search(r"\d[.,]\d{1,2}$|kr\.?$|,-$", cell.strip().lower())
    )


def _are_words(cells: list[str]) -> bool:
    return _mostly(cells, lambda cell: sum(char.isalpha() for char in cell) >= 3) and (
        len(set(cells)) > len(cells) / 10
    )


def _are_keys(cells: list[str]) -> bool:
    """Different in every line, without blanks, and not merely the lines counted."""
    if len(set(cells)) < len(cells) or not _mostly(cells, lambda cell: " " not in cell.strip()):
        return False
    return not all(cell.isdigit() and len(cell) < 5 for cell in cells)


def _are_texts(cells: list[str]) -> bool:
    """Words with a meaning of their own; yes, no and figures have none."""
    return _mostly(
        cells,
        lambda cell: (
            not looks_like_number(cell)
            and cell.strip().lower() not in {"yes", "no", "ja", "nej", "true", "false", "x"}
        ),
    )


_CONTENTS: dict[str, Callable[[list[str]], bool]] = {
    "link": _are_links,
    "price": _hold_figures,
    "price_date": _hold_figures,
    "width": _hold_figures,
    "depth": _hold_figures,
    "height": _hold_figures,
    "weight": _hold_figures,
    "name": _are_texts,
    "category": _are_texts,
    "colour": _are_texts,
    "materials": _are_texts,
    "ecolabel": _are_texts,
}


def _says_too_little(table: Table, name: str, model: str) -> bool:
    """Whether the name alone stands for many things that the description tells apart."""
    if not _are_texts(_sample(table, model)):
        return False
    names, models = len(table.distinct(name)), len(table.distinct(model))
    return names < 0.5 * len(table.rows) and models > names


def _measure(table: Table, column: str | None) -> Measure | None:
    """The unit its header names; else large figures are millimetres."""
    if column is None:
        return None
    unit = _unit_in(column)
    if unit not in ("mm", "cm", "m"):
        figures = [number(cell, table.decimal) for cell in _sample(table, column)]
        known = [figure for figure in figures if figure is not None]
        unit = "mm" if known and median(known) >= 300 else "cm"
    return Measure(column, unit)


def _weight(column: str | None) -> Measure | None:
    if column is None:
        return None
    return Measure(column, "g" if _unit_in(column) in ("g", "gram") else "kg")


def _unit_in(header: str) -> str | None:
    found = _UNIT.search(re.sub(r"[^\w]|_", " ", header.lower()))
    return found[1] if found else None

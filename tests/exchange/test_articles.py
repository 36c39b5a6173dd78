"""Articles out of tables: what each cell may hold, doubles, and what the import proposes."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moebelcirkel import language
from moebelcirkel.domain.errors import Refused
from moebelcirkel.exchange.articles import (
    ArticleRecord,
    LineError,
    Mapping,
    Measure,
    PriceBasis,
    article_records,
    contains_vat,
    suggest_categories,
    suggest_mapping,
)
from moebelcirkel.exchange.mapping import LEFT_OUT
from moebelcirkel.exchange.tabular import read_table
from tests import reference

HEADER = "Nr;Navn;Gruppe;B;D;H;Kg;Pris;Dato;Kilde;Link;Farve"
MAPPING = Mapping(
    key="Nr",
    name=("Navn",),
    category="Gruppe",
    width=Measure("B", "cm"),
    depth=Measure("D", "mm"),
    height=Measure("H", "cm"),
    weight=Measure("Kg", "kg"),
    price="Pris",
    price_date="Dato",
    price_source="Kilde",
    link="Link",
    colour="Farve",
)
BASIS = PriceBasis(price_date=dt.date(2026, 1, 1), price_source="Katalog")
TODAY = dt.date(2026, 11, 20)
CPR = "Teksten ser ud til at have et CPR-nummer. Fjern det. Det må ikke gemmes her."
CATEGORIES = {"Stole": "office_task_chair", "Dele": LEFT_OUT, "Andet": None}
GOOD = {
    "Nr": "1",
    "Navn": "Stol",
    "Gruppe": "Stole",
    "B": "68",
    "D": "660",
    "H": "98–115",
    "Kg": "19,2",
    "Pris": "1.250,00",
    "Dato": "1.3.2026",
    "Kilde": "Liste",
    "Link": "https://x.dk/1",
    "Farve": "sort",
}


def read(
    *lines: dict[str, str], mapping: Mapping = MAPPING, basis: PriceBasis = BASIS
) -> tuple[list[ArticleRecord], list[LineError]]:
    """Lines like GOOD but for the cells given; a comma is the decimal sign."""
    rows = ["\t".join(HEADER.split(";"))]
    rows += ["\t".join({**GOOD, **line}.values()) for line in lines]
    table = read_table("\n".join(rows).encode(), "f.csv", decimal=",")
    return article_records(table, mapping, basis, CATEGORIES, today=TODAY)


def test_a_whole_line() -> None:
    records, errors = read({"Navn": "  Kontorstol \u00a0 H05 "})
    assert errors == []
    assert records == [
        ArticleRecord(
            line=2,
            key="1",
            name="Kontorstol H05",
            maker="",
            model="",
            category_key="office_task_chair",
            width_mm=680,
            depth_mm=660,
            height_min_mm=980,
            height_max_mm=1150,
            weight_g=19_200,
            colour="sort",
            materials="",
            ecolabel="",
            size_mark="",
            supplier="",
            new_price_ore=100_000,
            new_price_on=dt.date(2026, 3, 1),
            new_price_source="Liste",
            link="https://x.dk/1",
        )
    ]


def test_prices_are_not_from_a_day_ahead() -> None:
    with pytest.raises(Refused, match="lies ahead") as caught:
        read({}, basis=PriceBasis(price_date=dt.date(2031, 1, 1), price_source="Katalog"))
    assert caught.value.field == "price_date"


def test_a_number_of_the_makers_may_look_like_anything() -> None:
    [record], _ = read({"Nr": "0101901234"})
    assert record.key == "0101901234"


@pytest.mark.parametrize("gap", ["", "-", "0", "n/a", "0,00"])
def test_gaps_in_measures_are_allowed(gap: str) -> None:
    [record], _ = read({"B": gap, "D": gap, "H": gap, "Kg": gap})
    assert (record.width_mm, record.depth_mm, record.weight_g) == (None, None, None)
    assert (record.height_min_mm, record.height_max_mm) == (None, None)


@pytest.mark.parametrize(
    ("cell", "low", "high"),
    [
        ("72", 720, 720),
        ("72,5", 725, 725),
        ("720 mm", 720, 720),
        ("0,72 m", 720, 720),
        ("65-125", 650, 1250),
        ("65 – 125 cm", 650, 1250),
        ("125 til 65", 650, 1250),
        ("H: 72 cm", 720, 720),
        ("1.200 mm", 1200, 1200),
    ],
)
def test_written_heights(cell: str, low: int, high: int) -> None:
    [record], _ = read({"H": cell})
    assert (record.height_min_mm, record.height_max_mm) == (low, high)


def test_of_a_range_of_widths_the_larger_counts() -> None:
    [record], _ = read({"B": "120-180"})
    assert record.width_mm == 1800


@pytest.mark.parametrize(
    ("cell", "ore"),
    [
        ("1.250,00", 100_000),
        ("1250", 100_000),
        ("kr. 1.250,-", 100_000),
        ("1.250,00 DKK", 100_000),
        ("1 250 kr.", 100_000),
        ("0,02", 2),
        ("", None),
    ],
)
def test_written_prices_without_vat(cell: str, ore: int | None) -> None:
    [record], _ = read({"Pris": cell})
    assert record.new_price_ore == ore
    assert (record.new_price_on is None) == (record.new_price_source == "") == (ore is None)


def test_currency_and_vat() -> None:
    swedish = PriceBasis("SEK", Decimal("0.67"), False, Decimal(25), dt.date(2026, 1, 1), "Lista")
    [record], _ = read({"Pris": "1.000,50", "Dato": "", "Kilde": ""}, basis=swedish)
    assert record.new_price_ore == 67_034  # 670.335 kr., half to even
    assert (record.new_price_on, record.new_price_source) == (dt.date(2026, 1, 1), "Lista")


@pytest.mark.parametrize(
    ("cells", "column", "danish"),
    [
        ({"Nr": ""}, "Nr", "Nummeret mangler."),
        ({"Nr": "x" * 61}, "Nr", "Teksten er på 61 tegn; der er plads til 60."),
        ({"Navn": " "}, "Navn", "Navnet mangler."),
        ({"Navn": "x" * 161}, "Navn", "Teksten er på 161 tegn; der er plads til 160."),
        ({"Navn": "CPR 010190-1234"}, "Navn", CPR),
        ({"Farve": "0101901234"}, "Farve", CPR),
        ({"Gruppe": ""}, "Gruppe", "Kategorien mangler."),
        ({"Gruppe": "Andet"}, "Gruppe", "Der er ikke valgt en kategori til ”Andet”."),
        ({"Gruppe": "Borde"}, "Gruppe", "Der er ikke valgt en kategori til ”Borde”."),
        (
            {"Gruppe": "Dele"},
            "Gruppe",
            "Udeladt ved valget af kategorier: ”Dele” er ikke et møbel.",
        ),
        ({"B": "bred"}, "B", "Målet ”bred” er ikke et tal."),
        ({"B": "12.5"}, "B", "Målet ”12.5” er ikke et tal."),
        ({"B": "-5"}, "B", "Målet ”-5” skal være over 0."),
        ({"B": "700"}, "B", "Målet ”700” ville være over 6 m. Tjek tallet og dets måleenhed."),
        ({"Kg": "tung"}, "Kg", "Vægten ”tung” er ikke et tal."),
        ({"Kg": "1200"}, "Kg", "Vægten ”1200” kan ikke passe. Tjek tallet og dets måleenhed."),
        ({"Kg": "-1"}, "Kg", "Vægten ”-1” kan ikke passe. Tjek tallet og dets måleenhed."),
        ({"Pris": "abc"}, "Pris", "Prisen ”abc” er ikke et tal."),
        ({"Pris": "12.50"}, "Pris", "Prisen ”12.50” er ikke et tal."),
        ({"Pris": "-5"}, "Pris", "Prisen ”-5” er under 0."),
        (
            {"Dato": "01.01.2031"},
            "Dato",
            "Datoen ligger ude i fremtiden. Skriv den dag, prisen er fra.",
        ),
        ({"Dato": "01.01.1800"}, "Dato", "Datoen er før 1950. Tjek årstallet."),
        ({"Pris": "0"}, "Pris", "Prisen er 0. Lad feltet stå tomt, hvis prisen ikke kendes."),
        ({"Pris": "2.000.000"}, "Pris", "Prisen ”2.000.000” er over 1 mio. kr. Tjek beløbet."),
        ({"Link": "x.dk"}, "Link", "”x.dk” er ikke en webadresse. Den begynder med https://."),
    ],
)
def test_what_is_wrong_is_said_in_danish(cells: dict[str, str], column: str, danish: str) -> None:
    language.set_language("da")
    records, [error] = read(cells)
    assert records == []
    assert (error.line, error.column) == (2, column)
    assert language.refusal(error.refused()) == danish


def test_a_price_needs_a_day_and_a_source() -> None:
    _, [error] = read({"Dato": ""}, basis=PriceBasis(price_source="Liste"))
    assert (error.column, error.message.split(".")[0]) == ("Dato", "The price has no date")
    _, [error] = read({"Kilde": ""}, basis=PriceBasis(price_date=dt.date(2026, 1, 1)))
    assert error.message.startswith("The price has no source")
    _, [error] = read({"Dato": "31.2.2026"})
    assert error.column == "Dato"


def test_doubles_are_refused_and_name_the_line_that_counts() -> None:
    records, errors = read(
        {"Nr": "7", "Pris": "x"},
        {"Nr": "7", "Navn": "Stol"},
        {"Nr": "7", "Navn": " Stol "},
        {"Nr": "7", "Gruppe": "Andet", "Pris": "99"},
    )
    # The first line was refused, so the second is the first that counts.
    assert [record.line for record in records] == [3]
    assert [error.line for error in errors] == [2, 4, 5]
    assert errors[1].values == {"line": 3}
    assert errors[2].values == {"key": "7", "line": 3, "columns": "Gruppe, Pris"}


def test_the_longest_beginning_of_a_name_decides_before_the_category_column() -> None:
    mapping = Mapping(
        key="Nr",
        name=("Kilde", "Navn"),
        category="Gruppe",
        words=(
            ("Bord", "dining_table"),
            ("Bord hæve/sænke", "desk_sit_stand"),
            ("Bordplade", LEFT_OUT),
        ),
    )
    names = ["Bord, rundt", "bord hæve sænke 160", "Bordplade eg", "Reol med bord"]
    records, [error] = read(
        *({"Nr": str(n), "Navn": name} for n, name in enumerate(names)), mapping=mapping
    )
    assert [record.category_key for record in records] == [
        "dining_table",
        "desk_sit_stand",
        "office_task_chair",
    ]
    assert error.values["text"] == "Bordplade"
    assert records[0].name == "Liste · Bord, rundt"


def test_fixed_values_hold_for_every_line() -> None:
    mapping = Mapping("Nr", ("Navn",), fixed={"maker": "HÅG", "category": "office_task_chair"})
    [record], _ = read({}, mapping=mapping)
    assert (record.maker, record.category_key) == ("HÅG", "office_task_chair")


@pytest.mark.parametrize(
    ("mapping", "basis", "field"),
    [
        (MAPPING, PriceBasis("EUR"), "rate"),
        (Mapping("Nr", ()), BASIS, "name"),
        (Mapping("Nr", ("Navn",), colour="Kulør"), BASIS, "colour"),
        (Mapping("Nr", ("Navn",), width=Measure("B", "tommer")), BASIS, "width"),
        (Mapping("Nr", ("Navn",), fixed={"price": "5"}), BASIS, "price"),
        (MAPPING, PriceBasis("kr"), "currency"),
        (MAPPING, PriceBasis("EUR", Decimal(0)), "rate"),
        (MAPPING, PriceBasis("EUR", Decimal("NaN")), "rate"),
        (MAPPING, PriceBasis("DKK", Decimal(2)), "rate"),
        (MAPPING, PriceBasis(vat_percent=Decimal(101)), "vat_percent"),
        (MAPPING, PriceBasis(price_source="x" * 201), "price_source"),
    ],
)
def test_wrong_choices_are_refused_by_field(
    mapping: Mapping, basis: PriceBasis, field: str
) -> None:
    with pytest.raises(Refused) as refused:
        read({}, mapping=mapping, basis=basis)
    assert refused.value.field == field


anything = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='"'),
    max_size=15,
) | st.from_regex(r"-?[0-9.,' ]{1,12}( ?(kr\.?|cm|mm|kg|-))?", fullmatch=True)


@given(st.lists(st.dictionaries(st.sampled_from(list(GOOD)), anything), min_size=1, max_size=8))
def test_every_line_is_a_record_or_an_error(lines: list[dict[str, str]]) -> None:
    try:
        records, errors = read(*lines)
    except Refused:
        return
    taken = sorted([record.line for record in records] + [error.line for error in errors])
    assert len(taken) == len(set(taken))
    assert len({record.key for record in records}) == len(records)
    for record in records:
        assert record.name == " ".join(record.name.split()) != ""
        assert record.new_price_ore is None or record.new_price_ore > 0
    for error in errors:
        assert language.refusal(error.refused())


# --- suggestions -----------------------------------------------------------------------------


def test_danish_headers_are_understood() -> None:
    text = (
        "Varenr.;Varetekst;Producent;Beskrivelse;Varegruppe;Bredde (mm);Dybde i mm;Højde cm;"
        "Vægt (g);Farve;Materiale;Miljømærke;Leverandør;Gammel pris;Listepris;Prisdato;Kilde;URL\n"
        "A1;Stol;HÅG;SoFi;Stole;680;660;98;19200;sort;stål;Svanen;Flokk;9,95;12,50;1.3.2026;K;"
        "https://x.dk\n"
    )
    mapping = suggest_mapping(read_table(text.encode(), "f.csv"))
    assert mapping == Mapping(
        key="Varenr.",
        name=("Varetekst",),
        maker="Producent",
        model="Beskrivelse",
        category="Varegruppe",
        width=Measure("Bredde (mm)", "mm"),
        depth=Measure("Dybde i mm", "mm"),
        height=Measure("Højde cm", "cm"),
        weight=Measure("Vægt (g)", "g"),
        colour="Farve",
        materials="Materiale",
        ecolabel="Miljømærke",
        supplier="Leverandør",
        price="Listepris",
        price_date="Prisdato",
        price_source="Kilde",
        link="URL",
    )


@pytest.mark.parametrize(
    ("column", "told"),
    [
        ("Pris ekskl. moms", False),
        ("Pris eks.moms", False),
        ("Nypris (uden moms)", False),
        ("Price excl. VAT", False),
        ("Pris ex moms", False),
        ("Pris u/moms", False),
        ("Pris inkl. moms", True),
        ("Pris med moms", True),
        ("Price incl VAT", True),
        ("Pris", None),
        ("Moms", None),
        ("Pris, momsfri vare", None),
        ("Index tax", None),
    ],
)
def test_what_a_price_column_says_of_vat(column: str, told: bool | None) -> None:
    assert contains_vat(column) is told


def test_contents_speak_where_headers_do_not() -> None:
    text = "c1;c2;c3;c4;Bredde\n" + "".join(
        f"K{n:04};Stol model {n};{n},50;https://x.dk/{n};{600 + n}\n" for n in range(30)
    )
    mapping = suggest_mapping(read_table(text.encode(), "f.csv"))
    assert (mapping.key, mapping.name, mapping.price, mapping.link) == ("c1", ("c2",), "c3", "c4")
    assert mapping.width == Measure("Bredde", "mm")


def test_a_header_that_its_contents_contradict_is_not_believed() -> None:
    text = "Nr;Navn;Farve;Pris\n1;Stol;ja;efter aftale\n2;Bord;nej;efter aftale\n"
    mapping = suggest_mapping(read_table(text.encode(), "f.csv"))
    assert (mapping.colour, mapping.price) == (None, None)


def test_categories_are_suggested_from_the_words_of_the_file() -> None:
    words = ["Kontorstole", "Wardrobes", "Diverse"]
    assert suggest_categories(words, reference.categories()) == {
        "Kontorstole": "office_task_chair",
        "Wardrobes": "wardrobe_wood",
        "Diverse": None,
    }

"""Price lists as suppliers write them: amounts, encodings, sheets, headers, and proposals."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from decimal import Decimal

import pytest
from openpyxl import Workbook

from moebelcirkel.domain.errors import Refused
from moebelcirkel.exchange import encodings
from moebelcirkel.exchange.articles import (
    ArticleRecord,
    LineError,
    Mapping,
    Measure,
    PriceBasis,
    article_records,
    suggest_currency,
    suggest_mapping,
)
from moebelcirkel.exchange.tabular import Table, read_table

TODAY = dt.date(2026, 11, 20)
DANISH = "Nr;Navn;Pris\nA1;Stol i bøg med læder;12,50\nA2;Bænk på ben, grå lærk, Ø 60;3,00\n"


def book(*rows: Sequence[object], formats: dict[str, str] | None = None) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    for place, shown in (formats or {}).items():
        sheet[place].number_format = shown
    return packed(workbook)


def packed(workbook: Workbook) -> bytes:
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def csv(text: str, **facts: object) -> Table:
    return read_table(text.encode(), "f.csv", **facts)  # type: ignore[arg-type]


def taken(table: Table, **prices: object) -> tuple[list[ArticleRecord], list[LineError]]:
    """The lines by the columns that are proposed, in one category."""
    mapping = suggest_mapping(table)
    mapping.fixed["category"] = "sofa_3_seat"
    values: dict[str, object] = {"price_date": TODAY, "price_source": "Liste", **prices}
    return article_records(table, mapping, PriceBasis(**values), {}, today=TODAY)  # type: ignore[arg-type]


# --- amounts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "cells",
    [
        ["6.195 kr.", "4.495 kr."],
        ["6.195,-", "4.495,-"],
        ["kr. 6.195", "DKK 995"],
        ["6.195", "995"],
        ["6.195", "4.495"],
        ["6.195 DKK/stk.", "12.098 kr. pr. stk."],
        ["6195,00 kr.", "1.000.000"],
    ],
)
def test_thousands_are_never_taken_for_decimals(cells: list[str]) -> None:
    table = csv(
        "varenr;navn;nypris\n" + "".join(f"{n};Sofa {n};{c}\n" for n, c in enumerate(cells))
    )
    assert (table.decimal, table.decimal_told) == (",", True)
    records, _ = taken(table)
    assert records[0].new_price_ore == 495_600


def test_a_point_is_told_by_amounts_too() -> None:
    table = csv('sku,name,price\na1,Sofa,"$1,249.00"\na2,Sofa 2,"USD 2,000"\n')
    assert (table.decimal, table.decimal_told) == (".", True)
    records, _ = taken(table, currency="USD", rate=Decimal("6.5"), vat_included=False)
    assert [record.new_price_ore for record in records] == [811_850, 1_300_000]


@pytest.mark.parametrize(
    "cells", [["1.200", "3.450"], ["1,200", "3,450"], ["12,50", "12.50", "1.200"]], ids=str
)
def test_a_file_that_does_not_tell_its_decimal_sign_asks(cells: list[str]) -> None:
    text = "varenr;navn;pris\n" + "".join(f"{n};Sofa {n};{c}\n" for n, c in enumerate(cells))
    with pytest.raises(Refused, match="cannot be told") as refused:
        taken(csv(text))
    assert refused.value.field == "decimal"
    records, _ = taken(csv(text, decimal=","))
    assert records


def test_only_figures_that_count_are_asked_about() -> None:
    records, errors = taken(csv("varenr;navn;pris;lager\n1;Sofa;995;1.200\n2;Sofa 2;895;2.100\n"))
    assert (len(records), errors) == (2, [])


def test_a_price_to_the_thousandth_is_refused_by_its_line() -> None:
    text = "varenr;navn;pris\n1;Sofa;995,50\n2;Sofa 2;895,00\n3;Sofa 3;1,450\n"
    records, [error] = taken(csv(text))
    assert (len(records), error.line, error.column) == (2, 4, "pris")
    assert "two ways" in error.message


def test_a_zero_in_front_is_no_group_of_thousands() -> None:
    mapping = Mapping("", ("navn",), weight=Measure("kg", "kg"), fixed={"category": "pouf"})
    table = csv("navn;kg;pris\nSofa;0.500;12,50\n")
    _, [error] = article_records(table, mapping, PriceBasis(), {}, today=TODAY)
    assert (table.decimal, error.column) == (",", "kg")
    assert suggest_mapping(table).key == ""


def test_the_currency_of_the_cells_is_proposed_and_another_one_refused() -> None:
    text = (
        "Varenr;Navn;Nypris\nE-1;Stol;349,00 €\nE-2;Stol 2;1.249,00 EUR\nE-3;Stol 3;6195 NOK\n"
        "E-4;Stol 4;50,00\nE-5;Stol 5;500 kr.\n"
    )
    table = csv(text)
    assert suggest_currency(table, "Nypris") == "EUR"
    records, errors = taken(table, currency="EUR", rate=Decimal("7.46"), vat_included=False)
    assert [record.new_price_ore for record in records] == [260_354, 931_754, 37_300]
    assert [(error.line, error.values["found"]) for error in errors] == [(4, "NOK"), (6, "kr.")]
    _, errors = taken(table)
    assert [error.line for error in errors] == [2, 3, 4]
    for header, currency in {"Pris (SEK)": "SEK", "Pris i kr.": "DKK", "Pris": "DKK"}.items():
        assert suggest_currency(csv(f"Nr;Navn;{header}\n1;Stol;5 kr\n"), header) == currency


@pytest.mark.parametrize(
    ("shown", "cell", "currency"),
    [
        ("#,##0.00\\ [$€-1]", "1249,5 EUR", "EUR"),
        ('#,##0.00 "kr."', "1249,5 kr", "DKK"),
        ("[$kr-414] #,##0", "1249,5 NOK", "NOK"),
        ("0.00", "1249,5", "DKK"),
    ],
)
def test_the_currency_of_a_workbooks_number_formats(shown: str, cell: str, currency: str) -> None:
    data = book(["Nr", "Navn", "Pris"], ["A", "Stol", 1249.5], formats={"C2": shown})
    table = read_table(data, "f.xlsx")
    assert table.rows[0].cells[2] == cell
    assert suggest_currency(table, "Pris") == currency


def test_a_workbooks_numbers_are_never_in_doubt() -> None:
    table = read_table(book(["Nr", "Navn", "Pris"], ["A", "Stol", 12.345]), "f.xlsx")
    records, errors = taken(table, vat_included=False)
    assert (records[0].new_price_ore, errors) == (1234, [])


# --- encodings -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("codec", "found"),
    [
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("iso-8859-1", "cp1252"),
        ("cp850", "cp850"),
        ("cp865", "cp850"),
        ("mac_roman", "mac_roman"),
    ],
)
def test_encodings_are_recognised_by_danish_words(codec: str, found: str) -> None:
    data = DANISH.encode(codec)
    table = read_table(data, "f.csv")
    assert table.encoding == found
    assert table.rows[1].cells[1] == "Bænk på ben, grå lærk, Ø 60"
    readings = encodings.readings(data)
    assert readings[found] == "A1;Stol i bøg med læder;12,50"
    assert read_table(data, "f.csv", encoding=codec).rows[0].cells[1] == "Stol i bøg med læder"


def test_the_readings_show_the_line_that_tells() -> None:
    data = ("Nr;Navn\n" + "1;Stol\n" * 50 + "2;Bænk\n").encode("cp850")
    assert encodings.readings(data)["cp850"] == "2;Bænk"
    assert encodings.readings(data)["cp1252"] == "2;B‘nk"


# --- sheets, headers and cells ----------------------------------------------------------------


def several() -> bytes:
    workbook = Workbook()
    first = workbook.active
    assert first is not None
    first.title = "Versioner"
    for n in range(60):
        first.append([f"Udgave {n}", "Rettet"])
    prices = workbook.create_sheet("Priser")
    for row in (["Varenr", "Navn", "Nypris"], ["F-1", "Stol", 1250], ["F-2", "Bord", 900]):
        prices.append(row)
    workbook.create_sheet("Tom")
    hidden = workbook.create_sheet("Skjult")
    hidden.append(["Varenr", "Navn", "Nypris", "Bredde"])
    hidden.sheet_state = "hidden"
    return packed(workbook)


def test_the_likely_sheet_is_proposed_and_another_can_be_chosen() -> None:
    table = read_table(several(), "f.xlsx")
    assert (table.sheet, table.sheets) == ("Priser", ("Versioner", "Priser"))
    assert len(table.rows) == 2
    assert read_table(several(), "f.xlsx", sheet="Versioner").columns == ("Udgave 0", "Rettet")
    with pytest.raises(Refused, match="Versioner, Priser"):
        read_table(several(), "f.xlsx", sheet="Skjult")


def test_the_likely_header_is_proposed_and_another_can_be_chosen() -> None:
    text = "Leverandør;Nordisk Møbel;Udgave\nForår;A/S;maj\nNr;Navn;Pris\n1;Stol;5,50\n"
    table = csv(text)
    assert (table.header_line, table.columns) == (3, ("Nr", "Navn", "Pris"))
    other = csv(text, header=2)
    assert (other.columns, len(other.rows)) == (("Forår", "A/S", "maj"), 2)
    assert [row.line for row in table.top] == [1, 2, 3, 4]
    with pytest.raises(Refused, match="No header"):
        csv(text, header=77)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        (["Varenr", "Navn", "Mål (cm)", "", "", "Pris"], ["", "", "B", "D", "H", "ekskl. moms"]),
        (["", "", "Mål (cm)", "", "", "Pris"], ["Varenr", "Navn", "B", "D", "H", "ekskl. moms"]),
        (["Vare", "", "Mål (cm)", "", "", "Pris"], ["Nr", "Navn", "B", "D", "H", "ekskl. moms"]),
    ],
)
def test_two_lines_of_a_merged_header_are_joined(above: list[str], below: list[str]) -> None:
    line = ["A1", "Bord", "120", "80", "72", "995,00"]
    for table in (
        csv("\n".join(map(";".join, (["Prisliste", *[""] * 5], above, below, line)))),
        read_table(book(["Prisliste"], [c or None for c in above], below, line), "f.xlsx"),
    ):
        mapping = suggest_mapping(table)
        assert (mapping.width, mapping.price) != (None, None)
        assert [table.places[column] for _, column in mapping.columns()] == [0, 1, 2, 3, 4, 5]
        assert (table.header_line, [row.line for row in table.rows]) == (2, [4])
        [record] = taken(table)[0]
        assert (record.width_mm, record.depth_mm, record.height_max_mm) == (1200, 800, 720)


def test_a_line_of_goods_is_no_second_header() -> None:
    table = csv("Navn;;Farve;;Pris\nStol;rund;sort;mat;efter aftale\nBord;lav;hvid;blank;995,00\n")
    assert (table.header_line, len(table.rows)) == (1, 2)


def without_values(data: bytes) -> bytes:
    """The workbook as programs leave it that write formulas but work none out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            content = old.read(each)
            if each.startswith("xl/worksheets/"):
                content = re.sub(rb"(</f>)<v ?/>|(</f>)<v></v>", rb"\1\2", content)
            new.writestr(each, content)
    return out.getvalue()


@pytest.mark.parametrize("left", [bytes, without_values], ids=["empty", "none"])
def test_formulas_without_values_are_said_by_line(left: Callable[[bytes], bytes]) -> None:
    data = book(
        ["Nr", "Navn", "Pris", "Note"],
        ["G-1", "Stol", "=2*625", None],
        ["G-2", "Bord", 900, "=A1"],
        ["G-3", "Reol", "=A9", None],
    )
    table = read_table(left(data), "f.xlsx")
    records, errors = taken(table)
    assert [record.key for record in records] == ["G-2"]
    assert [(error.line, error.column) for error in errors] == [(2, "Pris"), (4, "Pris")]
    assert "formula" in errors[0].message


def test_failed_formulas_are_no_names() -> None:
    _, [error] = taken(csv("Nr;Navn;Pris\n1;#REF!;5,50\n"))
    assert (error.column, error.values) == ("Navn", {"text": "#REF!"})


def test_zeros_in_front_are_kept_as_the_sheet_shows_them() -> None:
    data = book(["Varenr", "Navn"], [417, "Stol"], ["0023", "Bord"], formats={"A2": "000000"})
    assert [row.cells[0] for row in read_table(data, "f.xlsx").rows] == ["000417", "0023"]


# --- what is proposed ------------------------------------------------------------------------


def proposed(text: str) -> Mapping:
    return suggest_mapping(csv(text))


def test_addresses_of_pictures_are_no_numbers() -> None:
    photo = "https://cdn.example.dk/billeder/2026/kontorstole/" + "x" * 40
    mapping = proposed(
        f"#,Foto,Navn,Url,Pris\n0,{photo}1.jpg,Alfa,https://example.dk/a,2500\n"
        f"1,{photo}2.jpg,Beta,https://example.dk/b,2700\n"
    )
    assert dict(mapping.columns()) == {"name": "Navn", "price": "Pris", "link": "Url"}


def test_empty_columns_and_makers_numbers_are_not_proposed() -> None:
    mapping = proposed(
        "id,ean,brand_name,manufacturer_sku,name,price,kategori\n"
        ",5701234567890,Nord,NM-1,Alfa,2500,\n,5701234567906,Nord,NM-2,Beta,2700,\n"
    )
    assert (mapping.key, mapping.maker, mapping.category) == ("ean", "brand_name", None)


def test_without_numbers_names_are_the_numbers() -> None:
    long = "Ergonomisk kontorarbejdsstol med nakkestøtte, armlæn og synkronvip i sort stof"
    table = csv(f"Navn;Nypris\n{long};3.500,00\nSkrivebord;2.500,00\n{long};1,00\n{long} 2;5,00\n")
    records, [error] = taken(table)
    assert [record.name for record in records] == [long, "Skrivebord", f"{long} 2"]
    assert records[1].key == "Skrivebord"
    assert len({record.key for record in records}) == 3
    assert max(len(record.key) for record in records) == 60
    assert (error.line, error.values["line"]) == (4, 2)


def test_names_are_not_joined_where_they_would_be_too_long() -> None:
    text = "Nr;Titel;Beskrivelse;Pris\n" + "".join(
        f"S{n};Kontorstol;Nr. {n}. {'Sædet er polstret med koldskum. ' * 6};1000,00\n"
        for n in range(6)
    )
    mapping = proposed(text)
    assert (mapping.name, mapping.model) == (("Titel",), None)
    assert len(taken(csv(text))[0]) == 6


def test_marks_for_what_is_not_known_speak_against_no_column() -> None:
    mapping = proposed("navn,D,H,W\nreol,30,180,80\nreol syd,?,?,?\nbord,40,75,120\nskab,?,-,n/a\n")
    measures = [mapping.depth, mapping.height, mapping.width]
    assert [each.column for each in measures if each] == ["D", "H", "W"]


def test_a_column_serves_once() -> None:
    rows = "".join(f"{n};KURT;bord nr. {n};https://x.dk/{n}\n" for n in range(9))
    columns = [column for _, column in proposed(f"nr;navn;model;web\n{rows}").columns()]
    assert sorted(columns) == sorted(set(columns))


def test_lines_without_a_category_take_the_one_chosen_for_them() -> None:
    mapping = Mapping("Nr", ("Navn",), category="Gruppe", fixed={"category": "sofa_3_seat"})
    table = csv("Nr;Navn;Gruppe\n1;Nanna;\n2;Bo;Stole\n")
    records, _ = article_records(
        table, mapping, PriceBasis(), {"Stole": "office_task_chair"}, today=TODAY
    )
    assert [record.category_key for record in records] == ["sofa_3_seat", "office_task_chair"]

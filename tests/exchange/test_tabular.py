"""Tables out of files: what is found about them, line numbers, and files that are no tables."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import random
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from moebelcirkel.domain.errors import Refused
from moebelcirkel.exchange import header_rows, separated_text, tabular, workbook
from moebelcirkel.exchange.tabular import read_table

PLAIN = "Nr;Navn;Pris\n1;Stol;1.250,50\n2;Bænk æøå;99,00\n"


def sheet(*rows: Sequence[object], before: Callable[[Workbook], None] | None = None) -> bytes:
    book = Workbook()
    active = book.active
    assert active is not None
    for row in rows:
        active.append(list(row))
    if before:
        before(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (PLAIN.encode("utf-8-sig"), "utf-8-sig"),
        (PLAIN.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "utf-16"),
        (PLAIN.encode("cp1252"), "cp1252"),
    ],
)
def test_encoding_is_found(data: bytes, encoding: str) -> None:
    table = read_table(data, "f.csv")
    assert table.encoding == encoding
    assert table.columns == ("Nr", "Navn", "Pris")
    assert table.rows[1].cells == ("2", "Bænk æøå", "99,00")


@pytest.mark.parametrize("delimiter", separated_text.DELIMITERS)
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_delimiter_is_found(delimiter: str, newline: str) -> None:
    text = PLAIN.replace(",", ".").replace("1.250.50", "1250.50").replace(";", delimiter)
    table = read_table(text.replace("\n", newline).encode(), "f.csv")
    assert (table.delimiter, table.decimal) == (delimiter, ".")
    assert [row.line for row in table.rows] == [2, 3]


def test_delimiter_inside_fields_does_not_mislead() -> None:
    text = 'a;b\n"1;2";x, y, z\n3;x, y, z\n4;x, y, z\n'
    assert read_table(text.encode(), "f.csv").delimiter == ";"


@pytest.mark.parametrize(
    ("cells", "decimal"),
    [
        (["12,50", "3,00"], ","),
        (["12.50", "3.00"], "."),
        (["1.234,50"], ","),
        (["1,234.50"], "."),
        (["1.234.567"], ","),
        (["1,234,567"], "."),
        (["1.200", "3.400"], ","),
        (["1,200", "3,400"], "."),
        (["0.125"], "."),
        (["1 234,5"], ","),
        (["12", "13"], ","),
        (["1.200", "12.5"], "."),
    ],
)
def test_decimal_sign_is_found_from_the_figures(cells: list[str], decimal: str) -> None:
    text = "name;price\n" + "".join(f"x;{cell}\n" for cell in cells)
    assert read_table(text.encode(), "f.csv").decimal == decimal


def test_what_is_given_wins_over_what_is_found() -> None:
    data = "a;b,c;d\n1;2,3;4\n".encode("cp1252")
    assert read_table(data, "f.csv").delimiter == ";"
    table = read_table(data, "f.csv", encoding="cp1252", delimiter=",", decimal=".")
    assert (table.delimiter, table.decimal, table.encoding) == (",", ".", "cp1252")
    assert table.columns == ("a;b", "c;d")


@pytest.mark.parametrize(
    "wrong", [{"encoding": "latin-9"}, {"delimiter": "x"}, {"decimal": ";"}], ids=str
)
def test_a_wrong_choice_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        read_table(PLAIN.encode(), "f.csv", **wrong)


def test_lines_keep_their_numbers_across_quoted_line_breaks_and_blank_lines() -> None:
    text = 'Nr;Navn\n1;"Stol\nmed\narmlæn"\n\n2;Bord\n;\n3;Reol\n'
    table = read_table(text.encode(), "f.csv")
    assert [row.line for row in table.rows] == [2, 6, 8]


def test_titles_above_the_header_are_passed_over() -> None:
    text = "Prisliste 2026;;\n;;\nNr;Navn;Pris\n17;Stol;12,50\n"
    table = read_table(text.encode(), "f.csv")
    assert (table.header_line, table.columns) == (3, ("Nr", "Navn", "Pris"))
    assert [row.line for row in table.rows] == [4]


def test_excels_line_that_names_the_delimiter() -> None:
    table = read_table(b"sep=;\r\nNr;Navn\r\n1;Stol\r\n", "f.csv")
    assert (table.header_line, table.rows[0].line, table.delimiter) == (2, 3, ";")


def test_nameless_and_double_columns_get_names() -> None:
    table = read_table(b"Navn;;Navn;  ny\tpris \nStol;1;2;3\n", "f.csv")
    assert table.columns == ("Navn", "#2", "Navn (2)", "ny pris")


def test_a_line_with_the_wrong_count_of_fields_is_an_error_with_its_number() -> None:
    text = "Nr;Navn;Pris\n1;Stol;5\n2;Bord\n3;Reol;7;8\n4;Skab;9;;\n"
    table = read_table(text.encode(), "f.csv")
    assert [row.cells[0] for row in table.rows] == ["1", "4"]
    assert [(each.line, each.values["count"]) for each in table.errors] == [(3, 2), (4, 4)]


def test_quotation_marks_that_do_not_fit_cost_only_their_lines() -> None:
    text = 'Nr;Navn\n1;Stol\n2;"27" skærm"\n3;Reol\n4;Bord\n5;"åben\n6;Skab\n'
    table = read_table(text.encode(), "f.csv")
    assert [row.cells[0] for row in table.rows] == ["1", "3", "4"]
    assert [each.line for each in table.errors] == [3, 6]
    assert table.errors[1].values == {"first": 6, "last": 7}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"),
        (b" \n\n", "empty"),
        (b"Nr;Navn;Pris\n", "no lines"),
        (b"just some text\nin lines\n", "No columns"),
        (b"1;2,5\n3;4,5\n", "No header"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "picture"),
        (b"<html><table></table>", "web page"),
        (b"{\\rtf1", "text document"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04", "another program"),
        (b"PK\x03\x04 not a zip", "unpacked"),
        (workbook.OLE_MARK + b"old", "old format"),
        (workbook.OLE_MARK + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"a;b\n1;2;3\n1;2;3\n1;2\n", "most lines"),
    ],
)
def test_what_is_no_table_is_refused_by_name(data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says) as refused:
        read_table(data, "fil.csv")
    assert "fil.csv" in str(refused.value)


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabular, "MAX_ROWS", 3)
    monkeypatch.setattr(header_rows, "MAX_COLUMNS", 4)
    with pytest.raises(Refused, match="more than 3 lines"):
        read_table(b"a;b\n" + b"1;x\n" * 4, "f.csv")
    with pytest.raises(Refused, match="more than 4 columns"):
        read_table(b"a;b;c;d;e\n1;2;3;4;5\n", "f.csv")
    with pytest.raises(Refused, match="more than 4 columns"):
        read_table(sheet(list("abcde"), [1, 2, 3, 4, 5]), "f.xlsx")
    with pytest.raises(Refused, match="more than 3 lines"):
        read_table(sheet(["a", "b"], *[["x", 1]] * 4), "f.xlsx")
    monkeypatch.setattr(tabular, "MAX_BYTES", 5)
    with pytest.raises(Refused, match="larger"):
        read_table(PLAIN.encode(), "f.csv")


# --- workbooks -------------------------------------------------------------------------------


def test_workbook() -> None:
    midnight = dt.datetime.combine(dt.date(2026, 3, 1), dt.time())
    data = sheet(
        ["Prisliste"],
        [],
        ["Nr", "Navn", "Pris", "Dato", "Aktiv", None],
        [17.0, "Stol", 1250.5, midnight, True],
        [18, " Bord ", "1.099,95", dt.date(2026, 3, 2), None],
        [],
        [19, "Reol", 0.1 + 0.2],
    )
    table = read_table(data, "f.xlsx")
    assert (table.kind, table.sheet, table.decimal, table.header_line) == ("xlsx", "Sheet", ",", 3)
    assert table.columns == ("Nr", "Navn", "Pris", "Dato", "Aktiv")
    assert [row.line for row in table.rows] == [4, 5, 7]
    assert table.rows[0].cells == ("17", "Stol", "1250,5", "2026-03-01", "TRUE")
    assert table.rows[1].cells == ("18", " Bord ", "1.099,95", "2026-03-02", "")
    assert table.rows[2].cells == ("19", "Reol", "0,3", "", "")


def test_the_first_filled_and_visible_sheet_is_read() -> None:
    def more(book: Workbook) -> None:
        hidden = book.create_sheet("skjult", 0)
        hidden.append(["x", "y"])
        hidden.sheet_state = "hidden"
        book.create_sheet("tom", 0)

    data = sheet(["Nr", "Navn"], [1, "Stol"], before=more)
    assert read_table(data, "f.xlsx").sheet == "Sheet"


def test_text_that_calls_itself_a_workbook_is_told_apart() -> None:
    with pytest.raises(Refused, match="name says workbook"):
        read_table(b"just some text\nin lines\n", "Priser.XLSX")
    with pytest.raises(Refused, match="Choose another file"):
        read_table(b"", "tom.csv")


def test_empty_and_foreign_workbooks_are_refused() -> None:
    with pytest.raises(Refused, match="No columns"):
        read_table(sheet(), "f.xlsx")
    with pytest.raises(Refused, match="no lines"):
        read_table(sheet(["Nr", "Navn"]), "f.xlsx")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("word/document.xml", "x")
    with pytest.raises(Refused, match="not a workbook"):
        read_table(out.getvalue(), "f.xlsx")


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO(sheet(["Nr", "Navn"], [1, "Stol"]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet9.xml", bytes(workbook.MAX_UNPACKED))
    assert len(out.getvalue()) < 1_000_000
    with pytest.raises(Refused, match="unpacks to more"):
        read_table(out.getvalue(), "f.xlsx")


def test_a_sheet_of_endless_empty_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MAX_CELLS", 50)
    data = sheet(["Nr", "Navn"], *[[1, *[None] * 20, "x"]] * 5)
    with pytest.raises(Refused, match="more cells"):
        read_table(data, "f.xlsx")


def test_ten_million_cells_are_refused_before_one_of_them_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def read(_data: bytes, *, values: bool) -> Workbook:
        raise AssertionError("the workbook was opened")

    monkeypatch.setattr(workbook, "_opened", read)
    out = io.BytesIO(sheet(["Nr", "Navn"], [1, "Stol"]))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        row = "<row>" + "<c><v>1</v></c>" * 100 + "</row>"
        packed.writestr("xl/worksheets/sheet9.xml", row * 100_000)
    with pytest.raises(Refused, match="more cells"):
        read_table(out.getvalue(), "f.xlsx")


# --- anything at all -------------------------------------------------------------------------

names = st.text(st.characters(codec="utf-8", categories=["L"]), min_size=1, max_size=8)
texts = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=12)


@given(
    st.lists(names, min_size=2, max_size=5, unique=True),
    st.lists(st.lists(texts, min_size=5, max_size=5), min_size=1, max_size=6),
)
def test_a_written_workbook_is_read_back(header: list[str], rows: list[list[str]]) -> None:
    # A leading "=" would be a formula, and empty strings are cells that are not there.
    cut = [["k", *(f"t{cell}" for cell in row)][: len(header)] for row in rows]
    table = read_table(sheet(list(header), *[list(row) for row in cut]), "f.xlsx")
    assert [list(row.cells) for row in table.rows] == cut


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        table = read_table(data, "f.csv")
    except Refused:
        return
    assert all(len(row.cells) == len(table.columns) for row in table.rows)


@given(st.text(st.sampled_from('ab1;,\t|"\n\r .'), max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        table = read_table(text.encode(), "f.csv")
    except Refused:
        return
    lines = [row.line for row in table.rows]
    assert lines == sorted(set(lines))
    assert all(error.line > table.header_line for error in table.errors)


def test_damaged_workbooks_are_read_or_refused() -> None:
    whole = sheet(["Nr", "Navn", "Pris"], *[[n, f"Stol {n}", n * 1.5] for n in range(20)])
    chance = random.Random(7)
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        parts = {each: packed.read(each) for each in packed.namelist()}
    for _ in range(150):
        victim = chance.choice([each for each in parts if each.endswith(".xml")])
        hurt = bytearray(parts[victim])
        for _ in range(chance.randint(1, 4)):
            hurt[chance.randrange(len(hurt))] = chance.choice(b'<>&"0aA\x00')
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            for each, content in parts.items():
                packed.writestr(each, bytes(hurt) if each == victim else content)
        damaged = bytearray(out.getvalue())
        if chance.random() < 0.3:
            damaged = damaged[: chance.randrange(len(damaged))]
        with contextlib.suppress(Refused):
            read_table(bytes(damaged), "f.xlsx")

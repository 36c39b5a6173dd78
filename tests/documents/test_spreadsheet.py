"""Spreadsheets hold numbers as numbers, totals as sums, and no text that could act."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from moebelcirkel.documents.reports.savings import Sensitivity, SinceStart, Totals
from moebelcirkel.documents.reports.workbook import savings_csv, savings_workbook
from moebelcirkel.documents.spreadsheet import CellKind, Sheet, SheetColumn, csv_bytes, workbook
from moebelcirkel.domain.errors import Interrupted
from moebelcirkel.domain.figures import SCENARIOS, Extremes
from tests.documents.samples import SETTLED, empty_report, report

COLUMNS = (
    SheetColumn("Navn"),
    SheetColumn("Antal", CellKind.INTEGER, total=True),
    SheetColumn("Pris", CellKind.KRONER, total=True),
    SheetColumn("Vægt", CellKind.KILOS),
    SheetColumn("Dag", CellKind.DAY),
    SheetColumn("Tid", CellKind.MOMENT),
    SheetColumn("Andel", CellKind.DECIMAL),
    SheetColumn("Ja", CellKind.YES_NO),
)
MOMENT = datetime(2026, 7, 1, 7, 5, tzinfo=UTC)
ROWS = (
    ("Stol", 2, 145_050, 19_200, date(2026, 11, 20), MOMENT, Decimal("0.5"), True),
    ('Bord "B"', -1, -5, None, None, None, None, False),
)


def _write(*rows: tuple[object, ...]) -> bytes:
    sheet = Sheet("Ark", COLUMNS, rows)  # type: ignore[arg-type]
    return workbook([sheet], title="Prøve", author="Møbelcirklen", created=SETTLED)


def _read(data: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(data), data_only=values)


def test_cells_are_what_they_mean() -> None:
    page = _read(_write(*ROWS), values=True)["Ark"]
    assert [cell.value for cell in page[2]] == [
        "Stol",
        2,
        1450.5,
        19.2,
        datetime(2026, 11, 20),  # noqa: DTZ001 - spreadsheets know no zones
        datetime(2026, 7, 1, 9, 5),  # noqa: DTZ001
        0.5,
        "ja",
    ]
    assert page["C2"].number_format == '#,##0.00 "kr."'
    assert page["E2"].number_format == "dd.mm.yyyy"
    assert page.freeze_panes == "A2"


def test_totals_are_sums_with_their_value() -> None:
    data = _write(*ROWS)
    assert _read(data)["Ark"]["C4"].value == "=SUM(C2:C3)"
    assert _read(data, values=True)["Ark"]["C4"].value == 1450.45
    assert _read(data, values=True)["Ark"]["B4"].value == 1


def test_a_sheet_without_rows_still_has_head_and_zero() -> None:
    page = _read(_write())["Ark"]
    assert page["A1"].value == "Navn"
    assert page["C2"].value == 0


@pytest.mark.parametrize("text", ["=1+1", "+45", "-2", "@SUM(A1)", "http://x.dk", "00123"])
def test_text_never_becomes_anything_else(text: str) -> None:
    cell = _read(_write((text, 1, 1, 1, None, None, None, None)))["Ark"]["A2"]
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.hyperlink is None


def test_the_same_rows_are_the_same_bytes() -> None:
    assert _write(*ROWS) == _write(*ROWS)


@pytest.mark.parametrize("text", ["=1", "a<b>&c", " x ", "å\ttab", "", "x" * 40_000])
def test_rows_that_come_one_by_one_are_the_same_cells(text: str) -> None:
    _same_cells([(text, *ROWS[0][1:]), *ROWS] * 3)


@given(
    st.lists(
        st.tuples(
            st.text(),
            st.none() | st.integers(-(10**15), 10**15),
            st.none() | st.integers(-(10**15), 10**15),
            st.none() | st.integers(0, 10**9),
            st.none() | st.dates(date(1900, 3, 1)),
            st.none() | st.datetimes(datetime(1950, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
            st.none() | st.decimals(-1000, 1000, places=4) | st.integers(0, 3),
            st.none() | st.booleans(),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_any_rows_that_come_one_by_one_are_the_same_cells(rows: list[tuple[Any, ...]]) -> None:
    _same_cells(rows)


def test_rows_beyond_those_that_are_remembered_are_the_same_cells() -> None:
    days = [date(2020, 1, 1) + timedelta(days=number) for number in range(4_700)]
    rows = [
        (
            f"Stol {at}",
            at,
            7 * at,
            -at,
            day,
            MOMENT + timedelta(minutes=at),
            Decimal(at) / 8,
            at > 9,
        )
        for at, day in enumerate(days)
    ]
    _same_cells(rows)


def _same_cells(rows: Sequence[tuple[Any, ...]]) -> None:
    """Written row by row they read as the library writes them, cell by cell."""
    sheet = Sheet("Ark", COLUMNS, iter(rows), len(rows))
    streamed = workbook([sheet], title="Prøve", author="Møbelcirklen", created=SETTLED)
    for values in (True, False):
        cells, expected = (
            [
                [(cell.value, cell.data_type, cell.number_format) for cell in row]
                for row in _read(data, values=values)["Ark"].iter_rows()
            ]
            for data in (streamed, _write(*rows))
        )
        assert cells == expected


def test_long_rows_are_read_as_they_are_written_and_no_further_once_stopped() -> None:
    read = 0

    def rows() -> Iterator[tuple[object, ...]]:
        nonlocal read
        for read in range(1, 100_001):  # noqa: B007 - how far it got is what is asked
            yield ROWS[0]

    def stop(done: int, count: int) -> None:
        assert (done, count) == (read, 100_000)
        raise Interrupted

    sheet = Sheet("Ark", COLUMNS, rows(), 100_000)  # type: ignore[arg-type]
    with pytest.raises(Interrupted):
        workbook([sheet], title="Prøve", author="x", created=SETTLED, progress=stop)
    assert read < 1_000


def test_csv_is_as_danish_spreadsheets_read_it() -> None:
    data = csv_bytes(COLUMNS, ROWS)
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.decode("utf-8-sig") == (
        '"Navn";"Antal";"Pris";"Vægt";"Dag";"Tid";"Andel";"Ja"\r\n'
        '"Stol";2;1450,50;19,200;20.11.2026;01.07.2026 09.05;0,5;"ja"\r\n'
        '"Bord ""B""";-1;-0,05;;;;;"nej"\r\n'
    )


@pytest.mark.parametrize("text", ["=1+1", "+45", "-2", "@x", "\t=1", " =1"])
def test_csv_guards_text_but_not_numbers(text: str) -> None:
    data = csv_bytes((SheetColumn("A"), SheetColumn("B", CellKind.INTEGER)), [(text, -2)]).decode(
        "utf-8-sig"
    )
    assert data.splitlines()[1] == f'"\'{text}";-2'


def test_every_key_figure_is_the_sum_of_the_lines_beside_it() -> None:
    sample = report()
    data = savings_workbook(sample)
    formulas, values = _read(data), _read(data, values=True)
    assert formulas.sheetnames == [
        "Nøgletal",
        "Institutioner",
        "Måneder",
        "Kategorier",
        "Linjer",
        "Kilder",
        "Metode",
    ]
    lines = values["Linjer"]
    shown = {row[0].value: row for row in values["Nøgletal"].iter_rows(min_row=2)}
    said = {row[0].value: row for row in formulas["Nøgletal"].iter_rows(min_row=2)}
    heads, last = _letters(lines), len(sample.lines) + 1
    for name, head in {
        "Genbrugte møbler": "Møbler",
        "Nyværdi genbrugt": "Nyværdi genbrugt",
        "Omsætning": "Omsætning",
        "Sparet indkøb": "Sparet indkøb",
        "Levetidskorrigeret": "Levetidskorrigeret",
        "Undgået CO₂e, netto (skøn)": "Undgået CO₂e, netto",
        "CO₂e, brutto": "CO₂e, brutto",
    }.items():
        letter = heads[head]
        assert said[name][1].value == f"=SUM('Linjer'!{letter}2:{letter}{last})"
        assert Decimal(str(shown[name][1].value)) == added_up(lines, letter, last)
        assert lines[f"{letter}{last + 1}"].value == shown[name][1].value
    for name in ("Institutioner", "Måneder", "Kategorier"):
        page = values[name]
        assert page.cell(page.max_row, 5).value == shown["Sparet indkøb"][1].value


def added_up(page: Worksheet, letter: str, last: int) -> Decimal:
    """The figures of a column from the second row to the last."""
    found = (page[f"{letter}{row}"].value for row in range(2, last + 1))
    return sum((Decimal(str(value or 0)) for value in found), Decimal(0))


def _letters(page: Worksheet) -> dict[str, str]:
    """The letters of the columns, by their heads."""
    return {str(cell.value): get_column_letter(cell.column or 0) for cell in page[1]}


def _values(page: Worksheet) -> dict[str, Any]:
    """The second column by the first."""
    return {str(row[0].value): row[1].value for row in page.iter_rows(min_row=2)}


def test_results_at_other_shares_are_sums_of_the_lines_too() -> None:
    lines = report().lines
    shares = tuple(
        Sensitivity(
            share,
            sum(line.cash_at[place] for line in lines),
            sum(line.lifetime_at[place] for line in lines),
            sum(line.co2_at[place] or 0 for line in lines),
        )
        for place, share in enumerate(SCENARIOS.values())
    )
    data = savings_workbook(report(sensitivity=shares))
    page = _read(data, values=True)["Linjer"]
    said, shown = _values(_read(data)["Metode"]), _values(_read(data, values=True)["Metode"])
    names = [name for name in said if "hvis andelen er" in name]
    assert len(names) == 4 * 3
    letters, last = _letters(page), len(lines) + 1
    for name in names:
        letter = letters[name]
        assert said[name] == f"=SUM('Linjer'!{letter}2:{letter}{last})"
        assert Decimal(str(shown[name])) == added_up(page, letter, last)


def test_how_far_the_whole_reaches_is_told_with_the_rule_it_follows() -> None:
    reach = Extremes((-7_000, 30_000), (-9_000, 52_000))
    page = _read(savings_workbook(report(extremes=reach)), values=True)["Nøgletal"]
    told = {row[0].value: (row[1].value, row[2].value) for row in page.iter_rows(min_row=2)}
    category = "hver kategori for sig: mindste og største af dens linjer ved lav, netto og høj"
    use = "hver brugsperiode for sig, udlevering og retur sammen"
    assert told["CO₂e, lavest"] == (-7, category)
    assert told["CO₂e, højest"] == (30, category)
    assert told["CO₂e, alle forudsætninger lavest"] == (-9, use)
    assert told["CO₂e, alle forudsætninger højest"] == (52, use)


def test_revenue_is_told_by_line_institution_and_month() -> None:
    sample = report()
    book = _read(savings_workbook(sample), values=True)
    revenue = Decimal(sum(line.paid for line in sample.lines)) / 100
    lines = book["Linjer"]
    assert added_up(lines, _letters(lines)["Omsætning"], len(sample.lines) + 1) == revenue
    for name, rows in (("Institutioner", 12), ("Måneder", 11)):
        page = book[name]
        assert added_up(page, _letters(page)["Omsætning"], rows + 1) == revenue


def test_growth_stands_beside_the_sums_of_the_lines() -> None:
    since = SinceStart(
        date(2024, 3, 1), Totals(revenue=900_00), Totals(revenue=200_00), Totals(revenue=270_00)
    )
    sample = report(
        start=date(2025, 2, 1), end=date(2025, 2, 28), previous=Totals(revenue=10_00), since=since
    )
    page = _read(savings_workbook(sample), values=True)["Nøgletal"]
    shown = _values(page)
    assert shown["Omsætning, året før"] == 10
    assert shown["Omsætning, siden starten"] == 900
    assert shown["Omsætning, første tolv måneder"] == 200
    assert shown["Omsætning, seneste tolv måneder"] == 270
    how = {str(row[0].value): str(row[2].value) for row in page.iter_rows(min_row=2)}
    assert "29. februar 2024" in how["Omsætning, året før"]
    assert how["Omsætning, siden starten"].startswith("1. marts 2024")


def test_a_report_without_lines_shows_its_figures_as_they_are() -> None:
    page = _read(savings_workbook(report(lines=())))["Nøgletal"]
    shown = {row[0].value: row[1].value for row in page.iter_rows(min_row=2)}
    assert shown["Sparet indkøb"] == report().totals.cash / 100


def test_a_report_repeats_byte_by_byte_and_an_empty_one_opens() -> None:
    assert savings_workbook(report()) == savings_workbook(report())
    _read(savings_workbook(empty_report()))
    assert savings_csv(empty_report()).count(b"\r\n") == 1


def test_names_from_people_cannot_act() -> None:
    sample = report()
    line = replace(sample.lines[0], institution="=HYPERLINK(1)", article="@x")
    data = savings_workbook(report((line,)))
    assert _read(data)["Linjer"]["F2"].data_type == "s"
    assert b'"\'=HYPERLINK(1)"' in savings_csv(report((line,)))

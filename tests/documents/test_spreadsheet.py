"""Spreadsheets hold numbers as numbers, totals as sums, and no text that could act."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from moebelcirkel.documents.spreadsheet import CellKind, Sheet, SheetColumn, workbook
from moebelcirkel.documents.spreadsheet_csv import csv_bytes
from moebelcirkel.domain.errors import Interrupted
from tests.documents.samples import SETTLED

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


def read(data: bytes, *, values: bool = False) -> Workbook:
    return load_workbook(BytesIO(data), data_only=values)


def test_cells_are_what_they_mean() -> None:
    page = read(_write(*ROWS), values=True)["Ark"]
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
    assert read(data)["Ark"]["C4"].value == "=SUM(C2:C3)"
    assert read(data, values=True)["Ark"]["C4"].value == 1450.45
    assert read(data, values=True)["Ark"]["B4"].value == 1


def test_a_sheet_without_rows_still_has_head_and_zero() -> None:
    page = read(_write())["Ark"]
    assert page["A1"].value == "Navn"
    assert page["C2"].value == 0


@pytest.mark.parametrize("text", ["=1+1", "+45", "-2", "@SUM(A1)", "http://x.dk", "00123"])
def test_text_never_becomes_anything_else(text: str) -> None:
    cell = read(_write((text, 1, 1, 1, None, None, None, None)))["Ark"]["A2"]
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
                for row in read(data, values=values)["Ark"].iter_rows()
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


def test_csv_writes_alike_cells_of_a_column_each_as_it_is() -> None:
    column = SheetColumn("A", CellKind.DECIMAL)
    cells = [Decimal("0.5"), Decimal("0.50"), None, Decimal(1), Decimal("1.0")]
    same = csv_bytes((column,), [(cell,) for cell in cells * 2])
    written = ["0,5", "0,50", "", "1", "1,0"]
    assert same.decode("utf-8-sig").split("\r\n") == ['"A"', *written, *written, ""]
    unlike = csv_bytes((column,), [(cell,) for cell in (1, True, Decimal("1.0"), "1", None)])
    assert unlike.decode("utf-8-sig").split("\r\n") == ['"A"', "1", '"ja"', "1,0", '"1"', "", ""]


def test_csv_of_many_rows_has_each_in_its_place() -> None:
    rows = [(number, f"n{number}") for number in range(1_203)]
    data = csv_bytes((SheetColumn("A", CellKind.INTEGER), SheetColumn("B")), iter(rows))
    head, *lines, last = data.decode("utf-8-sig").split("\r\n")
    assert (head, last) == ('"A";"B"', "")
    assert lines == [f'{number};"{text}"' for number, text in rows]

"""The report as a spreadsheet: totals are sums of its lines, and what else it tells."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from moebelcirkel.documents.reports.savings import Sensitivity, SinceStart, Sums
from moebelcirkel.documents.reports.workbook import savings_csv, savings_workbook
from moebelcirkel.domain.figures import SCENARIOS, Extremes
from tests.documents.samples import empty_report, report
from tests.documents.test_spreadsheet import read


def test_every_key_figure_is_the_sum_of_the_lines_beside_it() -> None:
    sample = report()
    data = savings_workbook(sample)
    formulas, values = read(data), read(data, values=True)
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
    page = read(data, values=True)["Linjer"]
    said, shown = _values(read(data)["Metode"]), _values(read(data, values=True)["Metode"])
    names = [name for name in said if "hvis andelen er" in name]
    assert len(names) == 4 * 3
    letters, last = _letters(page), len(lines) + 1
    for name in names:
        letter = letters[name]
        assert said[name] == f"=SUM('Linjer'!{letter}2:{letter}{last})"
        assert Decimal(str(shown[name])) == added_up(page, letter, last)


def test_how_far_the_whole_reaches_is_told_with_the_rule_it_follows() -> None:
    reach = Extremes((-7_000, 30_000), (-9_000, 52_000))
    page = read(savings_workbook(report(extremes=reach)), values=True)["Nøgletal"]
    told = {row[0].value: (row[1].value, row[2].value) for row in page.iter_rows(min_row=2)}
    category = "hver kategori for sig: mindste og største af dens linjer ved lav, netto og høj"
    use = "hver brugsperiode for sig, udlevering og retur sammen"
    assert told["CO₂e, lavest"] == (-7, category)
    assert told["CO₂e, højest"] == (30, category)
    assert told["CO₂e, alle forudsætninger lavest"] == (-9, use)
    assert told["CO₂e, alle forudsætninger højest"] == (52, use)


def test_revenue_is_told_by_line_institution_and_month() -> None:
    sample = report()
    book = read(savings_workbook(sample), values=True)
    revenue = Decimal(sum(line.paid_ore for line in sample.lines)) / 100
    lines = book["Linjer"]
    assert added_up(lines, _letters(lines)["Omsætning"], len(sample.lines) + 1) == revenue
    for name, rows in (("Institutioner", 12), ("Måneder", 11)):
        page = book[name]
        assert added_up(page, _letters(page)["Omsætning"], rows + 1) == revenue


def test_growth_stands_beside_the_sums_of_the_lines() -> None:
    since = SinceStart(
        date(2024, 3, 1), Sums(paid_ore=900_00), Sums(paid_ore=200_00), Sums(paid_ore=270_00)
    )
    sample = report(
        start=date(2025, 2, 1), end=date(2025, 2, 28), previous=Sums(paid_ore=10_00), since=since
    )
    page = read(savings_workbook(sample), values=True)["Nøgletal"]
    shown = _values(page)
    assert shown["Omsætning, året før"] == 10
    assert shown["Omsætning, siden starten"] == 900
    assert shown["Omsætning, første tolv måneder"] == 200
    assert shown["Omsætning, seneste tolv måneder"] == 270
    how = {str(row[0].value): str(row[2].value) for row in page.iter_rows(min_row=2)}
    assert "29. februar 2024" in how["Omsætning, året før"]
    assert how["Omsætning, siden starten"].startswith("1. marts 2024")


def test_a_report_without_lines_shows_its_figures_as_they_are() -> None:
    page = read(savings_workbook(report(lines=())))["Nøgletal"]
    shown = {row[0].value: row[1].value for row in page.iter_rows(min_row=2)}
    assert shown["Sparet indkøb"] == report().totals.cash_ore / 100


def test_a_report_repeats_byte_by_byte_and_an_empty_one_opens() -> None:
    assert savings_workbook(report()) == savings_workbook(report())
    read(savings_workbook(empty_report()))
    assert savings_csv(empty_report()).count(b"\r\n") == 1


def test_names_from_people_cannot_act() -> None:
    sample = report()
    line = replace(sample.lines[0], institution="=HYPERLINK(1)", article="@x")
    data = savings_workbook(report((line,)))
    assert read(data)["Linjer"]["F2"].data_type == "s"
    assert b'"\'=HYPERLINK(1)"' in savings_csv(report((line,)))

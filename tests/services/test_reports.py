"""Savings reports against figures worked out by hand, on both engines.

A chair: new price 3,350 kr., handling 100 kr., 19.2 kg, CO2e 36/72/120 kg, life 15 years. Freight
of a new one 0.0192 x 800 x 0.10163 = 1.5610368 kg, driving 0.0192 x 30 x 0.78225 = 0.450576 kg.
"""

import datetime as dt
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string

from moebelcirkel.documents.reports.savings import Correction, Sums
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.figures import LineKind
from moebelcirkel.services import deliveries, parameters, reports
from moebelcirkel.services.reports import recording
from moebelcirkel.services.reports import sheets as report_sheets
from tests import trade
from tests.clock import Clock
from tests.documents import reading
from tests.services import reporting
from tests.services.reporting import YEAR, controller, preview, recorded
from tests.world import World

# B, yes: cash 3350 - 100; lifetime 0.6 x 3350 - 100; net 0.6 x 73.5610368 - 0.450576;
# low 0.6 x 37.5610368 - 0.450576; high 0.6 x 121.5610368 - 0.450576; gross 73.5610368 - 0.450576.
SCHOOL = Sums(1, 335_000, 325_000, 191_000, 43_686, 22_086, 72_486, 73_110, trade.PRICE, 1)
# C, no: only the costs.
REFUSED = Sums(1, 335_000, -10_000, -10_000, -451, -451, -451, 73_110, trade.PRICE, 1)
# A, unanswered: cash 0.5 x 3350 - 100; lifetime 0.5 x 0.8 x 3350 - 100; net 0.4 x 73.5610368 - ...
HOME = Sums(1, 335_000, 157_500, 124_000, 28_974, 14_574, 48_174, 73_110, trade.PRICE, 1)
# Back after 73 days: used 73/365/15 = 0.013333333333. Cash (0.0133 - 1) x 3350 = -3305.33,
# lifetime (0.0133 - 0.6) x 3350 = -1965.33, net (0.0133 - 0.6) x 73.5610368 = -43.1558.
RETURNED = Sums(0, 0, -330_533, -196_533, -43_156, -22_036, -71_316, 0, lines=1)
# 150 kr. and 0.5 kg spent on a piece that is scrapped.
SCRAPPED = Sums(0, 0, -15_000, -15_000, -500, -500, -500, 0, lines=1)
# A hand-over and what takes it back.
UNDONE = Sums(lines=2)


def added(*parts: Sums) -> Sums:
    return sum(parts, Sums())


def sheet(data: bytes, name: str) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(data), data_only=True)[name].iter_rows(values_only=True))


# --- totals ----------------------------------------------------------------------------------


def test_totals_are_what_was_worked_out_by_hand(year: World) -> None:
    report = preview(year)
    assert report.totals == added(SCHOOL, REFUSED, HOME, RETURNED, SCRAPPED, UNDONE)
    assert report.totals.cash_ore == 126_967  # 3,250.00 - 100.00 + 1,575.00 - 3,305.33 - 150.00
    assert report.totals.net_g == 28_553
    assert (report.line_count, report.different) == (7, 3)
    assert report.corrections == (
        Correction(LineKind.ADJUSTMENT, 1, -330_533),
        Correction(LineKind.LATE_COST, 1, -15_000),
        Correction(LineKind.REVERSAL, 1, -325_000),
    )


def test_totals_by_institution_month_and_category_are_the_same_lines(year: World) -> None:
    report = preview(year)
    groups = {group.name: group.totals for group in report.institutions}
    assert groups["Søndervangskolen"] == added(SCHOOL, RETURNED, UNDONE)
    assert groups["Plejecenter Åbo"] == added(REFUSED, HOME)
    assert groups["Uden modtager (kasserede)"] == SCRAPPED
    assert [group.apart for group in report.institutions] == [False, False, True]
    months = {month.month: month.totals for month in report.months}
    assert len(report.months) == 12
    assert months[3] == REFUSED
    assert months[8] == SCHOOL
    # The hand-over of 5 October was undone, so the month holds nothing but the return.
    assert months[10] == added(RETURNED, UNDONE)
    assert months[1] == Sums()
    (category,) = report.categories
    assert category.totals == report.totals


def test_every_total_is_the_sum_of_its_rounded_lines(year: World) -> None:
    report = preview(year)
    assert len(report.lines) == report.line_count
    totals = report.totals
    assert sum(line.pieces for line in report.lines) == totals.pieces
    assert sum(line.cash_ore for line in report.lines) == totals.cash_ore
    assert sum(line.lifetime_ore for line in report.lines) == totals.lifetime_ore
    assert sum(line.new_value_ore for line in report.lines) == totals.new_value_ore
    assert sum(line.net_g or 0 for line in report.lines) == totals.net_g
    assert sum(line.high_g or 0 for line in report.lines) == totals.high_g
    # Three hand-overs stand, each with handling; 150 kr. of work on the scrapped piece.
    assert sum(line.costs for line in report.lines) == 3 * 10_000 + 15_000
    returned = next(line for line in report.lines if line.effective_on == dt.date(2026, 10, 22))
    assert returned.days == 73
    assert returned.life == Decimal("0.013333333333") - Decimal("0.6")
    assert returned.left == Decimal("0.013333333333") - 1


def test_every_line_is_reckoned_again_from_what_is_printed_of_it(year: World, clock: Clock) -> None:
    parameters.save(year.person("admin"), {"waste_fee_ore": 60_000})
    units = trade.put_on_sale(year, 1, life_left=Decimal("0.9587"))
    lines = trade.order(year, units)
    deliveries.pick(year.person("lager"), lines)
    deliveries.hand_over(year.person("lager"), line_ids=lines)
    report = preview(year)
    assert len(report.lines) == 8
    for line in report.lines:
        gain = line.new_price * line.share * line.left - line.costs + line.fee
        assert abs(gain - line.cash_ore) <= 1, line
        gain += line.new_price * line.share * (line.life - line.left)
        assert abs(gain - line.lifetime_ore) <= 1, line
    last = report.lines[-1]
    # 335,000 x 0.9587 - 10,000, and 19.2 kg at 600 kr. per tonne.
    assert (last.left, last.fee, last.cash_ore) == (Decimal("0.9587"), 1_152, 312_316)


def test_a_paper_with_a_saved_waste_fee_says_so_and_one_without_does_not(
    world: World, clock: Clock
) -> None:
    reporting.deliver(world, clock, dt.date(2026, 3, 2))
    without = reading.whole_text(reports.draft(controller(world), *YEAR).data)
    assert "så affald tæller 0" in without
    assert "+ sparet affaldsgebyr" not in without
    parameters.save(world.person("admin"), {"waste_fee_ore": 60_000})
    reporting.deliver(world, clock, dt.date(2026, 4, 2))
    paper = reading.whole_text(reports.draft(controller(world), *YEAR, all_lines=True).data)
    assert "affald tæller 0" not in paper
    assert "håndtering og transport + sparet affaldsgebyr" in paper
    assert "Sparet affaldsgebyr er trukket fra udgifterne" in paper


def test_coverage_counts_the_hand_overs_that_stand(year: World) -> None:
    cover = preview(year).coverage
    assert (cover.lines, cover.own_factor, cover.without_factor, cover.answered) == (3, 3, 0, 2)
    assert (cover.new_value, cover.documented) == (3 * 335_000, 3 * 335_000)


def test_other_shares_replace_those_of_every_line(year: World) -> None:
    full = next(row for row in preview(year).sensitivity if row.share == 1)
    # D 1 for all: three times 3,250.00, the return as it was, and the scrapped piece's costs.
    assert full.cash_ore == 3 * 325_000 - 330_533 - 15_000
    low = next(row for row in preview(year).sensitivity if row.share == Decimal("0.27"))
    # 0.27 x 3350 - 100 = 804.50 for each; the return (0.0133 - 1) x 0.27 x 3350 = -892.44.
    assert low.cash_ore == 3 * 80_450 - 89_244 - 15_000


def test_one_institution_gets_its_own_lines_and_what_it_paid(year: World) -> None:
    report = preview(year, institution_id=year.home)
    assert report.institution == "Plejecenter Åbo"
    assert report.totals == added(REFUSED, HOME)
    assert report.paid_ore == 2 * trade.PRICE
    assert {line.institution for line in report.lines} == {"Plejecenter Åbo"}


def test_lines_booked_later_are_not_in_a_report_made_up_earlier(year: World, clock: Clock) -> None:
    report_id = recorded(year)
    clock.advance(hours=1)
    reporting.deliver(year, clock, dt.date(2026, 11, 20))
    clock.advance(hours=1)
    with report_sheets.recorded_whole(controller(year), report_id, reports.quiet) as (again, _):
        pass
    assert again.totals == added(SCHOOL, REFUSED, HOME, RETURNED, SCRAPPED, UNDONE)
    assert preview(year).totals == added(again.totals, SCHOOL)


def test_growth_compares_with_the_same_days_a_year_earlier(world: World, clock: Clock) -> None:
    reporting.deliver(world, clock, dt.date(2025, 11, 30))
    reporting.deliver(world, clock, dt.date(2025, 11, 19))
    reporting.deliver(world, clock, dt.date(2026, 5, 5), count=2)
    reporting.at(clock, dt.date(2026, 11, 20))
    report = reports.preview(controller(world), dt.date(2026, 1, 1), dt.date(2026, 11, 20))
    assert report.totals == added(SCHOOL, SCHOOL)
    assert report.previous == SCHOOL


def test_a_period_longer_than_a_year_is_not_compared_with_its_own_days(
    world: World, clock: Clock
) -> None:
    reporting.deliver(world, clock, dt.date(2024, 11, 30))
    reporting.deliver(world, clock, dt.date(2025, 11, 19))
    reporting.at(clock, dt.date(2026, 11, 20))
    assert preview(world).previous is None  # YEAR goes on until 31 December
    longer = reports.preview(controller(world), dt.date(2025, 1, 1), dt.date(2026, 1, 1))
    assert longer.previous is None
    year = reports.preview(controller(world), dt.date(2025, 1, 1), dt.date(2025, 12, 31))
    assert year.previous == SCHOOL
    paper = reading.whole_text(
        reports.draft(controller(world), dt.date(2025, 1, 1), dt.date(2025, 12, 31)).data
    )
    assert "Nyværdi, sparet indkøb og omsætning" in paper
    assert "1. januar – 31. december 2024" in paper


def test_an_empty_period_is_a_report_too(world: World) -> None:
    report = preview(world)
    assert report.empty
    assert report.previous is None
    (page,) = reading.texts(reports.draft(controller(world), *YEAR).data)
    assert "Ingen genbrugte møbler i perioden" in page
    assert "Perioden varer til og med 31. december 2026" in page
    reports.confirm_rates(controller(world))
    done = reports.record(controller(world), *YEAR)
    assert (done.number, done.lines) == ("2026-001", 0)


def test_a_period_that_costs_more_than_it_gained_says_so(world: World, clock: Clock) -> None:
    reporting.deliver(world, clock, dt.date(2026, 3, 2), condition="C", answer="no")
    reporting.scrap_after_work(world, clock, dt.date(2026, 11, 3), 15_000, "0.5")
    report = preview(world)
    assert report.totals == added(REFUSED, SCRAPPED)
    data = reports.draft(controller(world), *YEAR).data
    assert "kostede ca. 250 kr. mere end" in reading.texts(data)[0]
    reading.assert_tidy(data)


# --- spreadsheets ----------------------------------------------------------------------------


def test_more_lines_than_paper_takes_are_referred_to_the_spreadsheet(
    year: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recording, "MOST_PRINTED_LINES", 5)
    paper = reports.draft(controller(year), *YEAR)
    assert (paper.lines, paper.printed_lines) == (7, 0)
    said = " ".join(reading.texts(paper.data))
    assert "De 7 linjer bag summerne" in said
    book = sheet(report_sheets.workbook(controller(year), *YEAR), "Linjer")
    assert len(book) == 7 + 2


def test_the_spreadsheet_holds_every_line_and_its_sums(year: World, clock: Clock) -> None:
    report_id = recorded(year)
    clock.advance(hours=1)
    reporting.deliver(year, clock, dt.date(2026, 11, 20))
    rows = sheet(report_sheets.workbook_of(controller(year), report_id), "Linjer")
    assert len(rows) == 1 + 7 + 1
    lines = report_sheets.csv_of(controller(year), report_id).decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + 7
    assert len(report_sheets.csv(controller(year), *YEAR).splitlines()) == 1 + 8
    assert any("-3305,33" in line for line in lines)


def test_every_total_of_the_spreadsheet_adds_up_from_its_lines(year: World) -> None:
    for institution_id in (None, year.school):
        data = report_sheets.workbook_of(controller(year), recorded(year, institution_id))
        book, formulas = (
            load_workbook(BytesIO(data), data_only=values) for values in (True, False)
        )
        lines = list(book["Linjer"].iter_rows(min_row=2, values_only=True))[:-1]
        found = 0
        for name in ("Nøgletal", "Metode"):
            for row in formulas[name].iter_rows(min_row=2, min_col=2, max_col=2):
                formula = str(row[0].value)
                if formula.startswith("=SUM('Linjer'!"):
                    column = column_index_from_string(formula[14:].partition("2:")[0]) - 1
                    total = sum(Decimal(str(line[column] or 0)) for line in lines)
                    shown = book[name].cell(row[0].row or 0, 2).value
                    assert Decimal(str(shown)) == total, formula
                    found += 1
        assert found == 8 + 4 * 3


def test_the_terms_of_the_formula_stand_in_each_line(year: World) -> None:
    head, *lines = sheet(report_sheets.workbook(controller(year), *YEAR), "Linjer")
    rows = [dict(zip(head, line, strict=True)) for line in lines[:-1]]
    assert [row["Linje nr."] for row in rows] == [2, 1, 3, 4, 5, 6, 7]
    assert [row["Retter linje nr."] for row in rows] == [None] * 4 + [4, 1, None]
    assert {(row["Vægt (m)"], row["Kørsel, km"]) for row in rows} == {(19.2, 30), (19.2, None)}
    assert [row["CO₂e fra istandsættelsen (R)"] for row in rows] == [0, 0, 0, 0, 0, 0, 0.5]


@pytest.mark.parametrize(
    ("start", "end"),
    [(dt.date(2026, 2, 1), dt.date(2026, 1, 31)), (dt.date(1926, 2, 1), dt.date(2026, 1, 31))],
)
def test_impossible_periods_are_refused(world: World, start: dt.date, end: dt.date) -> None:
    with pytest.raises(Refused, match="period"):
        reports.preview(controller(world), start, end)

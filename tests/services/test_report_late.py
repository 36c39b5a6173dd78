"""What is booked too late for a recorded report stands once in a later one, and sums hold."""

import datetime as dt
import io
import json

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from moebelcirkel.domain.errors import Stale
from moebelcirkel.domain.figures import Sums
from moebelcirkel.language import kroner
from moebelcirkel.services import cases, check, deliveries, intake, overview, reports, stock, tasks
from moebelcirkel.services.deliveries.returns import Returned
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.services.reports import sheets as report_sheets
from moebelcirkel.storage.tables.reports import ReportLine
from tests import templates, trade
from tests.clock import Clock
from tests.documents import reading
from tests.services import reporting
from tests.services.recorded import AUTUMN, NEXT, SPRING, YEAR, corrected, get, record, totals_of
from tests.services.reporting import controller
from tests.services.tampering import tamper
from tests.world import World


def _back(world: World, units: list[int], on: dt.date) -> None:
    pieces = [Returned(trade.number(world.context, unit), "C") for unit in units]
    deliveries.take_back(world.person("lager"), pieces, place_id=world.shelf, on=on)


@templates.prepared
def late(world: World, clock: Clock) -> None:
    """Delivered in March, reported on 2 July, back on 29 June but registered on 6 July."""
    tasks.confirm_rates(world.context)
    units, _change = reporting.deliver(world, clock, dt.date(2026, 3, 2))
    reporting.at(clock, dt.date(2026, 7, 2))
    record(world, SPRING)
    record(world, SPRING, world.school)
    reporting.at(clock, dt.date(2026, 7, 6))
    _back(world, units, dt.date(2026, 6, 29))
    reporting.deliver(world, clock, dt.date(2026, 9, 1))
    reporting.at(clock, dt.date(2027, 1, 4))


def test_a_return_registered_after_its_half_was_recorded_stands_in_the_next(late: World) -> None:
    asker = controller(late)
    drawn = reports.preview(asker, *AUTUMN)
    assert [(each.number, each.totals.lines) for each in drawn.late.periods] == [("2026-001", 1)]
    # 335,000 x (119 / 365 / 15 - 1), half a kilo of no work, and none of it in the autumn's own.
    assert (drawn.totals.pieces, drawn.late.totals.pieces) == (1, 0)
    assert drawn.late.totals.cash_ore == -327_719
    assert [row.effective_on for row in drawn.late.rows] == [dt.date(2026, 6, 29)]

    key = record(late, AUTUMN)
    spring, autumn = get(late, 1), get(late, key)
    year = reports.preview(asker, *YEAR).totals
    assert sum((totals_of(spring), totals_of(autumn), corrected(autumn)), Sums()) == year
    assert sum((totals_of(spring), totals_of(autumn)), Sums()) != year
    paper = " ".join(reading.texts(reports.reprint(asker, key))).replace("\u00a0", " ")
    late_sums, own = corrected(autumn), totals_of(autumn)
    for name in ("cash_ore", "new_value_ore", "paid_ore", "lifetime_ore"):
        said = kroner(getattr(late_sums, name) + getattr(own, name)).replace("\u00a0", " ")
        assert said in paper
    for again in (AUTUMN, NEXT):
        assert reports.preview(asker, *again).late.periods == ()
    assert reports.preview(asker, *SPRING).late.told == (("2027-001", 1),)
    assert check.run(asker).ok


def test_each_institution_has_its_own_corrections(late: World) -> None:
    asker = controller(late)
    record(late, AUTUMN)
    own = reports.preview(asker, *AUTUMN, late.school)
    assert [each.number for each in own.late.periods] == ["2026-002"]
    assert reports.preview(asker, *AUTUMN, late.home).late.periods == ()
    key = record(late, AUTUMN, late.school)
    assert corrected(get(late, key)).cash_ore == -327_719
    assert check.run(asker).ok


def test_paper_and_spreadsheet_tell_the_corrections_beside_the_result(late: World) -> None:
    asker = controller(late)
    draft = reading.whole_text(reports.draft(asker, *AUTUMN).data)
    assert "En kladde tager ingen rettelser" in draft
    key = record(late, AUTUMN)
    paper = reading.whole_text(reports.reprint(asker, key))
    for words in (
        "Rettelser til tidligere perioder",
        "2026-001 · 1. januar – 30. juni 2026",
        "Rettelser i alt Denne periode 1 1 1 0 0 1 −3.277,19 kr. −3.277,19 kr. 3.250 kr.",
        "Resultat inkl. rettelser 2 1 −27,19 kr. 1 kg",
        "29.06.2026",
        "Hvad der senere bogføres på dens dage, står i den næste rapport for en senere periode",
    ):
        assert words in paper, words
    assert "En kladde" not in paper
    book = load_workbook(io.BytesIO(report_sheets.workbook_of(asker, key)))
    assert book["Rettelser"].max_row == 3  # heads, the line, the sums
    told = reading.whole_text(reports.draft(asker, *SPRING).data)
    assert "1 linje i denne rapport står også som rettelse i rapport 2027-001" in told


def test_a_correction_that_a_month_took_is_named_with_its_amount(late: World) -> None:
    """July is recorded in between and takes it, so that the autumn's own block has none."""
    july = record(late, (AUTUMN[0], dt.date(2026, 7, 31)))
    asker = controller(late)
    key = record(late, AUTUMN)
    (named,) = reports.preview(asker, *NEXT).late.elsewhere
    assert (named.lacking, named.number, named.totals.lines) == ("2026-001", "2027-001", 1)
    assert named.totals == corrected(get(late, july))
    assert get(late, key).totals["late"]["lines"] == 0
    halves = [totals_of(get(late, each)) for each in (1, key)]
    assert sum((*halves, named.totals), Sums()) == reports.preview(asker, *YEAR).totals

    paper = reading.whole_text(reports.reprint(asker, key))
    for words in (
        "Rettelser, der står i andre rapporter",
        "2026-001 · 1. januar – 30. juni 2026 2027-001 1 0 −3.277,19 kr. −43 kg",
    ):
        assert words in paper, words
    book = load_workbook(io.BytesIO(report_sheets.workbook_of(asker, key)))
    told = {row[0].value: (row[1].value, row[2].value) for row in book["Nøgletal"].iter_rows()}
    assert told["Sparet indkøb, rettelser i en anden rapport"] == (
        -3277.19,
        "mangler i 2026-001, står i 2027-001",
    )
    assert check.run(asker).ok


def test_a_line_that_a_month_of_a_reported_half_has_is_named(world: World, clock: Clock) -> None:
    tasks.confirm_rates(world.context)
    reporting.at(clock, dt.date(2026, 6, 1))
    lines = trade.order(world, trade.put_on_sale(world, 1))
    deliveries.pick(world.person("lager"), lines)
    reporting.at(clock, dt.date(2026, 7, 2))
    half = record(world, SPRING)
    reporting.at(clock, dt.date(2026, 7, 3))
    deliveries.hand_over(world.person("lager"), line_ids=lines, on=dt.date(2026, 6, 15))
    june = record(world, (dt.date(2026, 6, 1), SPRING[1]))
    autumn = reports.preview(controller(world), *AUTUMN).late
    assert autumn.periods == ()
    assert [(each.lacking, each.number) for each in autumn.elsewhere] == [
        (get(world, half).number, get(world, june).number)
    ]
    assert autumn.elsewhere[0].totals == totals_of(get(world, june))


def test_a_correction_taken_meanwhile_sends_the_report_back(late: World) -> None:
    """The autumn is recorded by two at once: the second finds its correction taken."""
    others = iter([AUTUMN])

    def between(_done: int, _total: int) -> None:
        for period in others:
            record(late, period)

    with pytest.raises(Stale, match="at this very moment"):
        reports.record(controller(late), *AUTUMN, progress=between)
    taken = trade.rows(late.context, select(ReportLine).where(ReportLine.correction))
    assert len(taken) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report_line SET correction = true WHERE report_id = 3 AND NOT correction",
        "UPDATE report_line SET correction = false WHERE correction",
        "DELETE FROM report_line WHERE correction",
        "UPDATE report_line SET line_id = 1 WHERE correction",
    ],
)
def test_corrections_changed_by_hand_are_found(late: World, statement: str) -> None:
    record(late, AUTUMN)
    tamper(late, statement)
    told = [check.text(finding) for finding in check.run(controller(late)).findings]
    assert any("2027-001" in each for each in told)


def test_work_on_what_is_not_delivered_is_told_beside_the_result(
    world: World, clock: Clock
) -> None:
    bench, lager = world.person("bench"), world.person("lager")

    def opened(count: int) -> tuple[int, list[int]]:
        batch = Batch(parts=(Part("C", count, "shelf", world.shelf),), article_id=world.chair)
        units = list(intake.register(lager, batch).unit_ids)
        return int(cases.send(bench, units).case_id), units

    kind = tasks.task_types(bench)[0].id
    first, finished = opened(2)
    cases.add_task(bench, first, kind, minutes=60, parts_ore=1_001, done=True)
    cases.finish(bench, first, "B", place_id=world.shelf)
    second, units = opened(3)
    cases.add_task(bench, second, kind, minutes=30, parts_ore=0, done=True)
    cases.add_task(bench, second, kind, minutes=30, parts_ore=0)
    found = reports.preview(controller(world), *YEAR).in_house
    assert found is not None
    assert (found.ore, found.pieces) == (31_001 + 15_000, 5)

    stock.scrap(lager, [units[0], finished[0]], "broken")
    found = reports.preview(controller(world), *YEAR).in_house
    assert found is not None
    assert (found.ore, found.pieces) == (15_500 + 10_000, 3)
    notes = overview.key_figures(controller(world), *YEAR).notes
    words = "Udført arbejde på møbler, der endnu ikke er leveret: 255 kr. på 3 møbler"
    assert words in [note.replace("\u00a0", " ") for note in notes]
    notes = overview.key_figures(controller(world), *SPRING).notes
    assert f"{words} (pr. 20. november 2026)" in [note.replace("\u00a0", " ") for note in notes]
    assert reports.preview(controller(world), *YEAR, world.school).in_house is None

    again = int(cases.send(bench, [finished[1]]).case_id)
    cases.add_task(bench, again, kind, minutes=30, parts_ore=0, done=True)
    found = reports.preview(controller(world), *YEAR).in_house
    assert found is not None
    assert (found.ore, found.pieces) == (25_500 + 15_000, 3)  # one piece, in two cases


def test_shadow_values_and_levies_of_what_came_too_late_add_up_to_the_year(late: World) -> None:
    """A return registered after its half was recorded takes back most of that half's CO2e."""
    asker = controller(late)
    key = reports.record(asker, *AUTUMN).id
    spring, autumn, year = get(late, 1), get(late, key), reports.preview(asker, *YEAR).climate
    assert year is not None
    kept = [spring.totals, autumn.totals, autumn.totals["late_prices"]]
    assert kept[2]["co2_value"] < 0
    assert sum(each["co2_value"] for each in kept) == pytest.approx(year.value, abs=1)
    assert sum(each["levy"] for each in kept) == year.levy
    paper = " ".join(reading.texts(reports.reprint(asker, key))).replace("\u00a0", " ")
    assert kroner(kept[2]["co2_value"]).replace("\u00a0", " ") in paper
    book = load_workbook(io.BytesIO(report_sheets.workbook_of(asker, key)))
    rows = {line[0].value: line[1].value for line in book["Nøgletal"].iter_rows()}
    name = "Skyggeværdi af netto undgået CO₂e, rettelser til tidligere perioder"
    assert rows[name] == pytest.approx(kept[2]["co2_value"] / 100)
    assert check.run(asker).ok


@pytest.mark.parametrize("name", ["shadow_prices", "late_shadow_prices"])
@pytest.mark.parametrize("prices", ["meget", {"x": 1, "2026": "1"}])
def test_prices_that_are_none_any_more_do_not_stop_the_check(
    late: World, name: str, prices: object
) -> None:
    key = reports.record(controller(late), *AUTUMN).id
    said = json.dumps({**get(late, key).parameters, name: prices})
    tamper(late, f"UPDATE report_record SET parameters = :said WHERE id = {key}", said=said)
    found = " ".join(map(check.text, check.run(controller(late)).findings))
    assert "totalerne er ikke summen" in found
    assert "beskadiget" not in found

"""What is booked too late for a recorded report stands once in a later one, and sums hold."""

import contextlib
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from openpyxl import load_workbook
from sqlalchemy import select

from moebelcirkel.documents.savingsreport import Elsewhere, Totals, sum_of
from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.domain.periods import Period
from moebelcirkel.services import (
    cases,
    check,
    deliveries,
    intake,
    overview,
    report_late,
    report_sheets,
    reports,
    stock,
    tasks,
)
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.services.report_data import Asked
from moebelcirkel.services.returns import Returned
from moebelcirkel.storage import figure_extremes, figure_queries
from moebelcirkel.storage.figure_queries import Selection
from moebelcirkel.storage.figures import FigureLine
from moebelcirkel.storage.reports import ReportLine, ReportRecord
from moebelcirkel.storage.units import Unit
from tests import trade
from tests.clock import Clock
from tests.documents import reading
from tests.services import reporting
from tests.services.machines import Machine, on_postgresql, on_sqlite
from tests.services.reporting import controller
from tests.services.tampering import tamper
from tests.world import World

SPRING = (dt.date(2026, 1, 1), dt.date(2026, 6, 30))
AUTUMN = (dt.date(2026, 7, 1), dt.date(2026, 12, 31))
YEAR = (SPRING[0], AUTUMN[1])
NEXT = (dt.date(2027, 1, 1), dt.date(2027, 6, 30))


def _totals(row: reports.ReportRow) -> Totals:
    names = Totals.__slots__
    return Totals(**{name: row.totals[name] for name in names})


def _late(row: reports.ReportRow) -> Totals:
    names = Totals.__slots__
    return Totals(**{name: row.totals["late"][name] for name in names})


def _record(world: World, period: tuple[dt.date, dt.date], place: int | None = None) -> int:
    return int(reports.record(controller(world), *period, place).data["id"])


def _get(world: World, key: int) -> reports.ReportRow:
    return reports.get(controller(world), key)


def _back(world: World, units: list[int], on: dt.date) -> None:
    pieces = [Returned(trade.number(world.context, unit), "C") for unit in units]
    deliveries.take_back(world.person("lager"), pieces, place_id=world.shelf, on=on)


@pytest.fixture
def late(world: World, clock: Clock) -> World:
    """Delivered in March, reported on 2 July, back on 29 June but registered on 6 July."""
    tasks.confirm_rates(world.context)
    units, _change = reporting.deliver(world, clock, dt.date(2026, 3, 2))
    reporting.at(clock, dt.date(2026, 7, 2))
    _record(world, SPRING)
    _record(world, SPRING, world.school)
    reporting.at(clock, dt.date(2026, 7, 6))
    _back(world, units, dt.date(2026, 6, 29))
    reporting.deliver(world, clock, dt.date(2026, 9, 1))
    reporting.at(clock, dt.date(2027, 1, 4))
    return world


def test_a_return_registered_after_its_half_was_recorded_stands_in_the_next(late: World) -> None:
    asker = controller(late)
    drawn = reports.preview(asker, *AUTUMN)
    assert [(each.number, each.lines) for each in drawn.late.periods] == [("2026-001", 1)]
    # 335,000 x (119 / 365 / 15 - 1), half a kilo of no work, and none of it in the autumn's own.
    assert (drawn.totals.pieces, drawn.late.totals.pieces) == (1, 0)
    assert drawn.late.totals.cash == -327_719
    assert [row.effective_on for row in drawn.late.rows] == [dt.date(2026, 6, 29)]

    key = _record(late, AUTUMN)
    spring, autumn = _get(late, 1), _get(late, key)
    year = reports.preview(asker, *YEAR).totals
    assert sum_of((_totals(spring), _totals(autumn), _late(autumn))) == year
    assert sum_of((_totals(spring), _totals(autumn))) != year
    for again in (AUTUMN, NEXT):
        assert reports.preview(asker, *again).late.periods == ()
    assert reports.preview(asker, *SPRING).late.told == (("2027-001", 1),)
    assert check.run(asker).ok


def test_each_institution_has_its_own_corrections(late: World) -> None:
    asker = controller(late)
    _record(late, AUTUMN)
    own = reports.preview(asker, *AUTUMN, late.school)
    assert [each.number for each in own.late.periods] == ["2026-002"]
    assert reports.preview(asker, *AUTUMN, late.home).late.periods == ()
    key = _record(late, AUTUMN, late.school)
    assert _late(_get(late, key)).cash == -327_719
    assert check.run(asker).ok


def test_paper_and_spreadsheet_tell_the_corrections_beside_the_result(late: World) -> None:
    asker = controller(late)
    draft = reading.whole_text(reports.draft(asker, *AUTUMN).data)
    assert "En kladde tager ingen rettelser" in draft
    key = _record(late, AUTUMN)
    paper = reading.whole_text(reports.reprint(asker, key))
    for words in (
        "Rettelser til tidligere perioder",
        "2026-001 · 1. januar – 30. juni 2026",
        "Rettelser i alt Denne periode 1 1 1 0 0 1 −3.277,19 kr. −3.277,19 kr. 3.250 kr.",
        "Resultat inkl. rettelser 2 1 −27,19 kr. 1,1 kg",
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
    july = _record(late, (AUTUMN[0], dt.date(2026, 7, 31)))
    asker = controller(late)
    key = _record(late, AUTUMN)
    (named,) = reports.preview(asker, *NEXT).late.elsewhere
    assert (named.lacking, named.number, named.lines) == ("2026-001", "2027-001", 1)
    assert named.totals == _late(_get(late, july))
    assert _get(late, key).totals["late"]["lines"] == 0
    halves = [_totals(_get(late, each)) for each in (1, key)]
    assert sum_of((*halves, named.totals)) == reports.preview(asker, *YEAR).totals

    paper = reading.whole_text(reports.reprint(asker, key))
    for words in (
        "Rettelser, der står i andre rapporter",
        "2026-001 · 1. januar – 30. juni 2026 2027-001 1 0 −3.277,19 kr. −43 kg",
    ):
        assert words in paper, words
    book = load_workbook(io.BytesIO(report_sheets.workbook_of(asker, key)))
    told = {row[0].value: (row[1].value, row[2].value) for row in book["Nøgletal"].iter_rows()}
    assert told["Sparet indkøb, rettelser i en anden rapport"] == (
        -3277.19, "mangler i 2026-001, står i 2027-001",
    )  # fmt: skip
    assert check.run(asker).ok


def test_a_line_that_a_month_of_a_reported_half_has_is_named(world: World, clock: Clock) -> None:
    tasks.confirm_rates(world.context)
    reporting.at(clock, dt.date(2026, 6, 1))
    lines = trade.order(world, trade.put_on_sale(world, 1))
    deliveries.pick(world.person("lager"), lines)
    reporting.at(clock, dt.date(2026, 7, 2))
    half = _record(world, SPRING)
    reporting.at(clock, dt.date(2026, 7, 3))
    deliveries.hand_over(world.person("lager"), line_ids=lines, on=dt.date(2026, 6, 15))
    june = _record(world, (dt.date(2026, 6, 1), SPRING[1]))
    autumn = reports.preview(controller(world), *AUTUMN).late
    assert autumn.periods == ()
    assert [(each.lacking, each.number) for each in autumn.elsewhere] == [
        (_get(world, half).number, _get(world, june).number)
    ]
    assert autumn.elsewhere[0].totals == _totals(_get(world, june))


def test_a_correction_taken_meanwhile_sends_the_report_back(late: World) -> None:
    """The autumn is recorded by two at once: the second finds its correction taken."""
    others = iter([AUTUMN])

    def between(_done: int, _total: int) -> None:
        for period in others:
            _record(late, period)

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
    _record(late, AUTUMN)
    tamper(late, statement)
    told = [check.text(finding) for finding in check.run(controller(late)).findings]
    assert any("2027-001" in each for each in told)


def test_work_on_what_is_not_delivered_is_told_beside_the_result(
    world: World, clock: Clock
) -> None:
    bench, lager = world.person("bench"), world.person("lager")

    def opened(count: int) -> tuple[int, list[int]]:
        batch = Batch(parts=(Part("C", count, "shelf", world.shelf),), article_id=world.chair)
        units = list(intake.register(lager, batch).data["units"])
        return int(cases.send(bench, units).data["case"]), units

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
    assert any(words in note.replace("\u00a0", " ") for note in notes)
    assert reports.preview(controller(world), *YEAR, world.school).in_house is None


# --- any sequence -------------------------------------------------------------------------------

#: Halves, and what people also ask for.
_PERIODS = (
    SPRING,
    AUTUMN,
    YEAR,
    (dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
    *((dt.date(2026, first, 1), dt.date(2026, first, 28)) for first in (3, 7, 11)),
    (dt.date(2026, 6, 1), dt.date(2026, 6, 30)),
    (dt.date(2026, 1, 1), dt.date(2026, 9, 30)),
    (dt.date(2026, 4, 1), dt.date(2026, 12, 31)),
)


def _month(number: int) -> tuple[dt.date, dt.date]:
    first = dt.date(2026, number, 1)
    return first, (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)


class Books(Machine):
    """Deliveries and returns on any day of the year, registered and reported at any time."""

    @initialize()
    def open(self) -> None:
        """The year is over, and what was ordered at its beginning is not booked yet."""
        super().open()
        reporting.at(self.clock, SPRING[0])
        tasks.confirm_rates(self.world.context)
        self.lager = self.world.person("lager")
        self.picked: list[int] = []
        for place in (self.world.school, self.world.home) * 3:
            units = trade.put_on_sale(self.world, 1)
            self.picked += trade.order(self.world, units, institution=place)
        deliveries.pick(self.lager, self.picked)
        reporting.at(self.clock, AUTUMN[1])
        self.reported: dict[tuple[int | None, tuple[dt.date, dt.date]], int] = {}

    @precondition(lambda self: self.picked)
    @rule(day=st.integers(0, 364), number=st.integers(0, 5))
    def deliver(self, day: int, number: int) -> None:
        """A piece is handed over on a day that may be long ago."""
        line = self.picked.pop(number % len(self.picked))
        on = SPRING[0] + dt.timedelta(days=day)
        assert self.attempt(self.lager, deliveries.hand_over, line_ids=[line], on=on)

    @rule(number=st.integers(0, 5), days=st.integers(0, 200))
    def take_back(self, number: int, days: int) -> None:
        """One comes back some days after it was handed over."""
        unit = self.some(number, Unit, Unit.state == "delivered")
        if unit:
            lines = select(FigureLine).where(FigureLine.unit_id == unit.id)
            handed = max(line.effective_on for line in trade.rows(self.context, lines))
            on = min(handed + dt.timedelta(days=days), AUTUMN[1])
            self.attempt(
                self.lager, deliveries.take_back, [Returned(unit.number, "C")],
                place_id=self.world.shelf, on=on,
            )  # fmt: skip

    @rule(period=st.sampled_from(_PERIODS), own=st.booleans())
    def record(self, period: tuple[dt.date, dt.date], own: bool) -> None:
        """A report is recorded; a half only once, or its first and second would both count."""
        place = self.world.school if own else None
        if period in (SPRING, AUTUMN) and (place, period) in self.reported:
            return
        with contextlib.suppress(Refused):
            self.reported[place, period] = _record(self.world, period, place)

    def teardown(self) -> None:
        """Halves and corrections, wherever told, come to the year, in all and for the school."""
        if hasattr(self, "world"):
            with contextlib.suppress(Refused):
                self._add_up()
        super().teardown()

    def _add_up(self) -> None:
        for place in (None, self.world.school):
            for half in (SPRING, AUTUMN):
                if (place, half) not in self.reported:
                    self.reported[place, half] = _record(self.world, half, place)
        self.clock.advance(days=190)
        asker = controller(self.world)
        for place in (None, self.world.school):
            _record(self.world, NEXT, place)
            self._told_once(place)
            self._within_reach(place)
            keys = [self.reported[place, each] for each in (SPRING, AUTUMN)]
            halves = [_totals(_get(self.world, key)) for key in keys]
            numbers = {_get(self.world, key).number for key in keys}
            own, named = self._after(place)
            told = [each.totals for each in named if each.lacking in numbers]
            year = reports.preview(asker, *YEAR, place).totals
            assert sum_of((*halves, own, *told)) == year
        report = check.run(asker)
        assert report.ok, report.findings[:3]

    def _after(self, place: int | None) -> tuple[Totals, tuple[Elsewhere, ...]]:
        """What the report after the year corrects, and what it names in others."""
        asked = Asked(Period(*NEXT), place)
        (key,) = (
            row.id
            for row in reports.recorded(controller(self.world))
            if (row.start, row.institution_id) == (NEXT[0], place)
        )
        with self.context.database.read() as session:
            late = replace(asked.late(self.context.now()), report_id=key)
            return _late(_get(self.world, key)), report_late.elsewhere(session, late)

    def _told_once(self, place: int | None) -> None:
        """Every line of the year is told, and none is corrected again or after its half had it.

        A half that comes after a correction for one of its months has the line too, and says so.
        """
        with self.context.database.read() as session:
            own, late = (
                session.execute(
                    select(ReportRecord.id, ReportLine.line_id)
                    .join(ReportLine, ReportLine.report_id == ReportRecord.id)
                    .where(
                        ReportRecord.institution_id == place, ReportLine.correction == correction
                    )
                ).all()
                for correction in (False, True)
            )
            days = select(FigureLine.id).where(FigureLine.effective_on <= AUTUMN[1])
            if place is not None:
                days = days.where(FigureLine.institution_id == place)
            year = set(session.scalars(days))
        taken = {line: report for report, line in late}
        halves = [(report, line) for report, line in own if report in self._halves(place)]
        assert len(taken) == len(late)
        assert all(report > taken[line] for report, line in halves if line in taken)
        assert {line for _report, line in own} | set(taken) >= year

    def _within_reach(self, place: int | None) -> None:
        """The year, its months and its categories lie within their own extremes."""
        only = None if place is None else frozenset({place})
        for period in (YEAR, *(_month(number) for number in range(1, 13))):
            chosen = Selection(*period, self.context.now(), only)
            with self.context.database.read() as session:
                net = figure_queries.total(session, chosen).net_g
                reach = figure_extremes.extremes(session, chosen)
            assert reach.span[0] <= net <= reach.span[1]
            assert reach.bounds[0] <= reach.span[0] <= reach.span[1] <= reach.bounds[1]

    def _halves(self, place: int | None) -> set[int]:
        return {self.reported[place, SPRING], self.reported[place, AUTUMN]}


def test_recorded_halves_and_corrections_are_the_year(tmp_path: Path) -> None:
    on_sqlite(Books, tmp_path, steps=14)


def test_so_they_are_on_postgresql(postgres_cluster: object) -> None:
    on_postgresql(Books, postgres_cluster, steps=10)

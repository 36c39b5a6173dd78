"""Halves and corrections are the year, whatever is booked, returned and reported when."""

import contextlib
import datetime as dt
from dataclasses import replace
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule
from sqlalchemy import select

from moebelcirkel.documents.reports.savings import Elsewhere
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.figures import Sums
from moebelcirkel.domain.periods import Period
from moebelcirkel.services import check, deliveries, reports, tasks
from moebelcirkel.services.deliveries.returns import Returned
from moebelcirkel.services.reports import late as report_late
from moebelcirkel.services.reports.data import ReportScope
from moebelcirkel.storage.queries.figures import extremes as figure_extremes
from moebelcirkel.storage.queries.figures import lines as line_queries
from moebelcirkel.storage.queries.figures import sums as figure_queries
from moebelcirkel.storage.queries.figures.sums import Selection
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.reports import ReportLine, ReportRecord
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services import reporting
from tests.services.machines import Machine, on_postgresql, on_sqlite
from tests.services.recorded import AUTUMN, NEXT, SPRING, YEAR, corrected, get, record, totals_of
from tests.services.reporting import controller

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
                self.lager,
                deliveries.take_back,
                [Returned(unit.number, "C")],
                place_id=self.world.shelf,
                on=on,
            )

    @rule(period=st.sampled_from(_PERIODS), own=st.booleans())
    def record(self, period: tuple[dt.date, dt.date], own: bool) -> None:
        """A report is recorded; a half only once, or its first and second would both count."""
        place = self.world.school if own else None
        if period in (SPRING, AUTUMN) and (place, period) in self.reported:
            return
        with contextlib.suppress(Refused):
            self.reported[place, period] = record(self.world, period, place)

    def teardown(self) -> None:
        """Halves and corrections, wherever told, come to the year, in all and for the school."""
        if hasattr(self, "world"):
            with contextlib.suppress(Refused):
                self._add_up()
        super().teardown()

    def _add_up(self) -> None:
        self._late_as_when_proved()
        for place in (None, self.world.school):
            for half in (SPRING, AUTUMN):
                if (place, half) not in self.reported:
                    self.reported[place, half] = record(self.world, half, place)
        self.clock.advance(days=190)
        asker = controller(self.world)
        for place in (None, self.world.school):
            record(self.world, NEXT, place)
            self._told_once(place)
            self._within_reach(place)
            self._late_as_when_proved()
            keys = [self.reported[place, each] for each in (SPRING, AUTUMN)]
            halves = [totals_of(get(self.world, key)) for key in keys]
            numbers = {get(self.world, key).number for key in keys}
            own, named = self._after(place)
            told = [each.totals for each in named if each.lacking in numbers]
            year = reports.preview(asker, *YEAR, place).totals
            assert sum((*halves, own, *told), Sums()) == year
        report = check.run(asker)
        assert report.ok, report.findings[:3]

    def _after(self, place: int | None) -> tuple[Sums, tuple[Elsewhere, ...]]:
        """What the report after the year corrects, and what it names in others."""
        asked = ReportScope(Period(*NEXT), place)
        (key,) = (
            row.id
            for row in reports.recorded(controller(self.world))
            if (row.start, row.institution_id) == (NEXT[0], place)
        )
        with self.context.database.read() as session:
            late = replace(asked.late(self.context.now()), report_id=key)
            return corrected(get(self.world, key)), report_late.elsewhere(session, late)

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

    def _late_as_when_proved(self) -> None:
        """What a new report would correct is the same where nothing is taken for granted."""
        school, home = self.world.school, self.world.home
        with self.context.database.read() as session:
            for only in (None, frozenset({school}), frozenset({school, home})):
                for start in (AUTUMN[0], NEXT[0], dt.date(2026, 11, 1)):
                    late = Selection(start, NEXT[1], self.context.now(), only, late=True)
                    proved = replace(late, before_change=1_000_000)
                    ids = (line_queries.line_ids(session, each) for each in (late, proved))
                    assert sorted(next(ids)) == sorted(next(ids))

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

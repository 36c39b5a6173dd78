"""A report leaves out nothing that was booked before it, whatever the clocks say meanwhile."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from moebelcirkel.domain.errors import Interrupted, Unavailable
from moebelcirkel.services import reports
from moebelcirkel.services.context import SYSTEM, Context, Work
from moebelcirkel.services.start import clock as clock_service
from moebelcirkel.services.start import opening, setup
from moebelcirkel.storage.checks import reports as check_reports
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.migrate import migrate
from moebelcirkel.storage.queries.figures import costing as costing_queries
from moebelcirkel.storage.tables.parameters import ParameterRow
from tests.clock import Clock
from tests.services import reporting
from tests.services.reporting import YEAR, controller
from tests.world import World


def test_a_clock_set_back_after_the_last_hand_over_leaves_no_line_out(
    year: World, clock: Clock
) -> None:
    database = year.context.database
    if not database.is_sqlite:
        pytest.skip("the server's clock decides")
    reporting.deliver(year, clock, dt.date(2026, 11, 21))
    lines = reports.preview(controller(year), *YEAR).line_count
    database.clock = lambda: clock() - dt.timedelta(seconds=30)
    assert reports.record(replace(controller(year), clock=None), *YEAR).lines == lines


def test_an_example_that_was_made_before_its_last_day_began_has_its_reports_recorded(
    year: World, clock: Clock
) -> None:
    database = year.context.database
    if not database.is_sqlite:
        pytest.skip("the server's clock decides")
    year.context.write("setup", None, _make_an_example)
    reporting.deliver(year, clock, dt.date(2026, 11, 21))
    lines = reports.preview(controller(year), *YEAR).line_count
    database.clock = lambda: clock() - dt.timedelta(hours=6)
    person = replace(controller(year), clock=None)
    assert reports.record(person, *YEAR).lines == lines
    assert reports.recorded(person)[0].settled_at == clock()


def _make_an_example(work: Work) -> None:
    work.session.add(ParameterRow(key="demo", value=True))


def test_a_clock_put_right_after_the_program_was_opened_counts_as_the_server_s(year: World) -> None:
    database = year.context.database
    if database.is_sqlite:
        pytest.skip("there is no server's clock")
    now = dt.datetime.now(dt.UTC)
    database.clock = lambda: now + dt.timedelta(days=366)
    database.ask_clock()
    database.clock = lambda: dt.datetime.now(dt.UTC)
    person = replace(controller(year), clock=None)
    reports.record(person, YEAR[0], now.date())
    (row, *_older) = reports.recorded(person)
    assert abs(row.settled_at - now) < dt.timedelta(minutes=5)


def test_the_check_tells_a_report_that_passes_over_what_was_booked_before_it(year: World) -> None:
    reports.record(controller(year), *YEAR)
    with year.context.read() as session:
        (report,) = check_reports.recorded(session)
        assert not check_reports.passed_over(session, report)
        early = replace(report, settled_at=report.settled_at - dt.timedelta(days=400))
        assert check_reports.passed_over(session, early)


# --- what a server ends by itself --------------------------------------------------------------


def test_what_the_server_ended_is_told_and_what_was_stopped_here_is_not(world: World) -> None:
    if world.context.database.is_sqlite:
        pytest.skip("a file ends nothing by itself")

    def slow(context: Context) -> None:
        with context.read() as session:
            session.execute(text("SET LOCAL statement_timeout = 20"))
            session.execute(text("SELECT pg_sleep(5)"))

    with pytest.raises(Unavailable, match="busy"):
        slow(world.context)
    world.context.interrupt()
    with pytest.raises(Interrupted):
        slow(world.context)


# --- what an update brings ----------------------------------------------------------------------


def test_a_factor_set_that_an_update_was_cut_off_before_comes_at_the_next_opening(
    empty_url: str,
) -> None:
    database = Database(empty_url)
    migrate(database)
    setup.begin_as_first_version(Context(database, SYSTEM))
    database.close()
    opened = opening.open_existing(empty_url)
    with opened.read() as session:
        assert costing_queries.has_set(session, setup.NEWEST_SET)
    opening.close(opened)


def test_after_a_long_pause_it_comes_when_the_clock_is_said_to_be_right(tmp_path: Path) -> None:
    file = tmp_path / "gammel.sqlite"
    database = Database(file)
    migrate(database)
    long_ago = Clock(dt.datetime.now(dt.UTC) - dt.timedelta(days=400))
    setup.begin_as_first_version(Context(database, SYSTEM, clock=long_ago))
    database.close()
    opened = opening.open_existing(file)
    assert clock_service.doubt(opened) is not None
    clock_service.confirm(opened)
    with opened.read() as session:
        assert costing_queries.has_set(session, setup.NEWEST_SET)
    opening.close(opened)

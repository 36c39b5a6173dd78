"""Reports that come by themselves: each ended period once, recorded, and saved where wanted."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.domain.parameters import Value
from moebelcirkel.services import check, parameters, reports, routines, tasks
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.reports import regular
from tests.clock import Clock
from tests.services import reporting
from tests.world import World

HERE = routines.place("command")


def wanted(world: World, **values: Value) -> Context:
    """The program itself, with these reports wanted."""
    parameters.save(world.person("admin"), values)
    return world.context


def periods(world: World) -> list[tuple[dt.date, dt.date]]:
    found = reports.recorded(world.person("controller"))
    return sorted((row.start, row.end) for row in found)


def test_each_period_that_ended_is_recorded_once(world: World, clock: Clock) -> None:
    reporting.a_year(world, clock)
    own = wanted(world, report_monthly=True, report_quarterly=True, report_yearly=True)
    done = regular.make(own)
    # There are no figures of 2025; of October and of the third quarter there are.
    october = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    third = (dt.date(2026, 7, 1), dt.date(2026, 9, 30))
    assert periods(world) == [third, october]
    assert done == regular.Regular(("2026-001", "2026-002"), 0)
    assert not regular.is_due(own)
    assert regular.make(own).numbers == ()

    reporting.at(clock, dt.date(2027, 1, 3))
    assert not regular.is_due(own) or periods(world)[-1] == october
    reporting.at(clock, dt.date(2027, 1, 4))
    assert regular.make(own).numbers == ("2027-001", "2027-002", "2027-003")
    assert reporting.YEAR in periods(world)
    assert check.run(world.context).findings == ()


def test_one_that_somebody_made_of_the_whole_period_is_the_period_s(
    world: World, clock: Clock
) -> None:
    reporting.a_year(world, clock)
    controller = world.person("controller")
    own = wanted(world, report_monthly=True)
    october = (dt.date(2026, 10, 1), dt.date(2026, 10, 31))
    reports.record(controller, *october, world.school)
    assert regular.is_due(own)
    reports.record(controller, *october)
    assert not regular.is_due(own)


def test_it_is_saved_to_the_folder_and_again_where_that_was_gone(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    reporting.a_year(world, clock)
    folder = tmp_path / "rapporter"
    own = wanted(world, report_monthly=True, report_folder=str(folder))
    with pytest.raises(Unavailable, match="is not there"):
        regular.make(own)
    assert len(periods(world)) == 1
    folder.mkdir()
    assert regular.is_due(own)
    assert regular.make(own) == regular.Regular((), 1)
    (file,) = folder.iterdir()
    assert file.name == "besparelsesrapport-2026-001.pdf"
    newest = reports.recorded(world.person("controller"))[0]
    assert file.read_bytes() == reports.reprint(world.person("controller"), newest.id)
    assert not regular.is_due(own)


@pytest.mark.parametrize("folder", ["~nobody-has-this-home/rapporter", "r" * 300])
def test_a_folder_that_cannot_be_is_said_and_stops_nothing_else(
    world: World, clock: Clock, folder: str
) -> None:
    reporting.a_year(world, clock)
    own = wanted(world, report_monthly=True, report_folder=folder, export_folder=folder)
    outcomes = {outcome.name: outcome for outcome in routines.run_due(own, HERE)}
    assert outcomes["reports"].failed
    assert "is not there" in outcomes["reports"].said
    assert len(periods(world)) == 1
    assert list(outcomes)[-1] != "reports"


def test_it_is_done_by_itself_and_says_why_not_and_since_when(world: World, clock: Clock) -> None:
    reporting.fill_year(world, clock)
    own = wanted(world, report_monthly=True)
    (failed,) = [each for each in routines.run_due(own, HERE) if each.name == "reports"]
    first = clock.moment
    assert failed.failed
    assert "estimates until they are confirmed" in failed.said
    clock.advance(hours=5)
    (failed,) = [each for each in routines.run_due(own, HERE) if each.name == "reports"]
    assert failed.since == first
    states = {state.name: state for state in routines.listed(world.person("admin")).routines}
    assert states["reports"].failing_since == first
    assert states["sweep"].failing_since is None

    tasks.confirm_rates(world.context)
    clock.advance(hours=1)
    (done,) = [each for each in routines.run_due(own, HERE) if each.name == "reports"]
    assert (done.failed, done.values["numbers"]) == (False, "2026-001")
    states = {state.name: state for state in routines.listed(world.person("admin")).routines}
    assert states["reports"].failing_since is None
    with pytest.raises(Refused, match="right"):
        regular.make(own.as_actor(replace(SYSTEM, grants=frozenset())))

"""What is done without a person: by whoever looks first, once, also where somebody died at it."""

import datetime as dt
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from moebelcirkel.domain.errors import Interrupted, Refused, Unavailable
from moebelcirkel.services import check, copies, routines, shop
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.routines import running
from moebelcirkel.services.routines.table import Routine, RoutineAnswer, RoutinePlace
from moebelcirkel.storage.tables.routines import RoutineRun
from moebelcirkel.storage.tables.shop import Hold
from tests import trade
from tests.clock import Clock
from tests.routines import NAMES, PACE, noting
from tests.world import World

ROOT = Path(__file__).parents[2]
HERE = routines.place("command")


def due(context: Context) -> list[str]:
    return [outcome.name for outcome in routines.run_due(context, HERE)]


def only(monkeypatch: pytest.MonkeyPatch, *some: Routine) -> None:
    monkeypatch.setattr(running, "ROUTINES", some)


def process(url: str, log: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.routines", url, str(log), *words]
    return subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE)


def test_two_processes_at_once_do_each_thing_once(
    context: Context, engine_url: str, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    both = [process(engine_url, log) for _ in range(2)]
    for each in both:
        _out, errors = each.communicate()
        assert each.returncode == 0, errors.decode()
    lines = log.read_text("utf-8").splitlines()
    assert sorted(lines) == sorted(f"{what} {name}" for name in NAMES for what in ("begin", "end"))
    with context.read() as session:
        assert session.scalar(select(func.count(RoutineRun.id))) == len(NAMES)
        assert set(session.scalars(select(RoutineRun.said))) == {"It is done."}


@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed so there")
def test_what_a_killed_process_began_the_next_one_does_when_its_time_has_run_out(
    context: Context, engine_url: str, tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = tmp_path / "log"
    killed = process(engine_url, log, "dies")
    while not (log.exists() and "begin one" in log.read_text("utf-8")):
        assert killed.poll() is None, killed.communicate()[1].decode()
        threading.Event().wait(0.05)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    only(monkeypatch, noting("one", log))
    with context.read() as session:
        (run,) = session.scalars(select(RoutineRun))
        clock.moment = run.claimed_at
    assert due(context) == []
    clock.advance(minutes=16)
    assert due(context) == ["one"]
    with context.read() as session:
        dead, done = session.scalars(select(RoutineRun).order_by(RoutineRun.id))
    assert (dead.failed, dead.said) == (True, running.DIED)
    assert (done.failed, done.said) == (False, "It is done.")


def test_whoever_was_taken_for_dead_says_no_more_what_it_came_to(
    context: Context, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(own: Context, _place: RoutinePlace) -> RoutineAnswer:
        clock.advance(minutes=20)
        only(monkeypatch, noting_nothing)
        assert due(own) == ["slow"]
        return RoutineAnswer("too late")

    noting_nothing = Routine("slow", "slow", PACE, lambda _own, _place: RoutineAnswer("in time"))
    only(monkeypatch, Routine("slow", "slow", PACE, slow))
    due(context)
    with context.read() as session:
        assert list(session.scalars(select(RoutineRun.said).order_by(RoutineRun.id))) == [
            running.DIED,
            "in time",
        ]


def test_it_is_done_again_when_its_time_has_come_and_not_before(
    context: Context, clock: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    only(monkeypatch, noting("one", tmp_path / "log"))
    assert due(context) == ["one"]
    clock.advance(minutes=59)
    assert due(context) == []
    clock.advance(minutes=1)
    assert due(context) == ["one"]


def test_what_failed_says_why_and_is_tried_again_sooner(
    context: Context, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_own: Context, _place: RoutinePlace) -> RoutineAnswer:
        raise Unavailable("There is no room left in {folder}.", folder="/kopier")

    def broken(_own: Context, _place: RoutinePlace) -> RoutineAnswer:
        raise ZeroDivisionError

    only(monkeypatch, Routine("full", "", PACE, full), Routine("broken", "", PACE, broken))
    runs = routines.run_due(context, HERE)
    first = next(runs)
    assert (first.failed, first.values) == (True, {"folder": "/kopier"})
    with pytest.raises(ZeroDivisionError):
        next(runs)
    with context.read() as session:
        newest = session.scalars(select(RoutineRun).order_by(RoutineRun.id.desc())).first()
        assert newest is not None
        assert (newest.failed, newest.said) == (True, running.BUG)
    assert due(context) == []
    clock.advance(minutes=30)
    assert next(routines.run_due(context, HERE)).name == "full"


def test_what_was_stopped_is_due_again_at_once(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> None:
        raise Interrupted

    only(monkeypatch, noting("one", tmp_path / "log"))
    with pytest.raises(Interrupted):
        list(routines.run_due(context, routines.place("window", stop)))
    assert due(context) == ["one"]


def test_one_that_is_asked_for_is_done_before_its_time_but_not_beside_another(
    context: Context, tmp_path: Path
) -> None:
    assert due(context)
    assert routines.run_now(context, "sweep", HERE).failed is False
    with context.database.write() as session:
        session.execute(
            update(RoutineRun)
            .values(finished_at=None)
            .where(RoutineRun.id == select(func.max(RoutineRun.id)).scalar_subquery())
        )
    with pytest.raises(Refused, match="is being done just now"):
        routines.run_now(context, "sweep", HERE)
    with pytest.raises(Refused, match="right"):
        routines.run_asked(context.as_actor(replace(SYSTEM, grants=frozenset())), "sweep", HERE)
    with pytest.raises(Refused, match="There is no routine"):
        routines.run_now(context, "letters", HERE)


def test_a_basket_nobody_looked_at_for_thirty_days_is_emptied_with_its_events(
    world: World, clock: Clock
) -> None:
    for unit in trade.put_on_sale(world, 2):
        trade.hold(world, unit, world.school)
    clock.advance(days=29)
    assert "baskets" not in due(world.context)
    clock.advance(days=2)
    assert "baskets" in due(world.context)
    with world.context.read() as session:
        assert session.scalar(select(func.count()).select_from(Hold)) == 0
    assert check.run(world.context).findings == ()
    with pytest.raises(Refused, match="right"):
        shop.put_back_forgotten(world.person("leader"))


def test_the_administrator_sees_what_was_done_and_by_which_machine_without_its_name(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.platform, "node", lambda: "ANNAS-PC")
    list(routines.run_due(world.context, routines.place("window")))
    told = routines.listed(world.person("admin"))
    assert {run.routine for run in told.log} >= {"sweep"}
    assert all("ANNA" not in run.by and run.by.startswith("window ") for run in told.log)
    states = {state.name: state for state in told.routines}
    assert ("copies" in states) == world.context.database.is_sqlite
    assert states["sweep"].last is not None
    with pytest.raises(Refused, match="right"):
        routines.listed(world.person("leader"))


def test_what_was_looked_after_in_vain_is_next_looked_after_now(world: World, clock: Clock) -> None:
    due(world.context)
    clock.advance(hours=30)
    now = world.context.now()
    told = routines.listed(world.person("admin"))
    assert told.routines
    assert min(state.next_at for state in told.routines) == now


def test_old_lines_of_the_log_go_and_the_last_of_each_stays(context: Context, clock: Clock) -> None:
    due(context)
    clock.advance(days=91)
    due(context)
    clock.advance(days=1)
    due(context)
    told = routines.listed(context)
    assert len([run for run in told.log if run.routine == "sweep"]) == 2


@pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)
def test_the_daily_copy_is_one_of_them_and_is_taken_once(world: World, clock: Clock) -> None:
    assert "copies" in due(world.context)
    clock.advance(hours=1)
    assert "copies" not in due(world.context)
    clock.advance(days=1)
    assert "copies" in due(world.context)
    assert len(copies.listed(world.person("admin")).copies) == 2


@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_a_server_is_dumped_each_day_where_a_folder_is_given_and_old_dumps_go(
    world: World, clock: Clock, tmp_path: Path
) -> None:
    folder = tmp_path / "dumps"
    folder.mkdir()
    (folder / "moebelcirkel-noter.dump").touch()
    named = "moebelcirkel-%Y-%m-%dT%H%M%SZ.dump"
    # One a day for a fortnight and two of one day, and one each of fourteen months before.
    days = [clock.moment - dt.timedelta(days=day) for day in range(1, 15)]
    twice = days[2] - dt.timedelta(hours=3)
    old = [clock.moment - dt.timedelta(days=100 + 40 * number) for number in range(14)]
    for moment in (*days, twice, *old):
        (folder / moment.strftime(named)).touch()
    kept = {each.strftime(named) for each in (*days[:6], *old[:11])}
    gone = {each.strftime(named) for each in (days[10], twice, *old[11:])}
    where = routines.place("command", dumps=folder)
    assert "dumps" not in due(world.context)
    told = {each.name: each for each in routines.run_due(world.context, where)}
    assert not told["dumps"].failed
    names = sorted(path.name for path in folder.iterdir())
    assert "moebelcirkel-noter.dump" in names
    assert told["dumps"].values["name"] in names
    assert kept <= set(names)
    assert gone.isdisjoint(names)
    clock.advance(hours=2)
    assert "dumps" not in [each.name for each in routines.run_due(world.context, where)]

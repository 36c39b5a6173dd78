"""What every write looks at first: the schema, the clock, and whether the asker may go on."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select, text

from moebelcirkel.domain.errors import ClockDoubt, Refused, SignedOut, Unavailable
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import check, places, reports, shop, tasks, users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import clock, login, passwords
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.reports import ReportRecord
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.users import LoginTry
from tests import trade
from tests.services import shopping
from tests.world import World, build

PASSWORD = "blå stol i hallen"
YEAR = dt.timedelta(days=366)


def place(context: Context, code: str) -> int:
    return int(places.save(context, places.PlaceForm(code)).id)


def changes(context: Context) -> int:
    with context.read() as session:
        return session.scalar(select(func.count(Change.id))) or 0


def newest(context: Context) -> dt.datetime:
    with context.read() as session:
        return session.scalars(select(Change.at).order_by(Change.id.desc()).limit(1)).one()


# --- the schema ----------------------------------------------------------------------------------


def test_nothing_is_written_to_a_database_that_became_newer(context: Context) -> None:
    place(context, "1-01-A")
    with context.database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    before = changes(context)
    with pytest.raises(Unavailable, match="newer version of the program"):
        place(context, "1-01-B")
    with pytest.raises(Unavailable, match="newer version of the program"):
        login.log_in(context, "leader", PASSWORD)
    assert changes(context) == before


# --- the clock -----------------------------------------------------------------------------------


@pytest.fixture
def plain(database: Database) -> Context:
    """Nobody passes a clock: the server's counts, or this PC's own."""
    return Context(database, SYSTEM)


def set_clock(context: Context, ahead: dt.timedelta) -> None:
    """Put this PC's clock wrong by so much."""
    context.database.clock = lambda: dt.datetime.now(dt.UTC) + ahead


@pytest.fixture
def workstation(postgres_url: str) -> Iterator[Context]:
    from moebelcirkel.storage.migrate import migrate

    database = Database(postgres_url)
    migrate(database)
    yield Context(database, SYSTEM)
    database.close()


def test_a_fast_clock_takes_no_live_hold_of_another_basket(workstation: Context) -> None:
    world = build(workstation)
    trade.put_on_sale(world, 2)
    key = shopping.key(world)
    shop.hold(world.person("leader"), world.school, key, 2)
    set_clock(workstation, dt.timedelta(hours=2))
    with pytest.raises(Refused):
        shop.hold(workstation, world.home, key, 1)
    with workstation.read() as session:
        owners = select(Basket.institution_id).join(Hold, Hold.basket_id == Basket.id)
        assert set(session.scalars(owners)) == {world.school}


def test_changes_and_their_dates_are_the_servers(workstation: Context) -> None:
    set_clock(workstation, YEAR)
    place(workstation, "1-01-A")
    assert abs(newest(workstation) - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=1)
    assert workstation.today().year < (dt.datetime.now(dt.UTC) + YEAR).year


def test_a_workstation_more_than_a_minute_off_is_told(workstation: Context) -> None:
    for off, told in ((-40, False), (40, False), (90, True), (-90, True)):
        set_clock(workstation, dt.timedelta(seconds=off))
        workstation.database.ask_clock()
        assert (clock.off(workstation) is not None) == told


def test_the_check_measures_by_the_servers_clock(workstation: Context) -> None:
    place(workstation, "1-01-A")
    set_clock(workstation, -YEAR)
    workstation.database.ask_clock()
    assert check.run(workstation).findings == ()


@pytest.fixture
def own(sqlite_file: object) -> Iterator[Context]:
    database = Database(str(sqlite_file))
    yield Context(database, SYSTEM)
    database.close()


@pytest.mark.parametrize("ahead", [YEAR, -YEAR, dt.timedelta(minutes=-2)], ids=str)
def test_a_clock_that_cannot_be_right_is_asked_about_before_anything_is_written(
    own: Context, ahead: dt.timedelta
) -> None:
    place(own, "1-01-A")
    before = changes(own)
    set_clock(own, ahead)
    assert clock.doubt(own) is not None
    with pytest.raises(ClockDoubt, match="clock of this PC"):
        place(own, "1-01-B")
    assert changes(own) == before
    clock.confirm(own)
    place(own, "1-01-B")
    assert clock.doubt(own) is None


def tries(context: Context) -> list[tuple[str, int, dt.datetime]]:
    with context.read() as session:
        rows = session.scalars(select(LoginTry).order_by(LoginTry.key))
        return [(row.key, row.failures, row.last_at) for row in rows]


@pytest.mark.parametrize("ahead", [YEAR, -YEAR], ids=str)
def test_a_doubtful_clock_is_asked_about_before_a_password_is_tried_or_a_try_counted(
    own: Context, ahead: dt.timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    lager = logged_in(build(own), "lager")
    for _try in range(4):
        with pytest.raises(Refused, match="not right"):
            login.log_in(own, "lager", "forkert kode")
    before = tries(own)
    tried: list[object] = []
    monkeypatch.setattr(passwords, "matches", lambda *asked: tried.append(asked))
    set_clock(own, ahead)
    for password in (PASSWORD, "forkert kode"):
        with pytest.raises(ClockDoubt, match="clock of this PC"):
            login.log_in(own, "lager", password)
        with pytest.raises(ClockDoubt, match="clock of this PC"):
            login.change_own_password(lager, password, "en helt anden kode")
    assert tried == []
    assert tries(own) == before


@pytest.mark.parametrize("ahead", [YEAR, -YEAR], ids=str)
def test_saying_that_a_wrong_clock_is_right_forgets_no_wrong_try(
    own: Context, ahead: dt.timedelta
) -> None:
    logged_in(build(own), "lager")
    for _try in range(5):
        with pytest.raises(Refused, match="not right"):
            login.log_in(own, "lager", "forkert kode")
    set_clock(own, ahead)
    clock.confirm(own)
    with pytest.raises(Refused, match="Too many wrong tries"):
        login.log_in(own, "lager", PASSWORD)
    set_clock(own, ahead + dt.timedelta(seconds=10))
    assert login.log_in(own, "lager", PASSWORD).login == "lager"


def test_a_clock_a_year_ahead_records_no_report_of_next_year(own: Context) -> None:
    controller = build(own).person("controller")
    tasks.confirm_rates(own)
    set_clock(own, YEAR)
    today = controller.today()
    with pytest.raises(ClockDoubt):
        reports.record(controller, today - dt.timedelta(days=30), today)
    with own.read() as session:
        assert session.scalars(select(ReportRecord)).all() == []


def test_a_clock_put_right_by_seconds_turns_no_change_round(own: Context) -> None:
    place(own, "1-01-A")
    first = newest(own)
    set_clock(own, dt.timedelta(seconds=-30))
    place(own, "1-01-B")
    assert newest(own) >= first
    assert clock.doubt(own) is None


def test_a_confirmed_clock_lets_work_go_on_and_what_was_ahead_of_it_is_told(own: Context) -> None:
    world = build(own)
    before = changes(own)
    set_clock(own, -YEAR)
    clock.confirm(world.person("lager"))
    place(own, "1-01-A")
    assert [finding.values["count"] for finding in check.run(own).findings] == [before]


# --- the asker -----------------------------------------------------------------------------------


def logged_in(world: World, name: str) -> Context:
    admin = world.person("admin")
    users.set_password(admin, world.people[name].user_id or 0, PASSWORD)
    return world.context.as_actor(login.log_in(world.context, name, PASSWORD))


def form_of(world: World, name: str) -> tuple[users.UserForm, int, int]:
    row = next(row for row in users.find(world.person("admin")) if row.login == name)
    grants = frozenset(Grant(each.role, each.institution_id) for each in row.roles)
    return users.UserForm(row.login, row.name, grants=grants), row.id, row.version


def test_who_is_made_inactive_is_out_at_once(world: World) -> None:
    lager = logged_in(world, "lager")
    form, key, version = form_of(world, "lager")
    users.save(world.person("admin"), replace(form, active=False), key, version)
    with pytest.raises(SignedOut, match="no longer active"):
        lager.write("unit.move", None, lambda _work: None)
    with pytest.raises(SignedOut, match="no longer active"):
        login.still_there(lager)
    with pytest.raises(SignedOut, match="no longer active"):
        login.change_own_password(lager, PASSWORD, "en helt anden kode")


def test_who_is_deleted_is_out_and_never_becomes_the_next_person(world: World) -> None:
    admin = world.person("admin")
    form = users.UserForm("ny", "Ny", grants=frozenset({Grant(Role.WAREHOUSE)}), password=PASSWORD)
    key = users.save(admin, form).id
    gone = world.context.as_actor(login.log_in(world.context, "ny", PASSWORD))
    users.delete(admin, key, 1)
    users.save(admin, replace(form, grants=frozenset({Grant(Role.ADMINISTRATOR)})))
    with pytest.raises(SignedOut):
        place(gone, "1-01-A")
    with pytest.raises(SignedOut):
        login.still_there(gone)


def test_new_roles_count_at_once(world: World) -> None:
    lager = logged_in(world, "lager")
    form, key, version = form_of(world, "lager")
    roles = frozenset({Grant(Role.ADMINISTRATOR)})
    users.save(world.person("admin"), replace(form, grants=roles), key, version)
    assert login.still_there(lager).grants == roles
    place(lager, "1-01-A")


def test_a_password_given_by_another_ends_the_open_sessions(world: World) -> None:
    lager, bench = logged_in(world, "lager"), logged_in(world, "bench")
    users.set_password(world.person("admin"), lager.actor.user_id or 0, "en helt anden kode")
    with pytest.raises(SignedOut, match="password has been changed"):
        login.still_there(lager)
    with pytest.raises(SignedOut, match="password has been changed"):
        lager.write("place.save", None, lambda _work: None)
    assert login.still_there(bench).user_id == bench.actor.user_id


def test_ones_own_new_password_ends_ones_sessions_elsewhere(world: World) -> None:
    lager = logged_in(world, "lager")
    stranger = replace(lager, session="another window")
    login.change_own_password(lager, PASSWORD, "en helt anden kode")
    with pytest.raises(SignedOut, match="password has been changed"):
        login.still_there(stranger)
    assert login.still_there(lager).user_id == lager.actor.user_id
    lager.write("place.save", None, lambda _work: None)

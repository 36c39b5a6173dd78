"""How an example database is made: whole or not at all, on either engine."""

import datetime as dt
import random
from pathlib import Path

import pytest
from sqlalchemy import select

from moebelcirkel.demo import adapting, toys
from moebelcirkel.demo import making as demo
from moebelcirkel.demo.people import Customer
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.domain.days import is_working_day
from moebelcirkel.domain.errors import Refused, Unavailable
from moebelcirkel.services import check
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import opening, workplace
from moebelcirkel.storage.engine import Database, OneTransaction
from moebelcirkel.storage.migrate import migrate
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services import shopping
from tests.services.test_demo import TODAY, values
from tests.world import World


#: Salts differ on purpose; everything else is the same.
@pytest.mark.parametrize(("units", "articles"), [(10, 5), (60, 200)])
def test_small_examples_are_whole_too(units: int, articles: int, tmp_path: Path) -> None:
    path = tmp_path / "small.sqlite"
    heard: list[tuple[int, int]] = []
    demo.create(
        path,
        units=units,
        articles=articles,
        today=dt.date(2024, 2, 29),
        progress=lambda done, of: heard.append((done, of)),
    )
    assert values(path, "SELECT count(*) FROM unit") == [(units,)]
    types = f"SELECT count(*) FROM article WHERE name NOT IN {toys.NAMES}"
    assert values(path, types) == [(articles,)]
    named = "SELECT received_by FROM delivery WHERE received_by IN (SELECT name FROM app_user)"
    assert values(path, named) == []
    assert heard[-1][0] == heard[-1][1]
    hashes = values(path, "SELECT password_hash FROM app_user WHERE password_hash IS NOT NULL")
    assert len(hashes) > len(set(hashes)) == 1
    database = Database(path)
    try:
        assert check.run(Context(database, SYSTEM)).findings == ()
    finally:
        database.close()


def test_the_van_is_planned_and_all_is_done_on_a_working_day(tmp_path: Path) -> None:
    path, monday = tmp_path / "monday.sqlite", dt.date(2026, 11, 30)
    demo.create(path, units=60, articles=20, today=monday)
    days = [dt.date.fromisoformat(day) for (day,) in values(path, _PLANNED)]
    assert days
    assert all(map(is_working_day, days))
    acted = [dt.date.fromisoformat(day) for (day,) in values(path, _ACTED)]
    assert all(map(is_working_day, acted[-100:]))


_ACTED = "SELECT DISTINCT date(at) FROM change ORDER BY date(at)"
_PLANNED = "SELECT planned_on FROM pickup WHERE planned_on IS NOT NULL"


def test_an_existing_file_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mine.sqlite"
    path.write_text("mine")
    with pytest.raises(Unavailable):
        demo.create(path, units=10)
    assert path.read_text() == "mine"


def test_what_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    class Stopped(Exception):  # noqa: N818
        """The power goes."""

    def stop(done: int, of: int) -> None:
        if done > 5:
            raise Stopped

    with pytest.raises(Stopped):
        demo.create(tmp_path / "half.sqlite", units=60, progress=stop)
    assert list(tmp_path.glob("half*")) == []


def test_two_who_make_the_same_example_leave_the_first_that_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "example.sqlite"

    def meanwhile(done: int, _of: int) -> None:
        if done == 1:
            demo.create(path, units=12, articles=5, today=TODAY)

    with pytest.raises(Unavailable, match="already a database"):
        demo.create(path, units=10, articles=5, today=TODAY, progress=meanwhile)
    assert values(path, "SELECT count(*) FROM unit") == [(12,)]
    assert [each.name for each in tmp_path.iterdir()] == ["example.sqlite"]


def test_a_shared_database_can_be_filled_once(postgres_url: str) -> None:
    demo.create(postgres_url, units=60, today=TODAY)
    context = opening.open_existing(postgres_url)
    try:
        assert workplace.owner(context).demo
        assert check.run(context).findings == ()
    finally:
        opening.close(context)
    with pytest.raises((Unavailable, Refused)):
        demo.create(postgres_url, units=60, today=TODAY)


def test_a_shared_database_that_was_only_set_up_is_taken_into_use(postgres_url: str) -> None:
    database = Database(postgres_url)
    migrate(database)
    database.close()
    demo.create(postgres_url, units=20, today=TODAY)


def test_only_what_the_workshop_offers_for_a_kind_is_adapted(world: World) -> None:
    screen = shopping.article(world, "Bordskærm, grå", "desk_screen")
    desk = shopping.article(world, "Skrivebord, eg", "desk_fixed")
    trade.put_on_sale(world, 1, article_id=screen, price_ore=1_00)
    customer = Customer(world.school, "school", 1, "leader", "employee", "approver")
    database = OneTransaction(world.context.database.url)
    try:
        today = world.context.today()
        stage = DemoStage(database, today, today, 60, random.Random(1), dict(world.people))
        adapting.order(stage, customer, "")
        assert _states(database, screen) == ["listed"]
        database.keep()
        trade.put_on_sale(world, 1, article_id=desk)
        adapting.order(stage, customer, "")
        assert (_states(database, screen), _states(database, desk)) == (["listed"], ["workshop"])
    finally:
        database.close()


def _states(database: Database, article_id: int) -> list[str]:
    with database.read() as session:
        return list(session.scalars(select(Unit.state).where(Unit.article_id == article_id)))

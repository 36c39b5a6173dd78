"""What is looked for in vain is counted without names, listed with the wants, and forgotten."""

import datetime as dt
from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from sqlalchemy import func, select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.periods import Period
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import check, users, wants
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.routines import sweeping
from moebelcirkel.services.users import UserForm
from moebelcirkel.storage.engine import Database
from moebelcirkel.storage.queries.wants import demand
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.wants import Demand
from tests.clock import Clock
from tests.services.wanting import want
from tests.world import World

YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture
def leader(world: World) -> Context:
    return world.person("leader")


@pytest.fixture
def lager(world: World) -> Context:
    return world.person("lager")


def kept(world: World) -> list[tuple[str, dt.date, int]]:
    with world.context.read() as session:
        rows = session.execute(select(Demand).order_by(Demand.text, Demand.week)).scalars()
        return [(row.text, row.week, row.times) for row in rows]


def changes(world: World) -> int:
    with world.context.read() as session:
        return session.scalar(select(func.count(Change.id))) or 0


def test_searches_are_counted_by_week_and_are_no_change_of_anybodys(
    world: World, leader: Context, clock: Clock
) -> None:
    before = changes(world)
    for text in ("Trampolin", "trampolin ", "Åse Krogh", "010190-1234 stol", "eg"):
        wants.note(leader, text)
    clock.advance(days=7)
    wants.note(world.person("employee"), "trampolin")
    assert kept(world) == [
        ("trampolin", dt.date(2026, 11, 16), 2),
        ("trampolin", dt.date(2026, 11, 23), 1),
    ]
    assert changes(world) == before
    assert check.run(world.person("controller")).findings == ()


def test_nobodys_name_is_kept_nor_an_institutions(world: World, leader: Context) -> None:
    with world.context.read() as session:
        telling = demand.telling(session)
    assert len(telling) > 5
    for word in sorted(telling):
        wants.note(leader, f"stol til {word}")
    assert kept(world) == []


def test_the_list_says_what_how_often_by_what_and_when(
    world: World, leader: Context, lager: Context, clock: Clock
) -> None:
    school = world.school
    for text in ("4 garderobebænke bredde 120-140", "garderobebaenke bredde 120-140"):
        wants.note(leader, text)
    wants.note(leader, "trampolin")
    want(leader, school, words="Trampolin", pieces=3, condition="B", ceiling_ore=50_000)
    today = leader.today()
    want(leader, school, words="trampolin", pieces=2, use_by=today + dt.timedelta(days=3))
    clock.advance(days=10)
    trampoline, bench = wants.demand_list(lager, YEAR)
    assert (trampoline.what.lower(), trampoline.searches) == ("trampolin", 1)
    assert (trampoline.open, trampoline.expired, trampoline.lacking) == (1, 1, 5)
    assert (trampoline.condition, trampoline.ceiling_ore) == ("B", 50_000)
    assert trampoline.last_on == dt.date(2026, 11, 16)
    assert (bench.what, bench.searches, bench.open) == ("garderobebænke", 2, 0)
    assert bench.spans["width"].low_mm == 1200
    assert [row.what for row in wants.demand_list(lager, YEAR, "garderobe")] == ["garderobebænke"]
    before = Period(dt.date(2026, 1, 1), dt.date(2026, 11, 15))
    assert wants.demand_list(lager, before) == ()


def test_a_wants_words_that_may_be_a_name_are_not_shown(
    world: World, leader: Context, lager: Context
) -> None:
    want(leader, world.school, words="stol til Åse Krogh")
    want(leader, world.school, words="til Bitte Ravn", category_key="armchair")
    rows = wants.demand_list(lager, YEAR)
    assert {(row.what, bool(row.category)) for row in rows} == {("", False), ("", True)}
    assert "krogh" not in repr(rows).lower()


def test_it_is_shown_to_those_who_see_the_stock_and_counted_for_those_who_shop(
    world: World, leader: Context
) -> None:
    with pytest.raises(Refused):
        wants.demand_list(leader, YEAR)
    with pytest.raises(Refused):
        wants.demand_file(leader, YEAR, ".csv")
    with pytest.raises(Refused):
        wants.note(world.person("bench"), "trampolin")
    assert wants.demand_list(world.person("controller"), YEAR) == ()


def test_the_list_is_taken_along(world: World, leader: Context, lager: Context) -> None:
    wants.note(leader, "trampolin bredde 200-220")
    text = wants.demand_file(lager, YEAR, ".csv").decode("utf-8-sig")
    assert "trampolin;;;;200-220;;;1;0;0;0;16.11.2026" in text.replace('"', "")
    sheet = openpyxl.load_workbook(BytesIO(wants.demand_file(lager, YEAR, ".xlsx"))).active
    assert sheet is not None
    assert sheet["A2"].value == "trampolin"


def test_old_searches_and_those_that_have_become_a_name_are_forgotten(
    world: World, leader: Context, lager: Context, clock: Clock
) -> None:
    wants.note(leader, "snekke")
    wants.note(leader, "trampolin")
    users.save(
        world.person("admin"),
        UserForm("sn", "Tove Snekke", "sn@x.dk", frozenset({Grant(Role.WAREHOUSE)})),
    )
    assert [row.what for row in wants.demand_list(lager, YEAR)] == ["trampolin"]
    assert wants.forget_demand(world.context.as_actor(SYSTEM)) == 1
    with pytest.raises(Refused):
        wants.forget_demand(lager)
    clock.advance(days=4 * 365)
    sweeping.sweep(world.context.as_actor(SYSTEM))
    assert kept(world) == []


def test_where_nothing_can_be_written_it_is_dropped(
    world: World, leader: Context, lager: Context
) -> None:
    if not leader.database.is_sqlite:
        pytest.skip("a file that is opened for reading alone")
    closed = Database(f"sqlite:///file:{leader.database.url.database}?mode=ro&uri=true")
    assert wants.demand_list(replace(lager, database=closed), YEAR) == ()
    wants.note(replace(leader, database=closed), "trampolin")
    closed.close()
    assert kept(world) == []

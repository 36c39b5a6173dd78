"""Key figures of the overview: days, growth, receivers, and what a leader sees of them."""

import datetime as dt

import pytest

from moebelcirkel.domain.errors import Refused
from moebelcirkel.services import changes, overview
from moebelcirkel.services.context import Context
from tests import templates, trade
from tests.clock import Clock
from tests.services import reporting
from tests.world import World, build

START, END = dt.date(2026, 1, 1), dt.date(2026, 11, 20)


@templates.prepared
def world(world: World, clock: Clock) -> None:
    """Four hand-overs after 5, 7, 30 and 100 days, the last undone; one a year before."""
    reporting.deliver(world, clock, dt.date(2025, 6, 1), in_house=400)
    reporting.deliver(world, clock, dt.date(2026, 2, 3), in_house=7)
    reporting.deliver(world, clock, dt.date(2026, 5, 4), in_house=30, institution=world.home)
    reporting.deliver(world, clock, dt.date(2026, 5, 5), in_house=5, count=2)
    _units, undone = reporting.deliver(world, clock, dt.date(2026, 6, 1), in_house=100)
    changes.undo(world.person("lager"), undone)
    reporting.scrap_after_work(world, clock, dt.date(2026, 7, 1), 5_000, "0.5")
    reporting.at(clock, END)


def test_the_overview_adds_up(world: World) -> None:
    found = overview.key_figures(world.person("controller"), START, END)
    # Four hand-overs of 3,250.00 stand; 50.00 was spent on the scrapped piece.
    assert found.totals.cash_ore == 4 * 325_000 - 5_000
    assert found.totals.pieces == 4
    assert sum(row.totals.cash_ore for row in found.rows) == found.totals.cash_ore
    assert sum(month.totals.net_g for month in found.months) == found.totals.net_g
    assert [(row.name, row.totals.pieces, row.apart) for row in found.rows] == [
        ("Plejecenter Åbo", 1, False),
        ("Søndervangskolen", 3, False),
        ("Uden modtager (kasserede)", 0, True),
    ]
    assert (found.receivers, found.totals.paid_ore, found.coverage.lines) == (2, 4 * trade.PRICE, 4)
    assert found.previous is not None
    assert found.previous.cash_ore == 325_000


def test_days_in_house_are_the_median_of_what_stands(world: World) -> None:
    assert overview.key_figures(world.person("controller"), START, END).days == 5
    home = overview.key_figures(world.person("controller"), START, END, world.home)
    assert home.days == 30


def test_charts_are_true_of_the_data(world: World) -> None:
    found = overview.key_figures(world.person("controller"), START, END)
    assert found.money.title == "Sparet indkøb er højest i maj"
    assert len(found.money.bars) == len(found.co2.bars) == 11
    assert found.money.bars[4].value == 3 * 325_000


def test_one_institution_is_shown_by_category_with_what_it_saved(world: World) -> None:
    found = overview.key_figures(world.person("controller"), START, END, world.school)
    assert [row.name for row in found.rows] == ["Kontorstol (arbejdsstol)"]
    assert (found.institution, found.totals.paid_ore) == ("Søndervangskolen", 3 * trade.PRICE)


def test_a_leader_sees_the_own_institution_only(world: World) -> None:
    leader = world.person("leader")
    assert [place.name for place in overview.places(leader)] == ["Søndervangskolen"]
    found = overview.key_figures(leader, START, END)
    assert (found.institution_id, found.totals.pieces) == (world.school, 3)
    assert found.totals.paid_ore == 3 * trade.PRICE
    with pytest.raises(Refused):
        overview.key_figures(leader, START, END, world.home)


def test_nothing_yet_is_nothing(context: Context) -> None:
    world = build(context)
    found = overview.key_figures(world.person("controller"), START, END)
    assert (found.totals.pieces, found.days, found.previous, found.rows) == (0, None, None, ())
    assert found.money.title == "Sparet indkøb er 0 i hele perioden"

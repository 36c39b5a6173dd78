"""The leader of the example begins with something in each card of the start page, in any size."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from moebelcirkel.demo import logins as demo_logins
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.domain.pickups import PickupState
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import check, home, shop, wants
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import login
from moebelcirkel.storage.engine import Database
from tests import templates

MORNING = dt.datetime(2026, 11, 20, 8, 5, tzinfo=dt.UTC)


@pytest.fixture(params=["example-400", "example-usual"])
def example(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Context]:
    path = tmp_path / "example.sqlite"
    shutil.copy(templates.in_file(request.param), path)
    context = Context(Database(path), SYSTEM, clock=lambda: MORNING)
    yield context
    context.database.close()


def of(example: Context, name: str) -> Context:
    return replace(example, actor=login.log_in(example, name, demo_logins.PASSWORD))


def test_something_is_found_for_the_leader_and_something_of_it_was_ordered(
    example: Context,
) -> None:
    found = home.home(of(example, "leder"))
    assert [0 < row.held < row.pieces for row in found.wants] == [True]
    assert home.home(of(example, "medarbejder")).wants == found.wants
    assert [row.ordered for row in wants.listed(of(example, "leder")) if row.ordered]


def test_orders_of_the_leader_are_on_their_way_with_a_promised_week(example: Context) -> None:
    rows = home.home(of(example, "leder")).orders.rows
    assert OrderState.APPROVED in {row.state for row in rows}
    assert all(row.promised_on and row.promised_on > MORNING.date() for row in rows)


def test_the_leaders_year_is_worth_showing(example: Context) -> None:
    sums = home.home(of(example, "leder")).sums
    assert sums.pieces >= 8
    assert sums.cash_ore > 500_000
    assert sums.lifetime_ore > 0
    assert sums.net_g > 0


def test_of_what_the_leader_reported_some_is_with_others_and_some_waits(example: Context) -> None:
    gifts = home.home(of(example, "leder")).gifts
    states = {gift.row.state for gift in gifts}
    assert {PickupState.REPORTED, PickupState.PLANNED, PickupState.CLOSED} <= states
    assert all(gift.fates for gift in gifts if gift.row.state is PickupState.CLOSED)


def test_furniture_is_on_sale_where_it_stands(example: Context) -> None:
    cards = shop.search(of(example, "leder"), Query(), limit=200).cards
    assert [card.at_giver for card in cards if card.at_giver] == [3]


def test_the_books_are_right(example: Context) -> None:
    assert check.run(example).findings == ()

"""Loans: ordered until a day, handed over, returned early, late and never, with what that books."""

import datetime as dt

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.shop import Query
from moebelcirkel.services import (
    changes,
    check,
    deliveries,
    loans,
    messages,
    orders,
    parameters,
    shop,
    stock,
)
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.clock import Clock
from tests.services import lending, shopping
from tests.services.delivering import back, figures
from tests.world import World


@pytest.fixture
def leader(world: World) -> Context:
    return world.person("leader")


@pytest.fixture
def lager(world: World) -> Context:
    return world.person("lager")


def rate(world: World, ore: int) -> None:
    parameters.save(world.person("admin"), {"loan_rate_ore": ore})


def sound(world: World) -> None:
    assert [check.text(each) for each in check.run(world.person("admin")).findings] == []


# --- ordering ------------------------------------------------------------------------------


def test_a_basket_becomes_a_loan_and_its_next_one_is_for_good(
    world: World, leader: Context
) -> None:
    rate(world, 500)
    units = trade.put_on_sale(world, 3)
    shop.hold(leader, world.school, shopping.key(world), 2)
    whole = shop.basket(leader, world.school)
    shop.set_loan(leader, world.school, dt.date(2027, 1, 19))
    view = shop.basket(leader, world.school)
    assert view.loan is not None
    assert (view.loan.days, view.loan.price_ore, view.total_ore) == (60, 30_000, 60_000)
    assert (view.net_g or 0) < (whole.net_g or 0)
    assert view.offers[0].sending.total_ore == 60_000
    sent = shopping.send(leader, world.school)
    order = trade.row(leader, Order, sent.order_id)
    assert (order.loan_until, order.loan_rate_ore, order.total_ore) == (
        dt.date(2027, 1, 19),
        500,
        60_000,
    )
    detail = orders.detail(leader, sent.order_id)
    assert (detail.loan_until, detail.loan_rate_ore) == (dt.date(2027, 1, 19), 500)
    shop.hold(leader, world.school, shopping.key(world), 1)
    assert shop.basket(leader, world.school).loan is None
    assert len(units) == 3
    sound(world)


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_loan_until_a_day_that_cannot_be(world: World, leader: Context, days: int) -> None:
    with pytest.raises(Refused) as caught:
        shop.set_loan(leader, world.school, leader.today() + dt.timedelta(days=days))
    assert caught.value.field == "loan"


def test_a_basket_left_until_its_loan_is_over_is_not_sent(
    world: World, leader: Context, clock: Clock
) -> None:
    trade.put_on_sale(world, 1)
    shop.hold(leader, world.school, shopping.key(world), 1)
    shop.set_loan(leader, world.school, leader.today() + dt.timedelta(days=2))
    clock.advance(days=2)
    shop.extend(leader, world.school)
    with pytest.raises(Refused, match="later day than today"):
        shopping.send(leader, world.school)
    shop.set_loan(leader, world.school, None)
    assert shopping.send(leader, world.school).pieces == 1


def test_an_order_taken_back_is_a_loan_in_the_basket_again(world: World, leader: Context) -> None:
    lending.sent(world, 2)
    lending.undo_last(leader, "order.send")
    loan = shop.basket(leader, world.school).loan
    assert loan is not None
    assert loan.days == 60


def test_a_scan_brings_any_alike_piece_on_loan(world: World, lager: Context) -> None:
    rate(world, 500)
    order_id, units = lending.sent(world, 1)
    [spare] = trade.put_on_sale(world, 1)
    done = deliveries.pick_by_scan(lager, trade.number(lager, spare))
    assert (done.unit_id, done.swap) == (spare, "free")
    assert trade.state(lager, units[0]) == "listed"
    [dear] = trade.put_on_sale(world, 1, price_ore=trade.PRICE + 1)
    deliveries.unpick(lager, lending.lines(world, order_id))
    with pytest.raises(Refused):
        deliveries.pick_by_scan(lager, trade.number(lager, dear))


# --- out and back --------------------------------------------------------------------------


def test_a_lent_piece_is_on_loan_and_its_return_begins_the_next_loop(
    world: World, lager: Context, clock: Clock
) -> None:
    units = lending.lent(world, 2)
    unit = trade.row(lager, Unit, units[0])
    assert (unit.state, unit.holder_id, unit.place_id) == ("lent", world.school, None)
    assert [line.inputs["loan_days"] for line in figures(lager)] == [60, 60]
    sound(world)
    clock.advance(days=61)
    seen = deliveries.returnable(lager, trade.number(lager, units[0]))
    assert seen.institution == "Søndervangskolen"
    change = back(world, units[:1])
    unit = trade.row(lager, Unit, units[0])
    assert (unit.state, unit.loop, unit.holder_id) == ("received", 3, None)
    sound(world)
    changes.undo(lager, change)
    assert trade.state(lager, units[0]) == "lent"
    sound(world)
    back(world, units)
    sound(world)


@pytest.mark.parametrize(
    ("real", "more"), [(0, -30_000), (40, -10_000), (60, 0), (61, 500), (90, 15_000)]
)
def test_a_loan_costs_its_real_days(
    world: World, lager: Context, clock: Clock, real: int, more: int
) -> None:
    rate(world, 500)
    units = lending.lent(world, 1)
    clock.advance(days=real)
    back(world, units)
    later = [("loan", more)] if more else []
    assert lending.charges(world) == [("hand_over", 30_000), *later]
    assert sum(line.price_paid_ore for line in figures(lager)) == 500 * real
    life = trade.row(lager, Unit, units[0]).life_left
    sound(world)
    lending.undo_last(lager, "delivery.take_back")
    assert sum(ore for _kind, ore in lending.charges(world)) == 30_000
    sound(world)
    back(world, units)
    assert trade.row(lager, Unit, units[0]).life_left == life
    assert sum(ore for _kind, ore in lending.charges(world)) == 500 * real
    sound(world)


def test_a_loan_that_never_comes_back_keeps_what_was_planned(
    world: World, lager: Context, clock: Clock
) -> None:
    rate(world, 500)
    units = lending.lent(world, 1)
    clock.advance(days=700)
    assert trade.state(lager, units[0]) == "lent"
    assert lending.charges(world) == [("hand_over", 30_000)]
    [line] = figures(lager)
    assert (line.kind, line.inputs["loan_days"]) == ("hand_over", 60)
    sound(world)


def test_a_free_loan_is_charged_nothing(world: World, clock: Clock) -> None:
    units = lending.lent(world, 1)
    clock.advance(days=90)
    back(world, units)
    assert lending.charges(world) == [("hand_over", 0)]
    sound(world)


def test_a_hand_over_of_a_loan_is_undone(world: World, lager: Context) -> None:
    rate(world, 500)
    units = lending.lent(world, 1)
    lending.undo_last(lager, "delivery.hand_over")
    assert trade.state(lager, units[0]) == "picked"
    assert lending.charges(world) == [("hand_over", 30_000), ("reversal", -30_000)]
    sound(world)


def test_what_came_back_is_lent_again_and_credits_one_life(
    world: World, lager: Context, clock: Clock
) -> None:
    [unit] = lending.lent(world, 1)
    clock.advance(days=60)
    back(world, [unit])
    [first, _back] = figures(lager)
    left = trade.row(lager, Unit, unit).life_left
    assert 0 < left < 1
    assert first.cash_ore < 10_000
    sound(world)


def test_a_changed_rate_leaves_loans_that_are_out(world: World, clock: Clock) -> None:
    rate(world, 500)
    units = lending.lent(world, 1)
    rate(world, 900)
    clock.advance(days=70)
    back(world, units)
    assert lending.charges(world) == [("hand_over", 30_000), ("loan", 5_000)]
    sound(world)


@pytest.mark.parametrize("column", ["loan_until", "loan_rate_ore"])
def test_the_check_finds_a_loan_that_was_tampered_with(
    world: World, clock: Clock, column: str
) -> None:
    rate(world, 500)
    units = lending.lent(world, 1)
    clock.advance(days=70)
    back(world, units)

    wrong = {"loan_until": dt.date(2027, 3, 1), "loan_rate_ore": 700}
    with world.context.database.engine.begin() as connection:
        connection.execute(Order.__table__.update().values(**{column: wrong[column]}))  # type: ignore[attr-defined]
    said = {each.message for each in check.run(world.person("admin")).findings}
    assert len(said) > 0


def test_loans_are_not_in_the_shop(world: World, leader: Context) -> None:
    lending.lent(world, 2)
    assert shop.search(leader, Query(), world.school).cards == ()
    assert trade.rows(leader, select(Charge.amount_ore)) == [0, 0]


# --- the list ------------------------------------------------------------------------------


def test_what_is_out_is_listed_by_what_is_due_first(
    world: World, lager: Context, leader: Context, clock: Clock
) -> None:
    late, soon = lending.lent(world, 2, days=10), lending.lent(world, 1, days=90)
    clock.advance(days=11)
    rows = loans.listed(lager)
    assert [(row.pieces, row.days_left, row.overdue) for row in rows] == [
        (2, -1, True),
        (1, 79, False),
    ]
    assert [row.id for row in loans.listed(leader, overdue_only=True)] == [rows[0].id]
    assert loans.listed(lager, text=trade.number(lager, soon[0])) == rows[1:]
    assert loans.listed(lager, text="findes ikke") == ()
    assert (loans.overdue_count(lager), loans.overdue_count(leader)) == (1, 1)
    neighbour = shopping.neighbour(world)
    assert (loans.listed(neighbour), loans.overdue_count(neighbour)) == ((), 0)
    back(world, late[:1])
    detail = loans.detail(leader, rows[0].id)
    assert [piece.unit_id for piece in detail.pieces] == late[1:]
    assert (detail.may_move, loans.detail(lager, rows[0].id).may_move) == (False, True)
    back(world, late[1:])
    with pytest.raises(Refused):
        loans.detail(lager, rows[0].id)
    assert loans.overdue_count(lager) == 0


def test_a_piece_lent_again_is_out_on_its_latest_order(
    world: World, lager: Context, clock: Clock
) -> None:
    [unit] = lending.lent(world, 1, days=10)
    [first] = loans.listed(lager)
    back(world, [unit])
    stock.put_on_sale(lager, [unit])
    price = trade.row(lager, Unit, unit).price_ore
    leader = world.person("leader")
    key = shop.CardKey(world.chair, "B", price)
    shop.hold(leader, world.school, key, 1)
    shop.set_loan(leader, world.school, lager.today() + dt.timedelta(days=30))
    sent = shopping.send(leader, world.school)
    wanted = lending.lines(world, sent.order_id)
    deliveries.pick(lager, wanted)
    deliveries.hand_over(lager, line_ids=wanted)
    [second] = loans.listed(lager)
    assert (second.id, second.days_left) == (sent.order_id, 30)
    assert second.id != first.id
    sound(world)


# --- another day ---------------------------------------------------------------------------


def test_a_loan_is_moved_and_what_was_booked_stays(
    world: World, lager: Context, clock: Clock
) -> None:
    rate(world, 500)
    units = lending.lent(world, 1, days=60)
    [row] = loans.listed(lager)
    until = lager.today() + dt.timedelta(days=90)
    done = loans.move(lager, row.id, until, row.version)
    assert loans.listed(lager)[0].days_left == 90
    assert [line.inputs["loan_days"] for line in figures(lager)] == [60]
    sound(world)
    changes.undo(lager, done.change_id or 0)
    assert loans.listed(lager)[0].days_left == 60
    loans.move(lager, row.id, until)
    clock.advance(days=85)
    back(world, units)
    assert sum(ore for _kind, ore in lending.charges(world)) == 85 * 500
    sound(world)
    with pytest.raises(Refused, match="out on loan"):
        loans.move(lager, row.id, lager.today() + dt.timedelta(days=9))


def test_a_day_a_loan_cannot_be_moved_to(world: World, lager: Context, leader: Context) -> None:
    lending.lent(world, 1, days=60)
    [row] = loans.listed(lager)
    for until in (row.until, lager.today(), lager.today() + dt.timedelta(days=400)):
        with pytest.raises(Refused) as caught:
            loans.move(lager, row.id, until)
        assert caught.value.field == "loan"
    with pytest.raises(Refused, match="right"):
        loans.move(leader, row.id, row.until + dt.timedelta(days=1))


# --- reminders -----------------------------------------------------------------------------


def test_who_borrowed_is_reminded_before_the_day_and_each_week_after_it(
    world: World, leader: Context, clock: Clock
) -> None:
    units = lending.lent(world, 2, days=20)
    assert messages.remind(world.context) == 0
    said = []
    for _day in range(38):
        clock.advance(days=1)
        if messages.remind(world.context):
            newest = messages.listed(leader)[0]
            said.append((clock.moment.date(), newest.cause))
            assert messages.remind(world.context) == 0
    start = dt.date(2026, 11, 20)
    days = [(day - start).days for day, _cause in said]
    assert days == [13, 21, 28, 35]
    assert [cause for _day, cause in said] == ["loan_due", *["loan_late"] * 3]
    assert "2 møbler" in messages.listed(leader)[0].body
    back(world, units)
    clock.advance(days=30)
    assert messages.remind(world.context) == 0


def test_a_moved_loan_is_reminded_of_anew(
    world: World, lager: Context, leader: Context, clock: Clock
) -> None:
    lending.lent(world, 1, days=20)
    clock.advance(days=15)
    assert messages.remind(world.context) == 1
    [row] = loans.listed(lager)
    loans.move(lager, row.id, lager.today() + dt.timedelta(days=30))
    assert messages.remind(world.context) == 0
    clock.advance(days=25)
    assert messages.remind(world.context) == 1

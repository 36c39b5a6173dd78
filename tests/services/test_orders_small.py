"""Small orders: they wait for their day, or cost a fee that is charged once and given back."""

import datetime as dt
import io

import pypdfium2
import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.orders import Needs, Pace, small_order
from moebelcirkel.services import changes, check, deliveries, messages, orders, parameters, shop
from moebelcirkel.services.context import Context
from moebelcirkel.storage.checks import states as check_states
from moebelcirkel.storage.queries.deliveries import note_fees
from moebelcirkel.storage.tables.charges import Charge
from tests import trade
from tests.services import ordering, settling, tampering
from tests.services.test_ceilings import set_ceilings
from tests.world import World

FEE = 7_500


@pytest.fixture
def fees(world: World) -> None:
    """Below 5.000 kr. an order is small; it waits for Friday or costs 75 kr."""
    values = {"small_order_ore": 500_000, "small_fee_ore": FEE, "small_weekday": 5}
    parameters.save(world.person("admin"), values)


def _send(world: World, count: int, *, at_once: bool) -> int:
    leader = world.person("leader")
    ordering.fill(leader, world, count)
    shop.set_answer(leader, world.school, Answer.YES)
    return int(orders.send(leader, world.school, pace=Pace.NOW if at_once else Pace.USUAL).order_id)


def _hand_over(world: World, lines: list[int]) -> int:
    lager = world.person("lager")
    deliveries.pick(lager, lines)
    change = deliveries.hand_over(lager, line_ids=lines).change_id
    assert change is not None
    return change


def _charges(world: World) -> list[tuple[str, int]]:
    rows = trade.rows(world.context, select(Charge).order_by(Charge.id))
    return [(row.kind, row.amount_ore) for row in rows]


@pytest.mark.parametrize(
    ("total", "weekday", "today", "waits"),
    [
        (499, 4, dt.date(2026, 11, 29), dt.date(2026, 12, 3)),
        (0, 4, dt.date(2026, 12, 3), dt.date(2026, 12, 3)),
        (499, 1, dt.date(2026, 12, 3), dt.date(2026, 12, 7)),
        (500, 4, dt.date(2026, 11, 29), None),
    ],
)
def test_it_waits_for_the_next_day_of_small_orders(
    total: int, weekday: int, today: dt.date, waits: dt.date | None
) -> None:
    small = small_order(total, 500, 75, weekday, today)
    assert (small and small.waits_for) == waits
    assert small_order(total, 500, 0, weekday, today) is None


def test_without_amounts_no_order_is_small(world: World, leader: Context) -> None:
    ordering.fill(leader, world, 1)
    assert shop.basket(leader, world.school).small is None
    order = _send(world, 1, at_once=True)
    assert orders.detail(leader, order).fee_ore == 0


@pytest.mark.usefixtures("fees")
def test_to_wait_is_free_and_moves_the_promise_and_now_costs_the_fee(
    world: World, leader: Context
) -> None:
    waiting = orders.detail(leader, _send(world, 1, at_once=False))
    now = orders.detail(leader, _send(world, 1, at_once=True))
    assert (waiting.fee_ore, now.fee_ore) == (0, FEE)
    assert (waiting.row.total_ore, now.row.total_ore) == (trade.PRICE, trade.PRICE + FEE)
    assert waiting.promised_on is not None
    assert now.promised_on is not None
    assert waiting.promised_on >= now.promised_on
    assert orders.detail(leader, _send(world, 4, at_once=True)).fee_ore == 0


@pytest.mark.usefixtures("fees")
def test_the_fee_is_one_charge_with_the_first_delivery_and_given_back_by_undo(world: World) -> None:
    order = _send(world, 2, at_once=True)
    lines = [line.id for line in ordering.lines_of(world, order)]
    first = _hand_over(world, lines[:1])
    assert _charges(world) == [("hand_over", trade.PRICE), ("fee", FEE)]
    second = _hand_over(world, lines[1:])
    assert [kind for kind, _ore in _charges(world)].count("fee") == 1
    # Else pieces could stay delivered whose order nobody has paid the fee of.
    with pytest.raises(Refused, match="Undo the later delivery first"):
        changes.undo(world.person("lager"), first)
    changes.undo(world.person("lager"), second)
    assert sum(ore for _kind, ore in _charges(world)) == trade.PRICE + FEE
    changes.undo(world.person("lager"), first)
    assert sum(ore for _kind, ore in _charges(world)) == 0
    deliveries.hand_over(world.person("lager"), line_ids=lines[1:])
    assert sum(ore for _kind, ore in _charges(world)) == trade.PRICE + FEE
    deliveries.hand_over(world.person("lager"), line_ids=lines[:1])
    assert sum(ore for _kind, ore in _charges(world)) == 2 * trade.PRICE + FEE
    report = check.run(world.person("admin"))
    assert [check.text(finding) for finding in report.findings] == []


@pytest.mark.usefixtures("fees")
def test_the_fee_is_settled_with_the_rest(world: World) -> None:
    settling.ready(world)
    order = _send(world, 1, at_once=True)
    _hand_over(world, [line.id for line in ordering.lines_of(world, order)])
    made = settling.made(world)
    assert (made.charges, made.debit_ore) == (2, trade.PRICE + FEE)
    assert check.run(world.person("admin")).ok


@pytest.mark.usefixtures("fees")
def test_the_basket_has_the_sum_the_day_and_the_approver_of_each_way(
    world: World, leader: Context
) -> None:
    ordering.person_limit(world, leader, trade.PRICE)
    ordering.fill(leader, world, 1)
    view = shop.basket(leader, world.school)
    usual, now = view.offers
    assert (usual.way.pace, now.way.pace) == (Pace.USUAL, Pace.NOW)
    assert now.way.promised_on <= usual.way.promised_on
    assert (usual.sending.needs, now.sending.needs) == (Needs.NOTHING, Needs.APPROVER)
    assert now.sending.total_ore == trade.PRICE + FEE
    shop.set_answer(leader, world.school, Answer.YES)
    done = orders.send(leader, world.school, pace=Pace.NOW)
    assert (done.needs, done.total_ore) == (Needs.APPROVER, trade.PRICE + FEE)
    promised = orders.detail(leader, done.order_id).promised_on
    assert promised == now.way.promised_on


@pytest.mark.usefixtures("fees")
def test_a_deputy_and_an_own_limit_count_the_fee(world: World, employee: Context) -> None:
    """What a person may decide is told by the whole sum, in the list as by the service."""
    leader = world.person("leader")
    ordering.fill(employee, world, 1)
    shop.set_answer(employee, world.school, Answer.YES)
    order = orders.send(employee, world.school, pace=Pace.NOW).order_id
    ordering.person_limit(world, leader, trade.PRICE + FEE - 1)
    assert [row.id for row in orders.waiting(leader).rows] == []
    with pytest.raises(Refused, match="you decide up to"):
        orders.approve(leader, order)
    ordering.person_limit(world, leader, trade.PRICE + FEE)
    assert [row.id for row in orders.waiting(leader).rows] == [order]
    orders.approve(leader, order)


@pytest.mark.usefixtures("fees")
def test_the_fee_draws_on_the_ceiling_until_the_order_is_given_up(
    world: World, leader: Context
) -> None:
    year = leader.today().year
    set_ceilings(world, world.school, Ceiling(year, "", trade.PRICE + FEE - 1))
    order = _send(world, 1, at_once=True)
    assert ordering.order_of(world, order).over_ore == 1
    orders.cancel(leader, order)
    set_ceilings(world, world.school, Ceiling(year, "", 2 * trade.PRICE + FEE))
    order = _send(world, 1, at_once=True)
    ordering.fill(leader, world, 1)
    used = shop.basket(leader, world.school).offers
    assert [each.ceilings[0].standing.used_ore for each in used] == [trade.PRICE + FEE] * 2
    assert [each.ceilings[0].standing.over_ore for each in used] == [0, FEE]
    orders.cancel(leader, order)
    assert shop.basket(leader, world.school).offers[1].ceilings[0].standing.used_ore == 0


@pytest.mark.usefixtures("fees")
def test_the_fee_is_a_line_of_the_first_note_alone_and_in_its_mail(
    world: World, leader: Context, lager: Context
) -> None:
    order = _send(world, 2, at_once=True)
    number = ordering.order_of(world, order).number
    lines = [line.id for line in ordering.lines_of(world, order)]
    notes: list[int] = []
    for line in lines:
        deliveries.pick(lager, [line])
        notes += deliveries.prepare_note(lager, world.school).delivery_ids
    with world.context.database.read() as session:
        assert [note_fees(session, note) for note in notes] == [[(number, FEE)], []]
    # Handed over first, the other one bears it.
    deliveries.hand_over(lager, delivery_id=notes[1])
    with world.context.database.read() as session:
        assert [note_fees(session, note) for note in notes] == [[], [(number, FEE)]]
    pages = pypdfium2.PdfDocument(io.BytesIO(deliveries.notes_pdf(lager, [notes[1]])))
    paper = "".join(page.get_textpage().get_text_range() for page in pages)
    pages.close()
    assert f"Gebyr for {number}" in paper
    assert "1.415" in paper
    sent = next(each for each in messages.listed(leader) if "er sendt" in each.subject)
    assert "Heraf gebyr: 75" in sent.body


@pytest.mark.usefixtures("fees")
def test_a_fee_that_is_charged_twice_or_not_at_all_is_named(world: World) -> None:
    order = _send(world, 1, at_once=True)
    _hand_over(world, [line.id for line in ordering.lines_of(world, order)])
    tampering.tamper(world)
    check_fees = check_states.fees_are_charged_once
    columns = (
        "change_id, institution_id, cost_bearer_id, order_line_id, unit_id, amount_ore,"
        " effective_on, booked_at, kind"
    )
    twice = f"INSERT INTO charge ({columns}) SELECT {columns} FROM charge WHERE kind = 'fee'"
    for statement, wrong in (
        ("UPDATE shop_order SET version = version", 0),
        ("DELETE FROM charge WHERE kind = 'fee'", 1),
        ("UPDATE shop_order SET fee_ore = NULL", 1),
        (twice, 1),
    ):
        assert len(tampering.found_after(world, check_fees, statement)) == wrong

"""Orders from basket to decision: frozen prices, limits, reasons, cancelling, undo, lists."""

import pytest
from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.domain.orders import LineState, Needs, OrderState
from moebelcirkel.domain.roles import Role
from moebelcirkel.services import changes, check, deliveries, orders, parameters, shop, users
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.services.ordering import fill, lines_of, order_of, send, states
from tests.world import World


def test_a_leader_within_the_limit_sends_and_it_is_approved(world: World, leader: Context) -> None:
    units = fill(leader, world, 2)
    shop.set_answer(leader, world.school, Answer.YES)
    done = shopping.send(leader, world.school, "  Til klasse 3.b  ")
    assert done.state == "approved"
    order = order_of(world, done.order_id)
    assert (order.number, order.needs, order.note) == ("B-000001", "", "Til klasse 3.b")
    assert (order.total_ore, order.limit_ore, order.answer) == (268_000, 1_000_000, "yes")
    assert order.cost_bearer_id is not None
    assert order.decided_by_id == leader.actor.user_id
    lines = lines_of(world, order.id)
    assert [(line.unit_id, line.price_ore, line.new_price_ore, line.net_g) for line in lines] == [
        (unit, trade.PRICE, 335_000, 43686) for unit in units
    ]
    assert states(world, units) == {"ordered"}
    assert trade.rows(world.context, select(Hold)) == []
    assert shop.basket(leader, world.school).answer is None


def test_nothing_is_sent_until_the_question_is_answered(world: World, leader: Context) -> None:
    units = fill(leader, world, 1)
    with pytest.raises(Refused) as error:
        orders.send(leader, world.school)
    assert error.value.field == "answer"
    assert states(world, units) == {"listed"}
    shop.set_answer(leader, world.school, Answer.UNKNOWN)
    order = order_of(world, orders.send(leader, world.school).order_id)
    assert order.answer == "unknown"


def test_an_institution_that_was_closed_meanwhile_orders_nothing_more(
    world: World, leader: Context, approver: Context, admin: Context
) -> None:
    fill(leader, world, 1)
    sent = shopping.send(leader, world.school)
    held = fill(leader, world, 1)
    shop.set_answer(leader, world.school, Answer.YES)
    closed = shopping.close(world, world.school)
    for call in (lambda: orders.send(leader, world.school), lambda: fill(leader, world, 1)):
        with pytest.raises(Refused, match="Søndervangskolen is not in use any more"):
            call()
    assert states(world, held) == {"listed"}
    deliveries.pick(world.person("lager"), [lines_of(world, sent.order_id)[0].id])
    changes.undo(admin, closed)
    assert orders.send(leader, world.school).pieces == 1


def test_sending_is_undone_also_when_the_next_order_is_sent(world: World, leader: Context) -> None:
    units = fill(leader, world, 1)
    first = shopping.send(leader, world.school)
    fill(leader, world, 1)
    shopping.send(leader, world.school)
    changes.undo(leader, first.change_id or 0)
    assert states(world, units) == {"listed"}


def test_an_answer_for_other_furniture_is_no_answer_for_what_is_taken_next(
    world: World, leader: Context
) -> None:
    first = fill(leader, world, 1)
    shop.set_answer(leader, world.school, Answer.YES)
    shop.release(leader, world.school, first)
    fill(leader, world, 1)
    assert shop.basket(leader, world.school).answer is None


def test_a_waiting_order_names_who_can_approve_it_and_how_it_comes(
    world: World, leader: Context, employee: Context, admin: Context
) -> None:
    parameters.save(admin, {"delivery_words": "Vi kører ud torsdag."})
    small, large = send(employee, world, 1), send(leader, world, 8)
    named = {row.id: row.approvers for row in orders.listed(leader).rows}
    assert named == {small: ("Approver", "Leader"), large: ("Approver",)}
    detail = orders.detail(employee, large)
    assert (detail.row.approvers, detail.delivery) == (("Approver",), "Vi kører ud torsdag.")
    orders.approve(world.person("approver"), large)
    assert orders.detail(leader, large).row.approvers == ()


def test_an_order_whose_approver_left_names_nobody(
    world: World, leader: Context, admin: Context
) -> None:
    order = send(leader, world, 8)
    one = trade.row(world.context, User, world.people["approver"].user_id)
    users.delete(admin, one.id, one.version)
    assert orders.detail(leader, order).row.approvers == ()


def test_an_order_of_more_than_21_million_kroner_is_sent_delivered_and_charged(
    world: World, leader: Context, approver: Context
) -> None:
    dearest = 100_000_000
    trade.put_on_sale(world, 22, price_ore=dearest)
    shop.hold(leader, world.school, shopping.key(world, price_ore=dearest), 22)
    sent = shopping.send(leader, world.school)
    assert sent.total_ore == 2_200_000_000
    orders.approve(approver, sent.order_id)
    lager = world.person("lager")
    lines = [line.id for line in lines_of(world, sent.order_id)]
    deliveries.pick(lager, lines)
    assert deliveries.hand_over(lager, line_ids=lines).amount_ore == 2_200_000_000
    assert order_of(world, sent.order_id).total_ore == 2_200_000_000
    assert check.run(world.person("controller")).findings == ()


def test_a_limit_of_hundred_million_kroner_is_kept_with_the_order(
    world: World, leader: Context
) -> None:
    parameters.save(world.person("admin"), {"default_limit_ore": 10_000_000_000})
    assert order_of(world, send(leader, world, 2)).limit_ore == 10_000_000_000


def test_unanswered_is_kept_as_do_not_know(world: World, leader: Context) -> None:
    assert order_of(world, send(leader, world)).answer == "unknown"


@pytest.mark.parametrize(
    ("who", "count", "needs", "decider"),
    [
        ("employee", 1, Needs.LEADER, "leader"),
        ("employee", 1, Needs.LEADER, "approver"),
        ("employee", 8, Needs.APPROVER, "approver"),
        ("leader", 8, Needs.APPROVER, "approver"),
    ],
)
def test_the_limit_decides_who_approves(
    world: World, who: str, count: int, needs: Needs, decider: str
) -> None:
    order_id = send(world.person(who), world, count)
    order = order_of(world, order_id)
    assert (order.state, order.needs) == ("awaiting", needs)
    assert order.decided_by_id is None
    orders.approve(world.person(decider), order_id, order.version)
    order = order_of(world, order_id)
    assert order.state == "approved"
    assert order.decided_by_id == world.people[decider].user_id


def test_nobody_approves_their_own_above_the_limit(world: World, leader: Context) -> None:
    both = shopping.person(
        world, "begge", (Role.LEADER, world.school), (Role.APPROVER, world.school)
    )
    mine = send(both, world, 8)
    with pytest.raises(Refused, match="your own"):
        orders.approve(both, mine)
    with pytest.raises(Refused, match="Only an approver"):
        orders.approve(leader, mine)
    with pytest.raises(Refused):
        orders.approve(world.person("employee"), mine)
    assert [row.id for row in orders.waiting(both).rows] == []
    assert [row.id for row in orders.waiting(leader).rows] == []
    assert [row.id for row in orders.waiting(world.person("approver")).rows] == [mine]


def test_an_order_that_nobody_can_approve_is_not_sent(world: World) -> None:
    alone = shopping.person(world, "alene", (Role.EMPLOYEE, world.home))
    units = fill(alone, world, 1, world.home)
    with pytest.raises(Refused, match="Ask Admin"):
        shopping.send(alone, world.home)
    assert states(world, units) == {"listed"}
    assert shop.basket(alone, world.home).pieces == 1


def test_an_empty_basket_is_not_sent(world: World, leader: Context) -> None:
    with pytest.raises(Refused, match="empty"):
        shopping.send(leader, world.school)


def test_a_hold_that_ran_out_is_still_sent_when_nobody_took_it(
    world: World, leader: Context, clock: Clock
) -> None:
    fill(leader, world, 2)
    clock.advance(days=3)
    assert shopping.send(leader, world.school).pieces == 2


def test_what_others_took_is_named_and_nothing_is_half_sent(
    world: World, leader: Context, clock: Clock
) -> None:
    units = fill(leader, world, 2)
    clock.advance(minutes=31)
    other = shopping.neighbour(world)
    shop.hold(other, world.home, shopping.key(world), 1)
    number = trade.number(world.context, units[0])
    with pytest.raises(Refused, match=number):
        shopping.send(leader, world.school)
    assert states(world, units) == {"listed"}
    assert trade.rows(world.context, select(Order)) == []
    shop.forget_gone(leader, world.school)
    assert shopping.send(leader, world.school).pieces == 1


def test_many_lost_pieces_are_counted(world: World, leader: Context, clock: Clock) -> None:
    fill(leader, world, 7)
    clock.advance(minutes=31)
    shop.hold(shopping.neighbour(world), world.home, shopping.key(world), 7)
    with pytest.raises(Refused, match="and 2 more"):
        shopping.send(leader, world.school)


def test_a_piece_that_left_the_shop_is_named(world: World, leader: Context) -> None:
    units = fill(leader, world, 2)
    world.context.write(
        "unit.unlist", None, lambda work: setattr(work.get(Unit, units[0]), "state", "workshop")
    )
    with pytest.raises(Refused, match=trade.number(world.context, units[0])):
        shopping.send(leader, world.school)


def test_a_cpr_number_is_refused_everywhere(world: World, employee: Context) -> None:
    fill(employee, world, 1)
    with pytest.raises(Refused, match="CPR") as refused:
        shopping.send(employee, world.school, "til 010190-1234")
    assert refused.value.field == "note"
    order_id = shopping.send(employee, world.school).order_id
    with pytest.raises(Refused, match="CPR"):
        orders.refuse(world.person("leader"), order_id, "hun hedder 010190-1234")
    with pytest.raises(Refused) as refused:
        orders.refuse(world.person("leader"), order_id, "x" * 501)
    assert refused.value.field == "reason"


def test_refusing_needs_a_reason_and_puts_the_furniture_on_sale_again(
    world: World, employee: Context, leader: Context
) -> None:
    order_id = send(employee, world, 2)
    with pytest.raises(Refused) as refused:
        orders.refuse(leader, order_id, "  ")
    assert refused.value.field == "reason"
    orders.refuse(leader, order_id, "Vi har nok")
    detail = orders.detail(employee, order_id)
    assert (detail.row.state, detail.reason) == (OrderState.REFUSED, "Vi har nok")
    assert detail.decided_by == "Leader"
    assert {line.state for line in lines_of(world, order_id)} == {"refused"}
    units = [line.unit_id for line in lines_of(world, order_id)]
    assert states(world, units) == {"listed"}
    with pytest.raises(Refused, match="does not wait"):
        orders.approve(leader, order_id)


def test_a_refusal_keeps_why_some_was_left_out_before(
    world: World, employee: Context, leader: Context
) -> None:
    order_id = send(employee, world, 2)
    orders.adjust(leader, order_id, [lines_of(world, order_id)[0].id], reason="I har selv")
    refused = orders.refuse(leader, order_id, "Vi har nok\n\nVent til januar")
    told = orders.detail(employee, order_id)
    assert (told.reason, told.left_out_for) == ("Vi har nok\nVent til januar", "I har selv")
    changes.undo(leader, refused.change_id or 0)
    assert orders.detail(employee, order_id).reason == "I har selv"


def test_an_old_version_is_stale(world: World, employee: Context, leader: Context) -> None:
    order_id = send(employee, world)
    version = order_of(world, order_id).version
    lines = lines_of(world, order_id)
    orders.cancel(employee, order_id, [lines[0].id])
    with pytest.raises(Stale, match="Employee"):
        orders.approve(leader, order_id, version)


def test_single_lines_and_the_rest_can_be_cancelled_until_picked(
    world: World, leader: Context
) -> None:
    order_id = send(leader, world, 3)
    lines = lines_of(world, order_id)
    done = orders.cancel(leader, order_id, [lines[0].id])
    assert (done.pieces, done.whole) == (1, False)
    assert order_of(world, order_id).total_ore == 2 * trade.PRICE
    assert trade.state(world.context, lines[0].unit_id) == "listed"
    with pytest.raises(Refused, match="nothing left"):
        orders.cancel(leader, order_id, [lines[0].id])
    deliveries.pick(world.person("lager"), [lines[1].id])
    with pytest.raises(Refused, match="picked"):
        orders.cancel(leader, order_id)
    orders.cancel(leader, order_id, [lines[2].id])
    assert order_of(world, order_id).state == "approved"
    assert not orders.detail(leader, order_id).may_cancel


def test_cancelling_all_ends_the_order(world: World, employee: Context) -> None:
    order_id = send(employee, world, 2)
    assert orders.cancel(employee, order_id).whole is True
    order = order_of(world, order_id)
    assert (order.state, order.total_ore) == ("cancelled", 0)
    assert orders.detail(employee, order_id).row.pieces == 2


def test_a_delivered_rest_ends_the_order_when_the_last_open_line_goes(
    world: World, leader: Context
) -> None:
    order_id = send(leader, world, 2)
    lines = lines_of(world, order_id)
    lager = world.person("lager")
    deliveries.pick(lager, [lines[0].id])
    deliveries.hand_over(lager, line_ids=[lines[0].id])
    orders.cancel(leader, order_id, [lines[1].id])
    assert order_of(world, order_id).state == "delivered"


def test_others_orders_are_cancelled_by_leaders_only(
    world: World, employee: Context, leader: Context
) -> None:
    mine = send(leader, world, 1)
    with pytest.raises(Refused):
        orders.cancel(employee, mine)
    assert not orders.detail(employee, mine).may_cancel
    theirs = send(employee, world, 1)
    orders.cancel(leader, theirs)
    with pytest.raises(Refused):
        orders.cancel(world.person("lager"), mine)


# --- lists --------------------------------------------------------------------------------------


def test_lists_reach_as_far_as_the_role(world: World, employee: Context, leader: Context) -> None:
    mine = send(employee, world, 1)
    other = shopping.neighbour(world)
    fill(other, world, 1, world.home)
    theirs = shopping.send(other, world.home).order_id
    assert [row.id for row in orders.listed(employee).rows] == [mine]
    assert [row.id for row in orders.listed(other).rows] == [theirs]
    assert [row.id for row in orders.listed(world.person("lager")).rows] == [theirs, mine]
    with pytest.raises(Refused):
        orders.detail(employee, theirs)
    with pytest.raises(Refused):
        orders.listed(world.person("bench"))
    with pytest.raises(Refused):
        orders.waiting(employee)
    assert (orders.open_count(leader), orders.approval_count(leader)) == (1, 1)
    assert (orders.open_count(other), orders.approval_count(other)) == (1, 0)
    bench = world.person("bench")
    assert (orders.open_count(bench), orders.approval_count(bench)) == (0, 0)


def test_lists_are_filtered_searched_and_paged(world: World, leader: Context) -> None:
    sent = [send(leader, world, 1) for _ in range(5)]
    orders.cancel(leader, sent[0])
    approved = orders.listed(leader, states=frozenset({OrderState.APPROVED}))
    assert ([row.id for row in approved.rows], approved.total) == (sent[:0:-1], 4)
    unit = lines_of(world, sent[2])[0].unit_id
    for text in ("B-000003", "000003", trade.number(world.context, unit)):
        assert [row.id for row in orders.listed(leader, text=text).rows] == [sent[2]]
    assert orders.listed(leader, text="søndervang").total == 5
    assert orders.listed(leader, text="%").total == 5
    first = orders.listed(leader, limit=3)
    rest = orders.listed(leader, before_id=first.rows[-1].id, limit=3)
    assert [row.id for row in (*first.rows, *rest.rows)] == sent[::-1]


def test_the_detail_shows_groups_figures_and_history(
    world: World, employee: Context, leader: Context
) -> None:
    order_id = send(employee, world, 3)
    line = lines_of(world, order_id)[0]
    orders.approve(leader, order_id)
    lager = world.person("lager")
    deliveries.pick(lager, [line.id])
    deliveries.hand_over(lager, line_ids=[line.id])
    orders.cancel(employee, order_id, [lines_of(world, order_id)[1].id])
    detail = orders.detail(leader, order_id)
    assert (detail.row.pieces, detail.row.delivered, detail.payer) == (2, 1, "4300 Inventar")
    assert {group.state: len(group.pieces) for group in detail.groups} == {
        LineState.OPEN: 1,
        LineState.DELIVERED: 1,
        LineState.CANCELLED: 1,
    }
    delivered = next(group for group in detail.groups if group.state is LineState.DELIVERED)
    assert delivered.delivery
    assert delivered.delivered_on == leader.today()
    assert (detail.new_price_ore, detail.net_g) == (670_000, 2 * 21618)
    assert [(event.kind, event.actor) for event in detail.history][:2] == [
        ("order.send", "Employee"),
        ("order.approve", "Leader"),
    ]
    assert detail.history[-1].kind == "order.cancel"
    assert detail.row.own is False

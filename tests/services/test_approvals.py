"""Who decides an order: limits of institutions and people, deputies, and no way round them."""

import datetime as dt
import functools

import pytest

from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.domain.orders import LineState, Needs, OrderState
from moebelcirkel.domain.roles import Grant, Role
from moebelcirkel.services import approvals, changes, check, messages, orders, shop, users
from moebelcirkel.services.context import SYSTEM, Context
from moebelcirkel.services.start import login
from tests import trade
from tests.clock import Clock
from tests.services import shopping
from tests.services.ordering import lines_of, order_of, person_limit, send
from tests.services.test_orders_race import together
from tests.world import World

DEAR = 8
"""So many chairs cost more than the limit."""


def _deputy(world: World, *grants: tuple[Role, int | None], name: str = "vikar") -> Context:
    return shopping.person(world, name, *(grants or ((Role.EMPLOYEE, world.home),)))


def _now(who: Context) -> Context:
    """With the roles of now, as an open window has them."""
    return who.as_actor(login.still_there(who))


def _id(who: Context) -> int:
    assert who.actor.user_id is not None
    return who.actor.user_id


def _days(who: Context, first: int, last: int) -> tuple[dt.date, dt.date]:
    return tuple(who.today() + dt.timedelta(days=days) for days in (first, last))  # type: ignore[return-value]


# --- limits --------------------------------------------------------------------------------------


def test_the_smaller_of_both_limits_decides_what_is_sent_at_once(
    world: World, leader: Context
) -> None:
    person_limit(world, leader, trade.PRICE - 1)
    trade.put_on_sale(world, 1)
    shop.hold(leader, world.school, shopping.key(world), 1)
    assert shop.basket(leader, world.school).offers[0].sending.limit_ore == trade.PRICE - 1
    sent = shopping.send(leader, world.school)
    assert (sent.needs, sent.state) == (Needs.APPROVER, OrderState.AWAITING)
    with pytest.raises(Refused, match="your own"):
        orders.approve(leader, sent.order_id)
    person_limit(world, leader, None)
    with pytest.raises(Refused, match="your own"):
        orders.approve(leader, sent.order_id)


def test_an_approver_decides_up_to_their_own_limit(world: World, leader: Context) -> None:
    approver = world.person("approver")
    order_id = send(leader, world, DEAR)
    person_limit(world, approver, 1_000_000)
    assert orders.waiting(approver).rows == ()
    assert not orders.detail(approver, order_id).may_decide
    with pytest.raises(Refused, match=r"you decide up to \{most\}|up to"):
        orders.approve(approver, order_id)
    assert orders.detail(leader, order_id).row.approvers == ()
    trade.put_on_sale(world, DEAR)
    shop.hold(leader, world.school, shopping.key(world), DEAR)
    with pytest.raises(Refused, match="Nobody can approve"):
        shopping.send(leader, world.school)
    person_limit(world, approver, DEAR * trade.PRICE)
    orders.approve(approver, order_id)


def test_nobody_decides_their_own_by_a_role_they_were_given_since(world: World) -> None:
    employee = world.person("employee")
    order_id = send(employee, world, DEAR)
    admin = world.person("admin")
    row = users.get(admin, _id(employee))
    assert row is not None
    form = users.UserForm(
        row.login, row.name, grants=frozenset({Grant(Role.APPROVER, world.school)})
    )
    users.save(admin, form, row.id, row.version)
    with pytest.raises(Refused, match="your own"):
        orders.approve(_now(employee), order_id)
    with pytest.raises(Refused, match="your own"):
        orders.adjust(_now(employee), order_id, [lines_of(world, order_id)[0].id])


# --- deputies ------------------------------------------------------------------------------------


def test_a_deputy_decides_in_the_days_and_the_order_says_in_whose_stead(
    world: World, leader: Context, clock: Clock
) -> None:
    approver, vikar = world.person("approver"), _deputy(world)
    approvals.choose(approver, _id(vikar), *_days(approver, 1, 3))
    order_id = send(leader, world, DEAR)
    with pytest.raises(Refused):
        orders.approve(_now(vikar), order_id)
    clock.advance(days=1)
    now = _now(vikar)
    assert orders.approval_count(now) == 1
    assert {row.id for row in orders.waiting(now).rows} == {order_id}
    assert "Vikar" in orders.detail(leader, order_id).row.approvers
    orders.approve(now, order_id)
    detail = orders.detail(leader, order_id)
    assert (detail.decided_by, detail.decided_for) == ("Vikar", "Approver")
    later = send(leader, world, DEAR)
    clock.advance(days=3)
    assert orders.approval_count(_now(vikar)) == 0
    with pytest.raises(Refused):
        orders.approve(vikar, later)
    assert check.run(world.person("admin")).ok


def test_a_deputy_decides_neither_their_own_nor_what_the_approver_sent(world: World) -> None:
    approver = shopping.person(
        world, "chef", (Role.APPROVER, world.school), (Role.LEADER, world.school)
    )
    vikar = _deputy(world, (Role.LEADER, world.school))
    approvals.choose(approver, _id(vikar))
    own, of_the_other = send(_now(vikar), world, DEAR), send(approver, world, DEAR)
    with pytest.raises(Refused, match="your own"):
        orders.approve(_now(vikar), own)
    with pytest.raises(Refused, match="you stand in for"):
        orders.approve(_now(vikar), of_the_other)
    assert orders.waiting(_now(vikar)).rows == ()
    orders.approve(world.person("approver"), of_the_other)


def test_a_deputy_leads_no_orders_of_their_own_within_the_limit(
    world: World, leader: Context
) -> None:
    approver, vikar = world.person("approver"), _deputy(world, (Role.EMPLOYEE, world.school))
    approvals.choose(approver, _id(vikar))
    now = _now(vikar)
    trade.put_on_sale(world, 1)
    shop.hold(now, world.school, shopping.key(world), 1)
    assert shop.basket(now, world.school).offers[0].sending.needs is Needs.LEADER
    sent = shopping.send(now, world.school)
    assert (sent.needs, sent.state) == (Needs.LEADER, OrderState.AWAITING)
    assert orders.waiting(now).rows == ()
    assert not orders.detail(now, sent.order_id).may_decide
    with pytest.raises(Refused, match="is your own"):
        orders.approve(now, sent.order_id)
    with pytest.raises(Refused, match="is your own"):
        orders.adjust(now, sent.order_id, cost_bearer_id=1)
    orders.approve(leader, sent.order_id)


def test_a_deputy_has_the_limit_of_who_they_stand_in_for(world: World, leader: Context) -> None:
    approver, vikar = world.person("approver"), _deputy(world)
    approvals.choose(approver, _id(vikar))
    order_id = send(leader, world, DEAR)
    person_limit(world, approver, 1_000_000)
    with pytest.raises(Refused, match="up to"):
        orders.approve(_now(vikar), order_id)
    person_limit(world, approver, None)
    person_limit(world, vikar, 100)  # which is about what the deputy sends
    orders.approve(_now(vikar), order_id)


def test_a_deputy_is_no_approver_of_their_own_and_nobody_stands_in_for_a_deputy(
    world: World,
) -> None:
    approver, vikar = world.person("approver"), _deputy(world)
    approvals.choose(approver, _id(vikar))
    third = shopping.person(world, "tredje", (Role.EMPLOYEE, world.home))
    with pytest.raises(Refused, match="Only an approver"):
        approvals.choose(_now(vikar), _id(third))


def test_what_is_wrong_with_a_deputy_is_said(world: World, admin: Context) -> None:
    approver, vikar = world.person("approver"), _deputy(world)
    first, last = _days(approver, 3, 1)
    for days in ((first, last), (first, None), _days(approver, -9, -2)):
        with pytest.raises(Refused):
            approvals.choose(approver, _id(vikar), *days)
    with pytest.raises(Refused, match="somebody else"):
        approvals.choose(approver, _id(approver))
    with pytest.raises(Refused, match="Only an approver"):
        approvals.choose_for(admin, _id(vikar), _id(approver))
    done = approvals.choose_for(admin, _id(approver), _id(vikar))
    assert approvals.choose(approver, _id(vikar), *_days(approver, 0, 1)).id == done.id
    (row,) = approvals.of(admin, _id(approver)).rows
    with pytest.raises(Refused):
        approvals.end(_now(vikar), row.id, row.version)
    ended = approvals.end(approver, row.id, row.version)
    assert approvals.of(approver).rows == ()
    changes.undo(approver, ended.change_id or 0)
    assert len(approvals.of(approver).rows) == 1
    approvals.end_for(admin, row.id, approvals.of(approver).rows[0].version)


def test_a_deputy_without_days_is_asked_when_it_has_waited_twice_as_long(
    world: World, leader: Context, clock: Clock
) -> None:
    approver, vikar = world.person("approver"), _deputy(world, name="aaby")
    approvals.choose(approver, _id(vikar))
    own = world.context.as_actor(SYSTEM)
    sent = send(leader, world, DEAR)
    named = orders.detail(leader, sent).row.approvers  # the one who is asked first, first
    assert named == (approver.actor.name, vikar.actor.name)

    def told() -> list[str]:
        return [row.cause for row in messages.listed(_now(vikar))]

    assert told() == []
    clock.advance(days=5)  # three working days, whatever day it was
    messages.remind(own)
    assert told() == []
    assert "order_reminder" in [row.cause for row in messages.listed(approver)]
    clock.advance(days=6)
    messages.remind(own)
    assert told() == ["order_reminder"]


# --- changing it first ---------------------------------------------------------------------------


def test_pieces_are_taken_out_and_another_account_pays_before_it_is_approved(
    world: World, leader: Context
) -> None:
    approver = world.person("approver")
    order_id = send(leader, world, DEAR)
    out = [line.id for line in lines_of(world, order_id)[:3]]
    with pytest.raises(Refused, match="does not belong"):
        orders.adjust(approver, order_id, cost_bearer_id=999)
    with pytest.raises(Refused, match="Nothing would be left"):
        orders.adjust(approver, order_id, [line.id for line in lines_of(world, order_id)])
    with pytest.raises(Refused, match="nothing to correct"):
        orders.adjust(approver, order_id)
    with pytest.raises(Refused):
        orders.adjust(leader, order_id, out)
    with pytest.raises(Refused, match="Write why"):
        orders.adjust(approver, order_id, out)
    done = orders.adjust(approver, order_id, out, reason="I har selv")
    order = order_of(world, order_id)
    assert (done.pieces, order.total_ore) == (3, 5 * trade.PRICE)
    assert order.needs is Needs.APPROVER
    assert {line.state for line in lines_of(world, order_id)[:3]} == {LineState.CANCELLED}
    (told,) = [row for row in messages.listed(leader) if row.cause == "order_cancelled"]
    assert told.body.endswith("Begrundelse: I har selv")
    with pytest.raises(Refused, match="your own"):
        orders.approve(leader, order_id)
    orders.approve(approver, order_id)
    with pytest.raises(Refused):
        orders.adjust(approver, order_id, [lines_of(world, order_id)[4].id])
    with pytest.raises(Refused):
        changes.undo(leader, done.change_id or 0)
    assert order_of(world, order_id).total_ore == 5 * trade.PRICE
    assert check.run(world.person("admin")).ok


def test_what_an_approver_left_out_waits_for_one_when_it_is_ordered_again(
    world: World, leader: Context, clock: Clock
) -> None:
    approver = world.person("approver")
    order_id = send(leader, world, DEAR)
    out = [line.id for line in lines_of(world, order_id)[:2]]
    orders.adjust(approver, order_id, out, reason="I har selv")
    orders.approve(approver, order_id)
    clock.advance(days=2)  # what is sent together is a matter of its own
    shop.hold(leader, world.school, shopping.key(world), 1)
    (known,) = shop.basket(leader, world.school).offers[0].sending.again
    assert (known.pieces, known.by, known.reason) == (2, "Approver", "I har selv")
    sent = shopping.send(leader, world.school)
    assert (sent.needs, sent.state) == (Needs.APPROVER, OrderState.AWAITING)
    with pytest.raises(Refused, match="your own"):
        orders.approve(leader, sent.order_id)
    assert orders.detail(approver, sent.order_id).again == (known,)
    orders.refuse(approver, sent.order_id, "Stadig nej")
    clock.advance(days=20)
    shop.hold(leader, world.school, shopping.key(world), 1)
    assert len(shop.basket(leader, world.school).offers[0].sending.again) == 2
    clock.advance(days=20)
    shop.hold(leader, world.school, shopping.key(world), 1)
    assert shopping.send(leader, world.school).state == OrderState.APPROVED


def test_what_was_cancelled_before_an_approver_left_it_out_does_not_come_back(
    world: World, leader: Context, clock: Clock
) -> None:
    approver, first = world.person("approver"), send(leader, world, 1)
    cancelled = orders.cancel(leader, first)
    clock.advance(days=2)
    order_id = send(leader, world, DEAR)
    orders.adjust(approver, order_id, [lines_of(world, order_id)[-1].id], reason="nej")
    orders.approve(approver, order_id)
    clock.advance(days=2)
    with pytest.raises(Refused, match="since"):
        changes.undo(leader, cancelled.change_id or 0)


def test_of_two_approvers_the_second_is_told(world: World, leader: Context) -> None:
    approver, other = (
        world.person("approver"),
        shopping.person(world, "chef", (Role.APPROVER, world.school)),
    )
    order_id = send(leader, world, DEAR)
    version = orders.detail(other, order_id).row.version
    orders.adjust(approver, order_id, [lines_of(world, order_id)[0].id], reason="nej")
    with pytest.raises(Stale):
        orders.approve(other, order_id, version)
    orders.approve(approver, order_id)
    with pytest.raises(Refused, match="does not wait"):
        orders.refuse(other, order_id, "nej")


def test_of_two_approvers_at_once_one_decides_and_the_other_is_told(
    world: World, leader: Context
) -> None:
    approver, other = (
        world.person("approver"),
        shopping.person(world, "chef", (Role.APPROVER, world.school)),
    )
    for _again in range(4):
        order_id = send(leader, world, DEAR)
        answers = together(
            functools.partial(orders.approve, approver, order_id),
            functools.partial(orders.refuse, other, order_id, "nej"),
        )
        refused = [answer for answer in answers if isinstance(answer, Refused)]
        assert len(refused) == 1
        assert "does not wait for approval" in str(refused[0])
        state = OrderState.APPROVED if refused[0] is answers[1] else OrderState.REFUSED
        assert order_of(world, order_id).state is state
    assert check.run(world.person("admin")).ok

"""Furniture is ordered with an adaptation: agreed, done in the workshop, delivered and charged."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select

from moebelcirkel.domain.ceilings import Ceiling
from moebelcirkel.domain.errors import Anew, Invalid, Refused
from moebelcirkel.domain.orders import Pace, Why, Wishes
from moebelcirkel.domain.pickups import Access
from moebelcirkel.services import (
    cases,
    changes,
    check,
    deliveries,
    messages,
    orders,
    parameters,
    repairers,
    shop,
    stock,
    tasks,
)
from moebelcirkel.services.context import Context, Done
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from tests import trade
from tests.services import adapting, mending, ordering, repairing, settling, shopping
from tests.services.test_ceilings import set_ceilings
from tests.world import World


def undo(context: Context, done: Done) -> int:
    """Take back what was done; answers the change that did so."""
    assert done.change_id is not None
    return changes.undo(context, done.change_id).change_id or 0


def _sound(world: World) -> None:
    assert check.run(world.context).findings == ()


def _units(world: World, order_id: int) -> list[int]:
    return [line.unit_id for line in ordering.lines_of(world, order_id)]


def _states(world: World, order_id: int) -> set[str]:
    return ordering.states(world, _units(world, order_id))


def test_from_the_shop_through_the_workshop_to_the_charge(world: World) -> None:
    leader, bench, lager = (world.person(name) for name in ("leader", "bench", "lager"))
    sent = adapting.sent(world, 2, adapting.HIGHER, adapting.PAINTED)
    each = trade.PRICE + adapting.HIGHER_ORE + adapting.PAINTED_ORE
    assert (sent.state, sent.total_ore) == ("approved", 2 * each)
    found = orders.detail(leader, sent.order_id)
    assert [(task.name, task.each_ore) for task in found.adapted] == [
        (adapting.PAINTED, adapting.PAINTED_ORE),
        (adapting.HIGHER, adapting.HIGHER_ORE),
    ]
    assert found.case_ids == ()  # nothing that a leader can open
    assert _states(world, sent.order_id) == {"workshop"}
    case = cases.detail(bench, adapting.case_of(world, sent.order_id))
    assert {piece.order for piece in case.pieces} == {sent.number}
    assert [(task.name, task.minutes, task.parts_ore) for task in case.tasks] == [
        (adapting.PAINTED, 120, 12_000),
        (adapting.HIGHER, 60, 30_000),
    ]
    assert deliveries.waiting_count(lager) == 0
    with pytest.raises(Refused, match="Finish its case"):
        stock.scrap(lager, _units(world, sent.order_id), "broken")
    _sound(world)
    adapting.finish(world, sent.order_id)
    assert _states(world, sent.order_id) == {"ordered"}
    assert deliveries.waiting_count(lager) == 1
    _sound(world)
    adapting.hand_over(world, sent.order_id)
    charges: list[Charge] = trade.rows(world.context, select(Charge))
    assert [(row.kind, row.amount_ore) for row in charges] == [("hand_over", each)] * 2
    lines: list[FigureLine] = trade.rows(world.context, select(FigureLine))
    assert [line.price_paid_ore for line in lines] == [each] * 2
    costs: list[UnitCost] = trade.rows(world.context, select(UnitCost))
    spent = sum(cost.labour_ore + cost.parts_ore for cost in costs)
    assert spent == 2 * (adapting.HIGHER_ORE + adapting.PAINTED_ORE)
    _sound(world)


def test_the_weeks_are_added_and_the_price_is_the_one_that_was_shown(
    world: World, leader: Context
) -> None:
    admin = world.person("admin")
    trade.put_on_sale(world, 2)
    wish = adapting.wish(leader, world, 2)
    ids, key = wish.agreed.task_type_ids, shopping.key(world)
    quote = orders.quote(leader, world.school, key, 2, ids)
    assert (quote.each_ore, quote.weeks) == (adapting.HIGHER_ORE, 1)
    assert quote.total_ore == 2 * (trade.PRICE + adapting.HIGHER_ORE)
    [row] = [each for each in tasks.task_types(admin) if each.id == ids[0]]
    form = dataclasses.replace(row.form, minutes=60, adapt_weeks=3)
    row_version = tasks.save_task(admin, form, row.id, row.version)
    with pytest.raises(Refused, match=r"costs 450 kr\. a piece and adds 3 weeks by now"):
        orders.adapt(leader, wish)
    later = orders.quote(leader, world.school, key, 2, ids)
    [was], [comes] = quote.offers, later.offers
    assert comes.way.promised_on == was.way.promised_on + dt.timedelta(weeks=2)
    sent = orders.adapt(leader, adapting.wish(leader, world, 2))
    assert orders.detail(leader, sent.order_id).promised_on == comes.way.promised_on
    assert row_version.id == row.id
    _sound(world)


def test_only_what_the_workshop_offers_can_be_ordered(world: World, leader: Context) -> None:
    admin = world.person("admin")
    trade.put_on_sale(world, 1)
    wish = adapting.wish(leader, world, 1)
    [row] = [each for each in tasks.task_types(admin) if each.id in wish.agreed.task_type_ids]
    other = next(each for each in tasks.task_types(admin) if each.form.adapt_weeks is None)
    for ids, message in (
        ((), "at least one"),
        ((row.id, row.id), "once"),
        ((other.id,), "any more"),
        (tuple(range(1, 7)), "At most 5"),
    ):
        agreed = dataclasses.replace(wish.agreed, task_type_ids=ids)
        with pytest.raises(Refused, match=message):
            orders.adapt(leader, dataclasses.replace(wish, agreed=agreed))
    with pytest.raises(Refused, match="Answer the question"):
        orders.adapt(leader, dataclasses.replace(wish, answer=None))
    with pytest.raises(Refused, match="does not belong"):
        orders.adapt(leader, dataclasses.replace(wish, cost_bearer_id=9_999))
    with pytest.raises(Refused, match="Only 1 of these"):
        orders.adapt(leader, dataclasses.replace(wish, count=2))
    gone = dataclasses.replace(row.form, adapt_weeks=None)
    tasks.save_task(admin, gone, row.id, row.version)
    with pytest.raises(Refused, match="any more"):
        orders.adapt(leader, wish)


def test_what_is_done_to_tables_is_not_offered_with_chairs(world: World, leader: Context) -> None:
    admin = world.person("admin")
    trade.put_on_sale(world, 1)
    known = {each.form.name: each for each in tasks.task_types(admin)}
    offered = {task.name for task in orders.adapt_choices(leader, world.school, world.chair).tasks}
    assert {"Ompolstring, sæde", "Maling"} <= offered
    assert not {"Skift bordplade", "Afkortning af bordplade"} & offered
    wish = adapting.wish(leader, world, 1)
    top = dataclasses.replace(wish.agreed, task_type_ids=(known["Skift bordplade"].id,))
    with pytest.raises(Refused, match="not done to this kind"):
        orders.adapt(leader, dataclasses.replace(wish, agreed=top))
    painting = known["Maling"]
    only = dataclasses.replace(painting.form, adapt_for="borde ; Puf\nKontorstol")
    saved = tasks.save_task(admin, only, painting.id, painting.version)
    again = next(each for each in tasks.task_types(admin) if each.id == saved.id)
    assert again.form.adapt_for == "borde; Puf; Kontorstol"
    strange = dataclasses.replace(again.form, adapt_for="Borde; Svævebaner")
    with pytest.raises(Invalid) as error:
        tasks.save_task(admin, strange, again.id, again.version)
    assert list(error.value.errors) == ["adapt_for"]


def test_ones_own_basket_comes_first_and_others_keep_theirs(world: World, leader: Context) -> None:
    mine = ordering.fill(leader, world, 2)
    neighbour = shopping.neighbour(world)
    trade.put_on_sale(world, 1)
    shop.hold(neighbour, world.home, shopping.key(world), 1)
    with pytest.raises(Refused, match="Only 2 of these"):
        orders.adapt(leader, adapting.wish(leader, world, 3))
    sent = orders.adapt(leader, adapting.wish(leader, world, 2))
    assert sorted(_units(world, sent.order_id)) == sorted(mine)
    assert shop.basket(leader, world.school).pieces == 0
    undo(leader, sent)
    assert shop.basket(leader, world.school).pieces == 2
    _sound(world)


def test_an_approver_decides_before_anything_is_begun(world: World) -> None:
    employee, approver = world.person("employee"), world.person("leader")
    trade.put_on_sale(world, 2)
    sent = orders.adapt(employee, adapting.wish(employee, world, 2))
    assert sent.state == "awaiting"
    assert _states(world, sent.order_id) == {"ordered"}
    # As others cancel what waits, so do these; and one of two is taken out.
    lines = ordering.lines_of(world, sent.order_id)
    orders.adjust(approver, sent.order_id, [lines[0].id], reason="nej")
    done = orders.approve(approver, sent.order_id)
    case_id = adapting.case_of(world, sent.order_id)
    assert len(cases.detail(world.person("bench"), case_id).pieces) == 1
    _sound(world)
    undone = undo(approver, done)
    assert orders.detail(world.person("lager"), sent.order_id).case_ids == ()
    assert trade.state(world.context, lines[1].unit_id) == "ordered"
    _sound(world)
    with pytest.raises(Anew):
        changes.redo(approver, undone)
    orders.approve(approver, sent.order_id)
    assert adapting.case_of(world, sent.order_id)
    _sound(world)
    orders.cancel(employee, sent.order_id)
    assert _states(world, sent.order_id) == {"listed"}
    _sound(world)


def test_what_has_begun_is_no_longer_cancelled_by_whoever_ordered(world: World) -> None:
    leader, bench = world.person("leader"), world.person("bench")
    sent = adapting.sent(world, 3)
    lines = ordering.lines_of(world, sent.order_id)
    done = orders.cancel(leader, sent.order_id, [lines[0].id])
    assert trade.state(world.context, lines[0].unit_id) == "listed"
    _sound(world)
    undone = undo(leader, done)
    assert trade.state(world.context, lines[0].unit_id) == "workshop"
    _sound(world)
    with pytest.raises(Anew):
        changes.redo(leader, undone)
    orders.cancel(leader, sent.order_id, [lines[0].id])
    case_id = adapting.case_of(world, sent.order_id)
    [task] = cases.detail(bench, case_id).tasks
    cases.set_task(bench, task.id, done=True)
    with pytest.raises(Refused, match="has begun"):
        orders.cancel(leader, sent.order_id)
    # Nothing of the approval comes back either: it was sent and approved in one.
    with pytest.raises(Refused):
        undo(leader, sent)
    adapting.finish(world, sent.order_id)
    with pytest.raises(Refused, match="has begun"):
        orders.cancel(leader, sent.order_id)
    _sound(world)


def test_the_exchange_gives_up_what_has_begun_and_keeps_the_piece(world: World) -> None:
    lager, bench = world.person("lager"), world.person("bench")
    sent = adapting.sent(world, 2)
    case_id = adapting.case_of(world, sent.order_id)
    [task] = cases.detail(bench, case_id).tasks
    cases.set_task(bench, task.id, done=True)
    done = orders.call_off(lager, sent.order_id, Why.BROKEN)
    assert done.whole
    assert _states(world, sent.order_id) == {"workshop"}
    _sound(world)
    undone = undo(lager, done)
    assert orders.detail(lager, sent.order_id).row.state == "approved"
    _sound(world)
    with pytest.raises(Anew):
        changes.redo(lager, undone)
    again = orders.call_off(lager, sent.order_id, Why.BROKEN)
    # Finished and ready, it is nobody's any more, so that the line cannot come back.
    cases.finish(bench, case_id, "B")
    assert _states(world, sent.order_id) == {"ready"}
    with pytest.raises(Refused, match="has been changed since"):
        undo(lager, again)
    _sound(world)


def test_what_is_finished_and_given_up_goes_on_sale(world: World) -> None:
    sent = adapting.sent(world)
    adapting.finish(world, sent.order_id)
    orders.call_off(world.person("lager"), sent.order_id, Why.NO_ROOM)
    assert _states(world, sent.order_id) == {"listed"}
    _sound(world)


def test_a_case_is_split_and_finished_in_parts_and_each_is_the_orders(world: World) -> None:
    leader, bench, lager = (world.person(name) for name in ("leader", "bench", "lager"))
    sent = adapting.sent(world, 3)
    case_id = adapting.case_of(world, sent.order_id)
    units = _units(world, sent.order_id)
    [task] = cases.detail(bench, case_id).tasks
    cases.set_task(bench, task.id, done=True)
    cases.split(bench, case_id, units[:1])
    assert len(orders.detail(lager, sent.order_id).case_ids) == 2
    _sound(world)
    done = cases.finish(bench, case_id, "B", only=units[1:2])
    told = messages.listed(leader)[0]
    assert (sent.number in told.subject, "1 møbel" in told.body) == (True, True)
    undone = undo(bench, done)
    assert _states(world, sent.order_id) == {"workshop"}
    _sound(world)
    with pytest.raises(Anew):
        changes.redo(bench, undone)
    cases.finish(bench, case_id, "B", only=units[1:2])
    assert _states(world, sent.order_id) == {"workshop", "ordered"}
    _sound(world)


def test_the_adaptation_counts_in_limit_and_ceiling(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 2)
    year, cost = world.context.today().year, trade.PRICE + adapting.HIGHER_ORE
    set_ceilings(world, world.school, Ceiling(year, "", cost - 1))
    sent = orders.adapt(leader, adapting.wish(leader, world, 1))
    assert (sent.state, sent.needs) == ("awaiting", "approver")
    set_ceilings(world, world.school, Ceiling(year, "", 2 * cost))
    sent = orders.adapt(leader, adapting.wish(leader, world, 1))
    assert sent.state == "approved"
    _sound(world)


def test_it_is_urgent_and_carried_to_where_it_is_needed(world: World, leader: Context) -> None:
    parameters.save(world.person("admin"), {"urgent_days": 2})
    trade.put_on_sale(world, 1)
    shown = adapting.wish(leader, world, 1)
    quote = orders.quote(leader, world.school, shown.key, 1, shown.agreed.task_type_ids)
    usual, urgent = (quote.offer(pace) for pace in (Pace.USUAL, Pace.URGENT))
    assert leader.today() + dt.timedelta(weeks=1) < urgent.way.promised_on < usual.way.promised_on
    fee = urgent.way.fee_ore
    ordering.person_limit(world, leader, quote.total_ore + fee - 1)
    again = orders.quote(leader, world.school, shown.key, 1, shown.agreed.task_type_ids)
    needs = [again.offer(pace).sending.needs for pace in (Pace.USUAL, Pace.URGENT)]
    assert needs == ["", "approver"]
    wishes = Wishes(building="Bygning C, lokale 2.14", floor="2. sal", way_in=Access.LIFT)
    wish = dataclasses.replace(shown, wishes=wishes, pace=Pace.URGENT, fee_ore=fee)
    with pytest.raises(Refused, match="The fee is"):
        orders.adapt(leader, dataclasses.replace(wish, fee_ore=fee - 100))
    sent = orders.adapt(leader, wish)
    found = orders.detail(leader, sent.order_id)
    assert (found.row.urgent, found.fee_ore, found.wishes) == (True, fee, wishes)
    assert found.promised_on == urgent.way.promised_on
    assert sent.total_ore == quote.total_ore + fee
    _sound(world)


def test_what_waits_for_the_workshop_is_not_offered_sooner_for_the_fee_of_small_orders(
    world: World, leader: Context
) -> None:
    small = {"small_order_ore": 1_000_000, "small_fee_ore": 7_500, "small_weekday": 4}
    parameters.save(world.person("admin"), small)
    trade.put_on_sale(world, 1)
    shown = adapting.wish(leader, world, 1)
    quote = orders.quote(leader, world.school, shown.key, 1, shown.agreed.task_type_ids)
    assert ([each.way.pace for each in quote.offers], quote.small) == (["usual"], None)


def test_above_the_limit_an_approver_decides(world: World, leader: Context) -> None:
    trade.put_on_sale(world, 1)
    ordering.person_limit(world, leader, trade.PRICE + adapting.HIGHER_ORE - 1)
    shown = adapting.wish(leader, world, 1)
    quote = orders.quote(leader, world.school, shown.key, 1, shown.agreed.task_type_ids)
    assert quote.offers[0].sending.needs == "approver"
    sent = orders.adapt(leader, shown)
    assert sent.state == "awaiting"
    refused = orders.refuse(world.person("approver"), sent.order_id, "For dyrt")
    assert _states(world, sent.order_id) == {"listed"}
    undo(world.person("approver"), refused)
    orders.approve(world.person("approver"), sent.order_id)
    assert _states(world, sent.order_id) == {"workshop"}
    _sound(world)


def test_it_is_settled_at_what_was_agreed_and_not_regretted(world: World) -> None:
    settling.ready(world)
    sent = adapting.sent(world)
    adapting.finish(world, sent.order_id)
    adapting.hand_over(world, sent.order_id)
    made = settling.made(world, settling.NOVEMBER)
    assert made.debit_ore == sent.total_ore
    leader = world.person("leader")
    assert orders.detail(leader, sent.order_id).back_until is None
    with pytest.raises(Refused, match="Hand it in instead"):
        orders.give_back(leader, sent.order_id)
    _sound(world)


def test_a_repairer_does_it_and_whoever_ordered_pays_what_was_agreed(world: World) -> None:
    leader, bench, lager = (world.person(name) for name in ("leader", "bench", "lager"))
    sent = adapting.sent(world, 2)
    case_id, hansen = adapting.case_of(world, sent.order_id), mending.hansen(world)
    higher = repairing.task(world, adapting.HIGHER)
    errand = repairers.send(bench, case_id, hansen, higher, 20_000)
    with pytest.raises(Refused, match="is at Polstrer Hansen"):
        orders.cancel(leader, sent.order_id)
    with pytest.raises(Refused, match="is at Polstrer Hansen"):
        orders.call_off(lager, sent.order_id, Why.BROKEN)
    assert _states(world, sent.order_id) == {"workshop"}
    _sound(world)
    repairers.bring_back(bench, errand.id)
    repairers.invoice(bench, errand.id, "4711", 41_000)
    cases.finish(bench, case_id, "B")
    _sound(world)
    adapting.hand_over(world, sent.order_id)
    charges: list[Charge] = trade.rows(world.context, select(Charge))
    each = trade.PRICE + adapting.HIGHER_ORE
    assert [(row.kind, row.amount_ore) for row in charges] == [("hand_over", each)] * 2
    costs: list[UnitCost] = trade.rows(world.context, select(UnitCost))
    assert sum(cost.labour_ore + cost.parts_ore for cost in costs) == 41_000
    _sound(world)


def test_a_wrong_piece_is_not_told_of_those_in_the_workshop(world: World) -> None:
    lager = world.person("lager")
    adapting.sent(world, 2)
    [other] = trade.put_on_sale(world, 1, condition="C")
    with pytest.raises(Refused, match="is not ordered, or all like it"):
        deliveries.pick_by_scan(lager, trade.number(lager, other))

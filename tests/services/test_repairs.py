"""What an institution owns is fetched, repaired and brought back at a price it has agreed to."""

import dataclasses
from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Refused
from moebelcirkel.domain.repairs import RepairStage
from moebelcirkel.services import (
    cases,
    changes,
    check,
    complaints,
    deliveries,
    intake,
    messages,
    orders,
    pickups,
    receipts,
    repairs,
    runs,
    settlement,
    stock,
)
from moebelcirkel.services.context import Work
from moebelcirkel.services.intake import Batch, Part
from moebelcirkel.services.repairs import TaskOffer
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.services import lending, repairing
from tests.world import World


def _stage(world: World, key: int) -> RepairStage:
    return repairs.detail(world.person("leader"), key).row.stage


def _units(world: World) -> list[Unit]:
    found: list[Unit] = trade.rows(world.context, select(Unit).order_by(Unit.id))
    return found


def _charges(world: World) -> list[Charge]:
    found: list[Charge] = trade.rows(world.context, select(Charge).order_by(Charge.id))
    return found


def _newest(world: World, kind: str) -> int:
    found: list[Change] = trade.rows(
        world.context, select(Change).where(Change.kind == kind).order_by(Change.id.desc())
    )
    return found[0].id


def _lines(world: World, order_id: int) -> list[int]:
    found: list[OrderLine] = trade.rows(
        world.context, select(OrderLine).where(OrderLine.order_id == order_id)
    )
    return [line.id for line in found]


def _sound(world: World) -> None:
    assert check.run(world.context).findings == ()


def test_four_chairs_repaired_by_another_save_what_the_method_says(world: World) -> None:
    key = repairing.brought_back(world)
    assert _stage(world, key) is RepairStage.BACK
    lines: list[FigureLine] = trade.rows(world.context, select(FigureLine))
    assert sum(line.cash_ore for line in lines) == 174_400
    net = sum(line.net_g or 0 for line in lines)
    assert round(Decimal(net) / 1000, 1) == Decimal("65.9")
    assert {(line.count, line.kind) for line in lines} == {(1, "hand_over")}
    assert [(row.kind, row.amount_ore) for row in _charges(world)] == [("outside", 26_800)] * 4
    assert {(unit.state, unit.holder_id) for unit in _units(world)} == {("delivered", world.school)}
    _sound(world)


def test_time_and_parts_are_charges_of_their_own(world: World) -> None:
    leader, bench, lager = (world.person(name) for name in ("leader", "bench", "lager"))
    key = repairing.asked(world, dataclasses.replace(repairing.CHAIRS, pieces=2))
    repairs.offer(bench, key, [TaskOffer(repairing.task(world, "Skift gaspatron"))])
    assert repairs.detail(leader, key).row.total_ore == 2 * (10_000 + 17_500)
    assert isinstance(repairs.detail(leader, key).row.listed.each_ore, int)
    told = messages.listed(leader)[0]
    assert told.subject.replace("\u00a0", " ").endswith("er klar: 275 kr. pr. møbel")
    assert (told.entity, told.entity_id) == ("repair", key)
    order = repairs.accept(leader, key).order_id
    done = repairs.receive(bench, key, 2)
    # While it is in the workshop nobody is to pick it or drive it.
    assert deliveries.waiting_count(lager) == 0
    assert not runs.planned_week(lager, world.context.today()).deliveries
    with pytest.raises(Refused, match="Finish its case"):
        stock.scrap(lager, list(done.unit_ids), "broken")
    [task] = cases.detail(bench, done.case_id).tasks
    assert (task.minutes, task.parts_ore) == (40, 35_000)
    cases.set_task(bench, task.id, done=True)
    cases.finish(bench, done.case_id, "B")
    assert _stage(world, key) is RepairStage.READY
    assert deliveries.waiting_count(lager) == 1
    lines = _lines(world, order)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    assert [(row.kind, row.amount_ore) for row in _charges(world)] == [
        ("repair", 10_000),
        ("part", 17_500),
    ] * 2
    _sound(world)
    handed = _newest(world, "delivery.hand_over")
    changes.undo(lager, handed)
    assert sum(row.amount_ore for row in _charges(world)) == 0
    _sound(world)


def test_above_the_limit_an_approver_decides_before_anything_is_fetched(world: World) -> None:
    leader, bench = world.person("leader"), world.person("bench")
    for no in (False, True):
        key = repairing.asked(world)
        repairs.offer(bench, key, [TaskOffer(repairing.task(world, "Maling"), 900_000)])
        sent = repairs.accept(leader, key)
        assert sent.state == "awaiting"
        assert _stage(world, key) is RepairStage.AWAITING
        with pytest.raises(Refused):
            repairs.receive(bench, key, 4)
        if no:
            orders.refuse(world.person("approver"), sent.order_id, "For dyrt")
            assert _stage(world, key) is RepairStage.REFUSED
            assert {unit.state for unit in _units(world)[4:]} == {"void"}
        else:
            orders.approve(world.person("approver"), sent.order_id)
            assert _stage(world, key) is RepairStage.AGREED
    _sound(world)


def test_what_is_cancelled_stays_with_its_owner(world: World) -> None:
    leader = world.person("leader")
    key = repairing.agreed(world)
    listed = repairs.detail(leader, key).row.listed
    with pytest.raises(Refused, match="Cancel the order"):
        pickups.withdraw(leader, listed.pickup_id)
    assert listed.order_id is not None
    orders.cancel(leader, listed.order_id)
    assert _stage(world, key) is RepairStage.ENDED
    assert {unit.state for unit in _units(world)} == {"void"}
    changes.undo(leader, _newest(world, "order.cancel"))
    assert _stage(world, key) is RepairStage.AGREED
    _sound(world)


def test_what_is_at_work_can_no_longer_be_cancelled(world: World) -> None:
    leader = world.person("leader")
    for bring in (repairing.received, repairing.finished):
        key = bring(world)
        order = repairs.detail(leader, key).row.listed.order_id
        assert order is not None
        with pytest.raises(Refused):
            orders.cancel(leader, order)
    _sound(world)


def test_fewer_came_than_were_agreed(world: World) -> None:
    key = repairing.agreed(world)
    came = repairs.receive(world.person("bench"), key, 3)
    assert len(came.numbers) == 3
    assert sorted(unit.state for unit in _units(world)) == ["void", *["workshop"] * 3]
    [order] = trade.rows(world.context, select(Order))
    assert order.total_ore == 3 * 26_800
    _sound(world)


def test_pieces_with_labels_keep_them_and_one_life_is_counted_once(world: World) -> None:
    lager, bench = world.person("lager"), world.person("bench")
    units = trade.put_on_sale(world, 2)
    lines = trade.order(world, units)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    wish = dataclasses.replace(repairing.CHAIRS, article_id=world.chair, pieces=3)
    key = repairing.agreed(world, wish)
    numbers = [unit.number for unit in _units(world)[:2]]
    repairs.receive(bench, key, 3, numbers)
    assert set(repairs.detail(bench, key).numbers) > set(numbers)
    assert [unit.state for unit in _units(world)] == [*["workshop"] * 2, *["void"] * 2, "workshop"]
    _sound(world)
    kinds = [line.kind for line in trade.rows(world.context, select(FigureLine))]
    assert kinds == ["hand_over"] * 2 + ["adjustment"] * 2
    changes.undo(bench, _newest(world, "repair.receive"))
    _sound(world)
    with pytest.raises(Refused, match="not with the owner"):
        repairs.receive(bench, key, 3, [_units(world)[2].number])


def test_what_is_on_loan_is_not_their_own_to_have_repaired(world: World) -> None:
    bench = world.person("bench")
    lent = lending.lent(world, 2)
    wish = dataclasses.replace(repairing.CHAIRS, article_id=world.chair, pieces=2)
    key = repairing.agreed(world, wish)
    numbers = [unit.number for unit in _units(world) if unit.id in lent]
    with pytest.raises(Refused, match="not with the owner"):
        repairs.receive(bench, key, 2, numbers)
    _sound(world)


def test_each_step_is_undone_and_done_again(world: World) -> None:
    key = repairing.finished(world)
    bench, leader = world.person("bench"), world.person("leader")
    changes.undo(bench, _newest(world, "case.finish"))
    assert _stage(world, key) is RepairStage.WORKSHOP
    _sound(world)
    fresh = repairing.agreed(world)
    repairs.receive(bench, fresh, 4)
    changes.undo(bench, _newest(world, "repair.receive"))
    assert _stage(world, fresh) is RepairStage.AGREED
    _sound(world)
    changes.undo(leader, _newest(world, "repair.accept"))
    assert _stage(world, fresh) is RepairStage.OFFERED
    changes.undo(bench, _newest(world, "repair.offer"))
    changes.undo(leader, _newest(world, "repair.report"))
    assert [row.id for row in repairs.listed(leader)] == [key]
    _sound(world)


def test_what_was_brought_back_and_undone_to_its_offer_may_have_another_price(world: World) -> None:
    key = repairing.brought_back(world)
    by = {"repair.accept": "leader", "delivery.hand_over": "lager", "delivery.pick": "lager"}
    for kind in (
        *("delivery.hand_over", "delivery.pick", "case.finish", "case.task"),
        *("repair.receive", "repair.accept"),
    ):
        who = world.person(by.get(kind, "bench"))
        for change in _undoable(world, kind):
            changes.undo(who, change)
    assert _stage(world, key) is RepairStage.OFFERED
    assert sum(row.amount_ore for row in _charges(world)) == 0
    _sound(world)
    bench = world.person("bench")
    repairs.offer(bench, key, [TaskOffer(repairing.task(world, "Skift gaspatron"))])
    repairs.accept(world.person("leader"), key)
    _sound(world)


def _undoable(world: World, kind: str) -> list[int]:
    query = select(Change.id).where(Change.kind == kind).order_by(Change.id.desc())
    return trade.rows(world.context, query)


def test_no_is_said_with_a_reason(world: World) -> None:
    bench = world.person("bench")
    key = repairing.offered(world)
    with pytest.raises(Refused):
        repairs.refuse(bench, key, " ")
    repairs.refuse(bench, key, "Stellet er knækket.")
    row = repairs.detail(world.person("leader"), key).row
    assert (row.stage, row.listed.reason) == (RepairStage.REFUSED, "Stellet er knækket.")
    with pytest.raises(Refused, match="turned down"):
        repairs.accept(world.person("leader"), key)


def test_a_wish_says_what_is_wrong_and_answers_the_question(world: World) -> None:
    leader = world.person("leader")
    with pytest.raises(Refused, match="what is wrong"):
        repairs.report(leader, dataclasses.replace(repairing.wish(world), fault=" "))
    with pytest.raises(Refused, match="question"):
        repairs.report(leader, dataclasses.replace(repairing.wish(world), answer=None))


def test_the_warehouse_only_fetches_it(world: World) -> None:
    lager, leader = world.person("lager"), world.person("leader")
    key = repairing.offered(world)
    listed = repairs.detail(leader, key).row.listed
    assert not pickups.listed(lager).rows
    assert not pickups.coming(lager)
    for act in (pickups.accept, pickups.close):
        with pytest.raises(Refused, match="is a repair"):
            act(lager, listed.pickup_id)
    repairs.accept(leader, key)
    [row] = pickups.listed(lager).rows
    assert not pickups.receivable(lager)
    pickups.plan(lager, row.id, world.context.today())
    assert _stage(world, key) is RepairStage.AGREED


def test_what_is_given_back_as_regretted_is_none_of_ones_own(world: World) -> None:
    key = repairing.brought_back(world)
    leader = world.person("leader")
    order = repairs.detail(leader, key).row.listed.order_id
    assert order is not None
    with pytest.raises(Refused):
        orders.give_back(leader, order)


def test_a_repair_is_settled_like_furniture(world: World) -> None:
    repairing.brought_back(world)
    receipts.confirm(world.person("leader"), receipts.listed(world.person("leader")).rows[0].id)
    controller = world.person("controller")
    today = world.context.today()
    shown = settlement.preview(controller, settlement.SettlementScope(today, today))
    assert (shown.charges, shown.net_ore, shown.debit_ore) == (4, 107_200, 107_200)


def test_a_warranty_that_still_runs_is_shown_first(world: World) -> None:
    def promise(work: Work) -> None:
        chair = work.session.get_one(Article, world.chair)
        chair.warranty_until = work.today
        chair.supplier, chair.spare_parts = "Scandinavian Business", "7200-21"

    world.context.write("article.save", None, promise)
    line = dataclasses.replace(repairing.CHAIRS, article_id=world.chair, pieces=1)
    found = repairs.detail(world.person("bench"), repairing.asked(world, line))
    assert found.warranty_until == world.context.today()
    assert found.row.listed.spare_parts == "7200-21"
    batch = Batch(parts=(Part("C", 1, "workshop"),), article_id=world.chair)
    intake.register(world.person("lager"), batch)
    [card] = cases.board(world.person("bench")).cards["assess"]
    shown = cases.detail(world.person("bench"), card.id)
    assert (shown.warranty_until, shown.supplier) == (found.warranty_until, "Scandinavian Business")


def test_an_approver_is_told_of_a_repair_above_the_limit(world: World) -> None:
    key = repairing.asked(world)
    task = repairing.task(world, "Maling")
    repairs.offer(world.person("bench"), key, [TaskOffer(task, 900_000)])
    repairs.accept(world.person("leader"), key)
    assert messages.unread_count(world.person("approver")) == 1


def test_others_do_not_see_it(world: World) -> None:
    key = repairing.asked(world)
    with pytest.raises(Refused):
        repairs.detail(world.person("controller"), key)


def test_what_is_their_own_is_repaired_again_or_cheaper_and_does_not_come_back(
    world: World,
) -> None:
    repairing.brought_back(world)
    lager = world.person("lager")
    delivery = receipts.listed(lager).rows[0].id
    line = receipts.detail(lager, delivery).pieces[0].line_id
    said = complaints.report(world.person("leader"), delivery, [line], "Den vipper igen.")
    with pytest.raises(Refused, match="furniture of their own"):
        complaints.agree_return(lager, said.ids[0])
    complaints.send_to_repair(lager, said.ids[0])
    assert check.run(world.context).ok

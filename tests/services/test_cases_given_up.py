"""What was ordered to be repaired or adapted and cannot be: told, brought home or had as it is."""

from collections.abc import Sequence
from decimal import Decimal

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.figures import LineKind
from moebelcirkel.domain.orders import Why
from moebelcirkel.domain.repairs import RepairStage
from moebelcirkel.domain.runs import Kept
from moebelcirkel.services import (
    cases,
    changes,
    check,
    complaints,
    deliveries,
    messages,
    orders,
    receipts,
    repairs,
    runs,
    settlement,
    stock,
)
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.repairs import Repair
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.clock import Clock
from tests.services import adapting, ordering, repairing, reporting, running
from tests.world import World

WHY = "Stellet er revnet."


def _sound(world: World) -> None:
    report = check.run(world.context)
    assert [check.text(finding) for finding in report.findings] == []


def _figures(world: World) -> list[FigureLine]:
    found: list[FigureLine] = trade.rows(world.context, select(FigureLine).order_by(FigureLine.id))
    return found


def _charged(world: World) -> list[tuple[str, int]]:
    rows: list[Charge] = trade.rows(world.context, select(Charge).order_by(Charge.id))
    return [(row.kind, row.amount_ore) for row in rows]


def _units(world: World) -> list[Unit]:
    found: list[Unit] = trade.rows(world.context, select(Unit).order_by(Unit.id))
    return found


def _order(world: World, repair_id: int) -> int:
    order = repairs.detail(world.person("leader"), repair_id).row.listed.order_id
    assert order is not None
    return order


def _case(world: World, repair_id: int) -> int:
    return adapting.case_of(world, _order(world, repair_id))


def _lines_in(world: World, order_id: int, state: str) -> list[int]:
    return [line.id for line in ordering.lines_of(world, order_id) if line.state == state]


def _open_lines(world: World, order_id: int) -> list[int]:
    return _lines_in(world, order_id, "open")


def _bring(world: World, lines: Sequence[int]) -> int:
    """Picked and handed over; answers the change."""
    lager = world.person("lager")
    deliveries.pick(lager, lines)
    return deliveries.hand_over(lager, line_ids=lines).change_id or 0


def _given_up(world: World) -> int:
    """Four chairs of the school's own, of which none can be repaired."""
    key = repairing.received(world)
    cases.give_up(world.person("bench"), _case(world, key), WHY)
    return key


def _half_done(world: World) -> int:
    """Two of four cannot be repaired, the others are; half of the one task was done in vain."""
    bench, key = world.person("bench"), repairing.received(world)
    case_id = _case(world, key)
    detail = cases.detail(bench, case_id)
    cases.set_task(bench, detail.tasks[0].id, done=True, parts_ore=80_000)
    other = cases.split(bench, case_id, [piece.unit_id for piece in detail.pieces[:2]]).new_id
    cases.give_up(bench, other, WHY)
    cases.finish(bench, case_id, "B")
    return key


def test_their_own_goes_home_at_nothing_and_they_are_told_why(world: World) -> None:
    leader, key = world.person("leader"), repairing.received(world)
    case_id = _case(world, key)
    done = cases.give_up(world.person("bench"), case_id, f" {WHY} ")
    assert (done.pieces, done.less_ore) == (4, 4 * 26_800)
    detail = repairs.detail(leader, key)
    assert (detail.row.stage, detail.row.total_ore) == (RepairStage.NOT_DONE, 0)
    assert [(each.reason, each.pieces) for each in detail.not_done] == [(WHY, 4)]
    assert orders.detail(leader, _order(world, key)).row.total_ore == 0
    told = messages.listed(leader)[0]
    assert WHY in told.body
    assert "koster ikke noget" in told.body
    assert (told.entity, told.entity_id) == ("repair", key)
    assert {unit.state for unit in _units(world)} == {"ordered"}
    _sound(world)
    with pytest.raises(Refused):
        cases.detail(world.person("bench"), case_id)
    _bring(world, _open_lines(world, _order(world, key)))
    assert repairs.detail(leader, key).row.stage is RepairStage.BACK
    assert {(unit.state, unit.holder_id) for unit in _units(world)} == {("delivered", world.school)}
    assert _charged(world) == [("repair", 0)] * 4
    _sound(world)


def test_the_way_home_and_what_was_done_in_vain_are_late_costs(world: World) -> None:
    key = _half_done(world)
    assert repairs.detail(world.person("leader"), key).row.stage is RepairStage.READY
    assert repairs.detail(world.person("leader"), key).row.total_ore == 2 * 26_800
    _bring(world, _open_lines(world, _order(world, key)))
    lines = _figures(world)
    assert sorted((line.kind, line.count) for line in lines) == [
        *[("hand_over", 1)] * 2,
        *[("late_cost", 0)] * 2,
    ]
    for line in lines:
        if line.kind == "late_cost":
            # 200 kr. of the task, and the usual transport of 100 kr.; 30 km by the tonne.
            mass = Decimal(str(line.inputs["mass_kg"]))
            spent = Decimal(str(line.inputs["r_kg"])) + mass * 30 * Decimal("0.78225") / 1000
            assert (line.cash_ore, line.lifetime_ore, line.new_value_ore) == (-30_000, -30_000, 0)
            assert abs(Decimal(-(line.net_g or 0)) - spent * 1000) < 1
            assert line.gross_g == 0
            assert (line.bound_low_g or 0) < (line.net_g or 0) < (line.bound_high_g or 0)
            assert line.institution_id == world.school
    assert sorted(_charged(world)) == [*[("outside", 26_800)] * 2, *[("repair", 0)] * 2]
    _sound(world)
    receipts.confirm(world.person("leader"), receipts.listed(world.person("leader")).rows[0].id)
    controller, today = world.person("controller"), world.context.today()
    shown = settlement.preview(controller, settlement.SettlementScope(today, today))
    assert (shown.charges, shown.net_ore) == (4, 2 * 26_800)


def test_a_run_that_drives_it_home_is_borne_by_it_too(world: World) -> None:
    key, lager = _half_done(world), world.person("lager")
    lines = _open_lines(world, _order(world, key))
    deliveries.pick(lager, lines)
    run = running.run(world)
    runs.add_delivery(lager, run, world.school)
    deliveries.hand_over(lager, line_ids=lines)
    _sound(world)
    closed = runs.close(lager, run, Decimal(40))
    assert closed.pieces == 4
    _sound(world)
    driven = [line for line in _figures(world) if line.kind == "transport"]
    assert sum(int(line.inputs["share_ore"]) for line in driven) == closed.cost_ore
    # What gained nothing is put right by the run as any other, but its gross tells of no costs.
    known = {line.id: line for line in _figures(world)}
    of_home = [line for line in driven if known[line.corrects_id or 0].kind == "late_cost"]
    assert [line.gross_g for line in of_home] == [0, 0]
    for line in of_home:
        base = known[line.corrects_id or 0]
        share = int(line.inputs["share_ore"])
        assert base.cash_ore + line.cash_ore == -20_000 - share
    changes.undo(lager, closed.change_id or 0)
    _sound(world)
    runs.close(lager, run, Decimal(41))
    number = trade.number(world.context, of_home[0].unit_id)
    deliveries.take_back(lager, [Returned(number, "C")], place_id=world.shelf)
    _sound(world)


def test_a_report_adds_it_up_and_prints_it(world: World) -> None:
    key = _half_done(world)
    _bring(world, _open_lines(world, _order(world, key)))
    report = reporting.preview(world)
    assert report.totals.pieces == 2
    assert sum(line.cash_ore for line in report.lines) == report.totals.cash_ore
    spent = [row for row in report.lines if row.kind is LineKind.LATE_COST]
    assert [(row.refurbishment, row.transport, row.cash_ore) for row in spent] == [
        (20_000, 10_000, -30_000)
    ] * 2
    assert {row.institution for row in spent} == {"Søndervangskolen"}


def test_each_step_is_undone_and_done_anew(world: World) -> None:
    key, bench, lager = repairing.received(world), world.person("bench"), world.person("lager")
    done = cases.give_up(bench, _case(world, key), WHY)
    changes.undo(bench, done.change_id or 0)
    assert repairs.detail(bench, key).row.stage is RepairStage.WORKSHOP
    assert orders.detail(lager, _order(world, key)).row.total_ore == 4 * 26_800
    assert messages.unread_count(world.person("leader")) == 1  # that the price was ready
    _sound(world)
    done = cases.give_up(bench, _case(world, key), WHY)
    assert repairs.detail(bench, key).row.stage is RepairStage.NOT_DONE
    brought = _bring(world, _open_lines(world, _order(world, key)))
    with pytest.raises(Refused):
        changes.undo(bench, done.change_id or 0)
    changes.undo(lager, brought)
    assert sum(line.cash_ore for line in _figures(world)) == 0
    _sound(world)
    deliveries.hand_over(lager, line_ids=_lines_in(world, _order(world, key), "picked"))
    _sound(world)


def test_it_comes_again_and_is_sold_like_any_other(world: World, clock: Clock) -> None:
    key, lager = _given_up(world), world.person("lager")
    _bring(world, _open_lines(world, _order(world, key)))
    clock.advance(days=3)
    numbers = [unit.number for unit in _units(world)]
    deliveries.take_back(
        lager, [Returned(number, "C") for number in numbers[:2]], place_id=world.shelf
    )
    _sound(world)
    again = repairing.agreed(world)
    repairs.receive(world.person("bench"), again, 1, numbers[2:3])
    _sound(world)
    cases.give_up(world.person("bench"), _case(world, again), "Den er stadig revnet.")
    _bring(world, _open_lines(world, _order(world, again)))
    _sound(world)
    units = [unit.id for unit in _units(world)[:2]]
    stock.put_on_sale(lager, units, price_ore=40_000)
    _bring(world, trade.order(world, units))
    _sound(world)
    deliveries.take_back(lager, [Returned(numbers[0], "C")], place_id=world.shelf)
    _sound(world)


def test_nobody_complains_of_what_cost_nothing(world: World) -> None:
    key, lager = _given_up(world), world.person("lager")
    _bring(world, _open_lines(world, _order(world, key)))
    delivery = receipts.listed(lager).rows[0].id
    line = receipts.detail(lager, delivery).pieces[0].line_id
    with pytest.raises(Refused, match="has cost nothing"):
        complaints.report(world.person("leader"), delivery, [line], "Den er i stykker.")


def test_what_cannot_be_adapted_is_had_as_it_is_or_cancelled(world: World) -> None:
    leader, bench = world.person("leader"), world.person("bench")
    sent = adapting.sent(world, 2, adapting.HIGHER, adapting.PAINTED)
    case_id = adapting.case_of(world, sent.order_id)
    task = cases.detail(bench, case_id).tasks[0]
    cases.set_task(bench, task.id, done=True)
    with pytest.raises(Refused, match="has begun"):
        orders.cancel(leader, sent.order_id)
    units = [line.unit_id for line in ordering.lines_of(world, sent.order_id)]
    other = cases.split(bench, case_id, units[:1]).new_id
    done = cases.give_up(bench, other, WHY)
    assert done.less_ore == adapting.HIGHER_ORE + adapting.PAINTED_ORE
    detail = orders.detail(leader, sent.order_id)
    each = trade.PRICE + adapting.HIGHER_ORE + adapting.PAINTED_ORE
    assert detail.row.total_ore == trade.PRICE + each
    assert [(each.reason, each.pieces) for each in detail.not_done] == [(WHY, 1)]
    told = messages.listed(leader)[0]
    assert told.subject.startswith("Kan alligevel ikke tilpasses")
    assert "kommer, som det er" in told.body
    _sound(world)
    # The other one has begun, and is theirs to have.
    with pytest.raises(Refused, match="has begun"):
        orders.cancel(leader, sent.order_id)
    line = next(
        each
        for each in ordering.lines_of(world, sent.order_id)
        if each.unit_id == units[0] and each.state == "open"
    )
    gone = orders.cancel(leader, sent.order_id, [line.id])
    assert ordering.states(world, units[:1]) == {"listed"}
    _sound(world)
    changes.undo(leader, gone.change_id or 0)
    _sound(world)
    _bring(world, [line.id])
    assert _charged(world) == [("hand_over", trade.PRICE)]
    _sound(world)
    adapting.finish(world, sent.order_id)
    _bring(world, _open_lines(world, sent.order_id))
    _sound(world)


def test_undone_it_is_adapted_after_all_but_not_behind_its_charge(world: World) -> None:
    bench, lager = world.person("bench"), world.person("lager")
    sent = adapting.sent(world, 1)
    done = cases.give_up(bench, adapting.case_of(world, sent.order_id), WHY)
    changes.undo(bench, done.change_id or 0)
    assert orders.detail(lager, sent.order_id).row.total_ore == sent.total_ore
    _sound(world)
    done = cases.give_up(bench, adapting.case_of(world, sent.order_id), WHY)
    brought = _bring(world, _open_lines(world, sent.order_id))
    back = changes.undo(lager, brought)
    assert back.change_id
    [line] = [each for each in ordering.lines_of(world, sent.order_id) if each.state == "picked"]
    deliveries.unpick(lager, [line.id])
    with pytest.raises(Refused):
        changes.undo(bench, done.change_id or 0)
    _sound(world)


def test_what_was_charged_with_the_work_and_taken_back_is_given_up_beside_it(world: World) -> None:
    bench, lager = world.person("bench"), world.person("lager")
    for order_id in (adapting.sent(world, 1).order_id, _order(world, repairing.received(world))):
        case_id = adapting.case_of(world, order_id)
        cases.set_task(bench, cases.detail(bench, case_id).tasks[0].id, done=True)
        finished = cases.finish(bench, case_id, "A")
        lines = _open_lines(world, order_id)
        picked = deliveries.pick(lager, lines)
        brought = deliveries.hand_over(lager, line_ids=lines)
        for done in (brought, picked, finished):
            changes.undo(lager, done.change_id or 0)
        _sound(world)
        cases.give_up(bench, case_id, WHY)
        _sound(world)
        _bring(world, _open_lines(world, order_id))
        _sound(world)
    assert sum(amount for _kind, amount in _charged(world)) == trade.PRICE


def test_each_piece_is_counted_once_whatever_line_it_has_now(world: World) -> None:
    leader, lager, bench = world.person("leader"), world.person("lager"), world.person("bench")
    sent = adapting.sent(world, 2)
    key, run = repairing.agreed(world), running.run(world)
    runs.add_pickup(lager, run, trade.row(world.context, Repair, key).pickup_id)
    repairs.receive(bench, key, 4)
    for case_id in (adapting.case_of(world, sent.order_id), _case(world, key)):
        cases.give_up(bench, case_id, WHY)
    own = _order(world, key)
    (stop,) = runs.one(lager, run).stops
    assert (stop.load.pieces, stop.repairs) == (4, 4)
    assert len(repairs.detail(leader, key).numbers) == 4
    today = world.context.today()
    _bring(world, _open_lines(world, own))
    orders.cancel(leader, sent.order_id)
    counted = deliveries.tally(leader, today, today)
    assert (counted.ordered, counted.delivered) == (6, 0)
    assert {(each.id, each.pieces) for each in counted.by_week[Kept.GIVEN_UP]} == {
        (sent.order_id, 2),
        (own, 4),
    }
    assert counted.small == counted.cheap == ()
    assert orders.detail(leader, sent.order_id).row.pieces == 2
    _sound(world)


def test_what_was_ready_once_stays_on_the_run_that_is_to_bring_it(world: World) -> None:
    bench, lager, sent = world.person("bench"), world.person("lager"), adapting.sent(world, 2)
    case_id = adapting.case_of(world, sent.order_id)
    ready = cases.finish(bench, case_id, "B", reason=WHY)
    run = running.run(world)
    runs.add_delivery(lager, run, world.school)
    changes.undo(bench, ready.change_id or 0)
    done = cases.give_up(bench, case_id, WHY)
    assert [stop.load.pieces for stop in runs.one(lager, run).stops] == [2]
    _sound(world)
    changes.undo(bench, done.change_id or 0)
    assert [stop.load.pieces for stop in runs.one(lager, run).stops] == [2]
    _sound(world)
    cases.give_up(bench, case_id, WHY)
    brought = _bring(world, _open_lines(world, sent.order_id))
    assert runs.close(lager, run, Decimal(40)).pieces == 2
    with pytest.raises(Refused, match="is closed"):
        changes.undo(lager, brought)
    _sound(world)


def test_what_is_refused(world: World) -> None:
    bench, leader = world.person("bench"), world.person("leader")
    case_id = _case(world, repairing.received(world))
    with pytest.raises(Refused):
        cases.give_up(leader, case_id, WHY)
    for wrong in (" ", "x" * 501, "ring til 010203-1234"):
        with pytest.raises((Refused, Invalid)):
            cases.give_up(bench, case_id, wrong)
    with pytest.raises(Refused):
        cases.give_up(bench, case_id, WHY, 99)
    own = cases.send(bench, trade.put_on_sale(world, 1)).case_id
    with pytest.raises(Refused, match="Nobody has ordered"):
        cases.give_up(bench, own, WHY)
    sent = adapting.sent(world, 1)
    adapted = adapting.case_of(world, sent.order_id)
    cases.set_task(bench, cases.detail(bench, adapted).tasks[0].id, done=True)
    orders.call_off(world.person("lager"), sent.order_id, Why.BROKEN)
    with pytest.raises(Refused, match="on no order"):
        cases.give_up(bench, adapted, WHY)
    cases.give_up(bench, case_id, WHY)
    with pytest.raises(Refused, match="already finished"):
        cases.give_up(bench, case_id, WHY)
    _sound(world)

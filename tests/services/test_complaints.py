"""Complaints about what was delivered: back, cheaper, repaired or no, and never the old charge."""

import datetime as dt
from pathlib import Path

import pytest

from moebelcirkel.domain.complaints import ComplaintState, Outcome
from moebelcirkel.domain.errors import Refused, Stale
from moebelcirkel.domain.figures import LineKind
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.language import day, refusal
from moebelcirkel.services import (
    cases,
    changes,
    complaints,
    deliveries,
    messages,
    orders,
    parameters,
    receipts,
    reports,
    settlement,
    stock,
    tasks,
)
from moebelcirkel.services.context import Context
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.clock import Clock
from tests.services import delivering, lending, reporting, settling, shopping
from tests.services.complaining import beside, charged, complained, handed, piece, row
from tests.services.settling import NOVEMBER
from tests.services.sound import assert_whole
from tests.world import World


@pytest.fixture
def leader(world: World) -> Context:
    return world.person("leader")


@pytest.fixture
def lager(world: World) -> Context:
    return world.person("lager")


def told(context: Context) -> list[str]:
    return [each.subject for each in messages.listed(context)]


def test_whoever_has_it_complains_of_some_pieces_and_the_warehouse_lists_it(
    world: World, leader: Context, lager: Context
) -> None:
    delivery, lines, _units = handed(world, 3)
    done = complaints.report(leader, delivery, lines[:2], " Den ene\nvakler ")
    assert done.numbers == ("R-00001", "R-00002")
    page = complaints.listed(lager, undecided=True)
    assert (page.total, complaints.open_count(lager), complaints.open_count(leader)) == (2, 2, 0)
    detail = complaints.detail(lager, done.ids[0])
    assert (detail.alike, detail.may_decide, detail.row.there) == (2, True, True)
    assert (detail.row.wrong, detail.row.charged_ore) == ("Den ene\nvakler", trade.PRICE)
    assert isinstance(detail.row.charged_ore, int)  # a server's sums are exact numbers of its own
    assert not complaints.detail(leader, done.ids[0]).may_decide
    said = receipts.detail(leader, delivery).complaints
    assert [(each.number, each.state) for each in said] == [
        ("R-00001", ComplaintState.OPEN),
        ("R-00002", ComplaintState.OPEN),
    ]
    line = trade.row(world.context, OrderLine, lines[0])
    order = orders.detail(leader, line.order_id)
    assert [each.number for each in order.receipts[0].complaints] == list(done.numbers)
    assert order.history[-1].kind == "complaint.report"
    assert complaints.listed(lager, text=page.rows[0].unit).total == 1
    assert complaints.listed(lager, text=page.rows[0].order).total == 2
    assert complaints.listed(lager, text="findes ikke").total == 0
    assert_whole(world)


def test_only_who_has_it_or_the_warehouse_complains_and_only_the_warehouse_decides(
    world: World, leader: Context, lager: Context
) -> None:
    delivery, lines, _units = handed(world, 2)
    neighbour = shopping.neighbour(world)
    for person in (neighbour, world.person("controller"), world.person("bench")):
        with pytest.raises(Refused):
            complaints.report(person, delivery, lines[:1], "Vakler")
    done = complaints.report(lager, delivery, lines[:1], "Sagt i telefonen")
    with pytest.raises(Refused):
        complaints.detail(neighbour, done.ids[0])
    assert complaints.listed(neighbour).total == 0
    for decide in (complaints.agree_return, complaints.send_to_repair):
        with pytest.raises(Refused):
            decide(leader, done.ids[0])
    with pytest.raises(Refused):
        complaints.lower_price(leader, done.ids[0], 0)
    with pytest.raises(Refused):
        complaints.refuse(leader, done.ids[0], "Nej")


def test_what_cannot_be_complained_of(world: World, leader: Context) -> None:
    delivery, lines, units = handed(world, 2)
    for pieces, wrong, why in (
        ([], "Vakler", "Choose the pieces"),
        (lines, "  ", "Write what is wrong"),
        (lines, "Ring til 010190-1234", "CPR"),
    ):
        with pytest.raises(Refused, match=why):
            complaints.report(leader, delivery, pieces, wrong)
    complaints.report(leader, delivery, lines[:1], "Vakler")
    with pytest.raises(Refused, match="R-00001 is about one of these"):
        complaints.report(leader, delivery, lines, "Vakler stadig")
    delivering.back(world, units[1:])
    with pytest.raises(Refused, match="come back meanwhile"):
        complaints.report(leader, delivery, lines[1:], "Var i stykker")
    other, more, _units = handed(world, 1)
    with pytest.raises(Refused, match="not been handed over"):
        complaints.report(leader, delivery, more, "Vakler")
    lent = lending.lent(world, 1)
    loan = trade.row(world.context, OrderLine, more[0] + 1)
    assert (loan.unit_id, other) == (lent[0], other)
    with pytest.raises(Refused, match="on loan"):
        complaints.report(leader, loan.delivery_id, [loan.id], "Vakler")


def test_a_complaint_is_turned_down_with_a_reason_that_is_told(
    world: World, leader: Context, lager: Context
) -> None:
    done, lines, _units = complained(world)
    with pytest.raises(Refused, match="Write why"):
        complaints.refuse(lager, done.ids[0], " ")
    said = complaints.refuse(lager, done.ids[0], "Det er brugsspor", alike=True)
    assert said.ids == done.ids
    assert told(leader)[0] == "Reklamation R-00001 er afvist"
    shown = row(world, done.ids[1])
    assert (shown.state, shown.outcome, shown.reason) == (
        ComplaintState.CLOSED,
        Outcome.REFUSED,
        "Det er brugsspor",
    )
    assert (charged(world, lines[0]), beside(world)) == (trade.PRICE, [])
    with pytest.raises(Refused, match="decided already"):
        complaints.agree_return(lager, done.ids[0])
    assert_whole(world)
    changes.undo(lager, said.change_id or 0)
    assert complaints.detail(lager, done.ids[0]).may_decide
    # What was turned down can be complained of again.
    complaints.refuse(lager, done.ids[0], "Nej")
    delivery = trade.row(world.context, OrderLine, lines[0]).delivery_id
    complaints.report(leader, delivery, lines[:1], "Nu er den helt løs")
    assert_whole(world)


def test_a_lower_price_is_a_charge_of_its_own_also_after_the_first_was_settled(
    world: World, leader: Context, lager: Context, tmp_path: Path
) -> None:
    settling.ready(world)
    delivery, lines, _units = handed(world)
    before = settling.made(world)
    settling.released(world, settling.second(world), before.id, tmp_path)
    done = complaints.report(leader, delivery, lines[:1], "Vakler")
    for wrong in (trade.PRICE, trade.PRICE + 1, -1):
        with pytest.raises(Refused, match="below what is charged"):
            complaints.lower_price(lager, done.ids[0], wrong)
    said = complaints.lower_price(lager, done.ids[0], 100_00)
    assert (charged(world, lines[0]), charged(world, lines[1])) == (100_00, trade.PRICE)
    [line] = beside(world)
    assert (line.price_paid_ore, line.cash_ore, line.net_g, line.count) == (
        100_00 - trade.PRICE,
        0,
        0,
        0,
    )
    assert told(leader)[0] == "Reklamation R-00001: ny pris"
    preview = settlement.preview(world.person("controller"), NOVEMBER)
    assert (preview.charges, preview.net_ore) == (1, 100_00 - trade.PRICE)
    assert settling.made(world).net_ore == 100_00 - trade.PRICE
    assert_whole(world)
    # A second complaint goes on from what is charged now.
    more = complaints.report(leader, delivery, lines[:1], "Endnu en fejl")
    with pytest.raises(Refused, match="below what is charged"):
        complaints.lower_price(lager, more.ids[0], 100_00)
    complaints.lower_price(lager, more.ids[0], 0)
    assert charged(world, lines[0]) == 0
    assert_whole(world)
    with pytest.raises(Refused, match="R-00002 came after it"):
        changes.undo(lager, said.change_id or 0)
    assert charged(world, lines[0]) == 0


def test_a_lower_price_is_undone_by_an_opposite_charge(world: World, lager: Context) -> None:
    done, lines, _units = complained(world)
    said = complaints.lower_price(lager, done.ids[0], 0, alike=True)
    changes.undo(lager, said.change_id or 0)
    assert (charged(world, lines[0]), row(world, done.ids[0]).state) == (
        trade.PRICE,
        ComplaintState.OPEN,
    )
    assert_whole(world)
    complaints.lower_price(lager, done.ids[0], 0, alike=True)
    assert (charged(world, lines[1]), row(world, done.ids[1]).outcome) == (0, Outcome.PRICE)
    assert_whole(world)


def test_what_may_come_back_has_its_price_given_back_when_it_does(
    world: World, leader: Context, lager: Context
) -> None:
    done, lines, units = complained(world)
    complaints.agree_return(lager, done.ids[0], alike=True)
    assert row(world, done.ids[0]).state is ComplaintState.AGREED
    assert charged(world, lines[0]) == trade.PRICE
    assert told(leader)[0] == "Reklamation R-00001: vi tager møblerne retur"
    assert_whole(world)
    change = delivering.back(world, units[:1], "C")
    assert (row(world, done.ids[0]).state, charged(world, lines[0])) == (ComplaintState.CLOSED, 0)
    assert (row(world, done.ids[1]).state, charged(world, lines[1])) == (
        ComplaintState.AGREED,
        trade.PRICE,
    )
    assert piece(world, units[0]).state is State.RECEIVED
    kinds = [(line.kind, line.count) for line in delivering.figures(world.context)]
    assert kinds[2:] == [("complaint", 0), ("adjustment", 0)]
    assert_whole(world)
    changes.undo(lager, change)
    assert (row(world, done.ids[0]).state, charged(world, lines[0])) == (
        ComplaintState.AGREED,
        trade.PRICE,
    )
    assert_whole(world)
    delivering.back(world, units)
    assert [charged(world, line) for line in lines] == [0, 0]
    assert_whole(world)


def test_what_came_back_before_anybody_decided_is_settled_by_the_decision(
    world: World, leader: Context, lager: Context
) -> None:
    done, lines, units = complained(world)
    came = delivering.back(world, units)
    assert not complaints.detail(lager, done.ids[0]).row.there
    with pytest.raises(Refused, match="not there any more"):
        complaints.send_to_repair(lager, done.ids[0])
    complaints.agree_return(lager, done.ids[0])
    assert (row(world, done.ids[0]).state, charged(world, lines[0])) == (ComplaintState.CLOSED, 0)
    with pytest.raises(Refused, match="R-00001 gave back its price"):
        changes.undo(lager, came)
    # It may have been sold on since: who had it is still given the difference.
    complaints.lower_price(lager, done.ids[1], 50_00)
    assert charged(world, lines[1]) == 50_00
    assert_whole(world)


def repaired(world: World, case_id: int) -> cases.CaseFinished:
    bench = world.person("bench")
    kind = next(each for each in tasks.task_types(bench) if each.form.name == "Skift gaspatron")
    cases.add_task(bench, case_id, kind.id, done=True)
    return cases.finish(bench, case_id, "A")


def test_what_is_repaired_stays_whose_it_is_and_its_cost_is_booked_there(
    world: World, leader: Context, lager: Context
) -> None:
    done, lines, units = complained(world)
    sent = complaints.send_to_repair(lager, done.ids[0])
    unit = piece(world, units[0])
    assert (unit.state, unit.holder_id, unit.place_id) == (
        State.MENDING,
        world.school,
        world.workshop,
    )
    card = cases.detail(world.person("bench"), sent.case_id or 0)
    assert card.note == "R-00001: Vakler"
    assert told(leader)[0] == "Reklamation R-00001: vi reparerer"
    assert_whole(world)
    for refused in (
        lambda: stock.scrap(lager, [units[0]], "broken"),
        lambda: delivering.back(world, [units[0]]),
        lambda: cases.send(lager, [units[0]]),
    ):
        with pytest.raises(Refused, match="being repaired for who has it"):
            refused()
    finished = repaired(world, sent.case_id or 0)
    unit = piece(world, units[0])
    assert (unit.state, unit.holder_id, unit.place_id, unit.condition) == (
        State.DELIVERED,
        world.school,
        None,
        "A",
    )
    assert row(world, done.ids[0]).state is ComplaintState.CLOSED
    [line] = beside(world)
    assert (line.price_paid_ore, line.count, line.institution_id) == (0, 0, world.school)
    assert (line.cash_ore, line.net_g) == (-27_500, -3_000)
    assert charged(world, lines[0]) == trade.PRICE
    assert told(leader)[0] == "Reklamation R-00001: repareret"
    assert_whole(world)
    # What it cost is in no later hand-over.
    changes.undo(world.person("bench"), finished.change_id or 0)
    assert piece(world, units[0]).state is State.MENDING
    assert_whole(world)
    cases.finish(world.person("bench"), sent.case_id or 0, "B")
    delivering.back(world, [units[0]])
    assert_whole(world)


def test_a_repair_is_undone_while_nothing_was_done(world: World, lager: Context) -> None:
    done, _lines, units = complained(world)
    sent = complaints.send_to_repair(lager, done.ids[0], alike=True)
    changes.undo(lager, sent.change_id or 0)
    assert piece(world, units[1]).state is State.DELIVERED
    assert complaints.detail(lager, done.ids[0]).may_decide
    assert_whole(world)


def test_a_hand_over_stands_as_long_as_something_is_said_of_it(
    world: World, leader: Context, lager: Context
) -> None:
    lines = trade.order(world, trade.put_on_sale(world, 1))
    deliveries.pick(lager, lines)
    handing = deliveries.hand_over(lager, line_ids=lines)
    delivery = trade.row(world.context, OrderLine, lines[0]).delivery_id
    done = complaints.report(leader, delivery, lines, "Vakler")
    with pytest.raises(Refused, match="R-00001 is about what was delivered"):
        changes.undo(lager, handing.change_id or 0)
    changes.undo(leader, done.change_id or 0)
    assert complaints.listed(lager).total == 0
    with pytest.raises(Stale):
        complaints.detail(lager, done.ids[0])
    changes.undo(lager, handing.change_id or 0)
    assert_whole(world)


def test_a_report_tells_a_repair_and_a_lower_price_line_by_line(
    world: World, lager: Context
) -> None:
    tasks.confirm_rates(world.context)
    done, _lines, _units = complained(world)
    complaints.lower_price(lager, done.ids[0], 100_00)
    sent = complaints.send_to_repair(lager, done.ids[1])
    repaired(world, sent.case_id or 0)
    period = dt.date(2026, 1, 1), dt.date(2026, 12, 31)
    asker = reporting.controller(world)
    drawn = reports.preview(asker, *period)
    assert drawn.totals.paid_ore == trade.PRICE + 100_00
    assert drawn.totals.pieces == 2
    told = [row for row in drawn.lines if row.kind is LineKind.COMPLAINT]
    assert [(row.pieces, row.paid_ore, row.refurbishment, row.task_co2) for row in told] == [
        (0, 100_00 - trade.PRICE, 0, 0),
        (0, 0, 27_500, 3_000),
    ]
    assert sum(row.cash_ore for row in drawn.lines) == drawn.totals.cash_ore
    reports.record(asker, *period)
    assert_whole(world)


def test_after_the_deadline_only_the_warehouse_complains_for_them(
    world: World, leader: Context, lager: Context, clock: Clock
) -> None:
    delivery, lines, _units = handed(world, 3)
    detail = receipts.detail(leader, delivery)
    last = world.context.today() + dt.timedelta(days=14)
    assert (detail.may_complain, detail.complain_until) == (True, last)
    clock.advance(days=14)
    complaints.report(leader, delivery, lines[:1], "Vakler")
    clock.advance(days=1)
    assert not receipts.detail(leader, delivery).may_complain
    with pytest.raises(Refused) as refused:
        complaints.report(leader, delivery, lines[1:2], "Vakler")
    note = receipts.detail(leader, delivery).row.number
    said = f"Leverance {note} kunne der reklameres over til og med {day(last)}. Spørg lageret."
    assert refusal(refused.value) == said
    assert receipts.detail(lager, delivery).may_complain
    complaints.report(lager, delivery, lines[1:2], "Vakler")
    parameters.save(world.person("admin"), {"complain_days": 0})
    assert receipts.detail(leader, delivery).complain_until is None
    complaints.report(leader, delivery, lines[2:], "Vakler")
    assert_whole(world)


def test_what_is_registered_later_can_be_complained_of_from_then_on(
    world: World, leader: Context, lager: Context, clock: Clock
) -> None:
    units = trade.put_on_sale(world, 1)
    lines = trade.order(world, units)
    deliveries.pick(lager, lines)
    clock.advance(days=10)
    earlier = world.context.today() - dt.timedelta(days=10)
    deliveries.hand_over(lager, line_ids=lines, on=earlier)
    delivery = int(trade.row(world.context, OrderLine, lines[0]).delivery_id)
    clock.advance(days=14)
    complaints.report(leader, delivery, lines, "Vakler")
    assert_whole(world)

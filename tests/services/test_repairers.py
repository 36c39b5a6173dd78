"""Repairers outside the house: what is agreed, where the furniture is, and an invoice paid once."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from moebelcirkel.domain.errors import Invalid, Refused
from moebelcirkel.domain.repairers import AgreedPrice, ErrandStage, in_force, stage_of
from moebelcirkel.services import cases, deliveries, repairers, repairs, stock
from moebelcirkel.services.context import Context
from moebelcirkel.services.repairs import TaskOffer
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.orders import OrderLine
from tests import trade
from tests.services import mending, repairing
from tests.services.mending import NAME, TASK
from tests.services.sound import assert_whole
from tests.services.undoing import undo
from tests.world import World


def booked(world: World) -> list[int]:
    rows = trade.rows(world.context, select(UnitCost).order_by(UnitCost.unit_id))
    return [row.parts_ore for row in rows if row.count > 0]


def test_the_latest_price_that_is_in_force_is_the_agreed_one() -> None:
    prices = [AgreedPrice(1, dt.date(2026, 1, 1), 200), AgreedPrice(1, dt.date(2025, 1, 1), 100)]
    assert in_force(prices, dt.date(2024, 1, 1)) == {}
    assert in_force(prices, dt.date(2025, 12, 31)) == {1: 100}
    assert in_force(prices, dt.date(2026, 1, 1)) == {1: 200}


def test_an_invoice_comes_after_the_furniture() -> None:
    day = dt.date(2026, 1, 1)
    assert [stage_of(*each) for each in ((None, None), (day, None), (day, 0))] == [
        ErrandStage.OUT,
        ErrandStage.BACK,
        ErrandStage.SETTLED,
    ]


def test_a_repairer_is_kept_with_what_is_agreed(world: World, admin: Context) -> None:
    key = mending.hansen(world)
    [row] = repairers.repairers(admin)
    assert row.form == mending.form(world)
    [chosen] = repairers.choices(world.person("bench"))
    assert chosen.prices == {repairing.task(world, TASK): 26_800}
    later = AgreedPrice(repairing.task(world, TASK), admin.today() + dt.timedelta(days=1), 30_000)
    more = replace(row.form, prices=(*row.form.prices, later))
    saved = repairers.save(admin, more, key, row.version)
    [row] = repairers.repairers(admin)
    assert set(row.form.prices) == set(more.prices)
    assert repairers.choices(world.person("bench"))[0].prices == chosen.prices
    undo(admin, saved)
    assert repairers.repairers(admin)[0].form == mending.form(world)
    repairers.save(admin, replace(more, active=False), key, repairers.repairers(admin)[0].version)
    assert repairers.choices(world.person("bench")) == []


def test_a_repairer_that_cannot_be_is_refused(world: World, admin: Context) -> None:
    mending.hansen(world)
    form = mending.form(world)
    for wrong, field in (
        (form, "name"),
        (replace(form, name="Anden", cvr="12"), "cvr"),
        (replace(form, name="Anden", prices=(*form.prices, *form.prices)), "prices"),
        (replace(form, name="Anden", prices=(replace(form.prices[0], price_ore=-1),)), "prices"),
    ):
        with pytest.raises(Invalid) as refused:
            repairers.save(admin, wrong)
        assert set(refused.value.errors) == {field}


def test_the_name_is_a_persons_maybe_and_stands_in_no_event(world: World) -> None:
    mending.hansen(world)
    events = trade.rows(world.context, select(Event).where(Event.entity == "repairer"))
    assert events
    assert all(NAME not in str(event.after) for event in events)


def test_what_is_out_is_paid_once_and_shared_to_the_ore(world: World, bench: Context) -> None:
    repairer = mending.hansen(world)
    case, _units = mending.case(world)
    key = mending.sent(world, case, repairer)
    [shown] = cases.detail(bench, case).errands
    assert (shown.repairer, shown.task, shown.price_ore) == (NAME, TASK, 80_400)
    assert cases.detail(bench, case).state == "waiting"
    out = cases.board(bench, out=True)
    assert [each.errand for column in out.cards.values() for each in column] == [shown]
    with pytest.raises(Refused, match="Write first that it is back"):
        cases.finish(bench, case, "B")
    with pytest.raises(Refused, match="Write first that the furniture is back"):
        repairers.invoice(bench, key, "4711", 80_401)
    repairers.bring_back(bench, key)
    assert [task.done for task in cases.detail(bench, case).tasks] == [True]
    assert not any(cases.board(bench, out=True).cards.values())
    with pytest.raises(Refused, match="is missing"):
        cases.finish(bench, case, "B")
    repairers.invoice(bench, key, "4711", 80_401)
    repairers.invoice(bench, key, "4711", 80_401)
    assert cases.detail(bench, case).parts_ore == 80_401
    cases.finish(bench, case, "B")
    assert sorted(booked(world)) == [26_800, 26_800, 26_801]
    with pytest.raises(Refused, match="already finished"):
        repairers.invoice(bench, key, "4711", 1)
    assert_whole(world)


def test_an_invoice_is_of_one_case(world: World, bench: Context) -> None:
    repairer, other = mending.hansen(world), mending.hansen(world, "Snedker Holm")
    first, second, third = (
        mending.back(world, mending.case(world)[0], each) for each in (repairer, repairer, other)
    )
    repairers.invoice(bench, first, "4711", 80_400)
    with pytest.raises(Invalid) as refused:
        repairers.invoice(bench, second, "4711", 80_400)
    assert "number" in refused.value.errors
    repairers.invoice(bench, second, "4711-2", 80_400)
    repairers.invoice(bench, third, "4711", 80_400)
    assert_whole(world)


def test_what_a_repairer_does_is_not_corrected_by_hand(world: World, bench: Context) -> None:
    repairer = mending.hansen(world)
    case, units = mending.case(world)
    mending.sent(world, case, repairer)
    [task] = cases.detail(bench, case).tasks
    for act in (
        lambda: cases.set_task(bench, task.id, parts_ore=0),
        lambda: cases.set_task(bench, task.id, done=True),
        lambda: cases.remove_task(bench, task.id),
        lambda: cases.split(bench, case, units[:1]),
        lambda: stock.scrap(world.person("lager"), units[:1], "broken"),
        lambda: mending.sent(world, case, repairer),
    ):
        with pytest.raises(Refused, match=r"repairer does this task|Write first that it is back"):
            act()
    assert_whole(world)


def test_an_invoice_that_was_shared_with_another_case_is_not_corrected(
    world: World, bench: Context
) -> None:
    repairer = mending.hansen(world)
    case, units = mending.case(world)
    key = mending.back(world, case, repairer)
    repairers.invoice(bench, key, "4711", 80_401)
    cases.split(bench, case, units[:1])
    with pytest.raises(Refused, match="gone with pieces to another case"):
        repairers.invoice(bench, key, "4711", 90_000)
    for each in (case, cases.at_code(bench, trade.unit(world, units[0]).number).case_id or 0):
        cases.finish(bench, each, "B")
    assert sum(booked(world)) == 80_401
    assert_whole(world)


def test_every_step_is_undone_until_the_case_is_finished(world: World, bench: Context) -> None:
    repairer = mending.hansen(world)
    case, _units = mending.case(world, 2)
    before = cases.detail(bench, case)
    out = repairers.send(bench, case, repairer, repairing.task(world, TASK), 26_800)
    undo(bench, out)
    assert replace(cases.detail(bench, case), version=0) == replace(before, version=0)
    key = mending.sent(world, case, repairer)
    came = repairers.bring_back(bench, key)
    undo(bench, came)
    assert cases.detail(bench, case).errands[0].returned_on is None
    repairers.bring_back(bench, key)
    paid = repairers.invoice(bench, key, "4711", 1)
    undo(bench, paid)
    [shown] = cases.detail(bench, case).errands
    assert (shown.invoice_ore, shown.invoice_number) == (None, "")
    assert cases.detail(bench, case).parts_ore == 53_600
    paid = repairers.invoice(bench, key, "4711", 53_000)
    finished = cases.finish(bench, case, "B")
    with pytest.raises(Refused, match="finished since"):
        undo(bench, paid)
    undo(bench, finished)
    undo(bench, paid)
    assert_whole(world)


def test_a_case_that_is_out_is_not_undone(world: World, bench: Context) -> None:
    repairer = mending.hansen(world)
    case, units = mending.case(world)
    cases.finish(bench, case, "C")
    opened = cases.send(bench, units)
    mending.sent(world, opened.case_id, repairer)
    with pytest.raises(Refused):
        undo(bench, opened)


def test_days_that_cannot_be_are_refused(world: World, bench: Context) -> None:
    repairer, today = mending.hansen(world), bench.today()
    case, _units = mending.case(world)
    kind, later = repairing.task(world, TASK), today + dt.timedelta(days=1)
    for day in (later, today - dt.timedelta(days=400)):
        with pytest.raises(Invalid):
            repairers.send(bench, case, repairer, kind, 1, day)
    key = repairers.send(bench, case, repairer, kind, 1, today - dt.timedelta(days=2)).id
    for day in (later, today - dt.timedelta(days=3)):
        with pytest.raises(Refused):
            repairers.bring_back(bench, key, day)


def test_a_repairer_that_was_sent_something_is_not_deleted(
    world: World, admin: Context, bench: Context
) -> None:
    key = mending.hansen(world)
    case, _units = mending.case(world)
    mending.sent(world, case, key)
    [row] = repairers.repairers(admin)
    with pytest.raises(Refused, match="in use"):
        repairers.delete(admin, key, row.version)
    other = mending.hansen(world, "Snedker Holm")
    repairers.delete(admin, other, 1)
    assert [each.form.name for each in repairers.repairers(admin)] == [NAME]
    assert_whole(world)


def test_own_furniture_is_repaired_elsewhere_and_charged_as_agreed(
    world: World, bench: Context
) -> None:
    repairer, kind = mending.hansen(world), repairing.task(world, TASK)
    key = repairing.asked(world)
    repairs.offer(bench, key, [TaskOffer(kind, 26_800, repairer)])
    leader = world.person("leader")
    assert [task.repairer for task in repairs.detail(leader, key).tasks] == [NAME]
    repairs.accept(leader, key)
    case = repairs.receive(bench, key, 4).case_id
    errand = repairers.send(bench, case, repairer, kind, 26_800).id
    assert len(cases.detail(bench, case).tasks) == 1
    assert [each.repairer for each in repairs.detail(leader, key).errands] == [NAME]
    repairers.bring_back(bench, errand)
    repairers.invoice(bench, errand, "4711", 108_000)
    cases.finish(bench, case, "B")
    assert booked(world) == [27_000] * 4
    order = repairs.detail(leader, key).row.listed.order_id
    query = select(OrderLine).where(OrderLine.order_id == order)
    lines = [row.id for row in trade.rows(world.context, query)]
    lager = world.person("lager")
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    charges = trade.rows(world.context, select(Charge))
    assert [(each.kind, each.amount_ore) for each in charges] == [("outside", 26_800)] * 4
    assert_whole(world)

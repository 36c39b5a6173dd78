"""Repairs of a school's own furniture for tests: asked for, offered, agreed to, received."""

from sqlalchemy import select

from moebelcirkel.domain.answers import Answer
from moebelcirkel.services import cases, deliveries, orders, repairs
from moebelcirkel.services.pickups import ReportedLine
from moebelcirkel.services.repairs import RepairWish, TaskOffer
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from tests import trade
from tests.world import World

CHAIRS = ReportedLine(category_key="visitor_chair", name="Gæstestol", pieces=4, condition="C")


def wish(world: World, line: ReportedLine = CHAIRS) -> RepairWish:
    return RepairWish(
        institution_id=world.school,
        line=line,
        fault="Betrækket er slidt op.",
        answer=Answer.YES,
        contact="Teknisk service",
    )


def asked(world: World, line: ReportedLine = CHAIRS) -> int:
    return repairs.report(world.person("leader"), wish(world, line)).id


def task(world: World, name: str) -> int:
    found: list[TaskTypeRow] = trade.rows(world.context, select(TaskTypeRow).filter_by(name=name))
    return found[0].id


def offered(world: World, line: ReportedLine = CHAIRS) -> int:
    """Upholstered by another repairer at 268 kr. each."""
    key = asked(world, line)
    tasks = [TaskOffer(task(world, "Ompolstring, sæde"), 26_800)]
    repairs.offer(world.person("bench"), key, tasks)
    return key


def agreed(world: World, line: ReportedLine = CHAIRS) -> int:
    key = offered(world, line)
    repairs.accept(world.person("leader"), key)
    return key


def received(world: World, pieces: int = 4) -> int:
    key = agreed(world)
    repairs.receive(world.person("bench"), key, pieces)
    return key


def at_work(world: World) -> int:
    """The case of what a school owns; above its limit it is approved first."""
    key = offered(world)
    order = repairs.accept(world.person("leader"), key)
    if order.state == "awaiting":
        orders.approve(world.person("approver"), order.order_id)
    return repairs.receive(world.person("bench"), key, 4).case_id


def given_up(world: World) -> int:
    """What cannot be repaired after all, and went home."""
    case = at_work(world)
    done = cases.give_up(world.person("bench"), case, "Stellet er revnet.")
    _bring(world, done.order_id)
    return case


def _bring(world: World, order: int | None) -> None:
    rows: list[OrderLine] = trade.rows(
        world.context, select(OrderLine).where(OrderLine.order_id == order)
    )
    lines = [row.id for row in rows if row.state == "open"]
    lager = world.person("lager")
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)


def finished(world: World) -> int:
    """All is done, and the pieces are as good as new."""
    key = agreed(world)
    case = repairs.receive(world.person("bench"), key, 4).case_id
    bench = world.person("bench")
    for each in cases.detail(bench, case).tasks:
        cases.set_task(bench, each.id, done=True)
    cases.finish(bench, case, "B")
    return key


def brought_back(world: World) -> int:
    key = finished(world)
    _bring(world, repairs.detail(world.person("leader"), key).row.listed.order_id)
    return key

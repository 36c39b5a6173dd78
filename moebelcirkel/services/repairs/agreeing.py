"""The owner agrees to the price: the pieces get their numbers, and an order of them is made."""

from dataclasses import dataclass
from typing import Any

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.figures import Figures
from moebelcirkel.domain.labels import label_number
from moebelcirkel.domain.lifecycle import TABLE, Step
from moebelcirkel.domain.orders import LineState, OrderState, Pace, Way, Wishes
from moebelcirkel.domain.pickups import Access, PickupState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import articles, figures
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.figures import Refurbishment
from moebelcirkel.services.orders import sending
from moebelcirkel.services.orders.coming import promise
from moebelcirkel.services.orders.sending import Contents
from moebelcirkel.services.repairs.offering import undecided
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine
from moebelcirkel.storage.tables.repairs import Repair, RepairTask
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import not_allowed


@dataclass(frozen=True, slots=True)
class Agreed(Done):
    """The repair, and the order it became."""

    id: int
    order_id: int
    number: str
    state: str
    pieces: int
    total_ore: int


@writes("repair.accept", Action.ORDER)
def accept(work: Work, repair_id: int, version: int | None = None) -> Agreed:
    """Agree to the price; above the limit an approver decides, as of any other order."""
    repair, pickup = undecided(work, repair_id, version)
    work.require(Action.ORDER, pickup.institution_id)
    if pickup.institution_id is None or work.actor_id is None:
        raise not_allowed()
    if repair.offered_at is None:
        raise Refused(N_("{number} has no price yet."), number=pickup.number)
    [line] = pickup_queries.line_rows(work.session, pickup.id)
    tasks = repair_queries.task_rows(work.session, repair.id)
    article = _article(work, line)
    units = _units(work, line, article)
    contents = _contents(repair, pickup, tasks, {unit.id: unit for unit in units})
    institution, how = sending.stand(work, contents)
    ordered = max(work.today, repair.expected_on or work.today)
    promised = promise(work.session, institution, ordered)
    order = sending.order_of(work, contents, how, pickup.note, Way(Pace.USUAL, 0, promised))
    values = _estimate(work, repair, article, line.condition, tasks)
    work.bulk_insert(OrderLine, [_line(order, unit, contents, values) for unit in units])
    repair.order_id = order.id
    if order.state == OrderState.APPROVED:
        pickup.state = PickupState.ACCEPTED
    return Agreed(
        id=repair.id,
        order_id=order.id,
        number=order.number,
        state=order.state,
        pieces=len(units),
        total_ore=order.total_ore,
    )


def _contents(
    repair: Repair, pickup: Pickup, tasks: list[RepairTask], units: dict[int, Unit]
) -> Contents:
    each = sum(task.labour_ore + task.parts_ore + (task.outside_ore or 0) for task in tasks)
    wishes = Wishes(building=pickup.building, way_in=Access(pickup.access))
    return Contents(
        institution_id=pickup.institution_id or 0,
        cost_bearer_id=repair.cost_bearer_id,
        answer=repair.answer,
        held=(),
        units=units,
        wishes=wishes,
        each_ore=each,
    )


def _article(work: Work, line: PickupLine) -> Article:
    """The type that was reported, or one made of its name and category."""
    if line.article_id is None:
        values = ArticleValues(name=line.name, category_key=line.category_key)
        line.article_id = articles.create(work, values).id
    return work.get(Article, line.article_id)


def _units(work: Work, line: PickupLine, article: Article) -> list[Unit]:
    """A number for each piece; it stays its institution's and is not counted as given."""
    serial = work.next_number("unit", line.pieces)
    prefix = str(work.parameter("label_prefix"))
    state = TABLE[Step.CALL_IN].to
    rows = [
        {
            "serial": each,
            "number": label_number(prefix, each),
            "article_id": article.id,
            "state": state,
            "condition": line.condition,
            "received_on": work.today,
        }
        for each in range(serial, serial + line.pieces)
    ]
    return work.rows(Unit, work.bulk_insert(Unit, rows))


def _estimate(
    work: Work, repair: Repair, article: Article, condition: str, tasks: list[RepairTask]
) -> Figures:
    kinds = {
        kind.id: kind for kind in work.rows(TaskTypeRow, {each.task_type_id for each in tasks})
    }
    done = [kinds[each.task_type_id] for each in tasks]
    ore = sum(each.labour_ore + each.parts_ore + (each.outside_ore or 0) for each in tasks)
    kilos = sum((kind.co2e_kg for kind in done), Refurbishment().kg)
    work_on_it = Refurbishment(kilos, kilos, kilos, ore, any(kind.renews for kind in done))
    factors = figures.load_factors(work.session, work.today)
    return figures.estimate(factors, article, condition, repair.answer, refurbishment=work_on_it)


def _line(order: Order, unit: Unit, contents: Contents, values: Figures) -> dict[str, Any]:
    return {
        "order_id": order.id,
        "unit_id": unit.id,
        "article_id": unit.article_id,
        "condition": Condition(unit.condition),
        "price_ore": contents.price_of(unit),
        "new_price_ore": values.new_value_ore,
        "net_g": values.net_g,
        "exact": True,
        "state": LineState.OPEN,
    }

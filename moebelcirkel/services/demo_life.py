"""Three years of the example, working day by working day."""

import datetime as dt
from collections.abc import Callable, Sequence

from moebelcirkel.services import setup
from moebelcirkel.services.demo_people import Customer, Hall
from moebelcirkel.services.demo_plan import Plan
from moebelcirkel.services.demo_shelves import Shelves
from moebelcirkel.services.demo_stage import Stage
from moebelcirkel.services.demo_stock import Kind
from moebelcirkel.services.demo_trade import Trade
from moebelcirkel.services.demo_warehouse import Warehouse

Progress = Callable[[int, int], object]

#: In working days from the first: when somebody registers something wrong, or delivers wrongly.
_INTAKE_MISTAKES = range(37, 10_000, 131)
_DELIVERY_MISTAKES = range(83, 10_000, 260)
#: Before the end: the program is updated, and the factor set that came with it is in force.
_UPDATE = 20


def live(
    stage: Stage,
    plan: Plan,
    people: tuple[Sequence[Customer], Hall],
    kinds: Sequence[Kind],
    progress: Progress | None,
) -> tuple[Warehouse, Trade]:
    """Let the three years pass up to the evening before today."""
    customers, hall = people
    shelves = Shelves()
    warehouse = Warehouse(stage, plan, hall, kinds, customers, shelves)
    trade = Trade(stage, plan, customers, shelves, warehouse.expect_back)
    days = list(plan.days())
    for number, day in enumerate(days):
        if number == len(days) - _UPDATE:
            stage.move_to(day, 7)
            setup.load_reference(stage.context())
        _one_day(stage, warehouse, trade, number, day)
        if progress is not None:
            progress(number + 1, len(days))
    return warehouse, trade


def _one_day(stage: Stage, warehouse: Warehouse, trade: Trade, number: int, day: dt.date) -> None:
    stage.move_to(day, 7, 15)
    warehouse.finish_repairs(day)
    trade.pieces -= warehouse.take_back(day)
    if number in _INTAKE_MISTAKES:
        warehouse.mistake()
    warehouse.receive(day)
    if number < 2 or day.weekday() in (0, 3):
        warehouse.put_on_sale(day)
    if day.weekday() == 2 and (day.day - 1) // 7 in (0, 2):
        warehouse.scrap()
    stage.move_to(day, 9, 30)
    trade.order_for(day)
    stage.move_to(day, 11, 0)
    trade.decide(day)
    stage.move_to(day, 12, 30)
    trade.deliver(day)
    if number in _DELIVERY_MISTAKES:
        trade.undo_last_hand_over()

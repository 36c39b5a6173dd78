"""Three years of the example, working day by working day."""

import datetime as dt
from collections.abc import Callable, Sequence

from moebelcirkel.demo.driving import Van
from moebelcirkel.demo.leading import Leading
from moebelcirkel.demo.logins import ADMIN, SECOND_CONTROLLER
from moebelcirkel.demo.people import DRIVING_DAYS, Customer, Hall
from moebelcirkel.demo.plan import DemoPlan
from moebelcirkel.demo.shelves import Shelves
from moebelcirkel.demo.stage import DemoStage
from moebelcirkel.demo.stock import DemoArticle
from moebelcirkel.demo.trade import Trade
from moebelcirkel.demo.wanting import want
from moebelcirkel.demo.warehouse import Warehouse
from moebelcirkel.domain.orders import Pace
from moebelcirkel.services import parameters, reports, settlement
from moebelcirkel.services.start import setup

Progress = Callable[[int, int], object]

#: In working days from the first: when somebody registers something wrong, or delivers wrongly.
_INTAKE_MISTAKES = range(37, 10_000, 131)
_DELIVERY_MISTAKES = range(83, 10_000, 260)
#: Before the end: the program is updated, and the factor set that came with it is in force.
_UPDATE = 20
#: Who records the report of each half year, and on the first working day from which day on.
_CONTROLLER = "oekonomi"
_BOOKS_CLOSE = {1: 12, 7: 8}
#: So many working days before the end: which institution borrows, and for how many days. The first
#: forgets to bring it back.
_LOANS = {55: (9, 42), 25: (0, 90), 12: (4, 21)}
#: So many working days before the end small and urgent orders begin to cost, and who pays for it.
_FEES = 10
_HURRIED = {9: (6, Pace.URGENT), 8: (13, Pace.NOW)}
_COSTS = {"small_order_ore": 100_000, "small_fee_ore": 7_500, "urgent_days": 2}
#: From which day on the month before is settled: what came in it is confirmed by time then.
_SETTLED_FROM = 10


def live(
    stage: DemoStage,
    plan: DemoPlan,
    people: tuple[Sequence[Customer], Hall],
    kinds: Sequence[DemoArticle],
    progress: Progress | None,
) -> tuple[Warehouse, Trade]:
    """Let the three years pass up to the evening before today."""
    customers, hall = people
    shelves = Shelves()
    warehouse = Warehouse(stage, plan, hall, kinds, customers, shelves)
    trade = Trade(stage, plan, customers, shelves, Van(stage), warehouse.expect_back)
    leading = Leading(stage, warehouse, trade)
    days = list(plan.days())
    last_run = max(day for day in days if day.isoweekday() in DRIVING_DAYS)
    for number, day in enumerate(days):
        if number == len(days) - _UPDATE:
            stage.move_to(day, 7)
            setup.load_reference(stage.context())
        if loan := _LOANS.get(len(days) - number):
            stage.move_to(day, 7, 5)
            trade.lend(customers[loan[0]], day + dt.timedelta(days=loan[1]))
        want(stage, customers, day, len(days) - number)
        leading.hand_in(len(days) - number)
        _pay_for_haste(stage, trade, len(days) - number, day)
        if day == last_run:
            stage.move_to(day, 7, 10)
            trade.van.fetch_back(customers[4:], warehouse.expected())
        _one_day(leading, number, day, len(days) - number)
        if number and (half := _half_to_record(days[number - 1], day)):
            stage.act(_CONTROLLER, reports.record, *half)
        if number and (month := _month_to_settle(days[number - 1], day)):
            _settle(stage, *month)
        if progress is not None:
            progress(number + 1, len(days))
    trade.van.come_home()
    return warehouse, trade


def _pay_for_haste(stage: DemoStage, trade: Trade, left: int, day: dt.date) -> None:
    """Near the end some orders come sooner for a fee."""
    stage.move_to(day, 7, 5)
    if left == _FEES:
        stage.act(ADMIN, parameters.save, _COSTS)
    if hurried := _HURRIED.get(left):
        trade.hurry(trade.customers[hurried[0]], hurried[1])


def _one_day(leading: Leading, number: int, day: dt.date, left: int) -> None:
    stage, warehouse, trade = leading.stage, leading.warehouse, leading.trade
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
    leading.furnish(day, left)
    trade.order_for(day)
    stage.move_to(day, 11, 0)
    trade.decide(day)
    stage.move_to(day, 12, 30)
    trade.deliver(day)
    if number in _DELIVERY_MISTAKES:
        trade.undo_last_hand_over(day)


def _month_to_settle(before: dt.date, day: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last day of the month that is settled on this working day."""
    closing = day.replace(day=_SETTLED_FROM)
    if not before < closing <= day:
        return None
    last = day.replace(day=1) - dt.timedelta(days=1)
    return last.replace(day=1), last


def _settle(stage: DemoStage, start: dt.date, end: dt.date) -> None:
    """One makes the batch, another releases it, and finance has booked it by the evening."""
    asked = settlement.SettlementScope(start, end)
    if not settlement.preview(stage.context(_CONTROLLER), asked).charges:
        return
    made = stage.act(_CONTROLLER, settlement.make, asked)
    stage.act(SECOND_CONTROLLER, settlement.release, made.id, made.file_sha256)
    stage.act(_CONTROLLER, settlement.book, made.id, f"81{made.id:08d}")


def _half_to_record(before: dt.date, day: dt.date) -> tuple[dt.date, dt.date] | None:
    """First and last day of the half year whose books close on this working day."""
    closing = dt.date(day.year, day.month, _BOOKS_CLOSE.get(day.month, 1))
    if day.month not in _BOOKS_CLOSE or not before < closing <= day:
        return None
    last = day.replace(day=1) - dt.timedelta(days=1)
    return dt.date(last.year, last.month - 5, 1), last

"""Deliveries, returns and scrapping on chosen days, through the services, for tests of reports."""

import datetime as dt
from decimal import Decimal
from typing import Any

from moebelcirkel.documents.reports.savings import SavingsReport
from moebelcirkel.services import changes, deliveries, reports, stock, tasks
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from tests import trade
from tests.clock import Clock
from tests.world import World

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
#: The day on which the small municipality was made.
TODAY = dt.date(2026, 11, 20)


def fill_year(world: World, clock: Clock) -> None:
    """Hand-overs in March, August and September, one undone, one returned, one piece scrapped."""
    units, _change = deliver(world, clock, dt.date(2026, 8, 10), in_house=10)
    deliver(
        world,
        clock,
        dt.date(2026, 3, 2),
        institution=world.home,
        condition="C",
        answer="no",
        in_house=30,
    )
    deliver(
        world,
        clock,
        dt.date(2026, 9, 1),
        institution=world.home,
        condition="A",
        answer="unknown",
        in_house=19,
    )
    _units, undone = deliver(world, clock, dt.date(2026, 10, 5))
    changes.undo(world.person("lager"), undone)
    take_back(world, clock, dt.date(2026, 10, 22), units)
    scrap_after_work(world, clock, dt.date(2026, 11, 3), 15_000, "0.5")
    at(clock, TODAY)


def a_year(world: World, clock: Clock) -> None:
    """The same with hour rates that are the municipality's own."""
    tasks.confirm_rates(world.context)
    fill_year(world, clock)


def controller(world: World) -> Context:
    """Who makes the reports."""
    return world.person("controller")


def preview(world: World, **more: Any) -> SavingsReport:
    """The year as it would be reported now."""
    return reports.preview(controller(world), *YEAR, **more)


def recorded(world: World, institution_id: int | None = None) -> int:
    """A report of the year, recorded now: its id."""
    return int(reports.record(controller(world), *YEAR, institution_id).id)


def at(clock: Clock, day: dt.date) -> None:
    """Let it be noon in Denmark on that day."""
    clock.moment = dt.datetime.combine(day, dt.time(11), dt.UTC)


def deliver(
    world: World,
    clock: Clock,
    day: dt.date,
    *,
    institution: int | None = None,
    condition: str = "B",
    answer: str = "yes",
    count: int = 1,
    in_house: int = 0,
    work_ore: int = 0,
    **more: Any,
) -> tuple[list[int], int]:
    """Chairs handed over on a day after so many days in house: their ids, and the change."""
    at(clock, day - dt.timedelta(days=in_house))
    units = trade.put_on_sale(world, count, condition=condition, **more)
    if work_ore:
        work_on(world, units[0], day, work_ore, "0.5")
    at(clock, day)
    return units, _hand_over(
        world, trade.order(world, units, institution=institution, answer=answer)
    )


def deliver_again(world: World, clock: Clock, day: dt.date, unit_ids: list[int]) -> int:
    """Chairs that came back are put on sale and handed over anew: the change."""
    at(clock, day)
    stock.put_on_sale(world.person("lager"), unit_ids)
    return _hand_over(world, trade.order(world, unit_ids))


def _hand_over(world: World, lines: list[int]) -> int:
    lager = world.person("lager")
    deliveries.pick(lager, lines)
    done = deliveries.hand_over(lager, line_ids=lines)
    assert done.change_id is not None
    return done.change_id


def take_back(
    world: World, clock: Clock, day: dt.date, unit_ids: list[int], reason: str | None = None
) -> None:
    """The pieces come back on a day in condition C, if that is better than before for a reason."""
    at(clock, day)
    pieces = [Returned(trade.number(world.context, unit_id), "C", reason) for unit_id in unit_ids]
    deliveries.take_back(world.person("lager"), pieces, place_id=world.shelf)


def scrap_after_work(world: World, clock: Clock, day: dt.date, labour_ore: int, kg: str) -> None:
    """A chair is worked on and scrapped on a day."""
    at(clock, day)
    (unit_id,) = trade.put_on_sale(world, 1)
    work_on(world, unit_id, day, labour_ore, kg)
    lager = world.person("lager")
    stock.take_off_sale(lager, [unit_id])
    stock.scrap(lager, [unit_id], "unsellable")


def work_on(world: World, unit_id: int, day: dt.date, labour_ore: int, kg: str) -> None:
    """Half an hour of the workshop, booked on a chair."""

    def book(work: Work) -> None:
        task = TaskTypeRow(name=f"Rens {unit_id}", co2e_kg=Decimal(kg))
        work.session.add(task)
        work.session.flush()
        work.session.add(
            UnitCost(
                change_id=work.change_id,
                unit_id=unit_id,
                loop=2,
                task_type_id=task.id,
                count=1,
                minutes=Decimal(30),
                labour_ore=labour_ore,
                parts_ore=0,
                co2e_kg=Decimal(kg),
                co2e_low_kg=Decimal(kg),
                co2e_high_kg=Decimal(kg),
                renews=False,
                booked_on=day,
            )
        )

    world.context.write("case.finish", None, book)

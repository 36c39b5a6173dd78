"""What tests of deliveries and of returns both do: pick, book a task, take back."""

from decimal import Decimal

from sqlalchemy import select

from moebelcirkel.services import deliveries
from moebelcirkel.services.context import Context, Work
from moebelcirkel.services.deliveries import Returned
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.world import World


def picked(world: World, count: int, **more: object) -> tuple[list[int], list[int]]:
    """An order of so many pieces, all picked: pieces and lines."""
    units = trade.put_on_sale(world, count)
    lines = trade.order(world, units, **more)  # type: ignore[arg-type]
    deliveries.pick(world.person("lager"), lines)
    return units, lines


def figures(context: Context) -> list[FigureLine]:
    return trade.rows(context, select(FigureLine).order_by(FigureLine.id))


def back(world: World, units: list[int], condition: str = "B", **more: object) -> int:
    pieces = [Returned(trade.number(world.context, unit), condition) for unit in units]
    done = deliveries.take_back(
        world.person("lager"),
        pieces,
        place_id=world.shelf,
        **more,  # type: ignore[arg-type]
    )
    return done.change_id or 0


def cost(world: World, unit_id: int, task: str, ore: int = 0) -> None:
    """A finished task of the workshop, booked on the piece's present loop."""

    def fill(work: Work) -> None:
        kind = work.session.scalars(select(TaskTypeRow).where(TaskTypeRow.name == task)).one()
        unit = work.get(Unit, unit_id)
        work.session.add(
            UnitCost(
                change_id=work.change_id,
                unit_id=unit_id,
                loop=unit.loop,
                task_type_id=kind.id,
                minutes=Decimal(0),
                labour_ore=0,
                parts_ore=ore,
                co2e_kg=kind.co2e_kg,
                co2e_low_kg=kind.co2e_low_kg or kind.co2e_kg,
                co2e_high_kg=kind.co2e_high_kg or kind.co2e_kg,
                renews=kind.renews,
                booked_on=work.today,
            )
        )

    world.context.write("case.finish", None, fill)

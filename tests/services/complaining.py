"""What tests of complaints do: pieces that were delivered, complained of, and looked at."""

from sqlalchemy import func, select

from moebelcirkel.services import complaints, deliveries
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.units import Unit
from tests import trade
from tests.world import World


def handed(world: World, pieces: int = 2, **more: object) -> tuple[int, list[int], list[int]]:
    """The delivery, the lines and the pieces that the school was handed over."""
    lager = world.person("lager")
    units = trade.put_on_sale(world, pieces, **more)  # type: ignore[arg-type]
    lines = trade.order(world, units)
    deliveries.pick(lager, lines)
    deliveries.hand_over(lager, line_ids=lines)
    line = trade.row(world.context, OrderLine, lines[0])
    return int(line.delivery_id), lines, units


def complained(
    world: World, pieces: int = 2
) -> tuple[complaints.ComplaintsReported, list[int], list[int]]:
    """The leader's complaints about all of a delivery, its lines and its pieces."""
    delivery, lines, units = handed(world, pieces)
    done = complaints.report(world.person("leader"), delivery, lines, "Vakler")
    return done, lines, units


def row(world: World, complaint_id: int) -> Complaint:
    found: Complaint = trade.row(world.context, Complaint, complaint_id)
    return found


def piece(world: World, unit_id: int) -> Unit:
    found: Unit = trade.row(world.context, Unit, unit_id)
    return found


def charged(world: World, line_id: int) -> int:
    """What an order line costs by its charges."""
    query = select(func.sum(Charge.amount_ore)).where(Charge.order_line_id == line_id)
    return int(trade.rows(world.context, query)[0] or 0)


def beside(world: World) -> list[FigureLine]:
    """The figure lines that complaints have made."""
    query = select(FigureLine).where(FigureLine.kind == "complaint").order_by(FigureLine.id)
    return trade.rows(world.context, query)

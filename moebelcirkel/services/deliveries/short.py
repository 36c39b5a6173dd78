"""A piece that is missing at picking: what else is there like it, and taking that instead."""

from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State, Step, apply
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.deliveries.picking import lines_of, put_on, take
from moebelcirkel.storage.queries import deliveries as delivery_queries
from moebelcirkel.storage.queries.deliveries import ScannedFreePiece
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import gone

#: So many alike pieces are offered.
_MOST = 3


@dataclass(frozen=True, slots=True)
class MissingLine:
    """A line whose piece is missing, and what is like it; none where exactly it was ordered."""

    line_id: int
    order_id: int
    order: str
    number: str
    alike: tuple[ScannedFreePiece, ...]


@dataclass(frozen=True, slots=True)
class TookAlike(Done):
    """The piece that was picked, and the missing one that is no longer on sale."""

    number: str
    missing: str


def short(context: Context, line_id: int) -> MissingLine:
    """What can be done about a line that is not picked yet."""
    context.require(Action.PICK)
    with context.read() as session:
        line = session.get(OrderLine, line_id)
        if line is None or line.state != LineState.OPEN:
            raise gone()
        order = session.get_one(Order, line.order_id)
        unit = session.get_one(Unit, line.unit_id)
        alike = () if line.exact else delivery_queries.free_alike(session, unit, _MOST)
        return MissingLine(line.id, order.id, order.number, unit.number, tuple(alike))


@writes("delivery.pick", Action.PICK)
def take_alike(work: Work, line_id: int, unit_id: int) -> TookAlike:
    """Pick a free piece like the missing one, which goes off sale until it is found."""
    found = lines_of(work, [line_id])
    [line] = found.lines
    order, missing = found.order(line), found.unit(line)
    unit = work.get(Unit, unit_id)
    taken = work.session.get(Hold, unit_id) is not None
    if line.state != LineState.OPEN or line.exact or taken or not _alike(missing, unit):
        raise Refused(
            N_("{number} can no longer take the place of {missing}. Look at the list again."),
            number=unit.number,
            missing=missing.number,
        )
    put_on(work, line, unit, None, order)
    missing.state = apply(Step.UNLIST, missing.state, missing.number)
    missing.listed_at = None
    take(work, line, unit, order)
    return TookAlike(number=unit.number, missing=missing.number)


def _alike(missing: Unit, unit: Unit) -> bool:
    def looks(piece: Unit) -> tuple[object, ...]:
        return piece.article_id, piece.condition, piece.price_ore

    return unit.state == State.LISTED and looks(unit) == looks(missing)

"""What stands elsewhere about figure lines: order lines, changes and arrivals."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam, func, select, union
from sqlalchemy.orm import Session

from moebelcirkel.domain.figures import HANDED_KINDS, ChargeKind
from moebelcirkel.domain.repairs import Shares, summed
from moebelcirkel.storage import rows
from moebelcirkel.storage.history import History
from moebelcirkel.storage.queries.repairs import shares_of
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.repairs import Repair, RepairTask


@dataclass(frozen=True, slots=True)
class OrderedPiece:
    """What an order line says of its piece."""

    line_id: int
    unit_id: int
    article_id: int
    institution_id: int
    cost_bearer_id: int | None
    price_ore: int
    delivered_on: dt.date | None
    answer: str
    order_id: int
    loan_until: dt.date | None
    loan_rate_ore: int | None
    fee_ore: int | None


@dataclass(slots=True)
class Around:
    """What stands around the lines of a slice of pieces, by id.

    ``shares`` has what a piece of each order that is or was a repair costs;
    ``received`` has the first arrival of each piece that has come back; ``held`` the pieces that
    an order line has held, where it holds another one by now, each with the change it came by.
    """

    ordered: dict[int, OrderedPiece] = field(default_factory=dict)
    moments: dict[int, dt.datetime] = field(default_factory=dict)
    received: dict[int, dt.date] = field(default_factory=dict)
    shares: dict[int, Shares] = field(default_factory=dict)
    held: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def piece_on(self, order_line_id: int, change_id: int) -> int | None:
        """The piece an order line held when a change was made."""
        pieces = [unit for change, unit in self.held.get(order_line_id, ()) if change <= change_id]
        if pieces:
            return pieces[-1]
        ordered = self.ordered.get(order_line_id)
        return ordered.unit_id if ordered else None


_SLICE: tuple[Any, Any] = bindparam("first"), bindparam("last")
_BOOKED = select(FigureLine.order_line_id).where(FigureLine.unit_id.between(*_SLICE))
_LINES = (
    rows.query(
        OrderedPiece,
        OrderLine,
        Order,
        line_id=OrderLine.id,
        answer=func.coalesce(OrderLine.answer, Order.answer),
    )
    .join(Order, Order.id == OrderLine.order_id)
    .where(OrderLine.id.in_(_BOOKED))
)
_CHANGES = select(Change.id, Change.at).where(
    Change.id.in_(
        union(
            *(
                select(table.change_id).where(table.unit_id.between(*_SLICE))
                for table in (FigureLine, UnitCost)
            )
        )
    )
)
_OTHERS = (
    select(OrderLine.id)
    .join(FigureLine, FigureLine.order_line_id == OrderLine.id)
    .where(FigureLine.unit_id.between(*_SLICE), FigureLine.unit_id != OrderLine.unit_id)
    .distinct()
)
_EVENTS = select(Event.entity_id, Event.change_id, Event.after).where(
    Event.entity_id.in_(bindparam("keys", expanding=True))
)
_MADE = _EVENTS.where(Event.entity == "unit", Event.before.is_(None))
_HELD = _EVENTS.where(Event.entity == "order_line").order_by(Event.id)


def around(session: Session, first: int, last: int, returned: Iterable[int]) -> Around:
    """Read it for the pieces from ``first`` to ``last``, some of which have come back."""
    here = {"first": first, "last": last}
    found = Around()
    found.ordered.update(
        (row.line_id, row) for row in rows.fill(OrderedPiece, session, _LINES, here)
    )
    found.shares = shares_of(session, {row.order_id for row in found.ordered.values()})
    found.moments.update((key, moment) for key, moment in session.execute(_CHANGES, here))
    came = {"keys": [str(key) for key in returned]}
    for key, _change, after in session.execute(_MADE, came) if came["keys"] else ():
        found.received[int(key)] = dt.date.fromisoformat(after["received_on"])
    # Order lines that hold another piece than the one handed over with them once.
    others = {"keys": [str(key) for key in session.scalars(_OTHERS, here)]}
    for key, change_id, after in session.execute(_HELD, others) if others["keys"] else ():
        if after and "unit_id" in after:
            found.held.setdefault(int(key), []).append((change_id, after["unit_id"]))
    return found


def add_shares_before(session: Session, found: Around, charges: Iterable[Charge]) -> None:
    """Of repairs that were charged and undone to their offer since: as they were agreed to."""
    of_repairs = {*HANDED_KINDS} - {ChargeKind.HANDOVER}
    lines = {charge.order_line_id for charge in charges if charge.kind in of_repairs}
    orders = {found.ordered[key].order_id for key in lines & found.ordered.keys()}
    if not (gone := orders - found.shares.keys()):
        return
    tasks = History(session, RepairTask)
    tasks.read()
    for key, change_id, after in session.execute(_AGREED):
        order_id = (after or {}).get("order_id")
        if order_id in gone:
            were = (tasks.at(task, change_id) for task in tasks)
            of_it = [task for task in were if task is not None and task.repair_id == int(key)]
            found.shares[order_id] = summed(
                Shares(task.labour_ore, task.parts_ore, task.outside_ore or 0) for task in of_it
            )


_AGREED = (
    select(Event.entity_id, Event.change_id, Event.after)
    .where(Event.entity == Repair.__tablename__)
    .order_by(Event.id)
)

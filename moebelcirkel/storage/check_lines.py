"""What stands elsewhere about figure lines: order lines, changes, arrivals and factor sets."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from moebelcirkel.storage.changes import Change, Event
from moebelcirkel.storage.factors import Factor, FactorSet
from moebelcirkel.storage.figures import FigureLine
from moebelcirkel.storage.orders import Order, OrderLine

Figures = tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Ordered:
    """What an order line says of its piece."""

    unit_id: int
    institution_id: int
    price_ore: int
    delivered_on: dt.date | None
    answer: str


@dataclass(slots=True)
class Around:
    """What stands around the lines of a slice of pieces, by id.

    ``received`` has the first arrival of each piece that has come back; ``held`` the pieces that
    an order line has held, where it holds another one by now, each with the change it came by.
    """

    ordered: dict[int, Ordered] = field(default_factory=dict)
    moments: dict[int, dt.datetime] = field(default_factory=dict)
    received: dict[int, dt.date] = field(default_factory=dict)
    held: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def piece_on(self, order_line_id: int, change_id: int) -> int | None:
        """The piece an order line held when a change was made."""
        pieces = [unit for change, unit in self.held.get(order_line_id, ()) if change <= change_id]
        if pieces:
            return pieces[-1]
        ordered = self.ordered.get(order_line_id)
        return ordered.unit_id if ordered else None


@dataclass(frozen=True, slots=True)
class KnownSet:
    """A factor set: its id, and by category low, mid and high kg CO2e and the years of a life."""

    id: int
    figures: dict[str, Figures]


def around(session: Session, first: int, last: int, returned: Iterable[int]) -> Around:
    """Read it for the pieces from ``first`` to ``last``, some of which have come back."""
    booked = select(FigureLine.order_line_id).where(FigureLine.unit_id.between(first, last))
    lines = (
        select(
            OrderLine.id, OrderLine.unit_id, Order.institution_id, OrderLine.price_ore,
            OrderLine.delivered_on, OrderLine.answer, Order.answer,
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(OrderLine.id.in_(booked))
    )  # fmt: skip
    changes = select(Change.id, Change.at).where(
        Change.id.in_(select(FigureLine.change_id).where(FigureLine.unit_id.between(first, last)))
    )
    made = select(Event.entity_id, Event.after).where(
        Event.entity == "unit",
        Event.entity_id.in_([str(key) for key in returned]),
        Event.before.is_(None),
    )
    found = Around()
    for key, unit_id, institution_id, price, day, own_answer, answer in session.execute(lines):
        found.ordered[key] = Ordered(unit_id, institution_id, price, day, own_answer or answer)
    found.moments.update((key, moment) for key, moment in session.execute(changes))
    for key, after in session.execute(made):
        found.received[int(key)] = dt.date.fromisoformat(after["received_on"])
    for key, change_id, after in session.execute(_pieces_held(session, first, last)):
        if after and "unit_id" in after:
            found.held.setdefault(int(key), []).append((change_id, after["unit_id"]))
    return found


def _pieces_held(session: Session, first: int, last: int) -> Select[tuple[str, int, Any]]:
    """Events of order lines that hold another piece than the one handed over with them once."""
    others = (
        select(OrderLine.id)
        .join(FigureLine, FigureLine.order_line_id == OrderLine.id)
        .where(FigureLine.unit_id.between(first, last), FigureLine.unit_id != OrderLine.unit_id)
    )
    keys = [str(key) for key in session.scalars(others.distinct())]
    return (
        select(Event.entity_id, Event.change_id, Event.after)
        .where(Event.entity == "order_line", Event.entity_id.in_(keys))
        .order_by(Event.id)
    )


def factor_sets(session: Session) -> dict[str, KnownSet]:
    """All factor sets by name."""
    query = select(FactorSet.id, FactorSet.name)
    sets = {key: (name, KnownSet(key, {})) for key, name in session.execute(query)}
    figures = select(
        Factor.set_id, Factor.category_key, Factor.co2e_low_kg, Factor.co2e_mid_kg,
        Factor.co2e_high_kg, Factor.lifetime_years,
    )  # fmt: skip
    for set_id, category, *values in session.execute(figures):
        low, mid, high, years = values
        sets[set_id][1].figures[category] = (low, mid, high, years)
    return dict(sets.values())

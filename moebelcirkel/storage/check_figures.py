"""Figure lines and charges read for the check, and those that do not fit each other."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.check import Findings
from moebelcirkel.domain.errors import N_
from moebelcirkel.storage.cases import UnitCost
from moebelcirkel.storage.charges import Charge
from moebelcirkel.storage.figures import FigureLine
from moebelcirkel.storage.orders import OrderLine
from moebelcirkel.storage.units import Unit
from moebelcirkel.storage.work import CHUNK

Booked = TypeVar("Booked", FigureLine, Charge, UnitCost)


@dataclass(frozen=True, slots=True)
class Books:
    """What was booked on one piece, each in the order it was written, and the life it has left."""

    unit_id: int
    life_left: Decimal
    lines: list[FigureLine] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    costs: list[UnitCost] = field(default_factory=list)


def books_by_unit(session: Session) -> Iterator[Books]:
    """The books of one piece after the other, a slice of pieces at a time."""
    last = 0
    while True:
        pieces = select(Unit.id, Unit.life_left).where(Unit.id > last).order_by(Unit.id)
        books = {row.id: Books(*row) for row in session.execute(pieces.limit(CHUNK))}
        if not books:
            return
        first, last = min(books), max(books)
        for line in session.scalars(_of(FigureLine, first, last)):
            books[line.unit_id].lines.append(line)
        for charge in session.scalars(_of(Charge, first, last)):
            books[charge.unit_id].charges.append(charge)
        for cost in session.scalars(_of(UnitCost, first, last)):
            books[cost.unit_id].costs.append(cost)
        yield from books.values()
        session.expunge_all()


def _of(model: type[Booked], first: int, last: int) -> Select[Booked]:
    return select(model).where(model.unit_id.between(first, last)).order_by(model.id)


def corrections_are_single(session: Session, findings: Findings) -> None:
    """A line or a charge is reversed once at most."""
    for model, message in (
        (FigureLine, N_("Figure line {key} is reversed more than once.")),
        (Charge, N_("Charge {key} is reversed more than once.")),
    ):
        query = (
            select(model.corrects_id)
            .where(model.kind == "reversal")
            .group_by(model.corrects_id)
            .having(func.count() > 1)
        )
        for key in session.scalars(query):
            findings.add(message, key=key)


def prices_are_those_ordered(session: Session, findings: Findings) -> None:
    """What is charged is the price the order was sent with."""
    query = (
        select(Charge.id)
        .join(OrderLine, OrderLine.id == Charge.order_line_id)
        .where(Charge.kind == "hand_over", Charge.amount_ore != OrderLine.price_ore)
    )
    for key in session.scalars(query):
        findings.add(N_("Charge {key} is not the price that was ordered."), key=key)

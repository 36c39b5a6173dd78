"""Figure lines and charges read for the check, and those that do not fit each other."""

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar, cast

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.errors import N_
from moebelcirkel.domain.figures import ChargeKind, LineKind
from moebelcirkel.domain.lifecycle import Stage
from moebelcirkel.storage import rows
from moebelcirkel.storage.checks.asking import Question, asks
from moebelcirkel.storage.checks.lines import Around, add_shares_before, around
from moebelcirkel.storage.history import Was
from moebelcirkel.storage.tables.cases import Case, CaseTask, UnitCost
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import CHUNK

Booked = TypeVar("Booked", FigureLine, Charge, UnitCost)


@dataclass(frozen=True, slots=True)
class Books:
    """What was booked on one piece, each in the order it was written, and how the piece stands.

    ``around`` is what stands elsewhere about its lines and those of others.
    """

    unit_id: int
    life_left: Decimal
    loop: int
    received_on: dt.date
    number: str
    state: str
    around: Around
    lines: list[FigureLine] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    costs: list[UnitCost] = field(default_factory=list)


def books_by_unit(session: Session, before: Callable[[list[FigureLine]], None]) -> Iterator[Books]:
    """The books of one piece after the other, a slice of pieces at a time.

    ``before`` gets the lines of a slice before any of its books is handed out.
    """
    last = 0
    while True:
        rows = session.execute(_PIECES, {"last": last}).mappings().all()
        if not rows:
            return
        first, last = rows[0]["unit_id"], rows[-1]["unit_id"]
        returned = session.scalars(_RETURNED, {"first": first, "last": last})
        here = around(session, first, last, returned)
        books = {row["unit_id"]: Books(**row, around=here) for row in rows}
        lines = list(_of(session, FigureLine, first, last))
        before(lines)
        for line in lines:
            books[line.unit_id].lines.append(line)
        charges = list(_of(session, Charge, first, last))
        add_shares_before(session, here, charges)
        for charge in charges:
            books[charge.unit_id].charges.append(charge)
        for cost in _of(session, UnitCost, first, last):
            books[cost.unit_id].costs.append(cost)
        yield from books.values()


_PIECES = (
    select(
        Unit.id.label("unit_id"),
        Unit.life_left,
        Unit.loop,
        Unit.received_on,
        Unit.number,
        Unit.state,
    )
    .where(Unit.id > bindparam("last"))
    .order_by(Unit.id)
    .limit(CHUNK)
)
_SLICE: tuple[Any, Any] = bindparam("first"), bindparam("last")
_RETURNED = (
    select(FigureLine.unit_id)
    .where(FigureLine.unit_id.between(*_SLICE), FigureLine.kind == LineKind.ADJUSTMENT)
    .distinct()
)


def _of(session: Session, model: type[Booked], first: int, last: int) -> Iterator[Booked]:
    """What was booked on these pieces, as plain values: a session need not keep them."""
    names = model.__table__.columns.keys()
    for row in session.execute(_booked(model), {"first": first, "last": last}):
        yield cast(Booked, Was(dict(zip(names, row, strict=True))))


@functools.cache
def _booked(model: type[Booked]) -> Select[Any]:
    query = select(*model.__table__.columns).where(model.unit_id.between(*_SLICE))
    return query.order_by(model.id)


def with_corrected(
    session: Session, keys: Sequence[int]
) -> tuple[Sequence[FigureLine], Mapping[int, FigureLine]]:
    """Some lines, and by id those that they correct."""
    lines = session.scalars(select(FigureLine).where(FigureLine.id.in_(keys))).all()
    corrected = {line.corrects_id for line in lines if line.corrects_id is not None}
    query = select(FigureLine).where(FigureLine.id.in_(corrected))
    return lines, {line.id: line for line in session.scalars(query)}


@dataclass(frozen=True, slots=True)
class DoneTask:
    """A task that is done, of a case that is finished."""

    case_id: int
    task_type_id: int
    hour_rate_id: int
    minutes: int
    parts_ore: int


def done_tasks(session: Session) -> list[DoneTask]:
    """All done tasks of finished cases."""
    return rows.fill(DoneTask, session, _DONE)


_DONE = (
    rows.query(DoneTask, CaseTask)
    .join(Case, Case.id == CaseTask.case_id)
    .where(CaseTask.done, Case.state.in_((Stage.READY, Stage.CLOSED)))
)


@asks
def corrections_are_single() -> Iterator[Question]:
    """A line or a charge is reversed once at most."""
    for model, message in (
        (FigureLine, N_("Figure line {key} is reversed more than once.")),
        (Charge, N_("Charge {key} is reversed more than once.")),
    ):
        yield (
            select(model.corrects_id)
            .where(model.kind == LineKind.REVERSAL.value)
            .group_by(model.corrects_id)
            .having(func.count() > 1),
            message,
        )


@asks
def prices_are_those_ordered() -> Iterator[Question]:
    """What is charged is the price the order was sent with."""
    query = (
        select(Charge.id)
        .join(OrderLine, OrderLine.id == Charge.order_line_id)
        .where(Charge.kind == ChargeKind.HANDOVER, Charge.amount_ore != OrderLine.price_ore)
    )
    yield query, N_("Charge {key} is not the price that was ordered.")

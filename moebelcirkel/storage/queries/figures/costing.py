"""What the figures of a unit rest on: the factor set in force, its figures, and what was booked."""

import datetime as dt
import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, bindparam, case, func, select, union_all
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.figures import ChargeKind, LineKind
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.figures.standing import not_given_back, stands, uncorrected
from moebelcirkel.storage.queries.repairs import used
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.factors import Category, Factor, FactorSet
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks, forget_when_written

_LINE = aliased(OrderLine)

#: Where a session keeps the factors it has read.
_FACTORS = "factors"


def has_categories(session: Session) -> bool:
    """Whether the reference data is there."""
    return session.scalar(select(Category.key).limit(1)) is not None


def categories(session: Session) -> dict[str, Category]:
    """All of the reference data by key."""
    return {row.key: row for row in session.scalars(select(Category))}


def factor_set_on(session: Session, on: dt.date) -> FactorSet:
    """The released set in force on a day; the oldest one for days before all sets."""
    chosen = session.scalars(_LATEST, {"on": on}).first()
    return chosen or session.scalars(_OLDEST).one()


_RELEASED = select(FactorSet).where(FactorSet.released).limit(1)
_OLDEST = _RELEASED.order_by(FactorSet.valid_from)
_LATEST = _RELEASED.where(FactorSet.valid_from <= bindparam("on")).order_by(
    FactorSet.valid_from.desc(), FactorSet.id.desc()
)


def has_set(session: Session, name: str) -> bool:
    """Whether there is a factor set by this name, released or not."""
    return session.scalar(select(FactorSet.id).where(FactorSet.name == name)) is not None


def set_name(session: Session, set_id: int) -> str | None:
    """What a factor set is called."""
    return session.scalar(select(FactorSet.name).where(FactorSet.id == set_id))


def factors_of(
    session: Session, set_id: int, categories: Collection[str] | None = None
) -> Mapping[str, Factor]:
    """The figures of a set by category, or those of some; a session reads all of them once."""
    known: dict[int, dict[str, Factor]] = session.info.setdefault(_FACTORS, {})
    if set_id in known:
        return known[set_id]
    if categories is not None:
        asked = {"set_id": set_id, "categories": sorted(categories)}
        return {row.category_key: row for row in session.scalars(_SOME_FACTORS_OF, asked)}
    rows = session.scalars(_FACTORS_OF, {"set_id": set_id})
    known[set_id] = {row.category_key: row for row in rows}
    return known[set_id]


_FACTORS_OF = select(Factor).where(Factor.set_id == bindparam("set_id"))
_SOME_FACTORS_OF = _FACTORS_OF.where(
    Factor.category_key.in_(bindparam("categories", expanding=True))
)
forget_when_written(Factor, _FACTORS)


def costs_of(session: Session, loops: Mapping[int, int]) -> dict[int, list[UnitCost]]:
    """What was booked on units in the given loops, by unit id."""
    found: dict[int, list[UnitCost]] = {}
    for part in chunks(sorted(loops)):
        for cost in session.scalars(_COSTS_OF, {"units": part}):
            if cost.loop == loops[cost.unit_id]:
                found.setdefault(cost.unit_id, []).append(cost)
    return found


_COSTS_OF = select(UnitCost).where(UnitCost.unit_id.in_(bindparam("units", expanding=True)))


_BOOKED = func.sum(UnitCost.labour_ore + UnitCost.parts_ore)


def booked_in_house(session: Session, states: Collection[str]) -> tuple[int, int]:
    """Øre booked in their present loop on pieces in the given states, and on how many.

    So also what was booked on parts that are used in the workshop: it is told of no more when
    their piece leaves its case.
    """
    each = _by_piece(states).subquery()
    pieces = func.sum(case((each.c.ore != 0, 1), else_=0))
    ore, count = session.execute(select(func.sum(each.c.ore), pieces)).one()
    return int(ore or 0), int(count or 0)


def booked_among(session: Session, states: Collection[str], unit_ids: Collection[int]) -> int:
    """On how many of some pieces anything is booked so."""
    return sum(
        len(session.scalars(_by_piece(states, Unit.id.in_(part)).having(_BOOKED != 0)).all())
        for part in chunks(sorted(unit_ids))
    )


def _by_piece(states: Collection[str], *which: ColumnElement[bool]) -> Select[int, int]:
    # By the few pieces that are here: what was ever booked is far more, and grows.
    here = Unit.state.in_(sorted(states))
    asked = union_all(
        select(Unit.id, Unit.loop).where(here, *which),
        select(Unit.id, Unit.loop).where(~here, Unit.id.in_(used.at_work()), *which),
    ).subquery()
    return (
        select(UnitCost.unit_id, _BOOKED.label("ore"))
        .join(asked, (asked.c.id == UnitCost.unit_id) & (asked.c.loop == UnitCost.loop))
        .group_by(UnitCost.unit_id)
    )


def newest_hand_over(
    session: Session, unit_id: int, *, standing: bool = False
) -> FigureLine | None:
    """The unit's latest hand-over line, answered or not; ``standing`` leaves out reversed ones.

    Of a loan that was kept, which was undone, the hand-over before the newest is in force again.
    """
    return session.scalars(_newest_hand_over(standing), {"unit_id": unit_id}).first()


@functools.cache
def _newest_hand_over(standing: bool) -> Select[FigureLine]:  # noqa: FBT001 - as a key
    return (
        select(FigureLine)
        .where(FigureLine.unit_id == bindparam("unit_id"), FigureLine.kind == LineKind.HANDOVER)
        .where(*([stands(FigureLine)] if standing else []))
        .order_by(FigureLine.id.desc())
        .limit(1)
    )


def went_home(session: Session, unit_id: int, loop: int) -> bool:
    """Whether a period of a unit ended because it went home to its owner unrepaired."""
    query = select(FigureLine.id).where(
        FigureLine.unit_id == unit_id, FigureLine.loop == loop, is_home(), stands(FigureLine)
    )
    return session.scalar(query.limit(1)) is not None


def is_home() -> ColumnElement[bool]:
    """Whether a line is of a piece that went home to its owner as it came."""
    return (FigureLine.kind == LineKind.LATE_COST) & FigureLine.order_line_id.is_not(None)


@dataclass(frozen=True, slots=True)
class BookedLine:
    """What was booked of a unit: kind, day, cash and net CO2e."""

    id: int
    kind: LineKind
    effective_on: dt.date
    cash_ore: int
    net_g: int | None


def lines_of_unit(session: Session, unit_id: int) -> list[BookedLine]:
    """All that was ever booked of a unit, oldest first."""
    query = rows.query(BookedLine, FigureLine)
    query = query.where(FigureLine.unit_id == unit_id).order_by(FigureLine.id)
    return rows.fill(BookedLine, session, query)


def charge_of(session: Session, line: FigureLine) -> Charge:
    """What was charged for a hand-over."""
    query = select(Charge).where(
        Charge.kind == ChargeKind.HANDOVER,
        Charge.change_id == line.change_id,
        Charge.order_line_id == line.order_line_id,
    )
    return session.scalars(query).one()


def fee_stands(session: Session, order_id: int) -> bool:
    """Whether the fee of an order is charged, and was not given back."""
    query = (
        select(Charge.id)
        .join(OrderLine, OrderLine.id == Charge.order_line_id)
        .where(OrderLine.order_id == order_id, Charge.kind == ChargeKind.FEE, uncorrected())
    )
    return session.scalar(query.limit(1)) is not None


def charged_elsewhere(session: Session, charge: Charge) -> str | None:
    """The number of the charge's order, if another change has handed over pieces of it too."""
    query = (
        select(Order.number)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(_LINE, _LINE.order_id == Order.id)
        .join(Charge, Charge.order_line_id == _LINE.id)
        .where(
            OrderLine.id == charge.order_line_id,
            Charge.kind == ChargeKind.HANDOVER,
            Charge.change_id != charge.change_id,
            not_given_back(),
        )
    )
    return session.scalar(query.limit(1))


def order_id_of(session: Session, line: FigureLine) -> int:
    """The order that a hand-over was of."""
    query = select(OrderLine.order_id).where(OrderLine.id == line.order_line_id)
    return session.scalars(query).one()


def corrections_of(session: Session, line_id: int) -> Sequence[FigureLine]:
    """The lines that correct a line."""
    return session.scalars(select(FigureLine).where(FigureLine.corrects_id == line_id)).all()

"""Plans that are kept, their lines, and how many of them ended how."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.purchases import Ending, PlanState
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.purchases import Purchase, PurchaseLine


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A plan that stands, and how many of its lines are answered."""

    id: int
    number: str
    version: int
    institution_id: int
    institution: str
    created_at: dt.datetime
    lines: int
    answered: int


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line of a plan as it was kept, and what became of it."""

    id: int
    version: int
    words: str
    pieces: int
    price_ore: int | None
    ending: Ending | None
    ended_on: dt.date | None
    used_first: bool | None
    reason: str


def _listed() -> Select[*tuple[object, ...]]:
    return (
        rows.query(
            PlanRow,
            Purchase,
            institution=Institution.name,
            lines=func.count(PurchaseLine.id),
            answered=func.count(PurchaseLine.ending),
        )
        .join(Institution, Institution.id == Purchase.institution_id)
        .join(PurchaseLine, PurchaseLine.purchase_id == Purchase.id)
        .where(Purchase.state == PlanState.OPEN)
        .group_by(Purchase.id, Institution.name)
    )


def listed(session: Session, institutions: frozenset[int] | None, limit: int) -> list[PlanRow]:
    """Plans within reach that were not given up, newest first."""
    query = _listed().where(*_within(institutions)).order_by(Purchase.id.desc()).limit(limit)
    return rows.fill(PlanRow, session, query)


def one(session: Session, purchase_id: int) -> PlanRow | None:
    """One plan that stands."""
    return rows.first(PlanRow, session, _listed().where(Purchase.id == purchase_id))


def lines_of(session: Session, purchase_id: int) -> list[KeptLine]:
    """Its lines in their order; what was parted from a line stands after it."""
    query = (
        rows.query(KeptLine, PurchaseLine)
        .where(PurchaseLine.purchase_id == purchase_id)
        .order_by(PurchaseLine.position, PurchaseLine.id)
    )
    return rows.fill(KeptLine, session, query)


def ended(
    session: Session, institutions: frozenset[int] | None, start: dt.date, end: dt.date
) -> dict[Ending, tuple[int, int]]:
    """By ending the lines that ended so in a period, and their pieces."""
    query = (
        select(PurchaseLine.ending, func.count(PurchaseLine.id), func.sum(PurchaseLine.pieces))
        .join(Purchase, Purchase.id == PurchaseLine.purchase_id)
        .where(
            Purchase.state == PlanState.OPEN,
            PurchaseLine.ended_on.between(start, end),
            *_within(institutions),
        )
        .group_by(PurchaseLine.ending)
    )
    found = session.execute(query)
    return {ending: (lines, int(pieces)) for ending, lines, pieces in found if ending is not None}


def unanswered(session: Session, institutions: frozenset[int] | None) -> tuple[int, int]:
    """The lines nobody has answered yet, and their pieces."""
    query = (
        select(func.count(PurchaseLine.id), func.coalesce(func.sum(PurchaseLine.pieces), 0))
        .join(Purchase, Purchase.id == PurchaseLine.purchase_id)
        .where(
            Purchase.state == PlanState.OPEN, PurchaseLine.ending.is_(None), *_within(institutions)
        )
    )
    lines, pieces = session.execute(query).one()
    return lines, int(pieces)


def _within(institutions: frozenset[int] | None) -> list[ColumnElement[bool]]:
    if institutions is None:
        return []
    return [Purchase.institution_id.in_(sorted(institutions))]

"""Reading intake: who hands in and how much today, today's batches, and one batch's pieces."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import BatchState, IntakeKind, State
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Intake, Unit
from moebelcirkel.storage.work import chunks


@dataclass(frozen=True, slots=True)
class GiverRow:
    """Someone who hands furniture back, with what was registered from them today."""

    id: int
    name: str
    department: str
    pieces_today: int
    last_on: dt.date | None


@dataclass(frozen=True, slots=True)
class IntakeBatchRow:
    """A batch registered today; of the pieces ``registered`` some may have been taken out."""

    id: int
    giver: str
    article: str
    pieces: int
    at: dt.datetime
    registered: int


@dataclass(frozen=True, slots=True)
class PieceRow:
    """A piece of a batch as it stands now."""

    id: int
    number: str
    condition: str
    state: str
    place: str


@dataclass(frozen=True, slots=True)
class IntakeBatchDetail:
    """A batch with its pieces, and the change that made it."""

    id: int
    giver: str
    article: str
    at: dt.datetime
    change_id: int | None
    pieces: tuple[PieceRow, ...]


def _left() -> ColumnElement[int]:
    """The pieces of a batch that were not taken out of it again."""
    out = select(func.count(Unit.id)).where(Unit.intake_id == Intake.id, Unit.state == State.VOID)
    return Intake.pieces - out.correlate(Intake).scalar_subquery()


def givers(session: Session, today: dt.date) -> list[GiverRow]:
    """Active institutions in Danish order, with the pieces of a day and their latest day."""
    own = (
        select(
            Intake.giver_id,
            func.sum(case((Intake.received_on == today, _left()), else_=0)).label("today"),
            func.max(Intake.received_on).label("last_on"),
        )
        .where(Intake.state == BatchState.ACTIVE, Intake.kind == IntakeKind.INTAKE)
        .group_by(Intake.giver_id)
        .subquery()
    )
    query = (
        select(
            Institution.id,
            Institution.name,
            Institution.department,
            func.coalesce(own.c.today, 0).label("pieces_today"),
            own.c.last_on,
        )
        .outerjoin(own, own.c.giver_id == Institution.id)
        .where(Institution.active)
        .order_by(Institution.sort_key, Institution.id)
    )
    return rows.fill(GiverRow, session, query)


def batches(session: Session, on: dt.date) -> list[IntakeBatchRow]:
    """The batches of a day, newest first."""
    query = (
        select(
            Intake.id,
            func.coalesce(Institution.name, "").label("giver"),
            Article.name.label("article"),
            _left().label("pieces"),
            Intake.created_at.label("at"),
            Intake.pieces.label("registered"),
        )
        .outerjoin(Institution, Institution.id == Intake.giver_id)
        .join(Article, Article.id == Intake.article_id)
        .where(
            Intake.received_on == on,
            Intake.state == BatchState.ACTIVE,
            Intake.kind == IntakeKind.INTAKE,
        )
        .order_by(Intake.id.desc())
    )
    return rows.fill(IntakeBatchRow, session, query)


def batch(session: Session, intake_id: int) -> IntakeBatchDetail | None:
    """One batch that was not undone."""
    query = (
        select(Intake.id, Institution.name, Article.name.label("article"), Intake.created_at)
        .outerjoin(Institution, Institution.id == Intake.giver_id)
        .join(Article, Article.id == Intake.article_id)
        .where(Intake.id == intake_id, Intake.state == BatchState.ACTIVE)
    )
    row = session.execute(query).first()
    if row is None:
        return None
    pieces = (
        rows.query(PieceRow, Unit, place=func.coalesce(Place.name, ""))
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(Unit.intake_id == intake_id)
        .order_by(Unit.id)
    )
    made_by = select(Event.change_id).where(
        Event.entity == Intake.__tablename__, Event.entity_id == str(intake_id)
    )
    return IntakeBatchDetail(
        row.id,
        row.name or "",
        row.article,
        row.created_at,
        session.scalar(made_by.order_by(Event.id).limit(1)),
        tuple(rows.fill(PieceRow, session, pieces)),
    )


def undone(session: Session, unit_ids: Sequence[int]) -> set[int]:
    """Those of the pieces whose registration was taken back."""
    found: set[int] = set()
    for part in chunks(list(unit_ids)):
        query = select(Unit.id).where(Unit.id.in_(part), Unit.state == State.VOID)
        found.update(session.scalars(query))
    return found

"""What closing a run reads: hand-overs of its pieces that stand, with the room each takes."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.runs import RunState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.runs.planning import LITRES
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Json
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.runs import Run, RunLine, RunStop


@dataclass(frozen=True, slots=True)
class Booked:
    """A standing line of a run's transport, with what it keeps of it."""

    id: int
    inputs: Json


def _stands(kind: str) -> tuple[object, ...]:
    taken_back = aliased(FigureLine)
    return (
        FigureLine.kind == kind,
        ~exists().where(taken_back.corrects_id == FigureLine.id, taken_back.kind == "reversal"),
    )


def handed_over(session: Session, run_id: int) -> list[tuple[FigureLine, int | None]]:
    """The standing hand-overs of a run's pieces, with the litres each takes up."""
    query = (
        select(FigureLine, LITRES)
        .join(RunLine, RunLine.order_line_id == FigureLine.order_line_id)
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .join(Article, Article.id == FigureLine.article_id)
        .where(RunStop.run_id == run_id, *_stands("hand_over"))  # type: ignore[arg-type]
        .order_by(FigureLine.id)
    )
    return [
        (line, None if litres is None else round(litres)) for line, litres in session.execute(query)
    ]


def booked(session: Session) -> list[Booked]:
    """All lines of transport that stand."""
    query = select(FigureLine.id, FigureLine.inputs).where(*_stands("transport"))  # type: ignore[arg-type]
    return rows.fill(Booked, session, query)


def closed(session: Session) -> list[Run]:
    """The closed runs."""
    return list(session.scalars(select(Run).where(Run.state == RunState.CLOSED)))


def closed_with_open_lines(session: Session, line_ids: Collection[int]) -> str | None:
    """The number of a closed run that one of these lines is on, although it is to be delivered."""
    query = (
        select(Run.number)
        .join(RunStop, RunStop.run_id == Run.id)
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .where(
            Run.state == RunState.CLOSED,
            OrderLine.id.in_(sorted(line_ids)),
            OrderLine.state.in_((LineState.OPEN, LineState.PICKED)),
        )
        .limit(1)
    )
    return session.scalar(query)


def closed_with_stops(
    session: Session, run_ids: Collection[int], stop_ids: Collection[int]
) -> str | None:
    """The number of a closed run among these, or that one of these stops is on."""
    theirs = select(RunStop.run_id).where(RunStop.id.in_(sorted(stop_ids)))
    query = select(Run.number).where(
        Run.state == RunState.CLOSED, or_(Run.id.in_(sorted(run_ids)), Run.id.in_(theirs))
    )
    return session.scalar(query.limit(1))

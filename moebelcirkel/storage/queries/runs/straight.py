"""What is driven straight from its giver: taken up at a pickup's stop, set down at another."""

import functools
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, bindparam, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.runs import Load
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.pickups.pieces import GIVER
from moebelcirkel.storage.queries.runs.planning import BY_RUN, COUNTS, load_of, sums_of
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.runs import Run, RunLine, RunStop
from moebelcirkel.storage.tables.units import Unit

_TAKEN = aliased(RunStop)
_GIVER = aliased(Institution)

#: The piece is to be taken up at its giver's, where it still stands or was brought from.
STRAIGHT = (
    RunLine.from_stop_id.is_not(None),
    COUNTS,
    or_(Place.pickup_id.is_not(None), OrderLine.state == LineState.DELIVERED),
)


@dataclass(frozen=True, slots=True)
class AtGiver:
    """An ordered piece that stands with its giver, and the run its pickup is on."""

    line_id: int
    number: str
    pickup_id: int
    pickup: str
    giver: str
    stop_id: int | None
    run_id: int | None
    run: str


@dataclass(frozen=True, slots=True)
class Straight:
    """Alike pieces that are driven from one stop straight to another."""

    run_id: int
    from_stop_id: int
    stop_id: int
    name: str
    load: Load


def at_giver(session: Session, line_ids: Collection[int]) -> list[AtGiver]:
    """Those of some lines whose pieces still stand with their giver."""
    return rows.fill(AtGiver, session, _AT_GIVER, {"lines": sorted(line_ids)})


_AT_GIVER = (
    select(
        OrderLine.id.label("line_id"),
        Unit.number,
        Pickup.id.label("pickup_id"),
        Pickup.number.label("pickup"),
        func.coalesce(GIVER, "").label("giver"),
        RunStop.id.label("stop_id"),
        RunStop.run_id,
        func.coalesce(Run.number, "").label("run"),
    )
    .join(Unit, Unit.id == OrderLine.unit_id)
    .join(Place, Place.id == Unit.place_id)
    .join(Pickup, Pickup.id == Place.pickup_id)
    .outerjoin(Institution, Institution.id == Pickup.institution_id)
    .outerjoin(RunStop, RunStop.pickup_id == Pickup.id)
    .outerjoin(Run, Run.id == RunStop.run_id)
    .where(OrderLine.id.in_(bindparam("lines", expanding=True)))
    .order_by(OrderLine.id)
)


def straight(session: Session, run_ids: Collection[int]) -> list[Straight]:
    """What is driven straight on runs, by both stops and type."""
    return [
        Straight(run, taken or 0, stop, name, load_of(sums))
        for run, taken, stop, name, *sums in session.execute(_straight(), {"runs": sorted(run_ids)})
    ]


@functools.cache
def _straight() -> Select[*tuple[Any, ...]]:
    keys = RunStop.run_id, RunLine.from_stop_id, RunLine.stop_id
    return (
        select(*keys, Article.name, *sums_of(literal(1)))
        .join(RunLine, RunLine.stop_id == RunStop.id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .join(Article, Article.id == OrderLine.article_id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(RunStop.run_id.in_(bindparam("runs", expanding=True)), *STRAIGHT)
        .group_by(*keys, Article.id, Article.name, Article.sort_key)
        .order_by(*keys, Article.sort_key, Article.id)
        .with_hint(OrderLine, BY_RUN, "sqlite")
    )


def taken_up_at(session: Session, stop_id: int) -> list[RunLine]:
    """What is said to be taken up at a stop."""
    return list(session.scalars(select(RunLine).where(RunLine.from_stop_id == stop_id)))


def on_run(session: Session, line_id: int) -> RunLine | None:
    """Where an order line is on a run, if it is."""
    return session.scalar(select(RunLine).where(RunLine.order_line_id == line_id))


def set_down_first(session: Session, run_ids: Collection[int]) -> tuple[str, str] | None:
    """A giver and a receiver whose furniture would be set down before it is taken up."""
    query = (
        select(func.coalesce(_GIVER.name, Pickup.firm), Institution.name)
        .select_from(RunLine)
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .join(_TAKEN, _TAKEN.id == RunLine.from_stop_id)
        .join(Pickup, Pickup.id == _TAKEN.pickup_id)
        .join(Institution, Institution.id == RunStop.institution_id)
        .outerjoin(_GIVER, _GIVER.id == Pickup.institution_id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(RunStop.run_id.in_(sorted(run_ids)), *STRAIGHT, _TAKEN.position > RunStop.position)
        .limit(1)
    )
    row = session.execute(query).first()
    return None if row is None else (row[0], row[1])

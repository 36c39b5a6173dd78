"""What the papers of a run tell: the pieces at each stop, and its delivery notes."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import DeliveryState
from moebelcirkel.domain.orders import LineState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.runs.planning import COUNTS
from moebelcirkel.storage.queries.runs.riding import riding
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.tables.pickups import PickupLine
from moebelcirkel.storage.tables.runs import RunLine, RunStop


@dataclass(frozen=True, slots=True)
class StopPiece:
    """Alike pieces at a stop; ``note`` is the number of the delivery note they are on."""

    stop_id: int
    name: str
    note: str
    pieces: int


def stop_pieces(session: Session, run_id: int) -> list[StopPiece]:
    """What is brought to and fetched from each stop of a run."""
    brought = (
        select(
            RunLine.stop_id,
            Article.name,
            func.coalesce(Delivery.number, "").label("note"),
            func.count().label("pieces"),
        )
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .join(OrderLine, OrderLine.id == RunLine.order_line_id)
        .join(Article, Article.id == OrderLine.article_id)
        .outerjoin(Delivery, Delivery.id == OrderLine.delivery_id)
        .where(RunStop.run_id == run_id, COUNTS)
        .group_by(RunLine.stop_id, Article.id, Article.name, Article.sort_key, Delivery.number)
        .order_by(RunLine.stop_id, Article.sort_key, Article.id, Delivery.number)
    )
    fetched = (
        select(RunStop.id, RunStop.pickup_id, PickupLine.id, PickupLine.name)
        .join(PickupLine, PickupLine.pickup_id == RunStop.pickup_id)
        .where(RunStop.run_id == run_id)
        .order_by(RunStop.id, PickupLine.id)
    )
    lines = session.execute(fetched).all()
    rides = riding(session, {pickup for _stop, pickup, *_line in lines if pickup})
    found = rows.fill(StopPiece, session, brought)
    found += [StopPiece(stop, name, "", rides[line]) for stop, _pickup, line, name in lines]
    return [each for each in found if each.pieces]


def loose_lines(session: Session, run_id: int) -> list[int]:
    """Picked lines of a run that are on no delivery note yet."""
    query = (
        select(OrderLine.id)
        .join(RunLine, RunLine.order_line_id == OrderLine.id)
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .where(
            RunStop.run_id == run_id,
            OrderLine.state == LineState.PICKED,
            OrderLine.delivery_id.is_(None),
        )
        .order_by(OrderLine.id)
    )
    return list(session.scalars(query))


def note_ids(session: Session, run_id: int) -> list[int]:
    """The delivery notes of a run in the order of its stops."""
    query = (
        select(Delivery.id)
        .join(OrderLine, OrderLine.delivery_id == Delivery.id)
        .join(RunLine, RunLine.order_line_id == OrderLine.id)
        .join(RunStop, RunStop.id == RunLine.stop_id)
        .where(RunStop.run_id == run_id, Delivery.state != DeliveryState.VOID)
        .group_by(Delivery.id)
        .order_by(func.min(RunStop.position), Delivery.id)
    )
    return list(session.scalars(query))

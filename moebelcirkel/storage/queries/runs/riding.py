"""What of a pickup rides on its run: what was reported, less what will not be there."""

from collections import Counter
from collections.abc import Collection

from sqlalchemy import case, exists, func, literal, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.runs import Load, RunState, total_load
from moebelcirkel.storage.queries.runs.closing import DRIVEN, came_back
from moebelcirkel.storage.queries.runs.planning import COUNTS, load_of, sums_of
from moebelcirkel.storage.queries.runs.straight import STRAIGHT
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine, PickupPiece
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.repairs import Repair
from moebelcirkel.storage.tables.runs import Run, RunLine, RunStop
from moebelcirkel.storage.tables.units import Unit

_LATER = aliased(OrderLine)


def riding(session: Session, pickup_ids: Collection[int]) -> dict[int, int]:
    """How many pieces of each line of some pickups are fetched, whichever way they go on.

    Of a loan, or an order that is regretted, what has come back otherwise does not ride; of a
    repair, what its order no longer holds.
    """
    ids = sorted(pickup_ids)
    lines = session.execute(
        select(PickupLine.id, PickupLine.pickup_id, PickupLine.article_id, PickupLine.pieces)
        .where(PickupLine.pickup_id.in_(ids))
        .order_by(PickupLine.id)
    )
    orders = set(session.scalars(select(Pickup.id).where(Pickup.id.in_(ids), Pickup.order_id > 0)))
    there, repaired = _there(session, orders), _repaired(session, ids)
    found: dict[int, int] = {}
    for line, pickup, article, pieces in lines:
        rides = repaired.get(pickup, pieces)
        if pickup in orders:
            rides = min(pieces, there[pickup, article])
            there[pickup, article] -= rides
        found[line] = rides
    return found


def _there(session: Session, pickup_ids: Collection[int]) -> Counter[tuple[int, int | None]]:
    """By pickup and type what is out still on its order, and what came back on its run."""
    ids = sorted(pickup_ids)
    out = (
        select(Pickup.id, Unit.article_id)
        .join(Order, Order.id == Pickup.order_id)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .outerjoin(RunStop, RunStop.pickup_id == Pickup.id)
        .outerjoin(Run, Run.id == RunStop.run_id)
        .where(
            Pickup.id.in_(ids),
            OrderLine.state == LineState.DELIVERED,
            Unit.state == case((Order.loan_until.is_(None), State.DELIVERED), else_=State.LENT),
            or_(Run.id.is_(None), Run.state != RunState.CLOSED),
            ~exists().where(
                _LATER.unit_id == OrderLine.unit_id,
                _LATER.state == LineState.DELIVERED,
                _LATER.id > OrderLine.id,
            ),
        )
        # By their state SQLite would look at all that were ever delivered.
        .with_hint(OrderLine, "INDEXED BY ix_order_line_order_id", "sqlite")
    )
    found: Counter[tuple[int, int | None]] = Counter()
    found.update((pickup, article) for pickup, article in session.execute(out))
    for back in came_back(session, RunStop.pickup_id.in_(ids), DRIVEN):
        found[back.pickup_id, back.article_id] += 1
    return found


def _repaired(session: Session, pickup_ids: Collection[int]) -> dict[int, int]:
    """By pickup the pieces of an agreed repair that its order still holds."""
    query = (
        select(Repair.pickup_id, func.count(OrderLine.id))
        .outerjoin(OrderLine, (OrderLine.order_id == Repair.order_id) & COUNTS)
        .where(Repair.pickup_id.in_(sorted(pickup_ids)), Repair.order_id.is_not(None))
        .group_by(Repair.pickup_id)
    )
    return dict(session.execute(query).all())


def loads_of_pickups(session: Session, pickup_ids: Collection[int]) -> dict[int, Load]:
    """What is fetched to the warehouse, by pickup: not what is driven straight to a receiver."""
    if not pickup_ids:
        return {}
    ids = sorted(pickup_ids)
    driven_on = (
        select(PickupPiece.line_id, func.count())
        .join(Unit, Unit.id == PickupPiece.unit_id)
        .join(OrderLine, OrderLine.unit_id == Unit.id)
        .join(RunLine, RunLine.order_line_id == OrderLine.id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(PickupPiece.pickup_id.in_(ids), PickupPiece.line_id.is_not(None), *STRAIGHT)
        .group_by(PickupPiece.line_id)
        .with_hint(OrderLine, "INDEXED BY ix_order_line_unit_id", "sqlite")
    )
    straight = dict(session.execute(driven_on).all())
    rides = riding(session, ids)
    one_piece = (
        select(PickupLine.id, PickupLine.pickup_id, *sums_of(literal(1)))
        .outerjoin(Article, Article.id == PickupLine.article_id)
        .where(PickupLine.pickup_id.in_(ids))
        .group_by(PickupLine.id, PickupLine.pickup_id)
    )
    found: dict[int, list[Load]] = {}
    for line, pickup, *sums in session.execute(one_piece):
        pieces = rides[line] - straight.get(line, 0)
        found.setdefault(pickup, []).append(load_of([each * pieces for each in sums]))
    return {pickup: total_load(loads) for pickup, loads in found.items()}

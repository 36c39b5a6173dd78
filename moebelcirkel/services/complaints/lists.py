"""Complaints within reach, one with what it is about, and those of orders and deliveries."""

from collections.abc import Collection
from dataclasses import dataclass

from moebelcirkel.domain.complaints import LIVE, ComplaintState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.storage.queries import complaints as queries
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.queries.complaints import ComplaintReach, ListedComplaint
from moebelcirkel.storage.queries.complaints import OfLine as LineComplaint
from moebelcirkel.storage.queries.runs import Ride
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.orders import OrderLine
from moebelcirkel.storage.work import Session, gone

PAGE = 60


@dataclass(frozen=True, slots=True)
class ComplaintPage:
    """One page of a list, newest first; ``holds`` tells of the one that was asked about."""

    rows: tuple[ListedComplaint, ...]
    total: int
    holds: bool = False


@dataclass(frozen=True, slots=True)
class ComplaintDetail:
    """One complaint; ``alike`` are so many undecided ones that were made together, itself too;
    ``photos`` are the fingerprints of its pictures, but of erased ones; ``rides`` the runs that its
    piece is on.
    """

    row: ListedComplaint
    alike: int
    may_decide: bool
    photos: tuple[str, ...]
    rides: tuple[Ride, ...]


def listed(
    context: Context,
    *,
    live: bool = False,
    undecided: bool = False,
    text: str = "",
    offset: int = 0,
    limit: int = PAGE,
    holding: int | None = None,
) -> ComplaintPage:
    """Complaints within reach; ``holding`` is shown beside the list."""
    context.require(Action.ORDER_VIEW)
    states = (ComplaintState.OPEN,) if undecided else LIVE if live else ()
    reach = ComplaintReach(context.reach(Action.ORDER_VIEW), states, text.strip())
    with context.read() as session:
        found = queries.listed(session, reach, limit, offset)
        total = queries.count(session, reach)
        only = ComplaintReach(reach.institutions, states, reach.text, holding)
        holds = holding is not None and queries.count(session, only) > 0
    return ComplaintPage(tuple(found), total, holds)


def open_count(context: Context) -> int:
    """How many nobody has decided, for the badge in the rail of who decides."""
    if not context.allows(Action.RETURN):
        return 0
    with context.read() as session:
        return queries.count(session, ComplaintReach(None, (ComplaintState.OPEN,)))


def detail(context: Context, complaint_id: int) -> ComplaintDetail:
    """One complaint; gone where it was undone."""
    context.require(Action.ORDER_VIEW)
    with context.read() as session:
        row, complaint = queries.one(session, complaint_id), session.get(Complaint, complaint_id)
        if row is None or complaint is None:
            raise gone()
        context.require(Action.ORDER_VIEW, row.institution_id)
        alike = len(queries.beside(session, complaint))
        photos = queries.photos(session, complaint_id)
        rides = run_queries.rides_of(session, complaint_id)
    may = context.allows(Action.RETURN) and row.state is ComplaintState.OPEN
    return ComplaintDetail(row, alike, may, tuple(photos), tuple(rides))


def of_deliveries(session: Session, ids: Collection[int]) -> list[LineComplaint]:
    """The complaints about what came with some deliveries."""
    return queries.of_lines(session, Complaint.delivery_id.in_(sorted(ids)))


def of_orders(session: Session, ids: Collection[int]) -> list[LineComplaint]:
    """The complaints about what came of some orders."""
    return queries.of_lines(session, OrderLine.order_id.in_(sorted(ids)))

"""Complaints: one's reach of them, what they are about, and what was charged for that."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, Select, cast, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.complaints import LIVE, ComplaintState, Outcome
from moebelcirkel.domain.figures import HANDED_KINDS, LineKind
from moebelcirkel.domain.fold import like_pattern, words
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage import registers, rows
from moebelcirkel.storage.queries.figures.standing import stands
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.complaints import Complaint, ComplaintPhoto
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.photos import PhotoBlob
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User

_FIRST = aliased(Complaint)


@dataclass(frozen=True, slots=True)
class ComplaintReach:
    """Which complaints a list shows: institutions (None: all), states, and what is searched."""

    institutions: frozenset[int] | None
    states: tuple[ComplaintState, ...] = ()
    text: str = ""
    only: int | None = None


@dataclass(frozen=True, slots=True)
class ListedComplaint:
    """A complaint with the names a list has."""

    id: int
    number: str
    version: int
    state: ComplaintState
    outcome: Outcome | None
    institution_id: int
    institution: str
    reporter: str
    reported_at: dt.datetime
    wrong: str
    reason: str
    price_ore: int | None
    charged_ore: int
    decided_by: str
    decided_at: dt.datetime | None
    case_id: int | None
    order_line_id: int
    delivery_id: int
    delivery: str
    order_id: int
    order: str
    unit_id: int
    unit: str
    name: str
    category_key: str
    delivered_on: dt.date
    there: bool


@dataclass(frozen=True, slots=True)
class OfLine:
    """How the newest complaint about an order line stands."""

    id: int
    number: str
    order_line_id: int
    order_id: int
    delivery_id: int
    state: ComplaintState
    outcome: Outcome | None
    unit: str


_DECIDER = aliased(User)
_LATER = aliased(OrderLine)
_PAID = (
    select(cast(func.coalesce(func.sum(FigureLine.price_paid_ore), 0), BigInteger))
    .where(FigureLine.order_line_id == Complaint.order_line_id)
    .correlate(Complaint)
    .scalar_subquery()
)
#: Whether the piece stands with them because of this very order line.
THERE = (
    (Unit.state == State.DELIVERED)
    & (Unit.holder_id == Complaint.institution_id)
    & ~exists().where(
        _LATER.unit_id == OrderLine.unit_id, _LATER.state == "delivered", _LATER.id > OrderLine.id
    )
)
_LISTED = (
    rows.query(
        ListedComplaint,
        Complaint,
        OrderLine,
        Article,
        institution=Institution.name,
        reporter=User.name,
        charged_ore=_PAID,
        decided_by=func.coalesce(_DECIDER.name, ""),
        delivery=Delivery.number,
        order=Order.number,
        unit=Unit.number,
        there=THERE,
    )
    .join(Institution, Institution.id == Complaint.institution_id)
    .join(User, User.id == Complaint.reporter_id)
    .outerjoin(_DECIDER, _DECIDER.id == Complaint.decided_by_id)
    .join(Delivery, Delivery.id == Complaint.delivery_id)
    .join(OrderLine, OrderLine.id == Complaint.order_line_id)
    .join(Order, Order.id == OrderLine.order_id)
    .join(Unit, Unit.id == OrderLine.unit_id)
    .join(Article, Article.id == OrderLine.article_id)
)


def listed(
    session: Session, reach: ComplaintReach, limit: int, offset: int
) -> list[ListedComplaint]:
    """Complaints, newest first."""
    query = _LISTED.where(*_reached(reach)).order_by(Complaint.id.desc())
    return rows.fill(ListedComplaint, session, query.limit(limit).offset(offset))


def count(session: Session, reach: ComplaintReach) -> int:
    """How many a list has."""
    found = select(Complaint.id).select_from(Complaint)
    if reach.text:
        found = (
            found.join(Institution, Institution.id == Complaint.institution_id)
            .join(Delivery, Delivery.id == Complaint.delivery_id)
            .join(OrderLine, OrderLine.id == Complaint.order_line_id)
            .join(Order, Order.id == OrderLine.order_id)
            .join(Unit, Unit.id == OrderLine.unit_id)
        )
    query = found.where(*_reached(reach)).subquery()
    return session.scalar(select(func.count()).select_from(query)) or 0


def one(session: Session, complaint_id: int) -> ListedComplaint | None:
    """One of them as a list has it; one that was undone is there no more."""
    query = _LISTED.where(Complaint.id == complaint_id, Complaint.state != ComplaintState.VOID)
    return rows.first(ListedComplaint, session, query)


def photos(session: Session, complaint_id: int) -> list[str]:
    """Fingerprints of a complaint's pictures that are not erased, in their order."""
    query = (
        select(ComplaintPhoto.sha256)
        .join(PhotoBlob, PhotoBlob.sha256 == ComplaintPhoto.sha256)
        .where(ComplaintPhoto.complaint_id == complaint_id, PhotoBlob.jpeg.is_not(None))
        .order_by(ComplaintPhoto.position, ComplaintPhoto.id)
    )
    return list(session.scalars(query))


def beside(session: Session, complaint: Complaint) -> list[Complaint]:
    """The undecided complaints that were made together with it, itself among them."""
    query = select(Complaint).where(
        Complaint.delivery_id == complaint.delivery_id,
        Complaint.reporter_id == complaint.reporter_id,
        Complaint.reported_at == complaint.reported_at,
        Complaint.state == ComplaintState.OPEN,
    )
    return list(session.scalars(query.order_by(Complaint.id)))


def of_lines(session: Session, condition: ColumnElement[bool]) -> list[OfLine]:
    """Complaints about order lines that a condition chooses, oldest first."""
    query = (
        rows.query(OfLine, Complaint, order_id=OrderLine.order_id, unit=Unit.number)
        .join(OrderLine, OrderLine.id == Complaint.order_line_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .where(Complaint.state != ComplaintState.VOID, condition)
        .order_by(Complaint.id)
    )
    return rows.fill(OfLine, session, query)


def live_on(session: Session, line_ids: Collection[int]) -> str | None:
    """The number of a complaint about one of these lines that is not settled."""
    query = select(Complaint.number).where(
        Complaint.order_line_id.in_(sorted(line_ids)), Complaint.state.in_(LIVE)
    )
    return session.scalar(query.limit(1))


def said_of(session: Session, line_ids: Collection[int]) -> str | None:
    """The number of any complaint about one of these lines that was not undone."""
    query = select(Complaint.number).where(
        Complaint.order_line_id.in_(sorted(line_ids)), Complaint.state != ComplaintState.VOID
    )
    return session.scalar(query.limit(1))


def later(session: Session, ids: Collection[int]) -> str | None:
    """The number of a complaint that came after one of these about the same order line."""
    query = select(Complaint.number).join(_FIRST, _FIRST.order_line_id == Complaint.order_line_id)
    query = query.where(
        _FIRST.id.in_(sorted(ids)), Complaint.id > _FIRST.id, Complaint.state != ComplaintState.VOID
    )
    return session.scalar(query.limit(1))


def kept_for_nothing(*conditions: ColumnElement[bool]) -> Select[str]:
    """Complaints whose price was given back for a piece that stands there all the same."""
    query = (
        select(Complaint.number)
        .join(OrderLine, OrderLine.id == Complaint.order_line_id)
        .join(Unit, Unit.id == OrderLine.unit_id)
        .where(
            Complaint.state == ComplaintState.CLOSED,
            Complaint.outcome == Outcome.RETURN,
            THERE,
            *conditions,
        )
    )
    return query.order_by(Complaint.id)


def agreed(session: Session, unit_id: int, outcome: Outcome) -> Complaint | None:
    """The complaint by which a piece is to come back, or is repaired."""
    query = (
        select(Complaint)
        .join(OrderLine, OrderLine.id == Complaint.order_line_id)
        .where(
            OrderLine.unit_id == unit_id,
            Complaint.state == ComplaintState.AGREED,
            Complaint.outcome == outcome,
        )
    )
    return session.scalars(query).one_or_none()


def hand_over_of(session: Session, order_line_id: int) -> FigureLine:
    """The hand-over of an order line that stands."""
    query = select(FigureLine).where(
        FigureLine.order_line_id == order_line_id,
        FigureLine.kind == LineKind.HANDOVER,
        stands(FigureLine),
    )
    return session.scalars(query).one()


def charge_of(session: Session, line: FigureLine) -> Charge:
    """What was charged for a hand-over; of a repair, which may have several, the first."""
    query = select(Charge).where(
        Charge.kind.in_(HANDED_KINDS),
        Charge.change_id == line.change_id,
        Charge.order_line_id == line.order_line_id,
    )
    return session.scalars(query.order_by(Charge.id).limit(1)).one()


def paid_ore(session: Session, order_line_id: int) -> int:
    """What is charged for an order line by now, with all that was given back; no fee."""
    query = select(func.sum(FigureLine.price_paid_ore)).where(
        FigureLine.order_line_id == order_line_id
    )
    return int(session.scalar(query) or 0)


def costs_in(session: Session, unit_id: int, change_id: int) -> Sequence[UnitCost]:
    """What a change has booked on a piece."""
    query = select(UnitCost).where(UnitCost.unit_id == unit_id, UnitCost.change_id == change_id)
    return session.scalars(query).all()


def _reached(reach: ComplaintReach) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Complaint.state != ComplaintState.VOID]
    if reach.institutions is not None:
        found.append(Complaint.institution_id.in_(sorted(reach.institutions)))
    if reach.states:
        found.append(Complaint.state.in_(reach.states))
    if reach.only is not None:
        found.append(Complaint.id == reach.only)
    if reach.text:
        numbers = (Complaint.number, Order.number, Delivery.number, Unit.number)
        hit = registers.numbered(reach.text, *numbers)
        named = registers.matches(Institution.search_text, reach.text)
        place = select(Institution.id).where(*named)
        found.append(or_(hit, Complaint.institution_id.in_(place)) if named else hit)
    return found

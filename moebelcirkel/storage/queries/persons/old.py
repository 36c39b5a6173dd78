"""What was kept so long that the municipality's own rules say it shall go."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass

from sqlalchemy import String, cast, exists, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.complaints import ComplaintState
from moebelcirkel.domain.orders import OrderState
from moebelcirkel.storage.queries.photos import LINKS
from moebelcirkel.storage.tables.cases import Case
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order
from moebelcirkel.storage.tables.photos import PhotoBlob
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import chunks

_ANSWERED = (ComplaintState.CLOSED, ComplaintState.VOID)
_OVER = (OrderState.DELIVERED, OrderState.REFUSED, OrderState.CANCELLED, OrderState.VOID)


@dataclass(frozen=True, slots=True)
class Old:
    """One thing that is too old, by the key of its row, with the moment its time began."""

    kind: str
    key: str
    name: str
    since: dt.datetime


def accounts(session: Session, before: dt.datetime, former: str) -> list[Old]:
    """Inactive people of whom nothing was heard since; ``former`` begins the log-in of erased."""
    own = select(func.max(Change.at)).where(Change.actor_id == User.id)
    about = (
        select(func.max(Change.at))
        .join(Event, Event.change_id == Change.id)
        .where(Event.entity == User.__tablename__, Event.entity_id == cast(User.id, String))
    )
    query = (
        select(
            User.id,
            User.name,
            User.created_at,
            own.correlate(User).scalar_subquery(),
            about.correlate(User).scalar_subquery(),
        )
        .where(~User.active, ~User.login.startswith(former, autoescape=True))
        .order_by(User.id)
    )
    found = [
        Old("account", str(row[0]), row[1], max(filter(None, row[2:])))
        for row in session.execute(query)
    ]
    return [each for each in found if each.since < before]


def orders(
    session: Session, before: dt.datetime, kind: str, goes: Callable[[str], bool]
) -> list[Old]:
    """Orders that are over, sent so long ago, with a note or a reason of which something goes."""
    query = (
        select(Order.id, Order.number, Order.sent_at, Order.note, Order.reason, Order.feedback)
        .where(Order.state.in_(_OVER), Order.sent_at < before)
        .where(or_(Order.note != "", Order.reason != "", Order.feedback.is_not(None)))
        .order_by(Order.id)
    )
    return [
        Old(kind, str(row.id), row.number, row.sent_at)
        for row in session.execute(query)
        if any(goes(each) for each in (row.note, row.reason, row.feedback or ""))
    ]


def complaints(
    session: Session, before: dt.datetime, kind: str, goes: Callable[[str], bool]
) -> list[Old]:
    """Complaints that are over, made so long ago, with words of which something goes.

    What was written first stands in the note of the case that was opened for it, too.
    """
    query = (
        select(
            Complaint.id,
            Complaint.number,
            Complaint.reported_at,
            Complaint.wrong,
            Complaint.reason,
            func.coalesce(Case.note, "").label("note"),
        )
        .outerjoin(Case, Case.id == Complaint.case_id)
        .where(Complaint.state.in_(_ANSWERED), Complaint.reported_at < before)
        .where(or_(Complaint.wrong != "", Complaint.reason != "", Case.note != ""))
        .order_by(Complaint.id)
    )
    return [
        Old(kind, str(row.id), row.number, row.reported_at)
        for row in session.execute(query)
        if any(goes(each) for each in (row.wrong, row.reason, row.note))
    ]


def cases_of(session: Session, complaint_ids: Collection[int]) -> list[int]:
    """The cases that were opened for complaints, each once."""
    query = select(Complaint.case_id).where(Complaint.case_id.is_not(None)).distinct()
    return [
        key
        for part in chunks(sorted(complaint_ids))
        for key in session.scalars(query.where(Complaint.id.in_(part)))
        if key is not None
    ]


def called(session: Session, former: str) -> tuple[list[str], list[str]]:
    """What people are called, but those of whom no name is left, and institutions and places."""
    people = select(User.name).where(~User.login.startswith(former, autoescape=True))
    return (
        list(session.scalars(people)),
        [*session.scalars(select(Institution.name)), *session.scalars(select(Place.name))],
    )


def pictures(session: Session, before: dt.datetime) -> list[Old]:
    """Pictures that hang nowhere any more, since the last time they were taken down."""
    hangs = or_(*(exists().where(link.sha256 == PhotoBlob.sha256) for link in LINKS))
    loose = select(PhotoBlob.sha256, PhotoBlob.created_at).where(PhotoBlob.jpeg.is_not(None))
    since = {row.sha256: row.created_at for row in session.execute(loose.where(~hangs))}
    taken_down = (
        select(Event.before, Change.at)
        .join(Change, Change.id == Event.change_id)
        .where(Event.entity.in_([link.__tablename__ for link in LINKS]), Event.after.is_(None))
        .order_by(Event.id)
    )
    for row, at in session.execute(taken_down):
        if row["sha256"] in since:
            since[row["sha256"]] = at
    return [Old("picture", key, key[:8], at) for key, at in sorted(since.items()) if at < before]

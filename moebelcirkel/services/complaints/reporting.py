"""Somebody says what is wrong with pieces that were delivered."""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.complaints import MOST_PIECES, ComplaintState, deadline
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import needed_text
from moebelcirkel.domain.lifecycle import DeliveryState
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import photos
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import complaints as queries
from moebelcirkel.storage.queries import orders as order_queries
from moebelcirkel.storage.queries import receipts as receipt_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.tables.complaints import Complaint, ComplaintPhoto
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks


@dataclass(frozen=True, slots=True)
class ComplaintsReported(Done):
    """The complaints that were made, one for each piece."""

    ids: tuple[int, ...]
    numbers: tuple[str, ...]


@writes("complaint.report", Action.HAND_IN)
def report(
    work: Work,
    delivery_id: int,
    line_ids: Sequence[int],
    wrong: str,
    pictures: Sequence[photos.Picture] = (),
) -> ComplaintsReported:
    """Complain of pieces of a delivery, all with the same fault and the same pictures of it."""
    return complain(work, work.get(Delivery, delivery_id), line_ids, wrong, pictures)


def complain(
    work: Work,
    delivery: Delivery,
    line_ids: Sequence[int],
    wrong: str,
    pictures: Sequence[photos.Picture],
) -> ComplaintsReported:
    """Complain inside another change too, such as of what is broken when it is handed over."""
    work.require(Action.HAND_IN, delivery.institution_id)
    _refuse_late(work, delivery)
    text = needed_text(wrong, limits.NOTE, "wrong", N_("Write what is wrong."))
    if not line_ids:
        raise Refused(N_("Choose the pieces that something is wrong with."), field="lines")
    if len(set(line_ids)) > MOST_PIECES:
        raise Refused(N_("At most {most} pieces in one complaint."), most=MOST_PIECES)
    lines = work.rows(OrderLine, line_ids)
    _check(work, delivery, lines)
    first = work.next_number("complaint", len(lines))
    rows = [
        Complaint(
            number=f"R-{first + at:05d}",
            order_line_id=line.id,
            delivery_id=delivery.id,
            institution_id=delivery.institution_id,
            reporter_id=work.actor_id,
            reported_at=work.now,
            wrong=text,
            state=ComplaintState.OPEN,
        )
        for at, line in enumerate(lines)
    ]
    work.session.add_all(rows)
    work.session.flush()
    _show(work, rows, pictures)
    return ComplaintsReported(
        ids=tuple(row.id for row in rows), numbers=tuple(row.number for row in rows)
    )


def _show(work: Work, rows: Sequence[Complaint], pictures: Sequence[photos.Picture]) -> None:
    """Hang the pictures on each of the complaints, the same one once."""
    once = {picture.sha256: picture for picture in pictures}
    for picture in once.values():
        photos.store(work, picture)
    work.session.add_all(
        ComplaintPhoto(complaint_id=row.id, sha256=key, position=position)
        for row in rows
        for position, key in enumerate(once)
    )
    work.session.flush()


def _check(work: Work, delivery: Delivery, lines: Sequence[OrderLine]) -> None:
    """Only what came with the delivery and stands there still, and of nothing twice."""
    of_it = all(
        line.delivery_id == delivery.id and line.state == LineState.DELIVERED for line in lines
    )
    if delivery.state != DeliveryState.HANDED or not of_it:
        raise Refused(
            N_("Delivery {note} has not been handed over, or that was undone."),
            note=delivery.number,
        )
    if any(work.get(Order, line.order_id).loan_until is not None for line in lines):
        raise Refused(N_("What is on loan is returned instead: it costs nothing from then on."))
    ids = [line.id for line in lines]
    if repair_queries.going_home(work.session, ids):
        raise Refused(N_("What could not be repaired has cost nothing. Ask for a new repair."))
    there = order_queries.last_there(work.session, delivery.institution_id, ids)
    if there != set(ids):
        raise Refused(N_("Some of it has come back meanwhile. Choose among what is still there."))
    known = queries.live_on(work.session, ids)
    if known is not None:
        raise Refused(N_("{number} is about one of these pieces already."), number=known)


def _refuse_late(work: Work, delivery: Delivery) -> None:
    """After the deadline the warehouse alone complains, for whoever tells it."""
    handed = receipt_queries.one(work.session, delivery.id)
    if handed is None or work.allows(Action.RETURN):
        return
    until = deadline(receipt_queries.registered_on(handed), int(work.parameter("complain_days")))
    if until is not None and work.today > until:
        raise Refused(
            N_("Delivery {note} could be complained of until {day}. Ask the warehouse."),
            note=delivery.number,
            day=until,
        )


def _refuse_complained(work: Work, events: Sequence[undo.Turned]) -> None:
    """A hand-over stands as long as something is said of it."""
    ids = [int(event.entity_id) for event in events]
    lines = [line.id for line in work.rows(OrderLine, ids) if line.state != LineState.DELIVERED]
    number = queries.said_of(work.session, lines)
    if number is not None:
        raise Refused(
            N_("It cannot be undone, because {number} is about what was delivered."), number=number
        )


def _refuse_under_later(work: Work, events: Sequence[undo.Turned]) -> None:
    """What a later complaint went on from stays as it is."""
    number = queries.later(work.session, [int(event.entity_id) for event in events])
    if number is not None:
        raise Refused(
            N_("It cannot be undone, because {number} came after it. Undo that first."),
            number=number,
        )


def _refuse_paid_back(work: Work, events: Sequence[undo.Turned]) -> None:
    """A piece does not go out again after its price was given back."""
    ids = sorted({int(event.entity_id) for event in events})
    for part in chunks(ids):
        for number in work.session.scalars(queries.kept_for_nothing(Unit.id.in_(part))):
            raise Refused(
                N_("It cannot be undone, because {number} gave back its price since."),
                number=number,
            )


undo.AFTERWARDS[Complaint.__tablename__].append(_refuse_under_later)
undo.AFTERWARDS[Unit.__tablename__].append(_refuse_paid_back)
undo.AFTERWARDS[OrderLine.__tablename__].append(_refuse_complained)

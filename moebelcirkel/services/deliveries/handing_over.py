"""Delivering what was picked: delivery notes, hand-over with its figure lines and charges."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import DeliveryState, Step, apply
from moebelcirkel.domain.orders import OPEN_LINES, LineState, OrderState
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.complaints.reporting import complain
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.deliveries.picking import Lines, lines_of
from moebelcirkel.services.figures import lines as figure_lines
from moebelcirkel.services.photos import Picture
from moebelcirkel.storage import shop_holds, undo
from moebelcirkel.storage.queries import deliveries as delivery_queries
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.work import ZONE


@dataclass(frozen=True, slots=True)
class NotesPrepared(Done):
    """The delivery notes that were made, and the pieces on them."""

    delivery_ids: tuple[int, ...]
    numbers: tuple[str, ...]
    pieces: int


@dataclass(frozen=True, slots=True)
class Damage:
    """What is wrong with some of the pieces as they are handed over."""

    line_ids: Sequence[int]
    wrong: str
    pictures: Sequence[Picture] = ()


@dataclass(frozen=True, slots=True)
class HandedOver(Done):
    """What was handed over to whom, on which notes, what it costs in øre, and the complaints."""

    pieces: int
    institution_id: int
    institution: str
    numbers: tuple[str, ...]
    amount_ore: int
    complaints: tuple[str, ...] = ()


@writes("delivery.note", Action.PICK)
def prepare_note(work: Work, institution_id: int, line_ids: Sequence[int] = ()) -> NotesPrepared:
    """Make a delivery note for these picked lines, or for all of the institution's."""
    wanted = list(line_ids) or delivery_queries.loose_lines(work.session, institution_id)
    found = lines_of(work, wanted)
    if any(order.institution_id != institution_id for order in found.orders.values()):
        raise _several_receivers()
    _need_pieces(found.lines)
    delivery = _make_note(work, institution_id, found)
    return NotesPrepared(
        delivery_ids=(delivery.id,), numbers=(delivery.number,), pieces=len(found.lines)
    )


@writes("delivery.note", Action.PICK)
def prepare_notes(work: Work) -> NotesPrepared:
    """Make a delivery note for each institution that has picked pieces without one."""
    return make_notes(work, delivery_queries.loose_lines(work.session))


def make_notes(work: Work, line_ids: Sequence[int]) -> NotesPrepared:
    """A delivery note for each institution that these picked lines are for."""
    found = lines_of(work, line_ids)
    _need_pieces(found.lines)
    by_institution: dict[int, list[OrderLine]] = {}
    for line in found.lines:
        by_institution.setdefault(found.order(line).institution_id, []).append(line)
    made = [
        _make_note(work, institution_id, Lines(lines, found.units, found.orders))
        for institution_id, lines in sorted(by_institution.items())
    ]
    return NotesPrepared(
        delivery_ids=tuple(delivery.id for delivery in made),
        numbers=tuple(delivery.number for delivery in made),
        pieces=len(found.lines),
    )


def _make_note(work: Work, institution_id: int, found: Lines) -> Delivery:
    for line in found.lines:
        unit = found.unit(line)
        if line.state != LineState.PICKED:
            raise Refused(
                N_("{number} has not been picked, so it cannot be on a delivery note."),
                number=unit.number,
            )
        if line.delivery_id is not None:
            raise Refused(
                N_("{number} is already on delivery note {note}."),
                number=unit.number,
                note=work.session.get_one(Delivery, line.delivery_id).number,
            )
    delivery = Delivery(
        number=f"F-{work.next_number('delivery'):05d}",
        institution_id=institution_id,
        state=DeliveryState.PREPARED,
        created_at=work.now,
    )
    work.session.add(delivery)
    work.session.flush()
    for line in found.lines:
        line.delivery_id = delivery.id
    return delivery


def _need_pieces(lines: Sequence[OrderLine]) -> None:
    if not lines:
        raise Refused(N_("Nothing has been picked that lacks a delivery note. Pick first."))


def _several_receivers() -> Refused:
    return Refused(N_("The pieces are for different institutions. Hand over one at a time."))


@writes("delivery.hand_over", Action.HAND_OVER)
def hand_over(
    work: Work,
    *,
    delivery_id: int | None = None,
    line_ids: Sequence[int] = (),
    on: dt.date | None = None,
    received_by: str = "",
    damage: Damage | None = None,
) -> HandedOver:
    """Hand over a whole delivery note, or picked lines of one institution.

    The pieces become the receiver's, figure lines and charges are written, and an order whose
    last piece this was is done. What is broken already is complained of in the same change.
    """
    day = on or work.today
    wanted = list(line_ids)
    if delivery_id is not None:
        wanted.extend(_note_lines(work, delivery_id))
    found = lines_of(work, wanted)
    institution_id = _receiver(found)
    _check(work, day, found)
    handed = _notes_for(work, found, institution_id, day, _name(received_by))
    _move_out(found, institution_id, day)
    work.session.flush()
    for order in found.orders.values():
        lines = [line for line in found.lines if line.order_id == order.id]
        figure_lines.book_hand_overs(work, order, lines, found.units, day)
    work.session.flush()
    settle_orders(work, found.orders.values())
    said = () if damage is None else _complain(work, found, handed, damage)
    return HandedOver(
        pieces=len(found.lines),
        institution_id=institution_id,
        institution=work.session.get_one(Institution, institution_id).name,
        numbers=tuple(delivery.number for delivery in handed),
        amount_ore=sum(line.price_ore for line in found.lines),
        complaints=said,
    )


def _complain(
    work: Work, found: Lines, handed: Sequence[Delivery], damage: Damage
) -> tuple[str, ...]:
    """A complaint of each chosen piece, by the note it came on."""
    chosen = set(damage.line_ids) & {line.id for line in found.lines}
    if not chosen:
        raise Refused(N_("Choose the pieces that something is wrong with."), field="lines")
    work.session.flush()
    numbers: list[str] = []
    for delivery in handed:
        ids = [
            line.id for line in found.lines if line.delivery_id == delivery.id and line.id in chosen
        ]
        if ids:
            numbers += complain(work, delivery, ids, damage.wrong, damage.pictures).numbers
    return tuple(numbers)


def _note_lines(work: Work, delivery_id: int) -> list[int]:
    delivery = work.get(Delivery, delivery_id)
    if delivery.state == DeliveryState.HANDED:
        raise Refused(
            N_("Delivery note {note} has already been handed over."), note=delivery.number
        )
    if delivery.state == DeliveryState.VOID:
        raise Refused(
            N_("Delivery note {note} has been undone. Print a new one."), note=delivery.number
        )
    return delivery_queries.note_lines(work.session, delivery_id)


def _receiver(found: Lines) -> int:
    if not found.lines:
        raise Refused(N_("There is nothing to hand over. Pick the pieces first."))
    institutions = {order.institution_id for order in found.orders.values()}
    if len(institutions) > 1:
        raise _several_receivers()
    return institutions.pop()


def _name(received_by: str) -> str:
    name = " ".join(received_by.split())
    if len(name) > limits.NAME:
        raise Refused(
            N_("The name is too long. Use at most {count} characters."),
            field="received_by",
            count=limits.NAME,
        )
    return name


def _check(work: Work, day: dt.date, found: Lines) -> None:
    """Only what is picked; the day not in the future, nor before the order or the piece came."""
    if day > work.today:
        raise Refused(N_("The day of the hand-over cannot be in the future."), field="on")
    for line in found.lines:
        order, unit = found.order(line), found.unit(line)
        apply(_step(order), unit.state, unit.number)
        if day < order.sent_at.astimezone(ZONE).date():
            raise Refused(
                N_("The day of the hand-over is before order {order} was sent."),
                field="on",
                order=order.number,
            )
        if day < unit.received_on:
            raise Refused(
                N_("The day of the hand-over is before {number} was received."),
                field="on",
                number=unit.number,
            )


def _step(order: Order) -> Step:
    return Step.HAND_OVER if order.loan_until is None else Step.LEND


def _move_out(found: Lines, institution_id: int, day: dt.date) -> None:
    for line in found.lines:
        unit = found.unit(line)
        unit.state = apply(_step(found.order(line)), unit.state, unit.number)
        unit.holder_id, unit.place_id = institution_id, None
        line.state, line.delivered_on = LineState.DELIVERED, day


def _notes_for(
    work: Work, found: Lines, institution_id: int, day: dt.date, received_by: str
) -> list[Delivery]:
    """The notes the lines are on, now handed over; lines without one get a note of their own."""
    on_notes = {line.delivery_id for line in found.lines if line.delivery_id is not None}
    deliveries = work.rows(Delivery, on_notes)
    for delivery in deliveries:
        _refuse_part_of(work, delivery, found)
    loose = [line for line in found.lines if line.delivery_id is None]
    if loose:
        deliveries.append(_make_note(work, institution_id, Lines(loose, found.units, found.orders)))
    for delivery in deliveries:
        delivery.state, delivery.handed_on = DeliveryState.HANDED, day
        delivery.received_by = received_by
    return deliveries


def _refuse_part_of(work: Work, delivery: Delivery, found: Lines) -> None:
    """A printed note is handed over whole, so that paper and figures say the same."""
    here = {line.id for line in found.lines}
    on_note = delivery_queries.note_lines(work.session, delivery.id)
    if any(line_id not in here for line_id in on_note):
        raise Refused(
            N_("Delivery note {note} holds more pieces. Hand over the whole note."),
            note=delivery.number,
        )


def settle_orders(work: Work, orders: Iterable[Order]) -> None:
    """An order is done when none of its pieces is left to pick or hand over, and only then."""
    touched = {
        order.id: order
        for order in orders
        if order.state in (OrderState.APPROVED, OrderState.DELIVERED)
    }
    for order_id, found in delivery_queries.line_states(work.session, touched).items():
        left = bool(found & OPEN_LINES)
        if left or LineState.DELIVERED in found:
            touched[order_id].state = OrderState.APPROVED if left else OrderState.DELIVERED


def _settle_lines(work: Work, events: Sequence[undo.Turned]) -> None:
    """Another change may have delivered the rest of an order that has pieces to deliver again.

    The note a piece was on may have been handed over without it, or be void.
    """
    note = delivery_queries.note_moved_on(work.session, _keys(events))
    if note is not None:
        raise Refused(
            N_(
                "It cannot be undone, because delivery note {note} has been handed over or undone "
                "since. Pick the piece again."
            ),
            note=note,
        )
    order_ids = delivery_queries.order_ids_of(work.session, _keys(events))
    settle_orders(work, work.rows(Order, order_ids))


def _settle_units(work: Work, events: Sequence[undo.Turned]) -> None:
    """A piece that is no longer on sale is in no basket, which is told if its hold had run out.

    One that someone holds stays on sale.
    """
    for hold, number in delivery_queries.holds_off_sale(work.session, _keys(events)):
        if hold.expires_at > work.now:
            raise Refused(
                N_("It cannot be undone, because {number} is in a basket now."), number=number
            )
        shop_holds.note_loss(work, hold.basket_id, hold.unit_id)
        work.session.delete(hold)


def _keys(events: Sequence[undo.Turned]) -> list[int]:
    return sorted({int(event.entity_id) for event in events})


undo.AFTERWARDS["order_line"].append(_settle_lines)
undo.AFTERWARDS["unit"].append(_settle_units)

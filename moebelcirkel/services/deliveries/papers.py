"""The papers of picking and delivering: plain data out of the rows, drawn by ``documents``."""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from moebelcirkel.domain.roles import Action
from moebelcirkel.language import _
from moebelcirkel.services.context import Context
from moebelcirkel.services.deliveries.pick_lists import PickRow, pick_list
from moebelcirkel.storage.queries import deliveries as delivery_queries
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.work import ZONE, Session

if TYPE_CHECKING:
    from moebelcirkel.documents.deliveries.note import DeliveryNote


def notes_pdf(context: Context, delivery_ids: Sequence[int]) -> bytes:
    """Delivery notes as one PDF; printed again later they show the same pieces."""
    # Drawing is loaded when something is drawn, so that the program starts without it.
    from moebelcirkel.documents.deliveries.note import delivery_notes

    context.require(Action.PICK)
    with context.read() as session:
        papers = [_note(session, delivery_id, context.now()) for delivery_id in delivery_ids]
    return delivery_notes(papers)


def _note(session: Session, delivery_id: int, now: dt.datetime) -> "DeliveryNote":
    from moebelcirkel.documents.deliveries.note import DeliveryLine, DeliveryNote

    delivery = session.get_one(Delivery, delivery_id)
    receiver = session.get_one(Institution, delivery.institution_id)
    rows = delivery_queries.note_pieces(session, delivery_id)
    said = {row.order: row.note for row in rows if row.note.strip()}
    return DeliveryNote(
        number=delivery.number,
        receiver=receiver.name,
        address=tuple(part for part in (receiver.department, receiver.address) if part),
        day=delivery.handed_on
        or delivery_queries.note_rides_on(session, delivery_id)
        or delivery.created_at.astimezone(ZONE).date(),
        orders=tuple(sorted({row.order for row in rows})),
        lines=tuple(
            DeliveryLine(row.number, row.name, row.condition, row.code, row.price_ore)
            for row in rows
        ),
        notes="\n".join(f"{order}: {note.strip()}" for order, note in sorted(said.items())),
        printed_at=now,
        fees=tuple(
            (_("Fee of {order}").format(order=order), ore)
            for order, ore in delivery_queries.note_fees(session, delivery_id)
        ),
    )


def pick_list_pdf(
    context: Context,
    institution_id: int | None = None,
    *,
    run_id: int | None = None,
    title: str = "",
    day: dt.date | None = None,
) -> bytes:
    """The pick list as PDF, for all receivers, one, or a run: what is still to be fetched."""
    from moebelcirkel.documents.deliveries.picklist import PickList, PickListLine
    from moebelcirkel.documents.deliveries.picklist import pick_list as draw

    whole = pick_list(context, institution_id, run_id)
    rows = [row for row in whole if row.picked < row.count]
    of_one = whole[0].institution if whole and institution_id is not None else ""

    def line(row: PickRow) -> PickListLine:
        return PickListLine(
            place=row.place,
            name=row.name,
            condition=row.condition,
            receiver=f"{_('Urgent')} · {row.institution}" if row.urgent else row.institution,
            order=", ".join(row.orders),
            count=row.count,
            numbers=row.numbers,
            picked=row.picked,
        )

    return draw(
        PickList(
            title=title or of_one or _("All receivers"),
            day=day or context.today(),
            lines=tuple(line(row) for row in rows),
            printed_at=context.now(),
        )
    )

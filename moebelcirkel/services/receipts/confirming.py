"""The receiver says that a delivery came as it should."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import DeliveryState
from moebelcirkel.domain.receipts import last_day
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import receipts as receipt_queries
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import load_parameter


@dataclass(frozen=True, slots=True)
class Confirmed(Done):
    """The delivery that was confirmed."""

    delivery_id: int
    number: str


@writes("delivery.confirm", Action.ORDER, Kind(others=Action.HAND_OVER))
def confirm(work: Work, delivery_id: int) -> Confirmed:
    """Say that all of it came; refused where somebody has, or the time for it is over."""
    delivery = answerable(work, delivery_id)
    delivery.confirmed_on, delivery.confirmed_by_id = work.today, work.actor_id
    return Confirmed(delivery_id=delivery.id, number=delivery.number)


def answerable(work: Work, delivery_id: int) -> Delivery:
    """A delivery of the asker's that has been handed over and not been answered for."""
    delivery = work.get(Delivery, delivery_id)
    work.require(Action.ORDER, delivery.institution_id)
    if delivery.state != DeliveryState.HANDED or delivery.handed_on is None:
        raise Refused(
            N_("Delivery {note} has not been handed over, or that was undone."),
            note=delivery.number,
        )
    if delivery.confirmed_on is not None:
        raise Refused(
            N_("{name} has already confirmed delivery {note} on {day}."),
            name=work.session.get_one(User, delivery.confirmed_by_id).name,
            note=delivery.number,
            day=delivery.confirmed_on,
        )
    days = int(load_parameter(work.session, "confirm_days"))
    last = last_day(_registered_on(work, delivery), days)
    if work.today > last:
        raise Refused(
            N_(
                "Delivery {note} could be answered for until {day} and counts as confirmed now. "
                "Ask the warehouse."
            ),
            note=delivery.number,
            day=last,
        )
    return delivery


def _registered_on(work: Work, delivery: Delivery) -> dt.date:
    found = receipt_queries.one(work.session, delivery.id)
    assert found is not None  # it has been handed over
    return receipt_queries.registered_on(found)

"""What the warehouse does with a report: accept, ask, turn down, plan the day, and finish it."""

import datetime as dt
from dataclasses import dataclass

from moebelcirkel.domain import limits
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import needed_text
from moebelcirkel.domain.pickups import MOST_DAYS_AHEAD, RECEIVING, PickupState, PickupStep, check
from moebelcirkel.domain.repairs import NOT_OF_REPAIRS
from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.pickups import standing
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.queries import runs as run_queries
from moebelcirkel.storage.tables.pickups import Pickup


@dataclass(frozen=True, slots=True)
class PickupDecided(Done):
    """The report somebody decided about."""

    pickup_id: int
    number: str


@dataclass(frozen=True, slots=True)
class Closed(Done):
    """The report that is finished, how much was reported and how much of it came.

    ``more`` is what came without having been reported.
    """

    pickup_id: int
    number: str
    pieces: int
    came: int
    more: int


@writes("pickup.accept", Action.PICKUP)
def accept(work: Work, pickup_id: int, version: int | None = None) -> PickupDecided:
    """Say yes: it will be fetched, and from now on the giver cannot change the report."""
    pickup = take(work, PickupStep.ACCEPT, pickup_id, version)
    pickup.state = PickupState.ACCEPTED
    return PickupDecided(pickup_id=pickup.id, number=pickup.number)


@writes("pickup.ask", Action.PICKUP)
def ask(work: Work, pickup_id: int, question: str, version: int | None = None) -> PickupDecided:
    """Ask the giver; the answer comes with a corrected report."""
    pickup = take(work, PickupStep.ASK, pickup_id, version)
    empty = N_("Write what you want to know.")
    pickup.question = needed_text(question, limits.NOTE, "question", empty)
    pickup.answer = ""
    pickup.state = PickupState.QUESTION
    return PickupDecided(pickup_id=pickup.id, number=pickup.number)


@writes("pickup.refuse", Action.PICKUP)
def refuse(work: Work, pickup_id: int, reason: str, version: int | None = None) -> PickupDecided:
    """Say no, with the reason, which the giver reads; what was on sale there no longer is."""
    pickup = take(work, PickupStep.REFUSE, pickup_id, version)
    standing.take_off(work, pickup)
    if pickup_queries.has_pieces(work.session, pickup.id):
        raise Refused(
            N_("Furniture has been received for {number}. Finish it instead."), number=pickup.number
        )
    empty = N_("Write why, so that the giver knows what to do.")
    pickup.reason = needed_text(reason, limits.NOTE, "reason", empty)
    pickup.state = PickupState.REFUSED
    return PickupDecided(pickup_id=pickup.id, number=pickup.number)


@writes("pickup.plan", Action.PICKUP)
def plan(work: Work, pickup_id: int, on: dt.date, version: int | None = None) -> PickupDecided:
    """Choose the day it is fetched; a report that waits is accepted by it."""
    pickup = take(work, PickupStep.PLAN, pickup_id, version)
    if on < work.today:
        raise Refused(N_("The date lies in the past."), field="planned_on")
    if on > work.today + dt.timedelta(days=MOST_DAYS_AHEAD):
        raise Refused(N_("The date is too far ahead."), field="planned_on")
    fetched = run_queries.fetches_on(work.session, pickup.id)
    if fetched is not None and fetched[1] != on:
        raise Refused(
            N_("{number} is fetched by {run} on {day}. Move the run, or take it off."),
            field="planned_on",
            number=pickup.number,
            run=fetched[0],
            day=fetched[1],
        )
    pickup.planned_on = on
    pickup.state = PickupState.PLANNED
    work.refuse_unchanged()
    return PickupDecided(pickup_id=pickup.id, number=pickup.number)


@writes("pickup.close", Action.PICKUP)
def close(work: Work, pickup_id: int, version: int | None = None) -> Closed:
    """Nothing more comes: what did not come is the difference, and is told to the giver."""
    pickup = take(work, PickupStep.CLOSE, pickup_id, version)
    left = pickup_queries.standing(work.session, pickup.id)
    if left:
        raise Refused(
            N_(
                "{count} of the pieces of {number} still stand with the giver. Deliver them, or "
                "say first whether they have come."
            ),
            count=left,
            number=pickup.number,
        )
    pickup.state = PickupState.CLOSED
    lines = pickup_queries.lines(work.session, [pickup.id])
    return Closed(
        pickup_id=pickup.id,
        number=pickup.number,
        pieces=sum(line.pieces for line in lines),
        came=sum(line.received for line in lines),
        more=pickup_queries.unreported(work.session, pickup.id),
    )


def take(work: Work, step: PickupStep, pickup_id: int, version: int | None) -> Pickup:
    """The report; what somebody else has done to it meanwhile is said before a stale form."""
    pickup = work.get(Pickup, pickup_id)
    if step in NOT_OF_REPAIRS or (step is PickupStep.PLAN and pickup.state not in RECEIVING):
        refuse_repair(work, pickup)
    check(step, pickup.state, pickup.number)
    return work.get(Pickup, pickup_id, version)


def refuse_repair(work: Work, pickup: Pickup) -> None:
    """What is repaired and comes back is decided by its price and received by the workshop."""
    if repair_queries.of_pickup(work.session, pickup.id) is not None:
        raise Refused(N_("{number} is a repair. See to it under Repairs."), number=pickup.number)

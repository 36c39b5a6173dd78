"""Pieces that are registered for a report, and what must hold when anything of it is undone."""

from collections.abc import Sequence
from dataclasses import dataclass

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.pickups import (
    MATERIAL_STAYS,
    RECEIVING,
    WITH_PIECES,
    GiftKind,
    PickupStep,
    check,
    state_name,
)
from moebelcirkel.domain.places import NAME_LENGTH, PlaceKind
from moebelcirkel.language import _
from moebelcirkel.services.context import Work
from moebelcirkel.storage import undo
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.queries import places as place_queries
from moebelcirkel.storage.queries import repairs as repair_queries
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine, PickupPiece
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.work import gone


@dataclass(frozen=True, slots=True)
class ReportOrigin:
    """The report that pieces come of, and the line they are of; no line: not reported."""

    pickup_id: int
    line_id: int | None = None


def giver(work: Work, origin: ReportOrigin) -> int | None:
    """Who gives what is received for a report; refuses one that receives nothing any more."""
    pickup = work.get(Pickup, origin.pickup_id)
    check(PickupStep.RECEIVE, pickup.state, pickup.number)
    if repair_queries.of_pickup(work.session, pickup.id) is not None:
        raise Refused(N_("{number} is a repair. See to it under Repairs."), number=pickup.number)
    if pickup.order_id is not None:
        raise Refused(
            N_(
                "The furniture of {number} was delivered before and has its labels. "
                "Take it back by these, under Picking and delivery."
            ),
            number=pickup.number,
        )
    if origin.line_id is not None:
        line = work.get(PickupLine, origin.line_id)
        if line.pickup_id != pickup.id:
            raise gone()
    return pickup.institution_id


def refuse_numbered(work: Work, origin: ReportOrigin, pieces: int) -> None:
    """What is on sale where it stands has its number: it is not registered a second time."""
    lines = pickup_queries.lines(work.session, [origin.pickup_id])
    line = next((row for row in lines if row.id == origin.line_id), None)
    if line is None or not line.offered:
        return
    if pieces > max(0, line.pieces - line.received - line.offered):
        raise Refused(
            N_(
                "{count} of these have their numbers and are on sale where they stand. Say under"
                " Pickups how many of them came, with “They have come…”."
            ),
            field="parts",
            count=line.offered,
        )


def refuse_material(work: Work, origin: ReportOrigin) -> None:
    """What is no furniture is not put on sale."""
    pickup = work.get(Pickup, origin.pickup_id)
    if pickup.gift == GiftKind.MATERIAL:
        raise Refused(MATERIAL_STAYS, field="parts", number=pickup.number)


def place_at_giver(work: Work, origin: ReportOrigin) -> int:
    """Where pieces of a report stand that are registered before they are fetched."""
    known = place_queries.of_pickup(work.session, origin.pickup_id)
    if known is not None:
        return known
    pickup = work.get(Pickup, origin.pickup_id)
    name = pickup.firm
    if pickup.institution_id is not None:
        name = work.get(Institution, pickup.institution_id).name
    at = _("At {giver}")
    place = Place(
        code=at.format(giver=pickup.number),
        name=at.format(giver=name)[:NAME_LENGTH],
        kind=PlaceKind.FLOOR,
        active=False,
        pickup_id=pickup.id,
    )
    work.session.add(place)
    work.session.flush()
    return place.id


def tie(work: Work, origin: ReportOrigin, unit_ids: Sequence[int]) -> None:
    """Remember which report each piece came of."""
    rows = [
        {"pickup_id": origin.pickup_id, "line_id": origin.line_id, "unit_id": unit_id}
        for unit_id in unit_ids
    ]
    work.bulk_insert(PickupPiece, rows)


def _keep_their_pieces(work: Work, events: Sequence[undo.Turned]) -> None:
    """A report that furniture was received for stays accepted."""
    for pickup in work.rows(Pickup, {int(event.entity_id) for event in events}):
        if pickup.state not in WITH_PIECES and pickup_queries.has_pieces(work.session, pickup.id):
            raise Refused(
                N_("It cannot be undone, because furniture has been received for {number}."),
                number=pickup.number,
            )


def _come_back_to_their_report(work: Work, events: Sequence[undo.Turned]) -> None:
    """Pieces that come back must find the report they came of as it was."""
    kept = {(event.before or event.after or {})["pickup_id"] for event in events}
    for pickup in work.rows(Pickup, kept):
        if pickup.state not in WITH_PIECES and pickup_queries.has_pieces(work.session, pickup.id):
            raise Refused(
                N_("It cannot be done again, because {number} is {state}."),
                number=pickup.number,
                state=Refused(state_name(pickup.state)),
            )


def _stand_with_who_still_gives(work: Work, events: Sequence[undo.Turned]) -> None:
    """Nothing goes back to a giver whose report is finished, or was turned down."""
    moved = {
        int(event.entity_id)
        for event in events
        if not event.made and event.before and "place_id" in event.before
    }
    for unit, pickup in pickup_queries.standing_of(work.session, moved):
        if pickup.state not in RECEIVING:
            raise Refused(
                N_("It cannot be undone, because {number} would stand with {pickup}: {state}."),
                number=unit.number,
                pickup=pickup.number,
                state=Refused(state_name(pickup.state)),
            )


def _are_there_once(work: Work, events: Sequence[undo.Turned]) -> None:
    """What was put on sale where it stands, or registered, meanwhile does not come back beside it.

    Its first registration may find more than was reported, but not the same furniture twice.
    """
    back = {int(event.entity_id) for event in events if _comes_back(event)}
    for line in pickup_queries.lines(work.session, pickup_queries.pickups_of(work.session, back)):
        if line.offered and line.received + line.offered > line.pieces:
            raise Refused(
                N_(
                    "That would be {count} pieces of {name}, of which {pieces} are reported: they"
                    " have been registered again since."
                ),
                count=line.received + line.offered,
                name=line.name,
                pieces=line.pieces,
            )


def _comes_back(event: undo.Turned) -> bool:
    if event.made:
        return False
    return "place_id" in (event.before or {}) or (event.after or {}).get("state") == State.VOID


undo.AFTERWARDS["unit"] += [_stand_with_who_still_gives, _are_there_once]
undo.AFTERWARDS[Pickup.__tablename__].append(_keep_their_pieces)
undo.AFTERWARDS[PickupPiece.__tablename__].append(_come_back_to_their_report)

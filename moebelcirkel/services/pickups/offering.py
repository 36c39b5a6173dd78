"""Reported furniture on sale where it stands, and what of it came when it is fetched.

A report says what there is and in which condition; what the warehouse accepts of it has numbers and
prices at once, is held for whoever waits for it, and is driven straight to whoever orders it.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import whole_number
from moebelcirkel.domain.pickups import MATERIAL_STAYS, RECEIVING, GiftKind, PickupState, PickupStep
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import articles, intake, photos
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.intake import corrections
from moebelcirkel.services.pickups import deciding, standing
from moebelcirkel.services.pickups.receiving import ReportOrigin
from moebelcirkel.storage import shop_holds
from moebelcirkel.storage.queries import articles as article_queries
from moebelcirkel.storage.queries import pickups as pickup_queries
from moebelcirkel.storage.rows import like
from moebelcirkel.storage.tables.photos import PhotoBlob
from moebelcirkel.storage.tables.pickups import PickupLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import gone


@dataclass(frozen=True, slots=True)
class OfferedThere(Done):
    """The report, and its pieces that are on sale where they stand."""

    pickup_id: int
    number: str
    unit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class BroughtHome(Done):
    """The pieces that came, and how many did not."""

    pickup_id: int
    number: str
    unit_ids: tuple[int, ...]
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """So many pieces of a line came in this condition; ``gone`` when no more of it will."""

    line_id: int
    pieces: int
    condition: str
    place_id: int | None = None
    gone: bool = False


# --- on sale where it stands ---------------------------------------------------------------------


@writes("pickup.offer", Action.PICKUP)
def offer(
    work: Work, pickup_id: int, line_ids: Collection[int], version: int | None = None
) -> OfferedThere:
    """Put lines of a report on sale at their giver; one that waits is accepted by it."""
    pickup = deciding.take(work, PickupStep.OFFER, pickup_id, version)
    for action in (Action.INTAKE, Action.SALE):
        work.require(action)
    if pickup.gift == GiftKind.MATERIAL:
        raise Refused(MATERIAL_STAYS, number=pickup.number)
    if pickup.state not in RECEIVING:
        pickup.state = PickupState.ACCEPTED
        work.session.flush()
    chosen = [row for row in pickup_queries.lines(work.session, [pickup.id]) if row.id in line_ids]
    if len(chosen) < len(set(line_ids)):
        raise gone()
    left = [(row.id, row.pieces - row.received - row.offered) for row in chosen]
    if not any(count > 0 for _line, count in left):
        raise Refused(N_("Choose what is put on sale."), field="lines")
    made: list[int] = []
    for line_id, count in left:
        if count > 0:
            made += _offer(work, work.get(PickupLine, line_id), count)
    return OfferedThere(pickup_id=pickup.id, number=pickup.number, unit_ids=tuple(made))


def _offer(work: Work, line: PickupLine, count: int) -> Sequence[int]:
    """Its pieces as a batch that stands at the giver, with the price of its condition."""
    part = intake.Part(line.condition, count, "sale")
    batch = intake.Batch(
        article_id=_type_of(work, line),
        parts=(part,),
        origin=ReportOrigin(line.pickup_id, line.id),
        at_giver=True,
    )
    return intake.write_batch(work, batch).unit_ids


def _type_of(work: Work, line: PickupLine) -> int:
    """The type of a line; of one in the giver's own words the one that is called so, or a new."""
    if line.article_id is not None:
        return line.article_id
    known = article_queries.called_in(work.session, line.name, line.category_key)
    if known is not None:
        return known
    made = articles.create(work, ArticleValues(name=line.name, category_key=line.category_key))
    photos.attach(work, _pictures(work, line), article_id=made.id)
    return made.id


def _pictures(work: Work, line: PickupLine) -> list[photos.Picture]:
    blobs = [
        work.session.get(PhotoBlob, photo.sha256)
        for photo in pickup_queries.photo_rows(work.session, line.id)
    ]
    return [
        like(photos.Picture, blob)
        for blob in blobs
        if blob is not None and blob.jpeg is not None and blob.thumb is not None
    ]


# --- what came -----------------------------------------------------------------------------------


@writes("pickup.bring", Action.PICKUP)
def bring_home(
    work: Work, pickup_id: int, arrival: Arrival, version: int | None = None
) -> BroughtHome:
    """What was on sale at its giver is in the warehouse; what is ordered of it stays ordered."""
    pickup = deciding.take(work, PickupStep.BRING, pickup_id, version)
    work.require(Action.INTAKE)
    there = pickup_queries.standing_units(work.session, pickup.id, arrival.line_id)
    count = _count(arrival, len(there))
    if arrival.condition not in set(Condition):
        raise Refused(N_("Choose from the list."), field="condition")
    place = arrival.place_id
    if count and (place is None or not work.stands(Place, place, active=True)):
        raise Refused(N_("Choose where the furniture is put."), field="place_id")
    came = _which(work, there, count, arrival.condition)
    for unit in came:
        right = corrections.BatchCorrection(condition=arrival.condition, place_id=arrival.place_id)
        corrections.put_right(work, unit, right)
    missing = [unit for unit in there if unit not in came] if arrival.gone else []
    standing.let_go(work, pickup, missing)
    return BroughtHome(
        pickup_id=pickup.id,
        number=pickup.number,
        unit_ids=tuple(unit.id for unit in came),
        missing=len(missing),
    )


def _count(arrival: Arrival, there: int) -> int:
    """How many came; none at all is only said where no more will come."""
    try:
        return whole_number(arrival.pieces, 0 if arrival.gone else 1, there)
    except Refused:
        raise Refused(
            N_(
                "{count} of these are on sale at the giver. Receive what came beside them under"
                " Intake."
            ),
            field="pieces",
            count=there,
        ) from None


def _which(work: Work, there: Sequence[Unit], count: int, condition: str) -> list[Unit]:
    """Alike pieces that have no label yet: those that somebody waits for as they were shown."""
    held = {hold.unit_id for hold in _live(work, there)}
    fixed = [unit for unit in there if unit.state not in pickup_queries.LOOSE or unit.id in held]
    loose = [unit for unit in there if unit not in fixed]
    as_shown = [unit for unit in fixed if unit.condition == condition]
    loose.sort(key=lambda unit: (unit.condition != condition, unit.id))
    found = [*as_shown, *loose][:count]
    if len(found) < count:
        raise Refused(
            N_(
                "{count} of these are ordered or lie in a basket in the condition that was"
                " reported. Give up the order, or give another piece for it, before they get"
                " another condition."
            ),
            field="condition",
            count=count - len(found),
        )
    return found


def _live(work: Work, units: Sequence[Unit]) -> list[shop_holds.Hold]:
    rows = shop_holds.of_units(work.session, [unit.id for unit in units])
    return [row for row in rows if row.expires_at > work.now]

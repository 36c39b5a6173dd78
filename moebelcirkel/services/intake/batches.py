"""Intake: a batch of alike pieces becomes units with labels, on the shelf, on sale or at work."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from moebelcirkel.domain import facts
from moebelcirkel.domain.conditions import Condition
from moebelcirkel.domain.cpr import without_cpr
from moebelcirkel.domain.days import year_bought
from moebelcirkel.domain.errors import N_, Invalid, Refused
from moebelcirkel.domain.facts import PieceFacts
from moebelcirkel.domain.labels import label_number
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.domain.prices import suggested_price
from moebelcirkel.domain.roles import Action
from moebelcirkel.services import articles, cases, figures, photos
from moebelcirkel.services.articles.values import ArticleValues
from moebelcirkel.services.context import Context, Done, Work, writes
from moebelcirkel.services.pickups import receiving
from moebelcirkel.services.pickups.receiving import ReportOrigin
from moebelcirkel.storage import numbering
from moebelcirkel.storage.queries import changes as change_queries
from moebelcirkel.storage.queries import intake as intake_queries
from moebelcirkel.storage.queries.intake import GiverRow, IntakeBatchDetail, IntakeBatchRow
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Intake, Unit
from moebelcirkel.storage.work import gone

MAX_PIECES = 5_000

Destination = Literal["shelf", "sale", "workshop"]


@dataclass(frozen=True, slots=True)
class Part:
    """The pieces of a batch in one condition, and where they go."""

    condition: str
    count: int
    destination: Destination = "shelf"
    place_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch(PieceFacts):
    """Alike pieces received in one go: of a known article, or of a new one.

    ``origin`` is the report they come of; then its giver is theirs, whatever ``giver_id`` says.
    ``at_giver`` are pieces of a report that still stand where they were reported, whatever place
    their parts say: they can be sold from there.
    """

    parts: Sequence[Part]
    giver_id: int | None = None
    article_id: int | None = None
    new_article: ArticleValues | None = None
    pictures: Sequence[photos.Picture] = ()
    note: str = ""
    acquired_year: int | None = None
    received_on: dt.date | None = None
    origin: ReportOrigin | None = None
    at_giver: bool = False


@dataclass(frozen=True, slots=True)
class Registered(Done):
    """The batch, its type, and its pieces in the order they were written."""

    # Stored as before, for a batch that was sent by an older program and is asked about later.
    intake_id: int = field(metadata={"stored": "intake"})
    article_id: int = field(metadata={"stored": "article"})
    unit_ids: tuple[int, ...] = field(metadata={"stored": "units"})
    numbers: tuple[str, ...]


@writes("intake.register", Action.INTAKE)
def register(work: Work, batch: Batch) -> Registered:
    """Create all pieces of the batch with their numbers; answers with units and numbers."""
    return write_batch(work, batch)


def write_batch(work: Work, batch: Batch) -> Registered:
    """The same within a change that is under way."""
    if batch.origin is not None:
        pieces = sum(part.count for part in batch.parts)
        receiving.refuse_numbered(work, batch.origin, pieces)
        batch = replace(batch, giver_id=receiving.giver(work, batch.origin))
    if batch.at_giver:
        batch = replace(batch, parts=[replace(part, place_id=None) for part in batch.parts])
    _expect(work, batch)
    _check(work, batch)
    article = _article(work, batch)
    numbering.expect_ids(work.session, {Intake: 1, Unit: sum(part.count for part in batch.parts)})
    intake = {
        "giver_id": batch.giver_id,
        "article_id": article.id,
        "pieces": sum(part.count for part in batch.parts),
        "received_on": batch.received_on or work.today,
        "created_at": work.now,
    }
    (intake_id,) = work.bulk_insert(Intake, [intake])
    rows = _units(work, batch, article, intake_id)
    ids = work.bulk_insert(Unit, rows)
    _open_cases(work, batch, ids)
    if batch.origin is not None:
        receiving.tie(work, batch.origin, ids)
    photos.attach(work, batch.pictures, article_id=article.id)
    return Registered(
        intake_id=intake_id,
        article_id=article.id,
        unit_ids=tuple(ids),
        numbers=tuple(row["number"] for row in rows),
    )


def _expect(work: Work, batch: Batch) -> None:
    """What every batch asks, asked at once."""
    places = {part.place_id for part in batch.parts if part.count and part.place_id is not None}
    chosen: list[tuple[type[Base], int]] = [(Place, place) for place in places]
    if batch.origin is None and batch.giver_id is not None:
        chosen.append((Institution, batch.giver_id))
    work.expect(chosen, {} if batch.article_id is None else {Article: batch.article_id})


def _check(work: Work, batch: Batch) -> None:
    errors: dict[str, Refused] = {}
    pieces = sum(part.count for part in batch.parts)
    if pieces < 1 or any(part.count < 0 for part in batch.parts):
        errors["parts"] = Refused(N_("Say how many pieces there are in each condition."))
    if pieces > MAX_PIECES:
        errors["parts"] = Refused(
            N_("At most {limit} pieces at a time. Split the batch."), limit=Decimal(MAX_PIECES)
        )
    # What a report says is fetched there also when it has closed meanwhile.
    chosen = batch.giver_id if batch.origin is None else None
    if chosen is not None and not work.stands(Institution, chosen, active=True):
        errors["giver"] = Refused(N_("Choose a giver from the list."))
    if batch.received_on is not None and batch.received_on > work.today:
        errors["received_on"] = Refused(N_("The date lies in the future."))
    for part in batch.parts:
        _check_part(work, batch, part, errors)
    try:
        if batch.acquired_year is not None:
            year_bought(batch.acquired_year, work.today.year)
    except Refused as error:
        errors["acquired_year"] = error
    try:
        without_cpr(batch.note)
    except Refused as error:
        errors["note"] = error
    if errors:
        raise Invalid(errors)


def _check_part(work: Work, batch: Batch, part: Part, errors: dict[str, Refused]) -> None:
    if part.count == 0:
        return
    if part.destination == "sale" and not work.allows(Action.SALE):
        errors["parts"] = Refused(N_("You may not put furniture on sale. Choose the shelf."))
    if part.destination == "sale" and batch.origin is not None:
        receiving.refuse_material(work, batch.origin)
    if batch.at_giver and batch.origin is None:
        errors["parts"] = Refused(N_("Choose the report of what still stands with its giver."))
    if batch.at_giver and part.destination == "workshop":
        errors["parts"] = Refused(
            N_("What still stands with its giver is in no workshop. Choose the shelf or sale.")
        )
    if part.place_id is not None and not work.stands(Place, part.place_id, active=True):
        errors["place"] = Refused(N_("Choose a place from the list."))
    if part.place_id is None and part.destination != "workshop" and not batch.at_giver:
        errors["place"] = Refused(N_("Choose where the furniture is put."))


def _article(work: Work, batch: Batch) -> Article:
    if batch.article_id is not None:
        return work.choose(Article, batch.article_id)
    if batch.new_article is None:
        raise Invalid({"article": Refused(N_("Choose a furniture type, or write a new one."))})
    return articles.create(work, batch.new_article)


def _units(work: Work, batch: Batch, article: Article, intake_id: int) -> list[dict[str, Any]]:
    serial = work.next_number("unit", sum(part.count for part in batch.parts))
    prefix = str(work.parameter("label_prefix"))
    new_price = figures.price_as_new(work.session, work.today, article)
    rule = articles.price_rule(work.session)
    workshop = cases.workshop_place(work) if any(map(_to_bench, batch.parts)) else None
    if batch.at_giver and batch.origin is not None:
        at = receiving.place_at_giver(work, batch.origin)
        batch = replace(batch, parts=[replace(part, place_id=at) for part in batch.parts])
    rows: list[dict[str, Any]] = []
    for part in batch.parts:
        shared = {
            "article_id": article.id,
            "state": _STATES[part.destination],
            "condition": part.condition,
            "place_id": workshop if _to_bench(part) else part.place_id,
            "price_ore": suggested_price(new_price, Condition(part.condition), rule),
            "giver_id": batch.giver_id,
            "intake_id": intake_id,
            "received_on": batch.received_on or work.today,
            "acquired_year": batch.acquired_year,
            **facts.checked(batch),
            "listed_at": work.now if part.destination == "sale" else None,
            "note": batch.note.strip(),
        }
        for _ in range(part.count):
            number = label_number(prefix, serial)
            rows.append({**shared, "serial": serial, "number": number})
            serial += 1
    return rows


def _to_bench(part: Part) -> bool:
    """Pieces for the workshop stand there unless another place is said."""
    return part.destination == "workshop" and part.place_id is None


_STATES: dict[Destination, State] = {
    "shelf": State.RECEIVED,
    "sale": State.LISTED,
    "workshop": State.WORKSHOP,
}


def _open_cases(work: Work, batch: Batch, unit_ids: Sequence[int]) -> None:
    start = 0
    for part in batch.parts:
        if part.destination == "workshop" and part.count:
            cases.open_case(work, unit_ids[start : start + part.count])
        start += part.count


def givers(context: Context) -> list[GiverRow]:
    """Active institutions in Danish order, with what came from each today."""
    context.require(Action.INTAKE)
    with context.read() as session:
        return intake_queries.givers(session, context.today())


def batches_today(context: Context) -> list[IntakeBatchRow]:
    """Today's registered batches, newest first."""
    context.require(Action.INTAKE)
    with context.read() as session:
        return intake_queries.batches(session, context.today())


def batch(context: Context, intake_id: int) -> IntakeBatchDetail:
    """One batch with its pieces, and the change that undoing it takes back."""
    context.require(Action.INTAKE)
    with context.read() as session:
        found = intake_queries.batch(session, intake_id)
    if found is None:
        raise gone()
    return found


def undone(context: Context, unit_ids: Sequence[int]) -> set[int]:
    """Those of the pieces whose registration was taken back."""
    context.require(Action.INTAKE)
    with context.read() as session:
        return intake_queries.undone(session, unit_ids)


def registered(context: Context, request_id: str) -> Registered | None:
    """What a request sent before a crash came to; None if it never arrived."""
    context.require(Action.INTAKE)
    with context.read() as session:
        return change_queries.answered(session, request_id, Registered)

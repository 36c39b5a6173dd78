"""What a møbelpas shows of one piece: facts, pictures, its events, costs and figure lines."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.orders import LineState
from moebelcirkel.storage import rows
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import UnitCost
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.deliveries import Delivery
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.figures import FigureLine
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.photos import Photo, PhotoBlob
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.tables.units import Unit, UnitCode
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import chunks

_GIVER = aliased(Institution)
_HOLDER = aliased(Institution)
_REVERSING = aliased(Change)


@dataclass(frozen=True, slots=True)
class UnitEvent:
    """What one change did to the piece."""

    change_id: int
    kind: str
    at: dt.datetime
    actor: str
    reverses_id: int | None
    undone: bool
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class TaskCost:
    """A finished task of the piece: minutes and øre of its own share."""

    change_id: int
    task: str
    minutes: Decimal
    ore: int
    case_task_id: int | None


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """A picture of the piece itself or of its type."""

    id: int
    sha256: str
    own: bool


@dataclass(frozen=True, slots=True)
class OpenOrder:
    """The order the piece is kept for."""

    order_id: int
    number: str
    institution: str
    answer: str


def unit(session: Session, unit_id: int) -> tuple[Unit, Article, Category, str, str, str] | None:
    """The piece with its type, category, place and institutions."""
    query = (
        select(
            Unit,
            Article,
            Category,
            func.coalesce(func.nullif(Place.name, ""), Place.code, ""),
            func.coalesce(_GIVER.name, ""),
            func.coalesce(_HOLDER.name, ""),
        )
        .join(Article, Article.id == Unit.article_id)
        .join(Category, Category.key == Article.category_key)
        .outerjoin(Place, Place.id == Unit.place_id)
        .outerjoin(_GIVER, _GIVER.id == Unit.giver_id)
        .outerjoin(_HOLDER, _HOLDER.id == Unit.holder_id)
        .where(Unit.id == unit_id)
    )
    return session.execute(query).first()


def codes(session: Session, unit_id: int) -> list[str]:
    """Other codes on the piece."""
    query = select(UnitCode.code).where(UnitCode.unit_id == unit_id).order_by(UnitCode.code)
    return list(session.scalars(query))


def photos(session: Session, unit_id: int, article_id: int) -> list[PhotoLine]:
    """The piece's own pictures first, then its type's; erased ones are left out."""
    query = (
        select(Photo.id, Photo.sha256, Photo.unit_id.is_not(None).label("own"))
        .join(PhotoBlob, PhotoBlob.sha256 == Photo.sha256)
        .where((Photo.unit_id == unit_id) | (Photo.article_id == article_id))
        .where(PhotoBlob.jpeg.is_not(None))
        .order_by(Photo.unit_id.is_(None), Photo.position, Photo.id)
    )
    return rows.fill(PhotoLine, session, query)


def jpegs(session: Session, fingerprints: Sequence[str]) -> list[bytes]:
    """Whole pictures in the order asked for; erased ones are left out."""
    query = select(PhotoBlob.sha256, PhotoBlob.jpeg).where(PhotoBlob.sha256.in_(fingerprints))
    found: dict[str, bytes | None] = {row[0]: row[1] for row in session.execute(query)}
    pictures = (found.get(key) for key in fingerprints)
    return [data for data in pictures if data]


def events(session: Session, entity: str, entity_id: int | str) -> list[UnitEvent]:
    """Everything that was written about one row, oldest first."""
    query = (
        rows.query(
            UnitEvent,
            Change,
            Event,
            change_id=Change.id,
            actor=func.coalesce(User.name, ""),
            undone=exists().where(_REVERSING.reverses_id == Change.id),
        )
        .join(Event, Event.change_id == Change.id)
        .outerjoin(User, User.id == Change.actor_id)
        .where(Event.entity == entity, Event.entity_id == str(entity_id))
        .order_by(Event.id)
    )
    return rows.fill(UnitEvent, session, query)


def first_giver(session: Session, unit_id: int) -> str:
    """Who handed the piece in when it was registered."""
    registered = (
        select(Event.after)
        .where(Event.entity == "unit", Event.entity_id == str(unit_id))
        .order_by(Event.id)
        .limit(1)
    )
    values = session.scalar(registered) or {}
    giver_id = values.get("giver_id")
    row = None if giver_id is None else session.get(Institution, giver_id)
    return "" if row is None else row.name


def touching(session: Session, entity: str, change_ids: Collection[int]) -> set[int]:
    """Those of the changes that did something to a row of this table."""
    found: set[int] = set()
    for part in chunks(sorted(change_ids)):
        query = select(Event.change_id).where(Event.change_id.in_(part), Event.entity == entity)
        found.update(session.scalars(query))
    return found


def photo_events(session: Session, unit_id: int) -> list[UnitEvent]:
    """When the pictures of the piece itself were added."""
    ids = session.scalars(select(Photo.id).where(Photo.unit_id == unit_id)).all()
    found: list[UnitEvent] = []
    for photo_id in ids:
        found.extend(events(session, "photo", photo_id)[:1])
    return found


def erased_photos(session: Session, unit_id: int) -> list[UnitEvent]:
    """What was erased for good of the pictures of the piece and of its type."""
    article = select(Unit.article_id).where(Unit.id == unit_id).scalar_subquery()
    hung = select(Photo.sha256).where((Photo.unit_id == unit_id) | (Photo.article_id == article))
    return [
        event
        for fingerprint in session.scalars(hung.order_by(Photo.id))
        for event in events(session, PhotoBlob.__tablename__, fingerprint)
    ]


def costs(session: Session, unit_id: int) -> list[TaskCost]:
    """The tasks booked on the piece, in the order they were booked."""
    query = (
        select(
            UnitCost.change_id,
            TaskTypeRow.name.label("task"),
            UnitCost.minutes,
            (UnitCost.labour_ore + UnitCost.parts_ore).label("ore"),
            UnitCost.case_task_id,
        )
        .join(TaskTypeRow, TaskTypeRow.id == UnitCost.task_type_id)
        .where(UnitCost.unit_id == unit_id, UnitCost.count > 0)
        .order_by(UnitCost.id)
    )
    return rows.fill(TaskCost, session, query)


def figure_lines(session: Session, unit_id: int) -> list[tuple[FigureLine, str]]:
    """The piece's figure lines with the institution of each, oldest first."""
    query = (
        select(FigureLine, func.coalesce(Institution.name, ""))
        .outerjoin(Institution, Institution.id == FigureLine.institution_id)
        .where(FigureLine.unit_id == unit_id)
        .order_by(FigureLine.id)
    )
    return [(row[0], row[1]) for row in session.execute(query)]


def receivers(session: Session, change_ids: Collection[int]) -> dict[int, str]:
    """The institution whose order or delivery each change was about."""
    found: dict[int, str] = {}
    for part in chunks(sorted(change_ids)):
        for entity, model in (("shop_order", Order), ("delivery", Delivery)):
            touched = (
                select(Event.change_id, Event.entity_id)
                .where(Event.change_id.in_(part), Event.entity == entity)
                .order_by(Event.id)
            )
            keys = {row.change_id: int(row.entity_id) for row in session.execute(touched)}
            names = _receiver_names(session, model, set(keys.values()))
            found.update({c: names[key] for c, key in keys.items() if key in names})
    return found


def _receiver_names(session: Session, model: Any, keys: Collection[int]) -> dict[int, str]:
    query = (
        select(model.id, Institution.name)
        .join(Institution, Institution.id == model.institution_id)
        .where(model.id.in_(keys))
    )
    return {row[0]: row[1] for row in session.execute(query)}


def open_order(session: Session, unit_id: int) -> OpenOrder | None:
    """The order the piece stands on now."""
    query = (
        select(
            Order.id.label("order_id"),
            Order.number,
            Institution.name.label("institution"),
            func.coalesce(OrderLine.answer, Order.answer).label("answer"),
        )
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Institution, Institution.id == Order.institution_id)
        .where(
            OrderLine.unit_id == unit_id, OrderLine.state.in_((LineState.OPEN, LineState.PICKED))
        )
    )
    return rows.first(OpenOrder, session, query)


def names(
    session: Session, model: type[Place | Institution | Article], keys: Collection[int]
) -> dict[int, str]:
    """Names of places, institutions or types by id."""
    shown = func.coalesce(func.nullif(model.name, ""), model.code) if model is Place else model.name
    query = select(model.id, shown).where(model.id.in_(sorted(keys)))
    return {row[0]: row[1] for row in session.execute(query)}


def place_names(session: Session, keys: Collection[int]) -> dict[int, str]:
    """Names of places by id."""
    return names(session, Place, keys)


def institution_names(session: Session, keys: Collection[int]) -> dict[int, str]:
    """Names of institutions by id."""
    return names(session, Institution, keys)


def article_names(session: Session, keys: Collection[int]) -> dict[int, str]:
    """Names of furniture types by id."""
    return names(session, Article, keys)

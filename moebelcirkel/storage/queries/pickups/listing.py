"""Lists of reported furniture by state and reach, the lines of a report, and its history."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    Select,
    SQLColumnExpression,
    and_,
    case,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.pickups import RECEIVING, WITH_PIECES, PickupState
from moebelcirkel.storage import registers, rows
from moebelcirkel.storage.queries.articles import LITRES
from moebelcirkel.storage.queries.pickups.pieces import GIVER, came
from moebelcirkel.storage.queries.pickups.standing import WITH_GIVER
from moebelcirkel.storage.queries.repairs.single import is_repair
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change, Event
from moebelcirkel.storage.tables.factors import Category
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine, PickupPiece
from moebelcirkel.storage.tables.repairs import Repair
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User

_REVERSED_CHANGE = aliased(Change)


@dataclass(frozen=True, slots=True)
class PickupReach:
    """Which reports a list shows: institutions (None: all, also firms), states, words, one id.

    ``by_day`` puts what is fetched first at the top, and what has no day at the end.
    """

    institutions: frozenset[int] | None
    states: frozenset[str] = frozenset()
    text: str = ""
    only: int | None = None
    by_day: bool = False


@dataclass(frozen=True, slots=True)
class ListedPickup:
    """A report as a list has it; ``litres`` is the volume of what has one, else None."""

    id: int
    number: str
    version: int
    institution_id: int | None
    giver: str
    address: str
    reporter: str
    reporter_id: int
    reported_at: dt.datetime
    state: PickupState
    building: str
    access: str
    contact: str
    earliest_on: dt.date | None
    latest_on: dt.date | None
    planned_on: dt.date | None
    pieces: int
    received: int
    offered: int
    litres: float | None
    unmeasured: int


@dataclass(frozen=True, slots=True)
class PickupLineRow:
    """Alike pieces of a report: of them ``received``, and ``offered`` where they stand."""

    id: int
    pickup_id: int
    category_key: str
    category: str
    category_en: str
    article_id: int | None
    name: str
    pieces: int
    condition: str
    received: int
    offered: int
    new_price_ore: int | None


@dataclass(frozen=True, slots=True)
class PickupEvent:
    """Something that happened to a report; ``undone`` is the kind of change it took back."""

    kind: str
    undone: str
    at: dt.datetime
    actor: str


def _of_lines(value: SQLColumnExpression[float] | SQLColumnExpression[int]) -> Select[float]:
    return (
        select(func.sum(value))
        .outerjoin(Article, Article.id == PickupLine.article_id)
        .where(PickupLine.pickup_id == Pickup.id)
        .correlate(Pickup)
    )


def _came_of_report(where: ColumnElement[bool]) -> ScalarSelect[int]:
    return came(PickupPiece.pickup_id == Pickup.id, where).correlate(Pickup).scalar_subquery()


def _came_of_line(where: ColumnElement[bool]) -> ScalarSelect[int]:
    return came(PickupPiece.line_id == PickupLine.id, where).correlate(PickupLine).scalar_subquery()


_LISTED = (
    rows.query(
        ListedPickup,
        Pickup,
        giver=GIVER,
        address=func.coalesce(Institution.address, ""),
        reporter=User.name,
        pieces=func.coalesce(_of_lines(PickupLine.pieces).scalar_subquery(), 0),
        received=_came_of_report(~WITH_GIVER),
        offered=_came_of_report(WITH_GIVER),
        litres=_of_lines(PickupLine.pieces * LITRES).scalar_subquery(),
        unmeasured=func.coalesce(
            _of_lines(case((LITRES.is_(None), PickupLine.pieces), else_=0)).scalar_subquery(), 0
        ),
    )
    .join(User, User.id == Pickup.reporter_id)
    .outerjoin(Institution, Institution.id == Pickup.institution_id)
)


def _reached(reach: PickupReach) -> list[ColumnElement[bool]]:
    # A repair is among them while it is fetched.
    fetched = Pickup.state.in_(sorted(WITH_PIECES))
    found: list[ColumnElement[bool]] = [Pickup.state != "void", or_(fetched, ~is_repair())]
    if reach.institutions is not None:
        found.append(Pickup.institution_id.in_(sorted(reach.institutions)))
    if reach.states:
        found.append(Pickup.state.in_(sorted(reach.states)))
    if reach.only is not None:
        found.append(Pickup.id == reach.only)
    if reach.text:
        found.append(_mentions(reach.text))
    return found


def _mentions(text: str) -> ColumnElement[bool]:
    """The report's number, its giver, what was reported, or the label of a piece that came."""
    of_line = select(PickupLine.pickup_id).where(*registers.matches(PickupLine.search_text, text))
    of_place = select(Institution.id).where(*registers.matches(Institution.search_text, text))
    of_unit = (
        select(PickupPiece.pickup_id)
        .join(Unit, Unit.id == PickupPiece.unit_id)
        .where(registers.numbered(text, Unit.number))
    )
    return or_(
        registers.numbered(text, Pickup.number, func.upper(Pickup.firm)),
        Pickup.institution_id.in_(of_place),
        Pickup.id.in_(of_line),
        Pickup.id.in_(of_unit),
    )


def count(session: Session, reach: PickupReach) -> int:
    """How many reports a list has."""
    query = select(func.count()).select_from(Pickup).where(*_reached(reach))
    return session.scalar(query) or 0


def listed(session: Session, reach: PickupReach, limit: int, offset: int = 0) -> list[ListedPickup]:
    """Reports, newest first or by the day they are fetched."""
    query = _LISTED.where(*_reached(reach)).limit(limit).offset(offset)
    if reach.by_day:
        unplanned = case((Pickup.planned_on.is_(None), 1), else_=0)
        query = query.order_by(unplanned, Pickup.planned_on, Pickup.id)
    else:
        query = query.order_by(Pickup.id.desc())
    return rows.fill(ListedPickup, session, query)


def one(session: Session, pickup_id: int) -> ListedPickup | None:
    """One report as a list has it."""
    return rows.first(ListedPickup, session, _LISTED.where(Pickup.id == pickup_id))


def receivable(session: Session) -> list[ListedPickup]:
    """Reports that pieces can be registered against, the nearest day first."""
    reach = PickupReach(None, frozenset(map(str, RECEIVING)), by_day=True)
    found = listed(session, reach, registers.MOST_ROWS)
    repairs = set(session.scalars(select(Repair.pickup_id).where(Repair.order_id.is_not(None))))
    return [row for row in found if row.id not in repairs]


def lines(session: Session, pickup_ids: Iterable[int]) -> list[PickupLineRow]:
    """The lines of reports in the order they were written."""
    query = (
        rows.query(
            PickupLineRow,
            PickupLine,
            category=Category.name_da,
            category_en=Category.name_en,
            received=_came_of_line(~WITH_GIVER),
            offered=_came_of_line(WITH_GIVER),
            new_price_ore=Article.new_price_ore,
        )
        .join(Category, Category.key == PickupLine.category_key)
        .outerjoin(Article, Article.id == PickupLine.article_id)
        .where(PickupLine.pickup_id.in_(sorted(set(pickup_ids))))
        .order_by(PickupLine.pickup_id, PickupLine.id)
    )
    return rows.fill(PickupLineRow, session, query)


def history(session: Session, pickup_id: int) -> list[PickupEvent]:
    """Every change that touched the report itself, oldest first."""
    query = (
        select(
            Change.kind,
            Change.at,
            func.coalesce(User.name, "").label("actor"),
            func.coalesce(_REVERSED_CHANGE.kind, "").label("undone"),
        )
        .join(Event, Event.change_id == Change.id)
        .outerjoin(User, User.id == Change.actor_id)
        .outerjoin(_REVERSED_CHANGE, _REVERSED_CHANGE.id == Change.reverses_id)
        .where(and_(Event.entity == Pickup.__tablename__, Event.entity_id == str(pickup_id)))
        .group_by(Change.id, Change.kind, Change.at, User.name, _REVERSED_CHANGE.kind)
        .order_by(Change.id)
    )
    return rows.fill(PickupEvent, session, query)

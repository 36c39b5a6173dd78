"""What is asked about places: the register with how much stands there, and those to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import IN_STOCK
from moebelcirkel.storage import registers, rows
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One line of the register, with how many pieces stand there."""

    id: int
    version: int
    code: str
    name: str
    kind: str
    active: bool
    pieces: int
    sort_key: str


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A place to choose from."""

    id: int
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class AnyPlace:
    """A place that a file may name, in use or not."""

    id: int
    code: str
    name: str
    active: bool


def find(session: Session, text: str) -> list[PlaceRow]:
    """The register in the order of the codes; what stands with its giver is in no place of ours."""
    query = (
        _rows()
        .where(*registers.matches(Place.search_text, text), Place.pickup_id.is_(None))
        .order_by(Place.sort_key, Place.id)
        .limit(registers.MOST_ROWS)
    )
    return rows.fill(PlaceRow, session, query)


def get(session: Session, place_id: int) -> PlaceRow | None:
    """One place as the register shows it."""
    return rows.first(PlaceRow, session, _rows().where(Place.id == place_id))


def _rows() -> Select[*tuple[object, ...]]:
    pieces = (
        select(func.count(Unit.id))
        .where(Unit.place_id == Place.id, Unit.state.in_(sorted(IN_STOCK)))
        .correlate(Place)
        .scalar_subquery()
    )
    return rows.query(PlaceRow, Place, pieces=pieces)


def choices(session: Session) -> list[PlaceChoice]:
    """The active places in the order of the codes."""
    query = rows.query(PlaceChoice, Place).where(Place.active).order_by(Place.sort_key, Place.id)
    return rows.fill(PlaceChoice, session, query)


def every(session: Session) -> list[AnyPlace]:
    """All places, also those out of use, in the order of the codes."""
    query = rows.query(AnyPlace, Place).where(Place.pickup_id.is_(None))
    return rows.fill(AnyPlace, session, query.order_by(Place.sort_key, Place.id))


def texts(session: Session, place_ids: Sequence[int]) -> list[tuple[int, str, str]]:
    """Id, code and name of these places."""
    query = select(Place.id, Place.code, Place.name)
    return [
        (row.id, row.code, row.name)
        for part in chunks(list(place_ids))
        for row in session.execute(query.where(Place.id.in_(part)))
    ]


def pieces_at(session: Session, place_id: int) -> int:
    """How many pieces stand there."""
    query = select(func.count(Unit.id)).where(
        Unit.place_id == place_id, Unit.state.in_(sorted(IN_STOCK))
    )
    return session.scalar(query) or 0


def of_pickup(session: Session, pickup_id: int) -> int | None:
    """Where the furniture of a pickup stands with its giver, if anything has."""
    return session.scalar(select(Place.id).where(Place.pickup_id == pickup_id))


def in_use(session: Session, code: str) -> bool | None:
    """Whether the place with this code is in use; ``None`` where there is no such place."""
    return session.scalar(select(Place.active).where(Place.code == code.strip().upper()))


def codes(session: Session) -> set[str]:
    """Every code in use."""
    return set(session.scalars(select(Place.code)))

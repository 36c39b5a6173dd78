"""What came of reported furniture and became of it, what is still to come, and its pictures."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, literal, not_, null, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.fold import words
from moebelcirkel.domain.lifecycle import GONE, IN_STOCK, State
from moebelcirkel.domain.pickups import EXPECTED
from moebelcirkel.domain.runs import Week
from moebelcirkel.storage import registers, rows
from moebelcirkel.storage.queries.pickups.standing import WITH_GIVER, first_for_others
from moebelcirkel.storage.queries.repairs.single import is_repair
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.pickups import Pickup, PickupLine, PickupPhoto, PickupPiece
from moebelcirkel.storage.tables.units import Unit

#: Who gives: an institution, or a firm that is none of ours.
GIVER = func.coalesce(Institution.name, Pickup.firm)


@dataclass(frozen=True, slots=True)
class Fate:
    """How many pieces of a report are in a state now, and with whom where they are out.

    ``with_giver`` are those that nobody has fetched.
    """

    state: str
    holder: str
    with_giver: bool
    pieces: int


@dataclass(frozen=True, slots=True)
class Given:
    """How many pieces institutions gave, and where these are by now."""

    pieces: int = 0
    homes: int = 0
    here: int = 0
    gone: int = 0


@dataclass(frozen=True, slots=True)
class Coming:
    """Reported pieces that have not come yet, with where they stand.

    ``price_ore`` is what one would cost by the rules, in the condition that was reported; ``week``
    is the earliest in which it can be where it is asked for.
    """

    line_id: int
    pickup_id: int
    number: str
    name: str
    category_key: str
    article_id: int | None
    condition: str
    pieces: int
    giver: str
    state: str
    planned_on: dt.date | None
    new_price_ore: int | None
    price_ore: int
    week: Week | None


def came(*conditions: ColumnElement[bool]) -> Select[int]:
    """How many pieces were registered that are still there: an undone registration never was."""
    return (
        select(func.count(PickupPiece.id))
        .join(Unit, Unit.id == PickupPiece.unit_id)
        .where(Unit.state != "void", *conditions)
    )


def unreported(session: Session, pickup_id: int) -> int:
    """How many pieces came that stood on no line of the report."""
    query = came(PickupPiece.pickup_id == pickup_id, PickupPiece.line_id.is_(None))
    return session.scalar(query) or 0


def has_pieces(session: Session, pickup_id: int) -> bool:
    """Whether any piece was registered for the report that is still there."""
    return bool(session.scalar(came(PickupPiece.pickup_id == pickup_id)))


def fetched_before(session: Session, unit_ids: Collection[int]) -> set[int]:
    """Those of the pieces that came of a report already."""
    query = select(PickupPiece.unit_id).where(PickupPiece.unit_id.in_(sorted(unit_ids)))
    return set(session.scalars(query))


def fates(session: Session, pickup_id: int) -> list[Fate]:
    """What became of the pieces of a report, by state and by whoever has them."""
    return fates_of(session, [pickup_id]).get(pickup_id, [])


def fates_of(session: Session, pickup_ids: Collection[int]) -> dict[int, list[Fate]]:
    """The same of some reports at once, by report."""
    holder = func.coalesce(Institution.name, "")
    keys = PickupPiece.pickup_id, Unit.state, holder, WITH_GIVER.label("with_giver")
    query = (
        select(*keys, func.count())
        .join(PickupPiece, PickupPiece.unit_id == Unit.id)
        .outerjoin(Institution, Institution.id == Unit.holder_id)
        .where(PickupPiece.pickup_id.in_(sorted(pickup_ids)), Unit.state != "void")
        .group_by(*keys)
        .order_by(*keys[:3], "with_giver")
    )
    found: dict[int, list[Fate]] = {}
    for pickup_id, state, name, there, pieces in session.execute(query):
        found.setdefault(pickup_id, []).append(Fate(state, name, bool(there), pieces))
    return found


def given(session: Session, givers: Collection[int] | None, since: dt.date) -> Given:
    """What these institutions (None: all) gave since then: with others, in stock, or gone."""
    ways = {
        "homes": Unit.state == State.DELIVERED,
        "here": Unit.state.in_(sorted(IN_STOCK)),
        "gone": Unit.state.in_(sorted(GONE)),
    }
    query = select(
        func.count().label("pieces"),
        *(func.count().filter(way).label(name) for name, way in ways.items()),
    ).where(Unit.received_on >= since, Unit.giver_id.is_not(None), Unit.state != "void")
    if givers is not None:
        query = query.where(Unit.giver_id.in_(sorted(givers)))
    return rows.fill(Given, session, query)[0]


def photos(session: Session, line_ids: Iterable[int]) -> dict[int, list[str]]:
    """Fingerprints of the pictures of lines, in their order."""
    query = (
        select(PickupPhoto.line_id, PickupPhoto.sha256)
        .where(PickupPhoto.line_id.in_(sorted(set(line_ids))))
        .order_by(PickupPhoto.line_id, PickupPhoto.position, PickupPhoto.id)
    )
    found: dict[int, list[str]] = {}
    for line_id, key in session.execute(query):
        found.setdefault(line_id, []).append(key)
    return found


def photo_rows(session: Session, line_id: int) -> list[PickupPhoto]:
    """The links of a line's pictures."""
    query = select(PickupPhoto).where(PickupPhoto.line_id == line_id)
    return list(session.scalars(query.order_by(PickupPhoto.position, PickupPhoto.id)))


def line_rows(session: Session, pickup_id: int) -> list[PickupLine]:
    """The lines of a report, to be written to."""
    query = select(PickupLine).where(PickupLine.pickup_id == pickup_id).order_by(PickupLine.id)
    return list(session.scalars(query))


def coming(
    session: Session,
    text: str,
    own: Collection[int] | None,
    shown_since: dt.datetime,
    limit: int,
    receiver_id: int | None,
) -> list[Coming]:
    """Reported pieces that have not come, of types or categories that fit the words.

    What was reported after ``shown_since`` is there for the givers' own departments only, which are
    those of the institutions ``own``; ``None`` sees all. To a ``receiver_id`` nothing comes that
    stands there already.
    """
    here = came(PickupPiece.line_id == PickupLine.id).correlate(PickupLine).scalar_subquery()
    left = PickupLine.pieces - here
    query = (
        rows.query(
            Coming,
            Pickup,
            PickupLine,
            line_id=PickupLine.id,
            pickup_id=Pickup.id,
            pieces=left,
            giver=GIVER,
            new_price_ore=Article.new_price_ore,
            price_ore=literal(0),
            week=null(),
        )
        .join(Pickup, Pickup.id == PickupLine.pickup_id)
        .outerjoin(Institution, Institution.id == Pickup.institution_id)
        .outerjoin(Article, Article.id == PickupLine.article_id)
        .where(Pickup.state.in_(sorted(EXPECTED)), left > 0, ~is_repair())
        .order_by(Pickup.id, PickupLine.id)
        .limit(limit)
    )
    if words(text):
        query = query.where(*registers.matches(PickupLine.search_text, text))
    if own is not None:
        query = query.where(not_(first_for_others(own, shown_since)))
    if receiver_id is not None:
        query = query.where(Pickup.institution_id.is_distinct_from(receiver_id))
    return rows.fill(Coming, session, query)

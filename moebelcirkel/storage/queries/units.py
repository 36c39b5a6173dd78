"""What is asked of units by number, by code, and for their labels."""

import datetime as dt
import functools
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import Select, bindparam, func, literal_column, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.shop import Basket, Hold
from moebelcirkel.storage.tables.units import Unit, UnitCode
from moebelcirkel.storage.work import chunks

#: Written out, not bound, or neither engine would use the partial index.
ON_SALE = Unit.state == literal_column("'listed'")
_UNITS, _TYPES = Unit.__tablename__, Article.__tablename__
#: If more rows than this were written, all is read again.
_MOST_WRITTEN = 2_000


def id_by_number(session: Session, number: str) -> int | None:
    """The unit with this label number."""
    return session.scalar(select(Unit.id).where(Unit.number == number))


def id_by_code(session: Session, code: str) -> int | None:
    """The unit that carries another code, such as a maker's barcode."""
    return session.scalar(select(UnitCode.unit_id).where(UnitCode.code == code))


def codes(session: Session, unit_id: int) -> list[UnitCode]:
    """The other codes on a unit, to be changed."""
    query = select(UnitCode).where(UnitCode.unit_id == unit_id).order_by(UnitCode.id)
    return list(session.scalars(query))


def carrier(session: Session, code: str) -> Unit | None:
    """The unit that carries a code, whatever its capitals."""
    query = select(Unit).join(UnitCode, UnitCode.unit_id == Unit.id)
    return session.scalar(query.where(func.lower(UnitCode.code) == func.lower(code)).limit(1))


def in_force(session: Session, unit_ids: Collection[int]) -> Iterator[Unit]:
    """Those of the pieces whose registration is not undone, to be changed."""
    for part in chunks(sorted(unit_ids)):
        query = select(Unit).where(Unit.id.in_(part), Unit.state != State.VOID)
        yield from session.scalars(query.order_by(Unit.id))


def label_texts(session: Session, unit_ids: Sequence[int]) -> dict[int, tuple[str, str, str, str]]:
    """Number, article name, maker and colour by unit id."""
    found: dict[int, tuple[str, str, str, str]] = {}
    for part in chunks(list(unit_ids)):
        query = (
            select(Unit.id, Unit.number, Article.name, Article.maker, Article.colour)
            .join(Article, Article.id == Unit.article_id)
            .where(Unit.id.in_(part))
        )
        found.update({row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(query)})
    return found


def first_held(
    session: Session, unit_ids: Sequence[int], now: dt.datetime
) -> tuple[str, str] | None:
    """Number and institution of a listed unit that lies in somebody's basket."""
    for part in chunks(list(unit_ids)):
        row = session.execute(_held(), {"units": part, "now": now}).first()
        if row is not None:
            return row[0], row[1]
    return None


def types_written(session: Session, since: int, unless: str = "") -> set[int] | None:
    """The types that changes after this one have written, or whose pieces they have.

    ``None`` where these are too many, or rows of ``unless`` were written.
    """
    of = {"since": since, "kinds": [_UNITS, _TYPES, unless]}
    written = session.connection().execute(_WRITTEN, of).all()
    if len(written) > _MOST_WRITTEN or any(row.entity == unless for row in written):
        return None
    types = {int(row.entity_id) for row in written if row.entity == _TYPES}
    pieces = {int(row.entity_id) for row in written if row.entity == _UNITS}
    # What was put right is no more where it was before.
    said = [each for row in written for each in (row.before, row.after) if each]
    for name in ("article_id", "merged_into_id"):
        types.update(each[name] for each in said if each.get(name) is not None)
    for part in chunks(sorted(pieces)):
        types.update(session.connection().execute(_TYPES_OF, {"ids": part}).scalars())
    return types


_WRITTEN = (
    select(Event.entity, Event.entity_id, Event.before, Event.after)
    # By its newest changes: SQLite would look through all there ever was of these kinds.
    .with_hint(Event, "INDEXED BY ix_event_change_id", "sqlite")
    .where(
        Event.change_id > bindparam("since"), Event.entity.in_(bindparam("kinds", expanding=True))
    )
    .limit(_MOST_WRITTEN + 1)
)
_TYPES_OF = select(Unit.article_id).where(Unit.id.in_(bindparam("ids", expanding=True))).distinct()


@functools.cache
def _held() -> Select[str, str]:
    asked = Hold.unit_id.in_(bindparam("units", expanding=True))
    return (
        select(Unit.number, Institution.name)
        .join(Hold, Hold.unit_id == Unit.id)
        .join(Basket, Basket.id == Hold.basket_id)
        .join(Institution, Institution.id == Basket.institution_id)
        .where(asked, Hold.expires_at > bindparam("now"), Unit.state == State.LISTED)
        .limit(1)
    )

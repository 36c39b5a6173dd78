"""What all registers have in common: names once only, rows in use kept, two writers told apart."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, SQLColumnExpression, exists, func, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from moebelcirkel.domain.errors import N_, Refused
from moebelcirkel.domain.fields import required_text
from moebelcirkel.domain.fold import like_pattern, words
from moebelcirkel.domain.lifecycle import State
from moebelcirkel.storage.done import Saved
from moebelcirkel.storage.references import is_used
from moebelcirkel.storage.tables.articles import Article, Ecolabel
from moebelcirkel.storage.tables.base import Base
from moebelcirkel.storage.tables.institutions import Institution, InstitutionCeiling
from moebelcirkel.storage.tables.pickups import Pickup
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.repairs import Repairer, RepairerPrice
from moebelcirkel.storage.tables.runs import Vehicle
from moebelcirkel.storage.tables.shop import OwnList, ShopList
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import Work, chunks

FormT = TypeVar("FormT")
PartT = TypeVar("PartT", InstitutionCeiling, RepairerPrice)
#: How many rows of a register are shown at most.
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class FormRow(Generic[FormT]):
    """One row of a register, with what its form shows."""

    id: int
    version: int
    form: FormT


def free_name(
    work: Work, column: InstrumentedAttribute[str], typed: str, own_id: int | None
) -> str:
    """The name as it is kept; refuses none, one that is too long, and one that is taken."""
    kept: Any = column.type
    name = required_text(typed, kept.length)
    refuse_taken(work, column, name, own_id)
    return name


def refuse_taken(
    work: Work,
    column: InstrumentedAttribute[str],
    value: str,
    own_id: int | None,
    message: str = N_("“{name}” is there already. Choose another name."),
) -> None:
    """Refuse a name another row has already, whatever its capitals."""
    identity: Any = column.class_.id
    wanted = value.casefold()
    # The databases disagree about the capitals of Danish letters, so Python compares those
    # that the same number of signs makes possible.
    alike = select(identity, column).where(func.length(column) == len(value))
    rows = work.session.execute(alike)
    if any(name.casefold() == wanted and key != own_id for key, name in rows):
        raise Refused(message, name=value)


def keep(
    work: Work,
    row: Place | TaskTypeRow | HourRate | Vehicle | Ecolabel | ShopList | OwnList | Repairer,
    values: dict[str, object],
) -> Saved:
    """Put checked values into a row, new or not, and send it; answers with its id."""
    for name, value in values.items():
        setattr(row, name, value)
    work.session.add(row)
    work.session.flush()
    return Saved(id=row.id)


def touch(
    work: Work, row: User | Institution | Unit | Pickup | Article | ShopList | OwnList | Repairer
) -> None:
    """Raise the row's version although only its parts changed, so that others' forms are stale."""
    row.version += 1
    work.recorder.note(row.__tablename__, row.id, {}, {})


def touch_pieces(work: Work, unit_ids: Collection[int]) -> None:
    """The same for many pieces by a statement, but for those whose registration is undone."""
    work.session.flush()
    connection, table = work.session.connection(), Unit.__tablename__
    for part in chunks(sorted(unit_ids)):
        in_force = Unit.id.in_(part), Unit.state != State.VOID
        keys = connection.scalars(select(Unit.id).where(*in_force).order_by(Unit.id)).all()
        connection.execute(update(Unit).where(Unit.id.in_(keys)).values(version=Unit.version + 1))
        work.recorder.note_many((table, str(key), {}, {}) for key in keys)
    for row in list(work.session.identity_map.values()):
        if isinstance(row, Unit):
            work.session.expire(row)


def bring_in_line(
    work: Work, known: Iterable[PartT], given: Iterable[PartT], by: Sequence[str], value: str
) -> bool:
    """Let the parts of a row be the given ones; whether anything changed.

    One that is known ``by`` these columns stays the row it was and takes the ``value``.
    """
    key = attrgetter(*by)
    left = {key(row): row for row in known}
    changed = False
    for part in given:
        row = left.pop(key(part), None)
        if row is None:
            work.session.add(part)
            changed = True
        else:
            setattr(row, value, getattr(part, value))
            changed = changed or work.session.is_modified(row)
    for row in left.values():
        work.session.delete(row)
    return changed or bool(left)


def delete_unused(work: Work, model: type[Base], key: int, version: int) -> Saved:
    """Delete a row nothing points to; answers with its id."""
    row = work.get(model, key, version)
    if is_used(work.session, row):
        raise in_use()
    work.session.delete(row)
    work.session.flush()
    return Saved(id=key)


def in_use() -> Refused:
    """The refusal to delete what other rows speak of."""
    return Refused(N_("It is in use and cannot be deleted. Make it inactive instead."))


def matches(column: InstrumentedAttribute[str], typed: str) -> list[ColumnElement[bool]]:
    """Conditions on a search text: every word typed is in it."""
    return [column.like(f"%{like_pattern(word)}%", escape="\\") for word in words(typed)]


def numbered(typed: str, *columns: SQLColumnExpression[str]) -> ColumnElement[bool]:
    """Whether one of these numbers, which have no small letters, holds what was typed."""
    pattern = f"%{like_pattern(typed.upper())}%"
    return or_(*(column.like(pattern, escape="\\") for column in columns))


def any_rows(session: Session, *models: type[Base]) -> bool:
    """Whether any of these tables has a row."""
    return any(session.scalar(select(exists().select_from(model))) for model in models)

"""Spare parts that tasks of cases have put into furniture, and those that could be."""

import datetime as dt
import functools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.factors import SPARE_PART
from moebelcirkel.domain.lifecycle import TABLE, State, Step
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.repairs.parts import DONOR, SOURCE, from_donor
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import CasePart, CaseTask, CaseUnit
from moebelcirkel.storage.tables.changes import Event
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.shop import Hold
from moebelcirkel.storage.tables.tasks import TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

_PIECE = aliased(Unit)


@dataclass(frozen=True, slots=True)
class UsedPart:
    """A part, the piece it is in, and the task that put it there."""

    case_task_id: int
    task: str
    part_id: int
    number: str
    name: str
    unit_id: int
    piece: str


@dataclass(frozen=True, slots=True)
class UsablePart:
    """A part in stock that nobody holds, what it was taken from, and whether that fits.

    ``fit`` is 2 where it is of the very type of a piece, 1 of the same kind of furniture, else 0.
    """

    part_id: int
    number: str
    name: str
    condition: str
    place: str
    source: str
    fit: int


def _used() -> Select[*tuple[Any, ...]]:
    return (
        rows.query(
            UsedPart,
            CasePart,
            task=TaskTypeRow.name,
            number=Unit.number,
            name=Article.name,
            piece=_PIECE.number,
        )
        .join(CaseTask, CaseTask.id == CasePart.case_task_id)
        .join(TaskTypeRow, TaskTypeRow.id == CaseTask.task_type_id)
        .join(Unit, Unit.id == CasePart.part_id)
        .join(Article, Article.id == Unit.article_id)
        .join(_PIECE, _PIECE.id == CasePart.unit_id)
        .order_by(CasePart.id)
    )


def of_case(session: Session, case_id: int) -> list[UsedPart]:
    """The parts in the pieces that are in the case, by the task that put them there."""
    here = exists().where(
        CaseUnit.case_id == case_id, CaseUnit.unit_id == CasePart.unit_id, CaseUnit.is_open
    )
    return rows.fill(UsedPart, session, _used().where(CaseTask.case_id == case_id, here))


def around(session: Session, unit_id: int) -> list[UsedPart]:
    """The parts that are in a piece; of a part itself, where it is."""
    mine = or_(CasePart.unit_id == unit_id, CasePart.part_id == unit_id)
    return rows.fill(UsedPart, session, _used().where(mine))


def usable(
    session: Session,
    now: dt.datetime,
    article_ids: Collection[int],
    categories: Collection[str],
    limit: int,
) -> list[UsablePart]:
    """Parts for pieces of these types and categories: those that fit first."""
    same = SOURCE.id.in_(article_ids)
    fit = case((same, 2), (SOURCE.category_key.in_(categories), 1), else_=0)
    held = exists().where(Hold.unit_id == Unit.id, Hold.expires_at > now)
    query = (
        rows.query(
            UsablePart,
            Unit,
            part_id=Unit.id,
            name=Article.name,
            place=func.coalesce(Place.name, ""),
            source=func.coalesce(SOURCE.name, ""),
            fit=fit,
        )
        .join(Article, Article.id == Unit.article_id)
        .outerjoin(DONOR, from_donor())
        .outerjoin(SOURCE, SOURCE.id == DONOR.article_id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(Article.category_key == SPARE_PART, _loose(), ~held)
        .order_by(fit.desc(), Article.sort_key, Unit.condition, Unit.id)
        .limit(limit)
    )
    return rows.fill(UsablePart, session, query)


def _loose() -> ColumnElement[bool]:
    return Unit.state.in_(sorted(TABLE[Step.FIT].sources))


def rows_of_task(session: Session, task_id: int) -> list[CasePart]:
    """What a task has put into pieces, to change."""
    return list(session.scalars(_rows_of_task(), {"task_id": task_id}))


def pieces_of_tasks(session: Session, task_ids: Sequence[int]) -> dict[int, set[int]]:
    """By task the pieces it has put a part of other furniture into."""
    found: dict[int, set[int]] = {}
    for part in chunks(task_ids):
        for task_id, unit_id in session.execute(_pieces_of_tasks(), {"tasks": part}):
            found.setdefault(task_id, set()).add(unit_id)
    return found


@functools.cache
def _pieces_of_tasks() -> Select[int, int]:
    asked = CasePart.case_task_id.in_(bindparam("tasks", expanding=True))
    return select(CasePart.case_task_id, CasePart.unit_id).where(asked)


@functools.cache
def _rows_of_task() -> Select[CasePart]:
    query = select(CasePart).where(CasePart.case_task_id == bindparam("task_id"))
    return query.order_by(CasePart.id)


def beside(session: Session, row_id: int, task_id: int, unit_id: int) -> list[CasePart]:
    """What else a task has put into a piece, to change."""
    found = rows_of_task(session, task_id)
    return [each for each in found if each.unit_id == unit_id and each.id != row_id]


def row_of_part(session: Session, part_id: int) -> CasePart | None:
    """Where a part is."""
    return session.scalar(select(CasePart).where(CasePart.part_id == part_id))


def parts_in(session: Session, case_id: int, unit_ids: Sequence[int]) -> list[Unit]:
    """The parts that tasks of a case have put into these pieces."""
    found: list[Unit] = []
    for part in chunks(unit_ids):
        found.extend(session.scalars(_parts_in(), {"case_id": case_id, "units": part}))
    return found


@functools.cache
def _parts_in() -> Select[Unit]:
    return (
        select(Unit)
        .join(CasePart, CasePart.part_id == Unit.id)
        .join(CaseTask, CaseTask.id == CasePart.case_task_id)
        .where(
            CaseTask.case_id == bindparam("case_id"),
            CasePart.unit_id.in_(bindparam("units", expanding=True)),
        )
        .order_by(Unit.id)
    )


def is_fitted() -> ColumnElement[bool]:
    """Whether a part is where its state says: in a piece, put there by a task that is done."""
    return exists().where(
        CasePart.part_id == Unit.id, CasePart.case_task_id == CaseTask.id, CaseTask.done
    )


def at_work() -> Select[int]:
    """The parts in pieces that have not left the case which put them there."""
    return select(CasePart.part_id).where(
        CasePart.case_task_id == CaseTask.id,
        CaseUnit.case_id == CaseTask.case_id,
        CaseUnit.unit_id == CasePart.unit_id,
        CaseUnit.is_open,
    )


def astray() -> Select[str]:
    """Parts that are said to be in furniture and are not, or the other way round."""
    fitted = Unit.state == State.FITTED
    return select(Unit.number).where(or_(fitted & ~is_fitted(), ~fitted & is_fitted()))


def fitted_in(
    session: Session, part_id: int, change_ids: Collection[int]
) -> dict[int, tuple[str, str]]:
    """By change the piece that a part was put into or taken out of, and for which task."""
    of_part = select(Event.change_id, Event.after, Event.before).where(
        Event.entity == CasePart.__tablename__
    )
    found: dict[int, tuple[int, int]] = {}
    for part in chunks(sorted(change_ids)):
        for change_id, after, before in session.execute(of_part.where(Event.change_id.in_(part))):
            values = after or before or {}
            if values.get("part_id") == part_id:
                found[change_id] = values["unit_id"], values["case_task_id"]
    return _told(session, found)


def _told(session: Session, wanted: Mapping[int, tuple[int, int]]) -> dict[int, tuple[str, str]]:
    names = select(CaseTask.id, TaskTypeRow.name).join(
        TaskTypeRow, TaskTypeRow.id == CaseTask.task_type_id
    )
    pieces: dict[int, str] = {}
    tasks: dict[int, str] = {}
    for part in chunks(sorted(wanted)):
        numbers = select(Unit.id, Unit.number).where(Unit.id.in_({wanted[key][0] for key in part}))
        asked = names.where(CaseTask.id.in_({wanted[key][1] for key in part}))
        pieces.update((key, number) for key, number in session.execute(numbers))
        tasks.update((key, name) for key, name in session.execute(asked))
    return {
        change_id: (pieces[unit_id], tasks.get(task_id, ""))
        for change_id, (unit_id, task_id) in wanted.items()
    }

"""Reading workshop cases: the cards of the board, one case with its pieces and tasks, and locks."""

import datetime as dt
import functools
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, exists, func, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.fold import like_pattern
from moebelcirkel.domain.lifecycle import BOARD, OPEN_STAGES, Stage, State
from moebelcirkel.domain.orders import LineState
from moebelcirkel.domain.places import PlaceKind
from moebelcirkel.domain.prices import labour_ore
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.photos import first_of_unit
from moebelcirkel.storage.queries.repairers import is_out
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.cases import Case, CaseTask, CaseUnit, UnitCost
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.places import Place
from moebelcirkel.storage.tables.tasks import HourRate, TaskTypeRow
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.work import chunks

_LATER = aliased(CaseUnit)

#: Whose order a piece is repaired for.
_OWNER = aliased(Institution)


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case as the board lists it."""

    id: int
    version: int
    state: str
    opened_at: dt.datetime
    expected_on: dt.date | None
    note: str
    order_id: int | None


@dataclass(frozen=True, slots=True)
class CasePiece:
    """A piece of a case, with what a card or a panel shows of it."""

    case_id: int
    unit_id: int
    number: str
    condition: str
    note: str
    article_id: int
    name: str
    category_key: str
    giver: str
    order: str
    place: str
    photo: str | None


@dataclass(frozen=True, slots=True)
class CaseTaskRow:
    """A task of a case with the names of its type and rate; time and parts are for all pieces."""

    case_id: int
    id: int
    version: int
    name: str
    hint: str
    minutes: int
    parts_ore: int
    hour_rate_id: int
    rate: str
    rate_ore: int
    done: bool

    @property
    def labour_ore(self) -> int:
        """What its time costs."""
        return labour_ore(self.minutes, self.rate_ore)


@dataclass(frozen=True, slots=True)
class BookedTask:
    """What of a task is booked on pieces already, so that it is shared no more."""

    count: int = 0
    minutes: Decimal = Decimal(0)
    labour_ore: int = 0
    parts_ore: int = 0


@functools.cache
def _in_state(state: str) -> Select[Case]:
    """The cases of a column; of the finished ones only those with a piece that waits for sale.

    These are found from their pieces, and not among all that were ever finished.
    """
    query = select(Case).where(Case.state == state)
    if state != Stage.READY:
        return query
    return query.where(Case.id.in_(_wait_for_sale())).with_hint(Case, "NOT INDEXED", "sqlite")


def _wait_for_sale() -> Select[int]:
    """The newest cases of the pieces that are ready and not yet on sale."""
    newest = ~exists().where(_LATER.unit_id == CaseUnit.unit_id, _LATER.id > CaseUnit.id)
    waiting = select(CaseUnit.case_id).select_from(Unit)
    return waiting.join(CaseUnit, CaseUnit.unit_id == Unit.id).where(
        Unit.state == State.READY, newest
    )


def counts(session: Session) -> dict[str, int]:
    """How many cases each column has."""
    found: dict[str, int] = {}
    for state in BOARD:
        query = _in_state(state).with_only_columns(func.count(Case.id))
        found[state] = session.scalar(query) or 0
    return found


def cards(
    session: Session, state: str, words: Sequence[str], limit: int, *, out: bool = False
) -> list[CaseLine]:
    """The cases of a column that fit the words: open ones oldest first, finished newest first.

    With ``out`` only those whose pieces are at a repairer.
    """
    query = _in_state(state)
    if out:
        query = query.where(is_out())
    for word in words:
        query = query.where(_mentions(word))
    order = (Case.finished_at.desc(), Case.id.desc()) if state == Stage.READY else (Case.opened_at,)
    rows = session.scalars(query.order_by(*order, Case.id).limit(limit))
    return [_line(row) for row in rows]


def _line(row: Case) -> CaseLine:
    return CaseLine(
        row.id, row.version, row.state, row.opened_at, row.expected_on, row.note, row.order_id
    )


def _mentions(word: str) -> ColumnElement[bool]:
    pattern = f"%{like_pattern(word)}%"
    of_case = (
        select(CaseUnit.id)
        .join(Unit, Unit.id == CaseUnit.unit_id)
        .join(Article, Article.id == Unit.article_id)
        .where(CaseUnit.case_id == Case.id)
        .correlate(Case)
    )
    text = Article.search_text.like(pattern, escape="\\")
    number = func.lower(Unit.number).like(pattern, escape="\\")
    return of_case.where(text | number).exists()


def line(session: Session, case_id: int) -> CaseLine | None:
    """One case."""
    row = session.get(Case, case_id)
    return None if row is None else _line(row)


def pieces(session: Session, case_ids: Sequence[int]) -> list[CasePiece]:
    """The pieces of open cases, and those of finished ones that wait to be put on sale."""
    found: list[CasePiece] = []
    for part in chunks(list(case_ids)):
        query = _pieces().where(CaseUnit.case_id.in_(part))
        found += rows.fill(CasePiece, session, query)
    return found


@functools.cache
def _pieces() -> Select[*tuple[Any, ...]]:
    newest = ~exists().where(_LATER.unit_id == CaseUnit.unit_id, _LATER.id > CaseUnit.id)
    waiting = and_(Case.state == Stage.READY, Unit.state == State.READY, newest)
    return (
        rows.query(
            CasePiece,
            Unit,
            Article,
            case_id=CaseUnit.case_id,
            unit_id=Unit.id,
            article_id=Article.id,
            giver=func.coalesce(_OWNER.name, Institution.name, ""),
            order=func.coalesce(Order.number, ""),
            place=func.coalesce(Place.name, ""),
            photo=first_of_unit(),
        )
        .join(Case, Case.id == CaseUnit.case_id)
        .join(Unit, Unit.id == CaseUnit.unit_id)
        .join(Article, Article.id == Unit.article_id)
        .outerjoin(Institution, Institution.id == Unit.giver_id)
        .outerjoin(OrderLine, (OrderLine.unit_id == Unit.id) & (OrderLine.state == LineState.OPEN))
        .outerjoin(Order, Order.id == OrderLine.order_id)
        .outerjoin(_OWNER, _OWNER.id == Order.institution_id)
        .outerjoin(Place, Place.id == Unit.place_id)
        .where(CaseUnit.is_open | waiting)
        .order_by(CaseUnit.case_id, Unit.id)
    )


def tasks(session: Session, case_ids: Sequence[int]) -> list[CaseTaskRow]:
    """The tasks of cases, in their order."""
    found: list[CaseTaskRow] = []
    for part in chunks(list(case_ids)):
        query = _tasks().where(CaseTask.case_id.in_(part))
        found += rows.fill(CaseTaskRow, session, query)
    return found


@functools.cache
def _tasks() -> Select[*tuple[Any, ...]]:
    return (
        rows.query(
            CaseTaskRow,
            CaseTask,
            name=TaskTypeRow.name,
            hint=TaskTypeRow.note,
            hour_rate_id=HourRate.id,
            rate=HourRate.name,
            rate_ore=HourRate.rate_ore,
        )
        .join(TaskTypeRow, TaskTypeRow.id == CaseTask.task_type_id)
        .join(HourRate, HourRate.id == CaseTask.hour_rate_id)
        .order_by(CaseTask.case_id, CaseTask.position, CaseTask.id)
    )


def done_in_open_cases(session: Session) -> list[CaseTaskRow]:
    """The tasks that are done in cases that are still open."""
    query = select(Case.id).where(Case.state.in_(OPEN_STAGES)).order_by(Case.id)
    return [task for task in tasks(session, session.scalars(query).all()) if task.done]


@dataclass(frozen=True, slots=True)
class NotDone:
    """Why so many pieces of an order stay as they are."""

    reason: str
    pieces: int


def not_done(session: Session, order_id: int | None) -> list[NotDone]:
    """What the workshop gave up of an order."""
    query = (
        select(Case.given_up.label("reason"), func.count(CaseUnit.id).label("pieces"))
        .join(CaseUnit, CaseUnit.case_id == Case.id)
        .where(Case.order_id == order_id, Case.given_up.is_not(None))
        .group_by(Case.id)
        .order_by(Case.id)
    )
    return rows.fill(NotDone, session, query)


def given_up() -> ColumnElement[bool]:
    """Whether the workshop gave up what it was to do for an order to the piece of its line."""
    return exists().where(
        Case.order_id == OrderLine.order_id,
        Case.given_up.is_not(None),
        CaseUnit.case_id == Case.id,
        CaseUnit.unit_id == OrderLine.unit_id,
    )


def open_case_of(session: Session, unit_id: int) -> int | None:
    """The case a piece is in now."""
    query = select(CaseUnit.case_id).where(CaseUnit.unit_id == unit_id, CaseUnit.is_open)
    return session.scalar(query)


def piece(session: Session, unit_id: int) -> tuple[str, str, str, str] | None:
    """Number, state, name and category of a piece."""
    query = (
        select(Unit.number, Unit.state, Article.name, Article.category_key)
        .join(Article, Article.id == Unit.article_id)
        .where(Unit.id == unit_id)
    )
    found = session.execute(query).first()
    return None if found is None else (found.number, found.state, found.name, found.category_key)


def open_rows(session: Session, case_id: int) -> list[CaseUnit]:
    """The rows of the pieces that are in the case now, to change."""
    return list(session.scalars(_open_rows(), {"case_id": case_id}))


@functools.cache
def _open_rows() -> Select[CaseUnit]:
    query = select(CaseUnit).where(CaseUnit.case_id == bindparam("case_id"), CaseUnit.is_open)
    return query.order_by(CaseUnit.unit_id)


def open_rows_of(session: Session, unit_ids: Sequence[int]) -> list[CaseUnit]:
    """The rows of the given pieces that are in a case now, to change."""
    found: list[CaseUnit] = []
    for part in chunks(list(unit_ids)):
        query = select(CaseUnit).where(CaseUnit.unit_id.in_(part), CaseUnit.is_open)
        found.extend(session.scalars(query.order_by(CaseUnit.unit_id)))
    return found


def open_unit_ids(session: Session, case_ids: Iterable[int]) -> set[int]:
    """The pieces that are in any of the cases now."""
    found: set[int] = set()
    for part in chunks(sorted(case_ids)):
        query = select(CaseUnit.unit_id).where(CaseUnit.case_id.in_(part), CaseUnit.is_open)
        found.update(session.scalars(query))
    return found


def booked(session: Session, *case_ids: int) -> dict[int, BookedTask]:
    """By task of the cases what is booked of it; what was taken back again is left out."""
    found: dict[int, BookedTask] = {}
    for part in chunks(case_ids):
        found_rows = session.execute(_booked(), {"cases": part})
        for task_id, *values in map(tuple[Any, ...], found_rows):
            so_far = found.get(task_id, BookedTask())
            pairs = zip(astuple(so_far), values, strict=True)
            found[task_id] = BookedTask(*(one + more for one, more in pairs))
    return {task_id: sums for task_id, sums in found.items() if sums.count}


@functools.cache
def _booked() -> Select[*tuple[Any, ...]]:
    booked_on = UnitCost.case_id.in_(bindparam("cases", expanding=True))
    return select(
        UnitCost.case_task_id,
        UnitCost.count,
        UnitCost.minutes,
        UnitCost.labour_ore,
        UnitCost.parts_ore,
    ).where(booked_on, UnitCost.case_task_id.is_not(None))


def task_rows(session: Session, case_id: int) -> list[CaseTask]:
    """The rows of the tasks of a case, to change."""
    return list(session.scalars(_task_rows(), {"case_id": case_id}))


@functools.cache
def _task_rows() -> Select[CaseTask]:
    query = select(CaseTask).where(CaseTask.case_id == bindparam("case_id"))
    return query.order_by(CaseTask.position, CaseTask.id)


def default_rate(session: Session) -> int | None:
    """The first active hour rate."""
    query = select(HourRate.id).where(HourRate.active).order_by(HourRate.position, HourRate.id)
    return session.scalar(query.limit(1))


def workshop_place(session: Session) -> int | None:
    """The first active place of the workshop."""
    return session.scalar(_workshop_place())


@functools.cache
def _workshop_place() -> Select[int]:
    query = select(Place.id).where(Place.active, Place.kind == PlaceKind.WORKSHOP)
    return query.order_by(Place.sort_key, Place.id).limit(1)

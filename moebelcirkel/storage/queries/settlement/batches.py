"""The batches there are, with what became of each, their postings and their charges."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, insert, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.figures import ChargeKind
from moebelcirkel.domain.settlement import Legal, SettlementState, Side, state_of
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.settlement.waiting import has_step, is_reversed, source
from moebelcirkel.storage.tables.articles import Article
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.institutions import Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.settlement import (
    SettlementBatch,
    SettlementLine,
    SettlementPosting,
    SettlementStep,
)
from moebelcirkel.storage.tables.units import Unit
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import chunks

_CORRECTED = aliased(Charge)


@dataclass(frozen=True, slots=True)
class BatchStep:
    """What became of a batch, when and by whom; empty for the program itself."""

    batch_id: int
    step: SettlementState
    at: dt.datetime
    by: str
    voucher: str


@dataclass(frozen=True, slots=True)
class _Listed:
    """A batch as the query finds it, without its steps."""

    id: int
    change_id: int
    number: str
    start: dt.date
    end: dt.date
    legal: Legal
    monthly: bool
    posting_on: dt.date
    fiscal_year: int
    reverses: str
    made_at: dt.datetime
    by: str
    by_id: int | None
    charge_count: int
    debit_ore: int
    net_ore: int
    is_reversed: bool


@dataclass(frozen=True, slots=True)
class SettlementBatchRow(_Listed):
    """A batch with its state; ``reverses`` is the number of the batch it takes back."""

    state: SettlementState
    steps: tuple[BatchStep, ...]

    @property
    def voucher(self) -> str:
        """The finance system's number, once it is booked; the latest where it was corrected."""
        return next((step.voucher for step in reversed(self.steps) if step.voucher), "")


def batches(session: Session, limit: int, batch_id: int | None = None) -> list[SettlementBatchRow]:
    """The latest batches first."""
    query = (
        rows.query(
            _Listed,
            SettlementBatch,
            start=SettlementBatch.from_on,
            end=SettlementBatch.to_on,
            reverses=func.coalesce(_FIRST.number, ""),
            by=func.coalesce(User.name, ""),
            by_id=Change.actor_id,
            is_reversed=is_reversed(),
        )
        .join(Change, Change.id == SettlementBatch.change_id)
        .outerjoin(_FIRST, _FIRST.id == SettlementBatch.reverses_id)
        .outerjoin(User, User.id == Change.actor_id)
        .order_by(SettlementBatch.id.desc())
        .limit(limit)
    )
    if batch_id is not None:
        query = query.where(SettlementBatch.id == batch_id)
    found = rows.fill(_Listed, session, query)
    steps = _steps(session, [row.id for row in found])
    return [_row(row, steps.get(row.id, [])) for row in found]


_FIRST = aliased(SettlementBatch)


def _row(row: _Listed, steps: Sequence[BatchStep]) -> SettlementBatchRow:
    state = state_of((step.step for step in steps), is_reversed=row.is_reversed)
    values = {name: getattr(row, name) for name in _Listed.__dataclass_fields__}
    return SettlementBatchRow(**values, state=state, steps=tuple(steps))


def _steps(session: Session, ids: Sequence[int]) -> dict[int, list[BatchStep]]:
    query = (
        rows.query(BatchStep, SettlementStep, by=func.coalesce(User.name, ""))
        .join(Change, Change.id == SettlementStep.change_id)
        .outerjoin(User, User.id == Change.actor_id)
        .order_by(SettlementStep.id)
    )
    found: dict[int, list[BatchStep]] = {}
    for part in chunks(ids):
        for step in rows.fill(BatchStep, session, query.where(SettlementStep.batch_id.in_(part))):
            found.setdefault(step.batch_id, []).append(step)
    return found


def reversal_of(session: Session, batch_id: int) -> str | None:
    """The number of the batch that reverses this one, unless that was withdrawn."""
    query = select(SettlementBatch.number).where(
        SettlementBatch.reverses_id == batch_id,
        ~has_step(SettlementBatch, SettlementState.WITHDRAWN),
    )
    return session.scalar(query)


def attempts(session: Session, batch_id: int) -> int:
    """How many batches were to reverse this one."""
    query = select(func.count()).where(SettlementBatch.reverses_id == batch_id)
    return session.scalar(query) or 0


def made_by(session: Session, change_id: int) -> int | None:
    """The batch that a change made."""
    return session.scalar(select(SettlementBatch.id).where(SettlementBatch.change_id == change_id))


def step_of(session: Session, change_id: int) -> int | None:
    """The batch that a change was a step of."""
    query = select(SettlementStep.batch_id).where(SettlementStep.change_id == change_id)
    return session.scalar(query)


def document(session: Session, batch_id: int) -> bytes | None:
    """The posting file as it was made."""
    query = select(SettlementBatch.posting_file).where(SettlementBatch.id == batch_id)
    return session.scalar(query)


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting as it is kept."""

    position: int
    voucher: int
    side: Side
    pays: bool
    institution_id: int
    cost_bearer_id: int | None
    order_id: int | None
    month: dt.date | None
    account: str
    bearer: str
    amount_ore: int
    text: str


def postings(session: Session, batch_id: int) -> list[Posting]:
    """The postings of a batch in their order."""
    query = (
        select(*(getattr(SettlementPosting, name) for name in Posting.__dataclass_fields__))
        .where(SettlementPosting.batch_id == batch_id)
        .order_by(SettlementPosting.position)
    )
    return rows.fill(Posting, session, query)


def add(
    session: Session, batch_id: int, lines: Iterable[tuple[int, int]], entries: Iterable[Posting]
) -> None:
    """Keep the postings of a new batch, and its charges with how often each was taken before."""
    taken = [{"batch_id": batch_id, "charge_id": key, "take": take} for key, take in lines]
    names = Posting.__dataclass_fields__
    kept = [
        {"batch_id": batch_id, **{name: getattr(each, name) for name in names}} for each in entries
    ]
    session.flush()
    for model, values in ((SettlementLine, taken), (SettlementPosting, kept)):
        if values:
            session.execute(insert(model), values)


@dataclass(frozen=True, slots=True)
class BatchCharge:
    """A charge of a batch as its voucher explains it: agreed against charged, in øre."""

    charge_id: int
    kind: ChargeKind
    institution_id: int
    institution: str
    cost_bearer_id: int | None
    order_id: int
    order: str
    approved_by: str
    label: str
    name: str
    effective_on: dt.date
    agreed_ore: int
    charged_ore: int
    fee: bool
    urgent: bool
    lent: bool


def _is_fee() -> ColumnElement[bool]:
    """Whether a charge is the fee of its order, or gives one back."""
    return or_(Charge.kind == ChargeKind.FEE, _corrects(ChargeKind.FEE))


def _corrects(kind: ChargeKind) -> ColumnElement[bool]:
    """Whether a charge corrects one of a kind."""
    return exists().where(_CORRECTED.id == Charge.corrects_id, _CORRECTED.kind == kind)


def _agreed() -> ColumnElement[int]:
    """What a piece was ordered for, with a minus where that is given back.

    The tasks of repairs, the rate of a loan's later charges, and what a complaint was decided to be
    worth are charged as they were agreed.
    """
    gives_back = Charge.kind == ChargeKind.REVERSAL, _corrects(ChargeKind.HANDOVER)
    taken_back = and_(*gives_back, Order.loan_until.is_(None))
    return case(
        (Charge.kind == ChargeKind.HANDOVER, OrderLine.price_ore),
        (Charge.kind == ChargeKind.FEE, Order.fee_ore),
        (taken_back, -OrderLine.price_ore),
        else_=Charge.amount_ore,
    )


def _lines() -> Select[*tuple[object, ...]]:
    return (
        rows.query(
            BatchCharge,
            Charge,
            charge_id=Charge.id,
            institution=Institution.name,
            order_id=OrderLine.order_id,
            order=Order.number,
            approved_by=func.coalesce(User.name, ""),
            label=Unit.number,
            name=Article.name,
            agreed_ore=_agreed(),
            charged_ore=Charge.amount_ore,
            fee=_is_fee(),
            urgent=func.coalesce(Order.urgent, False),
            lent=Order.loan_until.is_not(None),
        )
        .join(Institution, Institution.id == Charge.institution_id)
        .join(OrderLine, OrderLine.id == Charge.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Unit, Unit.id == Charge.unit_id)
        .join(Article, Article.id == Unit.article_id)
        .outerjoin(User, User.id == func.coalesce(Order.decided_by_id, Order.orderer_id))
        .order_by(Charge.institution_id, Order.id, Charge.id)
    )


def lines(session: Session, batch_id: int, institution_id: int | None = None) -> list[BatchCharge]:
    """The charges of a batch with what stands behind them, by institution and order."""
    query = (
        _lines()
        .join(SettlementLine, SettlementLine.charge_id == Charge.id)
        .where(SettlementLine.batch_id == source(session, batch_id))
    )
    if institution_id is not None:
        query = query.where(Charge.institution_id == institution_id)
    return rows.fill(BatchCharge, session, query)


def lines_of(session: Session, charge_ids: Iterable[int]) -> list[BatchCharge]:
    """The same of charges that are in no batch yet."""
    found = [
        line
        for part in chunks(sorted(charge_ids))
        for line in rows.fill(BatchCharge, session, _lines().where(Charge.id.in_(part)))
    ]
    return sorted(found, key=lambda line: (line.institution_id, line.order_id, line.charge_id))

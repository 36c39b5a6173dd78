"""Charges that wait to be settled, which batches stand, and whom postings name."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from moebelcirkel.domain.complaints import ComplaintState
from moebelcirkel.domain.figures import ChargeKind
from moebelcirkel.domain.settlement import Due, Legal, SettlementState, kept_kinds, own_kind
from moebelcirkel.storage import rows
from moebelcirkel.storage.history import History
from moebelcirkel.storage.queries.receipts import unconfirmed
from moebelcirkel.storage.tables.charges import Charge
from moebelcirkel.storage.tables.complaints import Complaint
from moebelcirkel.storage.tables.institutions import CostBearer, Institution
from moebelcirkel.storage.tables.orders import Order, OrderLine
from moebelcirkel.storage.tables.settlement import SettlementBatch, SettlementLine, SettlementStep
from moebelcirkel.storage.tables.users import User
from moebelcirkel.storage.work import chunks

_FIRST = aliased(Charge)
_HEIR = aliased(Institution)

_OTHER = aliased(SettlementBatch)
Batch = type[SettlementBatch]


def counter(year: int) -> str:
    """The series that numbers a year's batches."""
    return f"settlement-{year}"


def has_step(batch: Batch, step: SettlementState) -> ColumnElement[bool]:
    """Whether a batch has come to a step."""
    return exists().where(SettlementStep.batch_id == batch.id, SettlementStep.step == step)


def is_reversed() -> ColumnElement[bool]:
    """Whether a batch that reverses this one is released."""
    return exists().where(
        _OTHER.reverses_id == SettlementBatch.id, has_step(_OTHER, SettlementState.RELEASED)
    )


def standing() -> ColumnElement[bool]:
    """What makes a batch one that stands: it takes charges, and nothing has freed them."""
    return and_(
        SettlementBatch.reverses_id.is_(None),
        ~has_step(SettlementBatch, SettlementState.WITHDRAWN),
        ~is_reversed(),
    )


def _settled() -> Select[int]:
    return (
        select(SettlementLine.charge_id)
        .join(SettlementBatch, SettlementBatch.id == SettlementLine.batch_id)
        .where(standing())
    )


def dues(
    session: Session,
    until: dt.date,
    legal: Legal,
    since: dt.date | None = None,
    *,
    confirmed: bool | None = True,
) -> list[Due]:
    """All charges effective by the day that no standing batch has, of receivers of a legal type.

    What is complained of and not decided yet waits, however long ago it came; with ``since`` so
    does what came from then on and is not confirmed. Not ``confirmed`` is only what waits, ``None``
    is all.
    """
    query = (
        _DUE.join(Institution, Institution.id == Charge.institution_id)
        .where(Charge.effective_on <= until, Institution.legal == legal)
        .where(Charge.id.not_in(_settled()))
    )
    waits: ColumnElement[bool] = OrderLine.id.in_(_UNDECIDED)
    if since is not None:
        waits = or_(func.coalesce(OrderLine.delivery_id, 0).in_(unconfirmed(since)), waits)
    if confirmed is not None:
        query = query.where(~waits if confirmed else waits)
    return rows.fill(Due, session, query)


_UNDECIDED = select(Complaint.order_line_id).where(Complaint.state == ComplaintState.OPEN)


def complained(session: Session, batch_id: int) -> str | None:
    """The number of an order of which a batch settles something that a complaint is open about."""
    query = (
        select(func.min(Order.number))
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(Charge, Charge.order_line_id == OrderLine.id)
        .join(SettlementLine, SettlementLine.charge_id == Charge.id)
        .where(SettlementLine.batch_id == batch_id, OrderLine.id.in_(_UNDECIDED))
    )
    return session.scalar(query)


def settled_before(session: Session, change_id: int) -> str:
    """The number of a batch that stands with what the charges of a change correct."""
    query = (
        select(func.min(SettlementBatch.number))
        .join(SettlementLine, SettlementLine.batch_id == SettlementBatch.id)
        .join(_FIRST, _FIRST.id == SettlementLine.charge_id)
        .join(Charge, Charge.corrects_id == _FIRST.id)
        .where(Charge.change_id == change_id, standing())
    )
    return session.scalar(query) or ""


def taken(session: Session, batch_id: int) -> list[Due]:
    """The charges of a batch; of one that reverses another, those it frees."""
    query = _DUE.join(SettlementLine, SettlementLine.charge_id == Charge.id)
    return rows.fill(
        Due, session, query.where(SettlementLine.batch_id == source(session, batch_id))
    )


def source(session: Session, batch_id: int) -> int:
    """The batch whose charges it is about: itself, or the one it reverses."""
    query = select(SettlementBatch.reverses_id).where(SettlementBatch.id == batch_id)
    return session.scalar(query) or batch_id


_DUE = (
    rows.query(Due, Charge, charge_id=Charge.id, order_id=OrderLine.order_id)
    .join(OrderLine, OrderLine.id == Charge.order_line_id)
    .order_by(Charge.id)
)


def takes(session: Session, charge_ids: Sequence[int]) -> dict[int, int]:
    """How many batches each charge has been in that were withdrawn or reversed since."""
    query = select(SettlementLine.charge_id, func.count()).group_by(SettlementLine.charge_id)
    found: dict[int, int] = {}
    for part in chunks(charge_ids):
        asked = query.where(SettlementLine.charge_id.in_(part))
        found.update(dict(session.execute(asked).all()))
    return found


def chains(session: Session, ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The kind of each charge, and after it those of what it corrects, to the first of them.

    What is corrected came before; so there is an end to it, whatever a file was changed to say.
    """
    found: dict[int, tuple[str, ...]] = dict.fromkeys(ids, ())
    above = {key: key for key in found}
    while above:
        rows = _kinds(session, set(above.values()))
        for key, now in above.items():
            found[key] = (*found[key], rows[now].kind)
        above = {
            key: up for key, now in above.items() if 0 < (up := rows[now].corrects_id or 0) < now
        }
    return found


def _kinds(session: Session, ids: Collection[int]) -> dict[int, Any]:
    lent = and_(Charge.kind == ChargeKind.HANDOVER, Order.loan_until.is_not(None))
    query = (
        select(
            Charge.id,
            case((lent, ChargeKind.LOAN.value), else_=Charge.kind).label("kind"),
            Charge.corrects_id,
        )
        .join(OrderLine, OrderLine.id == Charge.order_line_id)
        .join(Order, Order.id == OrderLine.order_id)
    )
    return {
        row.id: row
        for part in chunks(sorted(ids))
        for row in session.execute(query.where(Charge.id.in_(part)))
    }


def own_kinds(session: Session, known: Collection[str], dues: Iterable[Due]) -> dict[int, str]:
    """Which of the kinds with accounts of their own each charge is posted by; none is left out."""
    if not known:
        return {}
    chained = chains(session, (due.charge_id for due in dues))
    return {key: kind for key, chain in chained.items() if (kind := own_kind(known, chain))}


def kinds_kept(session: Session, batch_id: int) -> tuple[str, ...]:
    """The kinds with accounts of their own when a batch took its charges."""
    query = select(SettlementBatch.profile).where(SettlementBatch.id == source(session, batch_id))
    return kept_kinds(session.scalar(query) or {})


@dataclass(frozen=True, slots=True)
class PostedInstitution:
    """An institution as its postings name it.

    ``successor`` is what it was merged into, whose numbers then stand in place of its own: its own
    are closed, and a file that names them comes back. The account is the one that was agreed to.
    """

    id: int
    name: str
    department: str
    ean: str
    cvr: str
    legal: Legal
    active: bool
    successor: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """An account that pays."""

    id: int
    code: str
    active: bool


@dataclass(frozen=True, slots=True)
class PostedOrder:
    """An order as its postings name it; ``approved_by`` approved it, or sent it by own right."""

    id: int
    number: str
    approved_by: str


def payers(session: Session, ids: Collection[int]) -> dict[int, PostedInstitution]:
    """Institutions by id, as they are now."""
    query = rows.query(
        PostedInstitution,
        Institution,
        ean=func.coalesce(func.nullif(_HEIR.ean, ""), Institution.ean),
        cvr=func.coalesce(func.nullif(_HEIR.cvr, ""), Institution.cvr),
        successor=func.coalesce(_HEIR.name, ""),
    ).outerjoin(_HEIR, _HEIR.id == Institution.merged_into_id)
    return _by_id(session, PostedInstitution, query, Institution.id, ids)


def payers_at(
    session: Session, ids: Collection[int], change_id: int
) -> dict[int, PostedInstitution]:
    """Institutions by id as they were when a batch was made, whatever became of them since."""
    history = History(session, Institution)
    history.read(ids)
    were = {key: row for key in ids if (row := history.at(key, change_id))}
    history.read(row.merged_into_id for row in were.values() if row.merged_into_id)
    found = payers(session, set(ids) - were.keys())
    for key, row in were.items():
        heir = history.at(row.merged_into_id, change_id)
        found[key] = PostedInstitution(
            key,
            row.name,
            row.department,
            (heir and heir.ean) or row.ean or "",
            (heir and heir.cvr) or row.cvr,
            row.legal,
            row.active,
            heir.name if heir else "",
        )
    return found


def bearers(session: Session, ids: Collection[int]) -> dict[int, Bearer]:
    """Cost bearers by id."""
    query = select(CostBearer.id, CostBearer.code, CostBearer.active)
    return _by_id(session, Bearer, query, CostBearer.id, ids)


def orders(session: Session, ids: Collection[int]) -> dict[int, PostedOrder]:
    """Orders by id."""
    query = select(
        Order.id, Order.number, func.coalesce(User.name, "").label("approved_by")
    ).outerjoin(User, User.id == func.coalesce(Order.decided_by_id, Order.orderer_id))
    return _by_id(session, PostedOrder, query, Order.id, ids)


def _by_id(
    session: Session, kind: Any, query: Any, column: Any, ids: Collection[int]
) -> dict[int, Any]:
    return {
        row.id: row
        for part in chunks(sorted(ids))
        for row in rows.fill(kind, session, query.where(column.in_(part)))
    }

"""What was sent to the finance system, and what its extracts had of it."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.settlement import CREDIT, SentPosting, SettlementState, entries, grouped
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.settlement.batches import BatchCharge, lines
from moebelcirkel.storage.queries.settlement.waiting import has_step, kinds_kept, own_kinds, taken
from moebelcirkel.storage.tables.settlement import (
    SettlementBatch,
    SettlementCheck,
    SettlementPosting,
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What the latest extract had of a batch."""

    at: dt.datetime
    file_name: str
    matched: int
    missing: int
    differing: int
    foreign_lines: int
    voucher: str


def sent_batches(session: Session, named: Collection[str]) -> dict[int, str]:
    """Batches that were released: all that are not booked yet, and of the others those named."""
    query = select(SettlementBatch.id, SettlementBatch.number).where(
        has_step(SettlementBatch, SettlementState.RELEASED),
        or_(
            ~has_step(SettlementBatch, SettlementState.BOOKED),
            SettlementBatch.number.in_(sorted(named)),
        ),
    )
    return dict(session.execute(query).all())


def sent(session: Session, batches: Collection[int], *, pays: bool | None) -> list[SentPosting]:
    """Their postings; only those of who pays, or who is paid, where that is said."""
    signed = case(
        (SettlementPosting.side == CREDIT, -SettlementPosting.amount_ore),
        else_=SettlementPosting.amount_ore,
    )
    query = (
        rows.query(SentPosting, SettlementPosting, batch=SettlementBatch.number, amount_ore=signed)
        .join(SettlementBatch, SettlementBatch.id == SettlementPosting.batch_id)
        .where(SettlementPosting.batch_id.in_(sorted(batches)))
        .order_by(SettlementPosting.batch_id, SettlementPosting.position)
    )
    if pays is not None:
        query = query.where(SettlementPosting.pays == pays)
    return rows.fill(SentPosting, session, query)


def behind(session: Session, batch_id: int, position: int) -> list[BatchCharge]:
    """The charges that one posting of a batch is the sum of."""
    about = session.get_one(SettlementPosting, (batch_id, position))
    dues = taken(session, batch_id)
    kinds = own_kinds(session, kinds_kept(session, batch_id), dues)
    made = entries(grouped(dues, monthly=about.month is not None, kinds=kinds))
    kind = next(each.group.kind for each in made if each.position == position)
    return [
        line
        for line in lines(session, batch_id, about.institution_id)
        if line.cost_bearer_id == about.cost_bearer_id
        and kinds.get(line.charge_id, "") == kind
        and about.order_id in (None, line.order_id)
        and about.month in (None, line.effective_on.replace(day=1))
    ]


def last_check(session: Session, batch_id: int) -> Checked | None:
    """The latest comparison of a batch, if there was any."""
    query = (
        select(*(getattr(SettlementCheck, name) for name in Checked.__dataclass_fields__))
        .where(SettlementCheck.batch_id == batch_id)
        .order_by(SettlementCheck.id.desc())
        .limit(1)
    )
    return next(iter(rows.fill(Checked, session, query)), None)


def mapping(session: Session, headers: str) -> str | None:
    """Which columns were chosen for the last extract of the same columns."""
    latest = select(func.max(SettlementCheck.id)).where(SettlementCheck.headers == headers)
    query = select(SettlementCheck.mapping).where(SettlementCheck.id == latest.scalar_subquery())
    return session.scalar(query)

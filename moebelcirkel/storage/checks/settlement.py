"""Batches of settled charges read for the check, and charges that stand in two of them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from moebelcirkel.domain.settlement import Legal, SettlementState
from moebelcirkel.storage import rows
from moebelcirkel.storage.queries.settlement import standing
from moebelcirkel.storage.tables.changes import Change, ChangeResult
from moebelcirkel.storage.tables.settlement import SettlementBatch, SettlementLine, SettlementStep


@dataclass(frozen=True, slots=True)
class KeptBatch:
    """A batch as it is kept; ``answered`` is what its change told whoever made it."""

    id: int
    number: str
    year: int
    serial: int
    from_on: dt.date
    to_on: dt.date
    legal: Legal
    monthly: bool
    posting_on: dt.date
    fiscal_year: int
    reverses_id: int | None
    attempt: int
    made_at: dt.datetime
    charge_count: int
    debit_ore: int
    net_ore: int
    profile: Any
    file_sha256: str
    seal: str
    posting_file: bytes
    maker_id: int | None
    answered: Any


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step of a batch, and who took it."""

    position: int
    step: SettlementState
    voucher: str
    actor_id: int | None


_IDS = select(SettlementBatch.id).order_by(SettlementBatch.id)
_KEPT = (
    select(
        *(
            getattr(SettlementBatch, name)
            for name in KeptBatch.__dataclass_fields__
            if name not in ("maker_id", "answered")
        ),
        Change.actor_id.label("maker_id"),
        ChangeResult.data.label("answered"),
    )
    .outerjoin(Change, Change.id == SettlementBatch.change_id)
    .outerjoin(ChangeResult, ChangeResult.change_id == SettlementBatch.change_id)
    .where(SettlementBatch.id == bindparam("key"))
)


def kept(session: Session) -> Iterator[KeptBatch]:
    """All batches, one after the other."""
    for key in session.scalars(_IDS).all():
        yield from rows.fill(KeptBatch, session, _KEPT, {"key": key})


def steps(session: Session, batch_id: int) -> list[KeptStep]:
    """What became of a batch, in order."""
    query = (
        select(
            SettlementStep.position, SettlementStep.step, SettlementStep.voucher, Change.actor_id
        )
        .outerjoin(Change, Change.id == SettlementStep.change_id)
        .where(SettlementStep.batch_id == batch_id)
        .order_by(SettlementStep.id)
    )
    return rows.fill(KeptStep, session, query)


_IN_TWO = (
    select(SettlementLine.charge_id)
    .join(SettlementBatch, SettlementBatch.id == SettlementLine.batch_id)
    .where(standing())
    .group_by(SettlementLine.charge_id)
    .having(func.count() > 1)
)


def in_two(session: Session) -> list[int]:
    """Charges that more than one standing batch has."""
    return list(session.scalars(_IN_TWO))


_HERE = func.row_number().over(
    partition_by=SettlementLine.charge_id, order_by=SettlementLine.batch_id
)
_NUMBERED = select(
    SettlementLine.charge_id, SettlementLine.take, (_HERE - 1).label("ought")
).subquery()
_MISCOUNTED = select(_NUMBERED.c.charge_id).where(_NUMBERED.c.take != _NUMBERED.c.ought).distinct()


def miscounted(session: Session) -> list[int]:
    """Charges whose lines are not counted from 0 in the order of their batches."""
    return list(session.scalars(_MISCOUNTED))

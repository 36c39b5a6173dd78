"""What there is: batches with their states, and what waits to be settled."""

from dataclasses import dataclass

from moebelcirkel.domain.roles import Action
from moebelcirkel.services.context import Context
from moebelcirkel.services.settlement import drafts
from moebelcirkel.services.settlement.drafts import InstitutionPart
from moebelcirkel.storage.queries import settlement as queries
from moebelcirkel.storage.queries.settlement import BatchCharge, Checked, SettlementBatchRow
from moebelcirkel.storage.work import Session, gone

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Overview:
    """The batches, newest first, and what waits until today by institution."""

    batches: tuple[SettlementBatchRow, ...]
    waiting: tuple[InstitutionPart, ...]


@dataclass(frozen=True, slots=True)
class SettlementBatchDetail:
    """A batch with its charges, what each institution pays, and what finance may stumble over."""

    row: SettlementBatchRow
    parts: tuple[InstitutionPart, ...]
    lines: tuple[BatchCharge, ...]
    reversed_by: str
    file_name: str
    checked: Checked | None


def overview(context: Context) -> Overview:
    """All batches, and what waits."""
    context.require(Action.SETTLE)
    with context.read() as session:
        waiting = drafts.waiting(session, context.today())
        return Overview(tuple(queries.batches(session, MOST_LISTED)), waiting)


def detail(context: Context, batch_id: int) -> SettlementBatchDetail:
    """One batch."""
    context.require(Action.SETTLE)
    with context.read() as session:
        row = one(session, batch_id)
        lines = queries.lines(session, batch_id)
        return SettlementBatchDetail(
            row=row,
            parts=drafts.parts_of(session, row),
            lines=tuple(lines),
            reversed_by=queries.reversal_of(session, batch_id) or "",
            file_name=file_name(row),
            checked=queries.last_check(session, batch_id),
        )


def one(session: Session, batch_id: int) -> SettlementBatchRow:
    """A batch as it stands."""
    found = queries.batches(session, 1, batch_id)
    if not found:
        raise gone()
    return found[0]


def file_name(row: SettlementBatchRow) -> str:
    """A name for the posting file."""
    return f"afregning-{row.number}.csv"

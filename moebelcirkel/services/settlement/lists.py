"""What there is: batches with their states, and what waits to be settled."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from moebelcirkel.domain.figures import ChargeKind
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.settlement import CHARGE_NAMES
from moebelcirkel.language import _
from moebelcirkel.services.context import Context
from moebelcirkel.services.settlement import drafts
from moebelcirkel.services.settlement.drafts import InstitutionPart, SettlementScope
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
    """A batch with what each institution pays, and what finance had of it."""

    row: SettlementBatchRow
    parts: tuple[InstitutionPart, ...]
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
        return SettlementBatchDetail(
            row=row,
            parts=drafts.parts_of(session, row),
            reversed_by=queries.reversal_of(session, batch_id) or "",
            file_name=file_name(row),
            checked=queries.last_check(session, batch_id),
        )


def charges(context: Context, of: SettlementScope | int) -> list[BatchCharge]:
    """What stands behind the sums of a batch, or of what one would be now."""
    context.require(Action.SETTLE)
    with context.read() as session:
        if not isinstance(of, int):
            dues = drafts.of(session, of, context.today()).dues
            return queries.lines_of(session, (due.charge_id for due in dues))
        return signed(one(session, of), queries.lines(session, of))


def signed(row: SettlementBatchRow, lines: Iterable[BatchCharge]) -> list[BatchCharge]:
    """The charges with the opposite sign where their batch reverses another."""
    if not row.reverses:
        return list(lines)
    return [
        replace(line, agreed_ore=-line.agreed_ore, charged_ore=-line.charged_ore) for line in lines
    ]


def charge_words(line: BatchCharge) -> str:
    """What is charged: the piece, and unless that was delivered, what for."""
    if line.fee:
        return _("Fee of an urgent order") if line.urgent else _("Fee of a small order")
    lent = line.lent and line.kind == ChargeKind.HANDOVER
    name = CHARGE_NAMES.get(ChargeKind.LOAN if lent else line.kind)
    return f"{_(name)} · {line.name}" if name else line.name


def one(session: Session, batch_id: int) -> SettlementBatchRow:
    """A batch as it stands."""
    found = queries.batches(session, 1, batch_id)
    if not found:
        raise gone()
    return found[0]


def file_name(row: SettlementBatchRow) -> str:
    """A name for the posting file."""
    return f"afregning-{row.number}.csv"

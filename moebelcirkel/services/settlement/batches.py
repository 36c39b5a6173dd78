"""Making a batch of charges, letting it go, noting that it is booked, and taking it back.

One person makes a batch and another releases it. From then on it is locked: what is wrong is
answered by a batch that reverses it, or by new charges, which the next batch takes.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from moebelcirkel.domain import limits
from moebelcirkel.domain import settlement as rules
from moebelcirkel.domain.errors import N_, Refused, Stale
from moebelcirkel.domain.roles import Action
from moebelcirkel.domain.settlement import Legal, SettlementState
from moebelcirkel.services.context import Done, Work, writes
from moebelcirkel.services.settlement import drafts
from moebelcirkel.services.settlement.drafts import SettlementDraft, SettlementScope
from moebelcirkel.services.settlement.seal import seal_of
from moebelcirkel.services.settlement.writing import BatchFileHead, file_of
from moebelcirkel.storage.kinds import Kind
from moebelcirkel.storage.queries import settlement as queries
from moebelcirkel.storage.queries.settlement import PostedInstitution, Posting, SettlementBatchRow
from moebelcirkel.storage.tables.changes import Change
from moebelcirkel.storage.tables.settlement import SettlementBatch, SettlementStep
from moebelcirkel.storage.work import gone

_LOCKED = N_(
    "Settlement {number} is locked, so it cannot be undone. Reverse it on the page Settlement, or"
    " let the next one take what has changed since."
)


@dataclass(frozen=True, slots=True)
class Made(Done):
    """A new batch: its charges, its sums in øre, its seal and the SHA-256 of its file."""

    id: int
    number: str
    charges: int
    debit_ore: int
    net_ore: int
    seal: str
    file_sha256: str


@dataclass(frozen=True, slots=True)
class Stepped(Done):
    """The batch that something became of."""

    id: int
    number: str


def _take_back(work: Work, change: Change) -> None:
    """What undoing the making of a batch is: to withdraw it, as long as it is not released."""
    batch_id = queries.made_by(work.session, change.id)
    assert batch_id is not None
    _withdraw(work, _batch(work, batch_id))


def _refuse_undo(work: Work, change: Change) -> None:
    step = queries.step_of(work.session, change.id)
    assert step is not None
    raise Refused(_LOCKED, number=_batch(work, step).number)


# --- making --------------------------------------------------------------------------------------


@writes("settlement.make", Action.SETTLE, Kind(own_rule=_take_back))
def make(work: Work, asked: SettlementScope, seen: str | None = None) -> Made:
    """Make a batch of all that waits; ``seen`` is what its preview showed and must still hold."""
    drafts.check(asked, work.today)
    if asked.legal == Legal.OTHER and not work.parameter("settlement_invoices"):
        raise Refused(N_("The invoice basis is switched off. An administrator switches it on."))
    draft = drafts.of(work.session, asked, work.today)
    if not draft.dues:
        raise _nothing(work, asked)
    if seen is not None and seen != draft.seen:
        raise Stale(
            N_(
                "Charges, or who gets them, have changed since you looked. Look at the preview once"
                " more."
            )
        )
    _refuse_faults(draft.faults)
    takes = queries.takes(work.session, [due.charge_id for due in draft.dues])
    batch = _new(work, asked, draft)
    _keep(work, batch, draft)
    lines = [(due.charge_id, takes.get(due.charge_id, 0)) for due in draft.dues]
    queries.add(work.session, batch.id, lines, draft.postings)
    return _made(batch)


def _nothing(work: Work, asked: SettlementScope) -> Refused:
    if drafts.unconfirmed(work.session, asked, drafts.open_since(work.session, work.today)):
        return Refused(
            N_(
                "What waits up to that day is not confirmed by its receivers yet, or is"
                " complained of."
            )
        )
    return Refused(N_("Nothing waits to be settled up to that day."))


def _refuse_faults(faults: Sequence[Refused]) -> None:
    if faults:
        raise faults[0]


def _new(work: Work, asked: SettlementScope, draft: SettlementDraft) -> SettlementBatch:
    year = work.today.year
    serial = work.next_number(queries.counter(year))
    return SettlementBatch(
        change_id=work.change_id,
        number=f"A-{year}-{serial:03d}",
        year=year,
        serial=serial,
        from_on=asked.start,
        to_on=asked.end,
        legal=asked.legal,
        monthly=asked.monthly,
        posting_on=asked.posted,
        fiscal_year=asked.year,
        reverses_id=None,
        attempt=0,
        made_at=work.now,
        charge_count=len(draft.dues),
        debit_ore=draft.debit_ore,
        net_ore=draft.net_ore,
        profile={},
    )


def _keep(work: Work, batch: SettlementBatch, draft: SettlementDraft) -> None:
    """Write the file and the seal over all of it, and store the batch."""
    how = drafts.profile(work.session)
    batch.profile = asdict(how)
    head = BatchFileHead(
        batch.number,
        work.today,
        batch.posting_on,
        batch.fiscal_year,
        batch.legal,
        str(work.parameter("warehouse_name")),
    )
    found = draft.payers, draft.bearers, draft.orders
    batch.posting_file = file_of(how, head, draft.postings, found)
    batch.file_sha256 = hashlib.sha256(batch.posting_file).hexdigest()
    batch.seal = seal_of(batch, draft.postings, [due.charge_id for due in draft.dues])
    work.session.add(batch)
    work.session.flush()


def _made(batch: SettlementBatch) -> Made:
    return Made(
        id=batch.id,
        number=batch.number,
        charges=batch.charge_count,
        debit_ore=batch.debit_ore,
        net_ore=batch.net_ore,
        seal=batch.seal,
        file_sha256=batch.file_sha256,
    )


# --- taking back ---------------------------------------------------------------------------------


@writes("settlement.reverse", Action.SETTLE, Kind(own_rule=_take_back))
def reverse(
    work: Work, batch_id: int, posting_on: dt.date | None = None, fiscal_year: int | None = None
) -> Made:
    """Make a batch with the opposite postings; once it is released, the charges wait again."""
    row = _batch(work, batch_id)
    if row.state is SettlementState.READY:
        raise Refused(
            N_("Settlement {number} is not released yet. Withdraw it instead."), number=row.number
        )
    if row.state is SettlementState.WITHDRAWN or row.reverses:
        raise Refused(
            N_("Settlement {number} takes no charges, so there is nothing to reverse."),
            number=row.number,
        )
    other = queries.reversal_of(work.session, batch_id)
    if other is not None:
        raise Refused(
            N_("Settlement {number} is reversed by {other} already."),
            number=row.number,
            other=other,
        )
    day = posting_on or work.today
    asked = SettlementScope(row.start, row.end, row.legal, row.monthly, day, fiscal_year)
    drafts.check_posting(asked.posted, asked.year)
    postings = [
        replace(each, side=rules.opposite(each.side))
        for each in queries.postings(work.session, batch_id)
    ]
    return _opposite(work, row, asked, postings)


def _opposite(
    work: Work, row: SettlementBatchRow, asked: SettlementScope, postings: list[Posting]
) -> Made:
    found = drafts.around_postings(work.session, postings)
    dues = queries.taken(work.session, row.id)
    draft = SettlementDraft(dues, postings, *found, [])
    batch = _new(work, asked, draft)
    batch.net_ore = -batch.net_ore
    batch.reverses_id, batch.attempt = row.id, queries.attempts(work.session, row.id)
    _keep(work, batch, draft)
    queries.add(work.session, batch.id, (), postings)
    return _made(batch)


@writes(
    "settlement.withdraw", Action.SETTLE, Kind(stays="its charges may be settled again meanwhile")
)
def withdraw(work: Work, batch_id: int) -> Stepped:
    """Give up a batch that was not released: its charges wait again."""
    return _withdraw(work, _batch(work, batch_id))


def _withdraw(work: Work, row: SettlementBatchRow) -> Stepped:
    if row.state is SettlementState.WITHDRAWN:
        raise Refused(N_("Settlement {number} is withdrawn already."), number=row.number)
    if row.state is not SettlementState.READY:
        raise Refused(_LOCKED, number=row.number)
    return _step(work, row, SettlementState.WITHDRAWN)


# --- letting go ----------------------------------------------------------------------------------


@writes("settlement.release", Action.SETTLE, Kind(own_rule=_refuse_undo))
def release(work: Work, batch_id: int, saved: str) -> Stepped:
    """Lock a batch whose file is safely saved; ``saved`` is the SHA-256 of what was written."""
    return lock(work, batch_id, saved)


def lock(work: Work, batch_id: int, saved: str) -> Stepped:
    """The same as part of a change."""
    row = _batch(work, batch_id)
    refuse_release(row, work.actor_id)
    batch = work.get(SettlementBatch, batch_id)
    if saved != batch.file_sha256:
        raise Refused(
            N_("The file saved is not that of settlement {number}, so nothing was released."),
            number=row.number,
        )
    _refuse_other_numbers(work, row)
    _refuse_complained(work, row)
    return _step(work, row, SettlementState.RELEASED)


def _refuse_complained(work: Work, row: SettlementBatchRow) -> None:
    """What was complained of after the batch was made is decided before finance has it."""
    order = queries.complained(work.session, row.id)
    if order is not None:
        raise Refused(
            N_(
                "What order {order} brought is complained of, and that is not decided yet. Decide"
                " it first, or withdraw settlement {number} and make it again."
            ),
            order=order,
            number=row.number,
        )


def _refuse_other_numbers(work: Work, row: SettlementBatchRow) -> None:
    """No file goes to finance with a number that was corrected after it was written, nor to whom
    another kind of file is for now.
    """
    ids = {each.institution_id for each in queries.postings(work.session, row.id)}
    written = queries.payers_at(work.session, ids, row.change_id)
    for payer in queries.payers(work.session, ids).values():
        was = written[payer.id]
        if payer.ean != was.ean:
            raise _corrected(_EAN, payer, row)
        if (payer.cvr, payer.legal) != (was.cvr, was.legal):
            raise _corrected(_CVR, payer, row)


_EAN = N_(
    "The EAN number of {institution} was corrected after settlement {number} was made. Withdraw it,"
    " and make it again."
)
_CVR = N_(
    "The CVR number of {institution}, or whom it belongs to, was corrected after settlement"
    " {number} was made. Withdraw it, and make it again."
)


def _corrected(message: str, payer: PostedInstitution, row: SettlementBatchRow) -> Refused:
    return Refused(message, institution=payer.name, number=row.number)


def refuse_release(row: SettlementBatchRow, actor_id: int | None) -> None:
    """Refuse what is not ready, and who made it."""
    if row.state is SettlementState.WITHDRAWN:
        raise Refused(N_("Settlement {number} is withdrawn already."), number=row.number)
    if row.state is not SettlementState.READY:
        done = row.steps[0]
        raise Refused(
            N_("Settlement {number} was released by {name} already. Save its file again instead."),
            number=row.number,
            name=done.by or "Møbelcirklen",
        )
    if row.by_id == actor_id:
        raise Refused(
            N_("You made settlement {number} yourself. Somebody else must release it."),
            number=row.number,
        )


@writes("settlement.book", Action.SETTLE, Kind(own_rule=_refuse_undo))
def book(work: Work, batch_id: int, voucher: str, instead_of: str = "") -> Stepped:
    """Note under which voucher number the finance system has booked a released batch.

    A number that was noted by mistake is corrected by a further note; both stay to be seen.
    """
    row = _batch(work, batch_id)
    number = " ".join(voucher.split())
    if not number:
        raise Refused(N_("Write the voucher number of the finance system."), field="voucher")
    if len(number) > limits.SETTLEMENT_CODE:
        raise Refused(
            N_("The number is too long. Use at most {count} characters."),
            field="voucher",
            count=limits.SETTLEMENT_CODE,
        )
    if row.voucher and number == row.voucher:
        raise Refused(N_("That is the voucher number it has."), field="voucher")
    if row.voucher != instead_of:
        raise Refused(
            N_("Settlement {number} is booked already, by voucher {voucher}."),
            number=row.number,
            voucher=row.voucher or "–",
        )
    if all(step.step != SettlementState.RELEASED for step in row.steps):
        raise Refused(N_("Settlement {number} has not been released yet."), number=row.number)
    return _step(work, row, SettlementState.BOOKED, number)


def _batch(work: Work, batch_id: int) -> SettlementBatchRow:
    found = queries.batches(work.session, 1, batch_id)
    if not found:
        raise gone()
    return found[0]


def _step(work: Work, row: SettlementBatchRow, step: SettlementState, voucher: str = "") -> Stepped:
    work.session.add(
        SettlementStep(
            change_id=work.change_id,
            batch_id=row.id,
            position=max(rules.PLACE_OF_STEP[step], len(row.steps) + 1),
            step=step,
            at=work.now,
            voucher=voucher,
        )
    )
    work.session.flush()
    return Stepped(id=row.id, number=row.number)
